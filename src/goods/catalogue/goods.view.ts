import { ApiProperty } from '@nestjs/swagger';
import type { GoodsRow, OfferRow, PriceRow } from './catalogue.repository.js';
import { LIMIT_PERIODS } from './goods.dto.js';
import { isInSeason } from './season.rules.js';

/** Where everybody may fetch a photo, signed in or not. */
export function photoUrl(communityId: number, photoId: string | null): string | null {
  return photoId === null ? null : `/api/public/communities/${communityId}/photos/${photoId}`;
}

export class GoodsLimitView {
  @ApiProperty({ description: 'Pieces a household.' })
  readonly quantity: number;

  @ApiProperty({ enum: LIMIT_PERIODS })
  readonly period: string;

  constructor(quantity: number, period: string) {
    this.quantity = quantity;
    this.period = period;
  }
}

export class GoodsSeasonView {
  @ApiProperty({ example: '11-15' })
  readonly from: string;

  @ApiProperty({ example: '02-28' })
  readonly to: string;

  constructor(from: string, to: string) {
    this.from = from;
    this.to = to;
  }
}

export class GoodsPriceView {
  @ApiProperty({ format: 'uuid' })
  readonly priceId: string;

  @ApiProperty({ description: 'Hundredths of a point a piece.' })
  readonly centipoints: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly effectiveFrom: Date;

  @ApiProperty({ format: 'uuid' })
  readonly setBy: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly recordedAt: Date;

  constructor(row: PriceRow) {
    this.priceId = row.priceId;
    this.centipoints = row.centipoints;
    this.effectiveFrom = row.effectiveFrom;
    this.setBy = row.setBy;
    this.recordedAt = row.recordedAt;
  }
}

/** What staff and residents alike are told of a good. */
class GoodsBaseView {
  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty({ example: '肥皂' })
  readonly name: string;

  @ApiProperty({ example: '块' })
  readonly unit: string;

  @ApiProperty({ example: '洗护' })
  readonly category: string;

  @ApiProperty({ type: String, nullable: true })
  readonly photoUrl: string | null;

  @ApiProperty({ type: GoodsLimitView, nullable: true })
  readonly limit: GoodsLimitView | null;

  @ApiProperty({ type: GoodsSeasonView, nullable: true })
  readonly season: GoodsSeasonView | null;

  constructor(row: GoodsRow | OfferRow) {
    this.goodsId = row.goodsId;
    this.name = row.name;
    this.unit = row.unit;
    this.category = row.category;
    this.photoUrl = photoUrl(row.communityId, row.photoId);
    const { limitQuantity, limitPeriod, seasonFrom, seasonTo } = row;
    this.limit = limitQuantity === null || limitPeriod === null ? null : new GoodsLimitView(limitQuantity, limitPeriod);
    this.season = seasonFrom === null || seasonTo === null ? null : new GoodsSeasonView(seasonFrom, seasonTo);
  }
}

export class GoodsView extends GoodsBaseView {
  @ApiProperty({ type: String, nullable: true })
  readonly barcode: string | null;

  @ApiProperty()
  readonly isListed: boolean;

  @ApiProperty({ type: GoodsPriceView, nullable: true, description: 'In force now.' })
  readonly price: GoodsPriceView | null;

  @ApiProperty({ type: GoodsPriceView, nullable: true, description: 'The next one that was set.' })
  readonly nextPrice: GoodsPriceView | null;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly updatedAt: Date;

  constructor(row: GoodsRow) {
    super(row);
    this.barcode = row.barcode;
    this.isListed = row.isListed;
    this.price = row.price === null ? null : new GoodsPriceView(row.price);
    this.nextPrice = row.nextPrice === null ? null : new GoodsPriceView(row.nextPrice);
    this.createdAt = row.createdAt;
    this.updatedAt = row.updatedAt;
  }
}

export class NextBarcodeView {
  @ApiProperty({ example: '2000000000015' })
  readonly barcode: string;

  constructor(barcode: string) {
    this.barcode = barcode;
  }
}

export class ShopStockView {
  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ example: '卸巷生态美超市' })
  readonly name: string;

  @ApiProperty({ description: 'Pieces that can be had today.' })
  readonly available: number;

  constructor(shop: OfferRow['shops'][number]) {
    this.siteId = shop.siteId;
    this.name = shop.name;
    this.available = shop.available;
  }
}

/** What a resident sees of a good. */
export class OfferView extends GoodsBaseView {
  @ApiProperty({ description: 'Hundredths of a point a piece.' })
  readonly centipoints: number;

  @ApiProperty()
  readonly isInSeason: boolean;

  @ApiProperty({ type: [ShopStockView], description: 'The open shops of the community.' })
  readonly shops: ShopStockView[];

  constructor(row: OfferRow) {
    super(row);
    this.centipoints = row.centipoints;
    this.isInSeason = isInSeason(this.season, row.today);
    this.shops = row.shops.map((shop) => new ShopStockView(shop));
  }
}
