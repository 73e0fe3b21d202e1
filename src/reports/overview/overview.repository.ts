import { Injectable } from '@nestjs/common';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { Database } from '../../platform/index.js';
import type { DaySpan } from '../day-span.js';

/** What happened on one day. Points are centipoints and never below 0, but for `otherCentipoints`. */
export interface DayFigures {
  readonly visits: number;
  readonly creditedCentipoints: number;
  readonly reversedCentipoints: number;
  readonly redeemedCentipoints: number;
  readonly returnedCentipoints: number;
  readonly expiredCentipoints: number;
  readonly otherCentipoints: number;
  readonly redemptions: number;
  readonly pieces: number;
  readonly recyclableGrams: number;
  readonly hazardousGrams: number;
  readonly kitchenGrams: number;
  readonly otherGrams: number;
}

export interface DayRow extends DayFigures {
  readonly day: CalendarDay;
  readonly households: number;
}

export interface TopGoodsRow {
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly pieces: number;
  readonly centipoints: number;
}

/** What the community owes and what covers it, at this moment. */
export interface CoverRow {
  readonly householdsOpen: number;
  readonly pointValueFen: number;
  readonly outstandingCentipoints: number;
  readonly owedCentipoints: number;
  readonly stockPieces: number;
  readonly stockCentipoints: number;
  readonly stockCostFen: number;
  readonly expiredPieces: number;
  readonly unpricedPieces: number;
}

export interface OverviewRow {
  readonly days: readonly DayRow[];
  readonly householdsTakingPart: number;
  readonly topGoods: readonly TopGoodsRow[];
  readonly cover: CoverRow;
}

const TOP_GOODS = 10;

/** Adds up what all other rooms have written down: one statement, so that every figure is of the same moment. */
@Injectable()
export class OverviewRepository {
  constructor(private readonly database: Database) {}

  async read(communityId: number, { from, to }: DaySpan): Promise<OverviewRow> {
    const [row] = await this.database.read<OverviewRow>('reports.overview', OVERVIEW, [communityId, from, to]);
    if (row === undefined) throw new Error('the overview has no row');
    return row;
  }
}

/**
 * Visits and weights are of the day on which they happened, reversed ones left out. Points are of the day on which the
 * ledger took them: so they add up to the change of the balances. Pieces are of the day of the redemption, less what came
 * back of it.
 */
const OVERVIEW = `
  WITH visit AS MATERIALIZED (
    SELECT w.business_date AS day, w.weigh_in_id, w.household_id FROM weigh_in AS w
    WHERE w.community_id = $1 AND w.business_date BETWEEN $2::date AND $3::date
      AND NOT EXISTS (SELECT 1 FROM weigh_in_reversal AS r
        WHERE r.community_id = $1 AND r.weigh_in_id = w.weigh_in_id)),
  visited AS (
    SELECT day, count(*) AS visits, count(DISTINCT household_id) AS households FROM visit GROUP BY day),
  weighed AS (
    SELECT v.day,
      sum(l.net_grams) FILTER (WHERE i.waste_class = 'recyclable') AS recyclable,
      sum(l.net_grams) FILTER (WHERE i.waste_class = 'hazardous') AS hazardous,
      sum(l.net_grams) FILTER (WHERE i.waste_class = 'kitchen') AS kitchen,
      sum(l.net_grams) FILTER (WHERE i.waste_class = 'other') AS other
    FROM visit AS v
    JOIN weigh_in_line AS l ON l.community_id = $1 AND l.weigh_in_id = v.weigh_in_id
    JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
    GROUP BY v.day),
  posted AS (
    SELECT e.business_date AS day,
      sum(e.amount) FILTER (WHERE e.kind = 2) AS credited,
      -sum(e.amount) FILTER (WHERE e.kind = 3) AS reversed,
      -sum(e.amount) FILTER (WHERE e.kind = 4) AS redeemed,
      sum(e.amount) FILTER (WHERE e.kind IN (5, 6)) AS returned,
      -sum(e.amount) FILTER (WHERE e.kind = 11) AS expired,
      sum(e.amount) FILTER (WHERE e.kind NOT IN (2, 3, 4, 5, 6, 11)) AS other
    FROM ledger_entry AS e
    JOIN ledger_account AS a ON a.community_id = $1 AND a.account_id = e.account_id AND a.kind = 'household'
    WHERE e.community_id = $1 AND e.business_date BETWEEN $2::date AND $3::date
    GROUP BY e.business_date),
  taken AS MATERIALIZED (
    SELECT d.business_date AS day, d.redemption_id, l.goods_id, l.unit_centipoints,
      l.quantity - coalesce((SELECT max(b.returned_after) FROM redemption_return_line AS b
        WHERE b.community_id = $1 AND b.line_id = l.line_id), 0) AS pieces
    FROM redemption AS d
    JOIN redemption_line AS l ON l.community_id = $1 AND l.redemption_id = d.redemption_id
    WHERE d.community_id = $1 AND d.business_date BETWEEN $2::date AND $3::date),
  handed AS (
    SELECT day, count(DISTINCT redemption_id) FILTER (WHERE pieces > 0) AS redemptions, sum(pieces) AS pieces
    FROM taken GROUP BY day),
  top AS (
    SELECT t.goods_id, sum(t.pieces) AS pieces, sum(t.pieces * t.unit_centipoints) AS centipoints FROM taken AS t
    WHERE t.pieces > 0 GROUP BY t.goods_id ORDER BY sum(t.pieces) DESC, t.goods_id LIMIT ${TOP_GOODS}),
  moment AS (
    SELECT n.now, (n.now AT TIME ZONE 'Asia/Shanghai')::date AS today FROM (SELECT app_now() AS now) AS n),
  stocked AS (
    SELECT b.goods_id, sum(b.remaining) FILTER (WHERE b.is_fresh) AS pieces,
      sum(b.remaining * b.unit_cost_fen) FILTER (WHERE b.is_fresh) AS cost,
      sum(b.remaining) FILTER (WHERE NOT b.is_fresh) AS expired
    FROM (SELECT s.goods_id, s.remaining, s.unit_cost_fen,
            (s.expires_on IS NULL OR s.expires_on >= m.today) AS is_fresh
          FROM stock_batch AS s, moment AS m WHERE s.community_id = $1 AND s.remaining > 0) AS b
    GROUP BY b.goods_id),
  priced AS (
    SELECT DISTINCT ON (p.goods_id) p.goods_id, p.centipoints FROM goods_price AS p, moment AS m
    WHERE p.community_id = $1 AND p.effective_from <= m.now ORDER BY p.goods_id, p.effective_from DESC)
  SELECT
    (SELECT json_agg(json_build_object('day', d.day, 'visits', coalesce(v.visits, 0),
        'households', coalesce(v.households, 0), 'creditedCentipoints', coalesce(p.credited, 0),
        'reversedCentipoints', coalesce(p.reversed, 0), 'redeemedCentipoints', coalesce(p.redeemed, 0),
        'returnedCentipoints', coalesce(p.returned, 0), 'expiredCentipoints', coalesce(p.expired, 0),
        'otherCentipoints', coalesce(p.other, 0), 'redemptions', coalesce(h.redemptions, 0),
        'pieces', coalesce(h.pieces, 0), 'recyclableGrams', coalesce(g.recyclable, 0),
        'hazardousGrams', coalesce(g.hazardous, 0), 'kitchenGrams', coalesce(g.kitchen, 0),
        'otherGrams', coalesce(g.other, 0)) ORDER BY d.day)
      FROM (SELECT generate_series($2::date, $3::date, interval '1 day')::date AS day) AS d
      LEFT JOIN visited AS v ON v.day = d.day LEFT JOIN weighed AS g ON g.day = d.day
      LEFT JOIN posted AS p ON p.day = d.day LEFT JOIN handed AS h ON h.day = d.day) AS days,
    (SELECT count(DISTINCT household_id) FROM visit) AS "householdsTakingPart",
    (SELECT coalesce(json_agg(json_build_object('goodsId', t.goods_id, 'name', g.name, 'unit', g.unit,
        'pieces', t.pieces, 'centipoints', t.centipoints) ORDER BY t.pieces DESC, t.goods_id), '[]')
      FROM top AS t JOIN goods AS g ON g.community_id = $1 AND g.goods_id = t.goods_id) AS "topGoods",
    (SELECT json_build_object(
        'householdsOpen', (SELECT count(*) FROM household AS h
          WHERE h.community_id = $1 AND h.status IN ('active', 'frozen')),
        'pointValueFen', (SELECT c.point_value_fen FROM community_settings AS c WHERE c.community_id = $1),
        'outstandingCentipoints', (SELECT coalesce(sum(a.balance), 0) FROM ledger_account AS a
          WHERE a.community_id = $1 AND a.kind = 'household'),
        'owedCentipoints', (SELECT coalesce(-sum(a.balance), 0) FROM ledger_account AS a
          WHERE a.community_id = $1 AND a.kind = 'debt'),
        'stockPieces', coalesce(sum(s.pieces), 0), 'stockCentipoints', coalesce(sum(s.pieces * p.centipoints), 0),
        'stockCostFen', coalesce(sum(s.cost), 0), 'expiredPieces', coalesce(sum(s.expired), 0),
        'unpricedPieces', coalesce(sum(s.pieces) FILTER (WHERE p.goods_id IS NULL), 0))
      FROM stocked AS s LEFT JOIN priced AS p ON p.goods_id = s.goods_id) AS cover`;
