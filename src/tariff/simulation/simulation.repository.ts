import { Injectable } from '@nestjs/common';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { CENTIPOINTS_MAX, type Centipoints } from '../../kernel/points.js';
import { Database } from '../../platform/index.js';
import type { WasteClass } from '../waste-classes.js';

/** A visit as it was credited, reversed ones left out. */
export interface PastVisit {
  readonly householdId: string;
  readonly householdSeq: number;
  readonly occurredAt: Date;
  readonly day: CalendarDay;
  readonly firstVisit: boolean;
  /** The community's own ceiling for one visit at the time. */
  readonly visitCentipointsMax: Centipoints;
  readonly centipoints: Centipoints;
  readonly wasCapped: boolean;
  readonly lines: readonly PastLine[];
}

export interface PastLine {
  readonly lineNo: number;
  readonly itemCode: string;
  readonly wasteClass: WasteClass;
  readonly netGrams: number | null;
  readonly pieces: number | null;
  readonly drops: number | null;
  readonly qualityCode: string;
  readonly centipoints: Centipoints;
}

/** What a household was credited in a span, by the item a line was credited as. */
export interface PastCredit {
  readonly householdId: string;
  readonly creditedAs: string;
  readonly wasteClass: WasteClass;
  readonly centipoints: Centipoints;
}

/** A place in the order of households and, within one, of recording. */
export interface VisitCursor {
  readonly householdId: string;
  readonly householdSeq: number;
}

/** Both days inclusive. */
export interface DaySpan {
  readonly from: CalendarDay;
  readonly to: CalendarDay;
}

/**
 * Reads weigh-ins in SQL. Their room stands above this one and may import it, so its services cannot be asked from here;
 * a comparison over past weigh-ins reads a quarter of a year of them and changes none.
 */
@Injectable()
export class SimulationRepository {
  constructor(private readonly database: Database) {}

  async countHouseholds(communityId: number, { from, to }: DaySpan): Promise<number> {
    const [row] = await this.database.read<{ count: number }>(
      'tariff.count-simulated',
      `SELECT count(DISTINCT household_id) AS count FROM weigh_in
       WHERE community_id = $1 AND business_date BETWEEN $2::date AND $3::date`,
      [communityId, from, to],
    );
    return row?.count ?? 0;
  }

  /** Ids of households with visits in the span, in order. */
  async households(communityId: number, { from, to }: DaySpan, after: string | null, limit: number): Promise<string[]> {
    const rows = await this.database.read<{ householdId: string }>(
      'tariff.simulated-households',
      `SELECT household_id AS "householdId" FROM weigh_in
       WHERE community_id = $1 AND business_date BETWEEN $2::date AND $3::date
         AND ($4::uuid IS NULL OR household_id > $4)
       GROUP BY household_id ORDER BY household_id LIMIT $5`,
      [communityId, from, to, after, limit],
    );
    return rows.map(({ householdId }) => householdId);
  }

  /** Visits of some households, household by household, each in the order in which it was credited. */
  async visits(
    communityId: number,
    { from, to }: DaySpan,
    households: readonly string[],
    after: VisitCursor | null,
    limit: number,
  ): Promise<PastVisit[]> {
    return this.database.read<PastVisit>(
      'tariff.simulated-visits',
      `SELECT w.household_id AS "householdId", w.household_seq AS "householdSeq", w.occurred_at AS "occurredAt",
         w.business_date AS day, w.centipoints,
         coalesce((w.credit->>'firstVisit')::boolean, w.household_seq = 1) AS "firstVisit",
         coalesce((w.credit->>'visitCentipointsMax')::bigint, ${CENTIPOINTS_MAX}) AS "visitCentipointsMax",
         coalesce(w.credit->'result'->'cuts' <> '[]', false) AS "wasCapped",
         (SELECT json_agg(json_build_object('lineNo', l.line_no, 'itemCode', i.code, 'wasteClass', i.waste_class,
             'netGrams', l.net_grams, 'pieces', l.pieces, 'drops', l.drops, 'qualityCode', l.quality,
             'centipoints', l.centipoints) ORDER BY l.line_no)
           FROM weigh_in_line AS l JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
           WHERE l.community_id = $1 AND l.weigh_in_id = w.weigh_in_id) AS lines
       FROM weigh_in AS w
       WHERE w.community_id = $1 AND w.business_date BETWEEN $2::date AND $3::date AND w.household_id = ANY ($4::uuid[])
         AND ($5::uuid IS NULL OR (w.household_id, w.household_seq) > ($5, $6::bigint))
         AND NOT EXISTS (SELECT 1 FROM weigh_in_reversal AS r
           WHERE r.community_id = $1 AND r.weigh_in_id = w.weigh_in_id)
       ORDER BY w.household_id, w.household_seq LIMIT $7`,
      [communityId, from, to, uuidArray(households), after?.householdId ?? null, after?.householdSeq ?? null, limit],
    );
  }

  /** What some households were really credited in the calendar year of a day, before that day. */
  async creditedBefore(communityId: number, day: CalendarDay, households: readonly string[]): Promise<PastCredit[]> {
    return this.database.read<PastCredit>(
      'tariff.credited-before',
      `SELECT w.household_id AS "householdId", l.credited_as AS "creditedAs", i.waste_class AS "wasteClass",
         sum(l.centipoints)::bigint AS centipoints
       FROM weigh_in AS w
       JOIN weigh_in_line AS l ON l.community_id = $1 AND l.weigh_in_id = w.weigh_in_id
       JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
       WHERE w.community_id = $1 AND w.household_id = ANY ($3::uuid[]) AND l.credited_as IS NOT NULL
         AND w.business_date >= date_trunc('year', $2::date)::date AND w.business_date < $2::date
         AND NOT EXISTS (SELECT 1 FROM weigh_in_reversal AS r
           WHERE r.community_id = $1 AND r.weigh_in_id = w.weigh_in_id)
       GROUP BY w.household_id, l.credited_as, i.waste_class`,
      [communityId, day, uuidArray(households)],
    );
  }
}

function uuidArray(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}
