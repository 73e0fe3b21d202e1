import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PageQuery, PathId } from '../../platform/index.js';
import { CreateDisplayDto } from './display-tokens.dto.js';
import { DisplayTokens } from './display-tokens.service.js';
import { DisplayView, NewDisplayView } from './display-tokens.view.js';

/** The wall displays of a community. */
@ApiTags('display')
@Controller('api/communities/:communityId/displays')
export class DisplayTokensController {
  constructor(private readonly tokens: DisplayTokens) {}

  /** Newest first, revoked ones too. */
  @Allow('admin', 'manager')
  @ApiOkResponse({ type: [DisplayView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<DisplayView[]> {
    const rows = await this.tokens.page(actor.communityId, query.after ?? null, query.limit);
    return rows.map((row) => new DisplayView(row));
  }

  /** Lets one more display show the board. Its token is told here and never again. */
  @Allow('admin', 'manager')
  @ApiCreatedResponse({ type: NewDisplayView })
  @Post()
  async create(@CurrentActor() actor: Actor, @Body() body: CreateDisplayDto): Promise<NewDisplayView> {
    const { display, token } = await this.tokens.create(actor, { name: body.name, siteId: body.siteId ?? null });
    return new NewDisplayView(display, token);
  }

  /** For good: a display that is connected goes dark within seconds. */
  @Allow('admin', 'manager')
  @HttpCode(200)
  @ApiOkResponse({ type: DisplayView })
  @Post(':tokenId/revoke')
  async revoke(@CurrentActor() actor: Actor, @Param('tokenId', PathId) tokenId: string): Promise<DisplayView> {
    return new DisplayView(await this.tokens.revoke(actor, tokenId));
  }
}
