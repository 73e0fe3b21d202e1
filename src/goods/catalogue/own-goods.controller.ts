import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PageQuery } from '../../platform/index.js';
import { Catalogue } from './catalogue.service.js';
import { OfferView } from './goods.view.js';

@ApiTags('goods')
@Controller('api/me/goods')
export class OwnGoodsController {
  constructor(private readonly catalogue: Catalogue) {}

  /** What the resident's community offers, with what each of its shops can hand out. */
  @Allow('resident')
  @ApiOkResponse({ type: [OfferView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<OfferView[]> {
    const rows = await this.catalogue.offers(actor.communityId, query.limit, query.after ?? null);
    return rows.map((row) => new OfferView(row));
  }
}
