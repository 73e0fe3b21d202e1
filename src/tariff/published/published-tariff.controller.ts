import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Param, ParseIntPipe, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor, Public } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { type AppReply, canonicalJson } from '../../platform/index.js';
import { STAFF } from '../tariff-authority.service.js';
import { DeskTariffView, PublishedTariffView } from './published-tariff.view.js';
import { PublishedTariffs } from './published-tariffs.service.js';

@ApiTags('tariff')
@Controller('api')
export class PublishedTariffController {
  constructor(private readonly tariffs: PublishedTariffs) {}

  /** What a desk works by, to be kept for the time without a network. */
  @Allow(...STAFF)
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'The ETag of what the device has.' })
  @ApiOkResponse({ type: DeskTariffView, headers: { ETag: { schema: { type: 'string' } } } })
  @ApiResponse({ status: 304, description: 'The device has it.' })
  @Get('communities/:communityId/tariff/current')
  async current(
    @CurrentActor() actor: Actor,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: AppReply,
  ): Promise<DeskTariffView | undefined> {
    const view = new DeskTariffView(await this.tariffs.forDesk(actor.communityId));
    // Over all that is sent: a version never changes, but the names of items do, and so does what is announced.
    const tag = `"${createHash('sha256').update(canonicalJson(view)).digest('base64url')}"`;
    void reply.header('ETag', tag);
    if (known === undefined || !known.includes(tag)) return view;
    void reply.status(304);
    return undefined;
  }

  /** How rubbish becomes points here, in sentences: what applies now, and what is announced. */
  @Public()
  @ApiOkResponse({ type: PublishedTariffView })
  @Get('public/communities/:communityId/tariff')
  async published(@Param('communityId', ParseIntPipe) communityId: number): Promise<PublishedTariffView> {
    return this.tariffs.forEverybody(communityId);
  }
}
