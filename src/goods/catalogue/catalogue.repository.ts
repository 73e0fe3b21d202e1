import { Injectable } from '@nestjs/common';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { Database, type Tx } from '../../platform/index.js';
import type { GoodsQuery } from './goods.dto.js';
import { Goods } from './goods.entity.js';

export interface PriceRow {
  readonly priceId: string;
  readonly centipoints: number;
  readonly effectiveFrom: Date;
  readonly setBy: string;
  readonly recordedAt: Date;
}

/** A good with the price in force and the next one. */
export interface GoodsRow extends Goods {
  /** Null only while the clock stands before its first price. */
  readonly price: PriceRow | null;
  readonly nextPrice: PriceRow | null;
}

/** A listed good as residents see it. */
export interface OfferRow extends Pick<
  Goods,
  | 'communityId'
  | 'goodsId'
  | 'name'
  | 'unit'
  | 'category'
  | 'photoId'
  | 'limitQuantity'
  | 'limitPeriod'
  | 'seasonFrom'
  | 'seasonTo'
> {
  readonly centipoints: number;
  readonly today: CalendarDay;
  readonly shops: readonly { readonly siteId: string; readonly name: string; readonly available: number }[];
}

@Injectable()
export class CatalogueRepository {
  constructor(private readonly database: Database) {}

  async list(communityId: number, query: GoodsQuery): Promise<GoodsRow[]> {
    const rows = await this.database.read<FlatRow>(
      'goods.list',
      `${SELECT_GOODS}
         AND ($2::uuid IS NULL OR g.goods_id > $2)
         AND ($3::text IS NULL OR strpos(g.name, $3) > 0 OR g.barcode = $3)
         AND ($4::text IS NULL OR g.category = $4)
         AND ($5::boolean IS NULL OR g.is_listed = $5)
       ORDER BY g.goods_id LIMIT $6`,
      [
        communityId,
        query.after ?? null,
        query.search ?? null,
        query.category ?? null,
        query.isListed ?? null,
        query.limit,
      ],
    );
    return rows.map(toGoodsRow);
  }

  async get(communityId: number, goodsId: string): Promise<GoodsRow | undefined> {
    const rows = await this.database.read<FlatRow>('goods.get', `${SELECT_GOODS} AND g.goods_id = $2`, [
      communityId,
      goodsId,
    ]);
    return rows.map(toGoodsRow)[0];
  }

  /** Locks the good against other changes of its own row; stock and orders are not held up. */
  async lock(tx: Tx, communityId: number, goodsId: string): Promise<Goods | undefined> {
    const lock = { mode: 'for_no_key_update' } as const;
    const [goods] = await tx.find(Goods, { where: { communityId, goodsId }, lock });
    return goods;
  }

  /** Newest first. */
  async prices(communityId: number, goodsId: string, limit: number, after: string | null): Promise<PriceRow[]> {
    return this.database.read<PriceRow>(
      'goods.prices',
      `SELECT price_id AS "priceId", centipoints, effective_from AS "effectiveFrom", set_by AS "setBy",
         recorded_at AS "recordedAt"
       FROM goods_price
       WHERE community_id = $1 AND goods_id = $2 AND ($3::uuid IS NULL OR effective_from < (
         SELECT a.effective_from FROM goods_price AS a WHERE a.community_id = $1 AND a.price_id = $3))
       ORDER BY effective_from DESC LIMIT $4`,
      [communityId, goodsId, after, limit],
    );
  }

  /**
   * @param effectiveFrom null for now
   * @returns undefined, and nothing written, where it lies in the past
   */
  async insertPrice(
    tx: Tx,
    communityId: number,
    goodsId: string,
    price: { priceId: string; centipoints: number; effectiveFrom: Date | null; setBy: string },
  ): Promise<PriceRow | undefined> {
    const rows = (await tx.query(
      `INSERT INTO goods_price (community_id, price_id, goods_id, centipoints, effective_from, set_by, recorded_at)
       SELECT $1, $2, $3, $4, coalesce($5::timestamptz, t.now), $6, t.now
       FROM (SELECT app_now() AS now) AS t WHERE coalesce($5::timestamptz, t.now) >= t.now
       RETURNING price_id AS "priceId", centipoints, effective_from AS "effectiveFrom", set_by AS "setBy",
         recorded_at AS "recordedAt"`,
      [communityId, price.priceId, goodsId, price.centipoints, price.effectiveFrom, price.setBy],
    )) as PriceRow[];
    return rows[0];
  }

  /** The highest code of the in-store range that we hand out. */
  async highestInStoreBarcode(communityId: number): Promise<string | null> {
    const rows = await this.database.read<{ barcode: string | null }>(
      'goods.highest-barcode',
      `SELECT max(barcode) AS barcode FROM goods
       WHERE community_id = $1 AND barcode >= '2000000000000' AND barcode < '2100000000000' AND length(barcode) = 13`,
      [communityId],
    );
    return rows[0]?.barcode ?? null;
  }

  /** Opens the good's shelf in every open shop. A shop that opens later gets its shelves with what it receives first. */
  async openShelves(tx: Tx, communityId: number, goodsId: string): Promise<void> {
    const shops = (await tx.query(
      `SELECT site_id AS "siteId" FROM site
       WHERE community_id = $1 AND kind = 'shop' AND closed_at IS NULL ORDER BY site_id`,
      [communityId],
    )) as { siteId: string }[];
    for (const { siteId } of shops) {
      await this.database.callIn(tx, 'commit_open_shelf', { community: communityId, site: siteId, goods: goodsId });
    }
  }

  /** The listed goods with their price in force and what each open shop can hand out today. */
  async offers(communityId: number, limit: number, after: string | null): Promise<OfferRow[]> {
    return this.database.read<OfferRow>(
      'goods.offers',
      `SELECT g.community_id AS "communityId", g.goods_id AS "goodsId", g.name, g.unit, g.category,
         g.photo_id AS "photoId", g.limit_quantity AS "limitQuantity", g.limit_period AS "limitPeriod",
         g.season_from AS "seasonFrom", g.season_to AS "seasonTo", p.centipoints, t.today,
         coalesce((
           SELECT json_agg(json_build_object('siteId', s.site_id, 'name', s.name, 'available', coalesce(
               (SELECT greatest(0, least(h.on_hand, unexpired_stock($1, s.site_id, g.goods_id, t.today)) - h.reserved)
                FROM shelf AS h
                WHERE h.community_id = $1 AND h.site_id = s.site_id AND h.goods_id = g.goods_id), 0)) ORDER BY s.site_id)
           FROM site AS s WHERE s.community_id = $1 AND s.kind = 'shop' AND s.closed_at IS NULL), '[]') AS shops
       FROM (SELECT n.now, (n.now AT TIME ZONE 'Asia/Shanghai')::date AS today
             FROM (SELECT app_now() AS now) AS n) AS t
       JOIN goods AS g ON g.community_id = $1 AND g.is_listed AND ($2::uuid IS NULL OR g.goods_id > $2)
       JOIN LATERAL (${PRICE_IN_FORCE}) AS p ON true
       ORDER BY g.goods_id LIMIT $3`,
      [communityId, after, limit],
    );
  }
}

/** The price of `g` at `t.now`. */
export const PRICE_IN_FORCE = `SELECT q.price_id, q.centipoints, q.effective_from, q.set_by, q.recorded_at
  FROM goods_price AS q WHERE q.community_id = $1 AND q.goods_id = g.goods_id AND q.effective_from <= t.now
  ORDER BY q.effective_from DESC LIMIT 1`;

const SELECT_GOODS = `SELECT g.community_id AS "communityId", g.goods_id AS "goodsId", g.name, g.unit, g.category,
    g.barcode, g.photo_id AS "photoId", g.limit_quantity AS "limitQuantity", g.limit_period AS "limitPeriod",
    g.season_from AS "seasonFrom", g.season_to AS "seasonTo", g.is_listed AS "isListed", g.created_at AS "createdAt",
    g.updated_at AS "updatedAt", p.price_id AS "priceId", p.centipoints, p.effective_from AS "effectiveFrom",
    p.set_by AS "setBy", p.recorded_at AS "recordedAt", n.price_id AS "nextPriceId", n.centipoints AS "nextCentipoints",
    n.effective_from AS "nextEffectiveFrom", n.set_by AS "nextSetBy", n.recorded_at AS "nextRecordedAt"
  FROM (SELECT app_now() AS now) AS t
  JOIN goods AS g ON g.community_id = $1
  LEFT JOIN LATERAL (${PRICE_IN_FORCE}) AS p ON true
  LEFT JOIN LATERAL (SELECT q.price_id, q.centipoints, q.effective_from, q.set_by, q.recorded_at
    FROM goods_price AS q WHERE q.community_id = $1 AND q.goods_id = g.goods_id AND q.effective_from > t.now
    ORDER BY q.effective_from LIMIT 1) AS n ON true
  WHERE true`;

type Nullable<Row> = { readonly [Key in keyof Row]: Row[Key] | null };

interface FlatRow extends Goods, Nullable<PriceRow> {
  readonly nextPriceId: string | null;
  readonly nextCentipoints: number | null;
  readonly nextEffectiveFrom: Date | null;
  readonly nextSetBy: string | null;
  readonly nextRecordedAt: Date | null;
}

function toGoodsRow(row: FlatRow): GoodsRow {
  const { priceId, centipoints, effectiveFrom, setBy, recordedAt, ...rest } = row;
  const { nextPriceId, nextCentipoints, nextEffectiveFrom, nextSetBy, nextRecordedAt, ...goods } = rest;
  return {
    ...goods,
    price: toPrice({ priceId, centipoints, effectiveFrom, setBy, recordedAt }),
    nextPrice: toPrice({
      priceId: nextPriceId,
      centipoints: nextCentipoints,
      effectiveFrom: nextEffectiveFrom,
      setBy: nextSetBy,
      recordedAt: nextRecordedAt,
    }),
  };
}

/** A price came along as a whole or not at all. */
function toPrice(row: Nullable<PriceRow>): PriceRow | null {
  return row.priceId === null ? null : (row as PriceRow);
}
