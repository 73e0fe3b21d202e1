import { Injectable } from '@nestjs/common';
import type { Centipoints } from '../../kernel/points.js';
import { Database } from '../../platform/index.js';
import { PRICE_IN_FORCE } from './catalogue.repository.js';
import type { LimitPeriod } from './goods.dto.js';
import type { Season } from './season.rules.js';

/** All that an order needs to know of one good, as it is at `now`. Quantities are pieces. */
export interface OrderGoods {
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly isListed: boolean;
  readonly season: Season | null;
  readonly limitQuantity: number | null;
  readonly limitPeriod: LimitPeriod | null;
  /** The first instant in China of the day, week (from Monday), month or year that the limit counts in. */
  readonly limitSince: Date | null;
  readonly price: { readonly priceId: string; readonly centipoints: Centipoints };
  readonly onHand: number;
  readonly reserved: number;
  /** On hand, unexpired and not reserved. */
  readonly available: number;
  readonly now: Date;
}

interface OrderGoodsRow extends Omit<OrderGoods, 'season' | 'price'> {
  readonly seasonFrom: string | null;
  readonly seasonTo: string | null;
  readonly priceId: string;
  readonly centipoints: Centipoints;
}

/** What other rooms may know of goods. */
@Injectable()
export class GoodsReader {
  constructor(private readonly database: Database) {}

  /**
   * One statement without a lock; the commit function checks again whatever may have changed by then.
   * @param goodsIds without repetition
   * @returns by goods id; a good that the community does not have, or that has no price yet, is missing
   */
  async forOrder(communityId: number, siteId: string, goodsIds: readonly string[]): Promise<OrderGoods[]> {
    const rows = await this.database.read<OrderGoodsRow>('goods.for-order', FOR_ORDER, [
      communityId,
      siteId,
      `{${goodsIds.join(',')}}`,
    ]);
    return rows.map(toOrderGoods);
  }
}

function toOrderGoods({ seasonFrom, seasonTo, priceId, centipoints, ...goods }: OrderGoodsRow): OrderGoods {
  const season = seasonFrom === null || seasonTo === null ? null : { from: seasonFrom, to: seasonTo };
  return { ...goods, season, price: { priceId, centipoints } };
}

const FOR_ORDER = `
  SELECT g.goods_id AS "goodsId", g.name, g.unit, g.is_listed AS "isListed", g.season_from AS "seasonFrom",
    g.season_to AS "seasonTo", g.limit_quantity AS "limitQuantity", g.limit_period AS "limitPeriod",
    date_trunc(g.limit_period, t.now AT TIME ZONE 'Asia/Shanghai') AT TIME ZONE 'Asia/Shanghai' AS "limitSince",
    p.price_id AS "priceId", p.centipoints, coalesce(s.on_hand, 0) AS "onHand", coalesce(s.reserved, 0) AS reserved,
    greatest(0, least(s.on_hand, unexpired_stock($1, $2, g.goods_id, (t.now AT TIME ZONE 'Asia/Shanghai')::date))
      - s.reserved) AS available,
    t.now
  FROM (SELECT app_now() AS now) AS t
  JOIN goods AS g ON g.community_id = $1 AND g.goods_id = ANY ($3::uuid[])
  JOIN LATERAL (${PRICE_IN_FORCE}) AS p ON true
  LEFT JOIN shelf AS s ON s.community_id = $1 AND s.site_id = $2 AND s.goods_id = g.goods_id
  ORDER BY g.goods_id`;
