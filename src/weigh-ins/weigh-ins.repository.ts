import { Injectable } from '@nestjs/common';
import type { ScaleProfile } from '../kernel/scale-profiles.js';
import { Database } from '../platform/index.js';
import type { PeriodUsage, Usage, WasteClass } from '../tariff/rules.js';
import type { RecentLine, RecordedCredit } from './weigh-in.rules.js';

/** Everything a weigh-in is decided on, as one statement reads it: one round trip for one visit. */
export interface DeskRow {
  readonly now: Date;
  readonly occurredAt: Date;
  readonly householdStatus: string | null;
  readonly isOwnHousehold: boolean;
  readonly siteIsOpen: boolean;
  readonly tariffVersionId: string | null;
  readonly householdSeq: number;
  readonly visitGramsMax: number;
  readonly visitCentipointsMax: number;
  readonly lateEntryHours: number;
  readonly usage: readonly UsageRow[];
  readonly recent: readonly RecentLine[];
  readonly items: readonly ItemRow[];
}

interface UsageRow {
  readonly creditedAs: string;
  readonly wasteClass: WasteClass;
  readonly day: number;
  readonly year: number;
}

export interface ItemRow {
  readonly itemId: string;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly wasteClass: WasteClass;
}

export interface WeighInRow {
  readonly weighInId: string;
  readonly householdId: string;
  readonly door: string;
  /** Empty where the household has no head. */
  readonly headName: string;
  readonly householdSeq: number;
  readonly siteId: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly isLate: boolean;
  readonly tariffVersionId: string;
  readonly centipoints: number;
  readonly credit: RecordedCredit;
  readonly corrects: string | null;
  readonly actorId: string;
  readonly isReversed: boolean;
  readonly lines: readonly WeighInLineRow[];
}

export interface WeighInLineRow {
  readonly lineNo: number;
  readonly itemId: string;
  readonly itemCode: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly wasteClass: WasteClass;
  readonly grossGrams: number | null;
  readonly tareGrams: number | null;
  readonly netGrams: number | null;
  readonly pieces: number | null;
  readonly drops: number | null;
  readonly quality: string;
  readonly weightSource: 'typed' | 'scale';
  readonly rawFrame: string | null;
  readonly scaleProfile: ScaleProfile | null;
  readonly centipoints: number;
}

export interface DaySummaryRow {
  readonly itemCode: string;
  readonly wasteClass: WasteClass;
  readonly grams: number;
  readonly pieces: number;
  readonly drops: number;
  readonly centipoints: number;
  readonly visits: number;
}

@Injectable()
export class WeighInsRepository {
  constructor(private readonly database: Database) {}

  /**
   * What deciding needs, without locks. It reads across rooms in SQL, because a queue at six in the morning waits for every
   * round trip; the commit function checks again what can have changed.
   * @param withUsage read what the household was credited this day and year; the dear part, which few tariffs ask for
   * @param excluding a weigh-in that is being corrected: its own points are no usage
   */
  async desk(
    communityId: number,
    householdId: string,
    siteId: string,
    actorId: string,
    occurredAt: Date | null,
    itemCodes: readonly string[],
    withUsage: boolean,
    excluding: string | null = null,
  ): Promise<DeskRow | undefined> {
    const rows = await this.database.read<DeskRow>(
      'weigh-ins.desk',
      `SELECT t.now, t.at AS "occurredAt",
         (SELECT h.status FROM household AS h WHERE h.community_id = $1 AND h.household_id = $2) AS "householdStatus",
         EXISTS (SELECT 1 FROM staff_household AS o
           WHERE o.community_id = $1 AND o.household_id = $2 AND o.person_id = $4) AS "isOwnHousehold",
         EXISTS (SELECT 1 FROM site AS p
           WHERE p.community_id = $1 AND p.site_id = $3 AND p.closed_at IS NULL) AS "siteIsOpen",
         (SELECT v.version_id FROM tariff_version AS v
           WHERE v.community_id = $1 AND v.status = 'approved' AND v.effective_from <= t.at
           ORDER BY v.effective_from DESC LIMIT 1) AS "tariffVersionId",
         coalesce((SELECT w.household_seq FROM weigh_in AS w WHERE w.community_id = $1 AND w.household_id = $2
           ORDER BY w.household_seq DESC LIMIT 1), 0) AS "householdSeq",
         s.visit_grams_max AS "visitGramsMax", s.visit_centipoints_max AS "visitCentipointsMax",
         s.late_entry_hours AS "lateEntryHours",
         CASE WHEN $8 THEN coalesce((SELECT json_agg(u) FROM (
           SELECT l.credited_as AS "creditedAs", i.waste_class AS "wasteClass", sum(l.centipoints)::bigint AS year,
             coalesce(sum(l.centipoints) FILTER (
               WHERE w.business_date = (t.at AT TIME ZONE 'Asia/Shanghai')::date), 0)::bigint AS day
           FROM weigh_in AS w
           JOIN weigh_in_line AS l ON l.community_id = $1 AND l.weigh_in_id = w.weigh_in_id
           JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
           WHERE w.community_id = $1 AND w.household_id = $2 AND l.credited_as IS NOT NULL
             AND w.weigh_in_id IS DISTINCT FROM $7::uuid
             AND w.business_date >= date_trunc('year', t.at AT TIME ZONE 'Asia/Shanghai')::date
             AND w.business_date < (date_trunc('year', t.at AT TIME ZONE 'Asia/Shanghai') + interval '1 year')::date
             AND NOT EXISTS (SELECT 1 FROM weigh_in_reversal AS r
               WHERE r.community_id = $1 AND r.weigh_in_id = w.weigh_in_id)
           GROUP BY l.credited_as, i.waste_class) AS u), '[]') ELSE '[]' END AS usage,
         coalesce((SELECT json_agg(json_build_object('itemCode', i.code, 'netGrams', l.net_grams, 'pieces', l.pieces,
             'drops', l.drops))
           FROM weigh_in AS w
           JOIN weigh_in_line AS l ON l.community_id = $1 AND l.weigh_in_id = w.weigh_in_id
           JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
           WHERE w.community_id = $1 AND w.household_id = $2
             AND w.business_date BETWEEN (t.at AT TIME ZONE 'Asia/Shanghai')::date - 1
               AND (t.at AT TIME ZONE 'Asia/Shanghai')::date + 1
             AND w.occurred_at BETWEEN t.at - interval '30 seconds' AND t.at + interval '30 seconds'
             AND NOT EXISTS (SELECT 1 FROM weigh_in_reversal AS r
               WHERE r.community_id = $1 AND r.weigh_in_id = w.weigh_in_id)), '[]') AS recent,
         coalesce((SELECT json_agg(json_build_object('itemId', i.item_id, 'code', i.code, 'zh', i.name_zh,
             'en', i.name_en, 'wasteClass', i.waste_class))
           FROM waste_item AS i WHERE i.community_id = $1 AND i.code = ANY ($6::text[])), '[]') AS items
       FROM community_settings AS s,
         (SELECT n.now, coalesce(least($5::timestamptz, n.now), n.now) AS at FROM (SELECT app_now() AS now) AS n) AS t
       WHERE s.community_id = $1`,
      [communityId, householdId, siteId, actorId, occurredAt, `{${itemCodes.join(',')}}`, excluding, withUsage],
    );
    return rows[0];
  }

  async find(communityId: number, weighInId: string): Promise<WeighInRow | undefined> {
    const rows = await this.database.read<WeighInRow>(
      'weigh-ins.find',
      `${SELECT_WEIGH_IN} WHERE w.community_id = $1 AND w.weigh_in_id = $2`,
      [communityId, weighInId],
    );
    return rows[0];
  }

  /** What a device recorded under this count. */
  async idOfDevice(communityId: number, deviceId: string, seq: number): Promise<string | undefined> {
    const rows = await this.database.read<{ weighInId: string }>(
      'weigh-ins.id-of-device',
      `SELECT weigh_in_id AS "weighInId" FROM weigh_in WHERE community_id = $1 AND device_id = $2 AND device_seq = $3`,
      [communityId, deviceId, seq],
    );
    return rows[0]?.weighInId;
  }

  /** Those of the weigh-ins that are this household's. */
  async ofHousehold(communityId: number, householdId: string, weighInIds: readonly string[]): Promise<WeighInRow[]> {
    return this.database.read<WeighInRow>(
      'weigh-ins.of-household',
      `${SELECT_WEIGH_IN} WHERE w.community_id = $1 AND w.weigh_in_id = ANY ($3::uuid[]) AND w.household_id = $2
       ORDER BY w.weigh_in_id DESC`,
      [communityId, householdId, `{${weighInIds.join(',')}}`],
    );
  }

  /** Of a day in China, of a household, or of both, newest first; one of them is given. */
  async list(
    communityId: number,
    filter: { day: string | null; householdId: string | null; siteId: string | null },
    after: string | null,
    limit: number,
  ): Promise<WeighInRow[]> {
    const [statement, chosen] =
      filter.householdId === null
        ? (['weigh-ins.list', 'w.business_date = $2::date AND $3::uuid IS NULL'] as const)
        : ([
            'weigh-ins.list-of-household',
            'w.household_id = $3 AND ($2::date IS NULL OR w.business_date = $2::date)',
          ] as const);
    return this.database.read<WeighInRow>(
      statement,
      `${SELECT_WEIGH_IN}
       WHERE w.community_id = $1 AND ${chosen} AND ($4::uuid IS NULL OR w.site_id = $4)
         AND ($5::uuid IS NULL OR w.weigh_in_id < $5)
       ORDER BY w.weigh_in_id DESC LIMIT $6`,
      [communityId, filter.day, filter.householdId, filter.siteId, after, limit],
    );
  }

  /** What a day brought in by item, reversed visits left out: the kilograms of the three-way check. */
  async summary(communityId: number, day: string, siteId: string | null): Promise<DaySummaryRow[]> {
    return this.database.read<DaySummaryRow>(
      'weigh-ins.summary',
      `SELECT i.code AS "itemCode", i.waste_class AS "wasteClass", coalesce(sum(l.net_grams), 0)::bigint AS grams,
         coalesce(sum(l.pieces), 0)::bigint AS pieces, coalesce(sum(l.drops), 0)::bigint AS drops,
         sum(l.centipoints)::bigint AS centipoints, count(DISTINCT w.weigh_in_id)::bigint AS visits
       FROM weigh_in AS w
       JOIN weigh_in_line AS l ON l.community_id = $1 AND l.weigh_in_id = w.weigh_in_id
       JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
       WHERE w.community_id = $1 AND w.business_date = $2::date AND ($3::uuid IS NULL OR w.site_id = $3)
         AND NOT EXISTS (SELECT 1 FROM weigh_in_reversal AS r
           WHERE r.community_id = $1 AND r.weigh_in_id = w.weigh_in_id)
       GROUP BY i.code, i.waste_class ORDER BY i.code`,
      [communityId, day, siteId],
    );
  }
}

/** Sums the usage rows into what the tariff asks for. */
export function usageOf(rows: readonly UsageRow[]): Usage {
  const period = (of: 'day' | 'year'): PeriodUsage => {
    const byItem: Record<string, number> = {};
    const byClass: Partial<Record<WasteClass, number>> = {};
    let total = 0;
    for (const row of rows) {
      byItem[row.creditedAs] = (byItem[row.creditedAs] ?? 0) + row[of];
      byClass[row.wasteClass] = (byClass[row.wasteClass] ?? 0) + row[of];
      total += row[of];
    }
    return { total, byItem, byClass };
  };
  return { day: period('day'), year: period('year') };
}

const SELECT_WEIGH_IN = `
  SELECT w.weigh_in_id AS "weighInId", w.household_id AS "householdId",
    (SELECT h.door FROM household AS h WHERE h.community_id = $1 AND h.household_id = w.household_id) AS door,
    coalesce((SELECT m.name FROM member AS m WHERE m.community_id = $1 AND m.household_id = w.household_id
      AND m.is_head AND m.left_at IS NULL), '') AS "headName",
    w.household_seq AS "householdSeq",
    w.site_id AS "siteId", w.occurred_at AS "occurredAt", w.recorded_at AS "recordedAt", w.is_late AS "isLate",
    w.tariff_version_id AS "tariffVersionId", w.centipoints, w.credit, w.corrects, w.actor_id AS "actorId",
    EXISTS (SELECT 1 FROM weigh_in_reversal AS r
      WHERE r.community_id = $1 AND r.weigh_in_id = w.weigh_in_id) AS "isReversed",
    (SELECT json_agg(json_build_object('lineNo', l.line_no, 'itemId', l.item_id, 'itemCode', i.code,
        'nameZh', i.name_zh, 'nameEn', i.name_en, 'wasteClass', i.waste_class, 'grossGrams', l.gross_grams, 'tareGrams', l.tare_grams, 'netGrams', l.net_grams,
        'pieces', l.pieces, 'drops', l.drops, 'quality', l.quality, 'weightSource', l.weight_source,
        'rawFrame', l.raw_frame, 'scaleProfile', l.scale_profile, 'centipoints', l.centipoints) ORDER BY l.line_no)
      FROM weigh_in_line AS l JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
      WHERE l.community_id = $1 AND l.weigh_in_id = w.weigh_in_id) AS lines
  FROM weigh_in AS w`;
