import { Injectable } from '@nestjs/common';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import type { CalendarRule, SiteKind } from '../../places/index.js';
import { Database, NotFoundError } from '../../platform/index.js';
import type { WasteClass } from '../../tariff/index.js';
import { SEEN_SECONDS } from '../tokens/display-tokens.repository.js';
import type { BoardLine } from './board.js';

/** The board's own row: what all of a community's rooms say of it at one instant. */
export interface FiguresRow {
  readonly now: Date;
  readonly today: CalendarDay;
  readonly name: string;
  readonly sites: readonly SiteFigures[];
  readonly visits: Span;
  readonly households: Span;
  readonly credited: Span;
  readonly redeemed: Span;
  readonly classes: readonly { wasteClass: WasteClass; grams: Span; pieces: Span }[];
  readonly recent: readonly VisitFigures[];
  readonly goods: readonly GoodFigures[];
  readonly tariffVersionId: string | null;
  readonly items: readonly { code: string; zh: string; en: string }[];
  /** The tokens that are not revoked, so that whoever watches the figures sees the end of one in the same statement. */
  readonly displays: readonly LiveDisplay[];
}

/** One figure of today and of the month up to it. */
interface Span {
  readonly today: number;
  readonly month: number;
}

export interface SiteFigures {
  readonly siteId: string;
  readonly kind: SiteKind;
  readonly name: string;
  readonly rules: readonly CalendarRule[];
}

interface VisitFigures {
  readonly weighInId: string;
  readonly headName: string | null;
  readonly occurredAt: string;
  readonly centipoints: number;
  readonly lines: readonly BoardLine[];
}

interface GoodFigures {
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly category: string;
  readonly photoId: string | null;
  readonly seasonFrom: string | null;
  readonly seasonTo: string | null;
  readonly centipoints: number;
  readonly available: number;
}

export interface LiveDisplay {
  readonly tokenId: string;
  readonly isStale: boolean;
}

const VISITS_SHOWN = 10;
/** More goods than this no wall shows and nobody reads through. */
const GOODS_MAX = 200;

@Injectable()
export class FiguresRepository {
  constructor(private readonly database: Database) {}

  /**
   * Reads across rooms in SQL, as the desk does, for the same reason: a wall asks every few seconds, and one statement is
   * one snapshot, in which the totals and the last visits agree.
   * @throws NotFoundError
   */
  async figures(communityId: number): Promise<FiguresRow> {
    const [row] = await this.database.read<FiguresRow>('display.figures', FIGURES, [
      communityId,
      VISITS_SHOWN,
      GOODS_MAX,
      SEEN_SECONDS,
    ]);
    if (row === undefined) throw new NotFoundError();
    return row;
  }
}

/** A figure over the rows of the month, and over those of today. */
const span = (aggregate: string) =>
  `json_build_object('today', coalesce(${aggregate} FILTER (WHERE w.business_date = t.today), 0),
    'month', coalesce(${aggregate}, 0))`;

/** The month's visits that were not reversed, up to today. */
const VISITS = `w.community_id = $1 AND w.business_date BETWEEN date_trunc('month', t.today)::date AND t.today
  AND NOT EXISTS (SELECT 1 FROM weigh_in_reversal AS x WHERE x.community_id = $1 AND x.weigh_in_id = w.weigh_in_id)`;

const FIGURES = `
  SELECT t.now, t.today, c.name, v.visits, v.households, v.credited, o.redeemed,
    coalesce((SELECT json_agg(json_build_object('siteId', s.site_id, 'kind', s.kind, 'name', s.name, 'rules', coalesce(
        (SELECT json_agg(json_strip_nulls(json_build_object('kind', r.kind, 'day', r.day, 'onDate', r.on_date,
          'opensMinute', r.opens_minute, 'closesMinute', r.closes_minute)) ORDER BY r.rule_id)
        FROM opening_rule AS r WHERE r.community_id = $1 AND r.site_id = s.site_id), '[]')) ORDER BY s.site_id)
      FROM site AS s WHERE s.community_id = $1 AND s.closed_at IS NULL), '[]') AS sites,
    coalesce((SELECT json_agg(k) FROM (
      SELECT i.waste_class AS "wasteClass", ${span('sum(l.net_grams)')} AS grams, ${span('sum(l.pieces)')} AS pieces
      FROM weigh_in AS w
      JOIN weigh_in_line AS l ON l.community_id = $1 AND l.weigh_in_id = w.weigh_in_id
      JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
      WHERE ${VISITS} GROUP BY i.waste_class) AS k), '[]') AS classes,
    coalesce((SELECT json_agg(json_build_object('weighInId', n.weigh_in_id, 'occurredAt', n.occurred_at,
        'centipoints', n.centipoints,
        'headName', (SELECT m.name FROM member AS m
          WHERE m.community_id = $1 AND m.household_id = n.household_id AND m.is_head AND m.left_at IS NULL),
        'lines', (SELECT json_agg(json_build_object('zh', i.name_zh, 'en', i.name_en, 'grams', l.net_grams,
            'pieces', l.pieces, 'drops', l.drops) ORDER BY l.line_no)
          FROM weigh_in_line AS l JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
          WHERE l.community_id = $1 AND l.weigh_in_id = n.weigh_in_id)) ORDER BY n.weigh_in_id DESC)
      FROM (SELECT w.weigh_in_id, w.household_id, w.occurred_at, w.centipoints FROM weigh_in AS w
        WHERE w.community_id = $1 AND NOT EXISTS (SELECT 1 FROM weigh_in_reversal AS x
          WHERE x.community_id = $1 AND x.weigh_in_id = w.weigh_in_id)
        ORDER BY w.weigh_in_id DESC LIMIT $2) AS n), '[]') AS recent,
    coalesce((SELECT json_agg(g ORDER BY g.centipoints, g.name) FROM (
      SELECT g.goods_id AS "goodsId", g.name, g.unit, g.category, g.photo_id AS "photoId",
        g.season_from AS "seasonFrom", g.season_to AS "seasonTo", p.centipoints,
        coalesce((SELECT sum(greatest(0,
            least(h.on_hand, unexpired_stock($1, h.site_id, h.goods_id, t.today)) - h.reserved))
          FROM shelf AS h JOIN site AS s ON s.community_id = $1 AND s.site_id = h.site_id AND s.closed_at IS NULL
          WHERE h.community_id = $1 AND h.goods_id = g.goods_id), 0) AS available
      FROM goods AS g
      JOIN LATERAL (SELECT q.centipoints FROM goods_price AS q
        WHERE q.community_id = $1 AND q.goods_id = g.goods_id AND q.effective_from <= t.now
        ORDER BY q.effective_from DESC LIMIT 1) AS p ON true
      WHERE g.community_id = $1 AND g.is_listed ORDER BY p.centipoints, g.name LIMIT $3) AS g), '[]') AS goods,
    (SELECT b.version_id FROM tariff_version AS b
      WHERE b.community_id = $1 AND b.status = 'approved' AND b.effective_from <= t.now
      ORDER BY b.effective_from DESC LIMIT 1) AS "tariffVersionId",
    coalesce((SELECT json_agg(json_build_object('code', i.code, 'zh', i.name_zh, 'en', i.name_en))
      FROM waste_item AS i WHERE i.community_id = $1), '[]') AS items,
    coalesce((SELECT json_agg(json_build_object('tokenId', d.token_id, 'isStale',
        d.last_seen_at IS NULL OR d.last_seen_at < t.now - make_interval(secs => $4)))
      FROM display_token AS d WHERE d.community_id = $1 AND d.revoked_at IS NULL), '[]') AS displays
  FROM (SELECT n.now, (n.now AT TIME ZONE 'Asia/Shanghai')::date AS today FROM (SELECT app_now() AS now) AS n) AS t
  JOIN community AS c ON c.community_id = $1
  JOIN LATERAL (SELECT ${span('count(*)')} AS visits, ${span('count(DISTINCT w.household_id)')} AS households,
      ${span('sum(w.centipoints)')} AS credited
    FROM weigh_in AS w WHERE ${VISITS}) AS v ON true
  JOIN LATERAL (SELECT ${span('sum(w.total_centipoints - coalesce(b.returned, 0))')} AS redeemed
    FROM redemption AS w
    LEFT JOIN LATERAL (SELECT sum(y.total_centipoints) AS returned FROM redemption_return AS y
      WHERE y.community_id = $1 AND y.redemption_id = w.redemption_id) AS b ON true
    WHERE w.community_id = $1 AND w.business_date BETWEEN date_trunc('month', t.today)::date AND t.today) AS o ON true`;
