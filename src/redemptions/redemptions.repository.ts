import { Injectable } from '@nestjs/common';
import { Database } from '../platform/index.js';
import type { OfferedGoods } from './order.rules.js';

/** What an order at the counter or a reservation is decided on, read in one statement. */
export interface CounterRow {
  readonly now: Date;
  readonly householdStatus: string | null;
  readonly isOwnHousehold: boolean;
  readonly shopIsOpen: boolean;
  readonly cardStatus: string | null;
  readonly pinLimitCentipoints: number;
  readonly dayRedemptionCentipointsMax: number | null;
  readonly reservationDays: number;
  readonly goods: readonly OfferedGoods[];
}

export interface RedemptionLineRow {
  readonly lineId: string;
  readonly goodsId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitCentipoints: number;
  readonly returnedQuantity: number;
}

export interface RedemptionRow {
  readonly redemptionId: string;
  readonly householdId: string;
  readonly door: string;
  /** Empty where the household has no head. */
  readonly headName: string;
  readonly siteId: string;
  readonly reservationId: string | null;
  readonly totalCentipoints: number;
  readonly checkedBy: string;
  readonly actorId: string;
  readonly recordedAt: Date;
  readonly isCancelled: boolean;
  readonly lines: readonly RedemptionLineRow[];
}

export interface GoodsOutRow {
  readonly goodsId: string;
  readonly name: string;
  readonly quantity: number;
  readonly centipoints: number;
}

@Injectable()
export class RedemptionsRepository {
  constructor(private readonly database: Database) {}

  /** Reads across rooms in SQL for the same reason as the weigh-in desk does: one round trip for one order. */
  async counter(
    communityId: number,
    householdId: string,
    siteId: string,
    actorId: string,
    cardId: string | null,
    goodsIds: readonly string[],
  ): Promise<CounterRow | undefined> {
    const rows = await this.database.read<CounterRow>(
      'redemptions.counter',
      `SELECT t.now,
         (SELECT h.status FROM household AS h WHERE h.community_id = $1 AND h.household_id = $2) AS "householdStatus",
         EXISTS (SELECT 1 FROM staff_household AS o
           WHERE o.community_id = $1 AND o.household_id = $2 AND o.person_id = $4) AS "isOwnHousehold",
         EXISTS (SELECT 1 FROM site AS p WHERE p.community_id = $1 AND p.site_id = $3 AND p.kind = 'shop'
           AND p.closed_at IS NULL) AS "shopIsOpen",
         (SELECT c.status FROM card AS c
           WHERE c.community_id = $1 AND c.card_id = $5 AND c.household_id = $2) AS "cardStatus",
         s.pin_limit_centipoints AS "pinLimitCentipoints",
         s.day_redemption_centipoints_max AS "dayRedemptionCentipointsMax", s.reservation_days AS "reservationDays",
         coalesce((SELECT json_agg(json_build_object('goodsId', g.goods_id, 'name', g.name, 'isListed', g.is_listed,
             'seasonFrom', g.season_from, 'seasonTo', g.season_to, 'limitQuantity', g.limit_quantity,
             'limitPeriod', g.limit_period, 'priceId', p.price_id, 'unitCentipoints', p.centipoints))
           FROM goods AS g LEFT JOIN LATERAL (
             SELECT r.price_id, r.centipoints FROM goods_price AS r
             WHERE r.community_id = $1 AND r.goods_id = g.goods_id AND r.effective_from <= t.now
             ORDER BY r.effective_from DESC LIMIT 1) AS p ON true
           WHERE g.community_id = $1 AND g.goods_id = ANY ($6::uuid[])), '[]') AS goods
       FROM community_settings AS s, (SELECT app_now() AS now) AS t
       WHERE s.community_id = $1`,
      [communityId, householdId, siteId, actorId, cardId, `{${goodsIds.join(',')}}`],
    );
    return rows[0];
  }

  async find(communityId: number, redemptionId: string): Promise<RedemptionRow | undefined> {
    const rows = await this.database.read<RedemptionRow>(
      'redemptions.find',
      `${SELECT_REDEMPTION} WHERE d.community_id = $1 AND d.redemption_id = $2`,
      [communityId, redemptionId],
    );
    return rows[0];
  }

  /** Those of the redemptions that are this household's. */
  async ofHousehold(
    communityId: number,
    householdId: string,
    redemptionIds: readonly string[],
  ): Promise<RedemptionRow[]> {
    return this.database.read<RedemptionRow>(
      'redemptions.of-household',
      `${SELECT_REDEMPTION} WHERE d.community_id = $1 AND d.redemption_id = ANY ($3::uuid[]) AND d.household_id = $2
       ORDER BY d.redemption_id DESC`,
      [communityId, householdId, `{${redemptionIds.join(',')}}`],
    );
  }

  /** Of a day in China, of a household, or of both, newest first; one of them is given. */
  async list(
    communityId: number,
    filter: { day: string | null; householdId: string | null; siteId: string | null },
    after: string | null,
    limit: number,
  ): Promise<RedemptionRow[]> {
    const [statement, chosen] =
      filter.householdId === null
        ? (['redemptions.list', 'd.business_date = $2::date AND $3::uuid IS NULL'] as const)
        : ([
            'redemptions.list-of-household',
            'd.household_id = $3 AND ($2::date IS NULL OR d.business_date = $2::date)',
          ] as const);
    return this.database.read<RedemptionRow>(
      statement,
      `${SELECT_REDEMPTION}
       WHERE d.community_id = $1 AND ${chosen} AND ($4::uuid IS NULL OR d.site_id = $4)
         AND ($5::uuid IS NULL OR d.redemption_id < $5)
       ORDER BY d.redemption_id DESC LIMIT $6`,
      [communityId, filter.day, filter.householdId, filter.siteId, after, limit],
    );
  }

  /** What went out on a day by good, less what came back of it: the goods of the three-way check. */
  async goodsOut(communityId: number, day: string, siteId: string | null): Promise<GoodsOutRow[]> {
    return this.database.read<GoodsOutRow>(
      'redemptions.goods-out',
      `SELECT l.goods_id AS "goodsId", g.name,
         sum(l.quantity - coalesce(r.returned, 0))::bigint AS quantity,
         sum((l.quantity - coalesce(r.returned, 0)) * l.unit_centipoints)::bigint AS centipoints
       FROM redemption AS d
       JOIN redemption_line AS l ON l.community_id = $1 AND l.redemption_id = d.redemption_id
       JOIN goods AS g ON g.community_id = $1 AND g.goods_id = l.goods_id
       LEFT JOIN LATERAL (SELECT max(b.returned_after) AS returned FROM redemption_return_line AS b
         WHERE b.community_id = $1 AND b.line_id = l.line_id) AS r ON true
       WHERE d.community_id = $1 AND d.business_date = $2::date AND ($3::uuid IS NULL OR d.site_id = $3)
       GROUP BY l.goods_id, g.name ORDER BY g.name`,
      [communityId, day, siteId],
    );
  }
}

const SELECT_REDEMPTION = `
  SELECT d.redemption_id AS "redemptionId", d.household_id AS "householdId",
    (SELECT h.door FROM household AS h WHERE h.community_id = $1 AND h.household_id = d.household_id) AS door,
    coalesce((SELECT m.name FROM member AS m WHERE m.community_id = $1 AND m.household_id = d.household_id
      AND m.is_head AND m.left_at IS NULL), '') AS "headName",
    d.site_id AS "siteId",
    d.reservation_id AS "reservationId", d.total_centipoints AS "totalCentipoints", d.checked_by AS "checkedBy",
    d.actor_id AS "actorId", d.recorded_at AS "recordedAt",
    EXISTS (SELECT 1 FROM redemption_return AS r
      WHERE r.community_id = $1 AND r.redemption_id = d.redemption_id AND r.is_cancellation) AS "isCancelled",
    (SELECT json_agg(json_build_object('lineId', l.line_id, 'goodsId', l.goods_id, 'name', g.name,
        'quantity', l.quantity, 'unitCentipoints', l.unit_centipoints,
        'returnedQuantity', coalesce((SELECT max(b.returned_after) FROM redemption_return_line AS b
          WHERE b.community_id = $1 AND b.line_id = l.line_id), 0)) ORDER BY l.goods_id)
      FROM redemption_line AS l JOIN goods AS g ON g.community_id = $1 AND g.goods_id = l.goods_id
      WHERE l.community_id = $1 AND l.redemption_id = d.redemption_id) AS lines
  FROM redemption AS d`;
