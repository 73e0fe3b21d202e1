import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PageQuery, PathId } from '../../platform/index.js';
import { KEEPERS, PRICERS, STAFF } from '../goods-access.js';
import { Catalogue } from './catalogue.service.js';
import { GoodsChangeDto, GoodsQuery, NewGoodsDto, NewPriceDto } from './goods.dto.js';
import { GoodsPriceView, GoodsView, NextBarcodeView } from './goods.view.js';
import { Prices } from './prices.service.js';

@ApiTags('goods')
@Controller('api/communities/:communityId/goods')
export class CatalogueController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly prices: Prices,
  ) {}

  /** In the order they were entered. */
  @Allow(...STAFF)
  @ApiOkResponse({ type: [GoodsView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: GoodsQuery): Promise<GoodsView[]> {
    return (await this.catalogue.list(actor.communityId, query)).map((row) => new GoodsView(row));
  }

  @Allow(...KEEPERS)
  @ApiCreatedResponse({ type: GoodsView })
  @Post()
  async create(@CurrentActor() actor: Actor, @Body() body: NewGoodsDto): Promise<GoodsView> {
    return new GoodsView(await this.catalogue.create(actor, body));
  }

  /** An in-store barcode that no good has yet, for goods that come without one. */
  @Allow(...KEEPERS)
  @ApiOkResponse({ type: NextBarcodeView })
  @Get('next-barcode')
  async nextBarcode(@CurrentActor() actor: Actor): Promise<NextBarcodeView> {
    return new NextBarcodeView(await this.catalogue.nextBarcode(actor.communityId));
  }

  @Allow(...STAFF)
  @ApiOkResponse({ type: GoodsView })
  @Get(':goodsId')
  async get(@CurrentActor() actor: Actor, @Param('goodsId', PathId) goodsId: string): Promise<GoodsView> {
    return new GoodsView(await this.catalogue.get(actor.communityId, goodsId));
  }

  @Allow(...KEEPERS)
  @ApiOkResponse({ type: GoodsView })
  @Patch(':goodsId')
  async change(
    @CurrentActor() actor: Actor,
    @Param('goodsId', PathId) goodsId: string,
    @Body() body: GoodsChangeDto,
  ): Promise<GoodsView> {
    return new GoodsView(await this.catalogue.change(actor, goodsId, body));
  }

  /** Newest first, those that are still to come included. */
  @Allow(...STAFF)
  @ApiOkResponse({ type: [GoodsPriceView] })
  @Get(':goodsId/prices')
  async history(
    @CurrentActor() actor: Actor,
    @Param('goodsId', PathId) goodsId: string,
    @Query() query: PageQuery,
  ): Promise<GoodsPriceView[]> {
    const rows = await this.prices.history(actor.communityId, goodsId, query.limit, query.after ?? null);
    return rows.map((row) => new GoodsPriceView(row));
  }

  @Allow(...PRICERS)
  @ApiCreatedResponse({ type: GoodsPriceView })
  @Post(':goodsId/prices')
  async setPrice(
    @CurrentActor() actor: Actor,
    @Param('goodsId', PathId) goodsId: string,
    @Body() body: NewPriceDto,
  ): Promise<GoodsPriceView> {
    return new GoodsPriceView(await this.prices.set(actor, goodsId, body));
  }
}
