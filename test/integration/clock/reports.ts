import { givenStaff } from '../../factories/community.js';
import { MIDNIGHTS, type Turned } from './turning-points.js';
import type { ZonedShop } from './zoned-shop.js';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** The name that the first tariff of a world is given by chance. */
const TARIFF_NAME = /标准 [0-9a-f]{8}/g;

/** Around every turning point, and around the hour that the clock was set back. */
const INSTANTS = MIDNIGHTS.flatMap((midnight) => [
  `${midnight}T00:00:00.000+08:00`,
  `${midnight}T00:00:00.001+08:00`,
]).concat('2028-12-01T10:59:59+08:00', '2028-12-01T11:30:00+08:00', '2028-12-01T12:00:00+08:00');

/** Sums over the whole of a month, computed by instants and not by days. */
export interface MonthSums {
  readonly month: string;
  readonly grams: number;
  readonly weighInCentipoints: number;
  readonly goodsOut: number;
  readonly goodsOutCentipoints: number;
}

/** Everything of a community that anybody reads by days, months or instants; the answers as text, byte for byte. */
export interface Reports {
  readonly answers: Readonly<Record<string, string>>;
  readonly months: readonly MonthSums[];
  /** Σ of the ledger by the day each entry carries, and by the instants of the month: `[month, byDays, byInstants]`. */
  readonly ledgerMonths: readonly (readonly [string, number, number])[];
  readonly refusals: readonly string[];
}

export async function readReports(shop: ZonedShop, turned: Turned): Promise<Reports> {
  const { communityId } = turned.world;
  await shop.setClock('2028-12-31 12:00:00+08');
  const reader = await givenStaff(shop, communityId, 'supervisor');
  const base = `/api/communities/${communityId}`;
  const answers: Record<string, string> = {};
  const read = async (path: string): Promise<void> => {
    const { text } = await reader.get(`${base}${path}`).expect(200);
    answers[path] = text.replaceAll(TARIFF_NAME, '标准');
  };
  const days = await workDays(shop, communityId);
  for (const day of days) {
    for (const report of ['weigh-ins/summary', 'weigh-ins', 'redemptions/goods-out', 'redemptions']) {
      await read(`/${report}?day=${day}${report.includes('/') ? '' : '&limit=100'}`);
    }
  }
  for (const householdId of turned.households) {
    const statement = `/households/${householdId}/statement?limit=100`;
    await read(statement);
    await read(`/households/${householdId}/balance`);
    const named = (JSON.parse(answers[statement] ?? '') as { recordedAt: string }[]).map((line) => line.recordedAt);
    for (const instant of new Set([...INSTANTS, ...named])) {
      await read(`/households/${householdId}/balance?at=${encodeURIComponent(instant)}`);
    }
  }
  for (const goodsId of turned.goods) await read(`/goods/${goodsId}/prices`);
  for (const report of ['ledger/accounts', 'near-expiry', 'tariff-versions', 'approvals?limit=100']) {
    await read(`/${report}`);
  }
  return {
    answers,
    months: await sumMonths(shop, communityId),
    ledgerMonths: await sumLedgerMonths(shop, communityId),
    refusals: turned.refusals,
  };
}

/** The same reports of another database, whose ids are others: each becomes the number of its first appearance. */
export function withoutIds(reports: readonly Reports[]): string {
  const numbers = new Map<string, number>();
  return JSON.stringify(reports, null, 1).replaceAll(UUID, (id) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    return `id-${numbers.get(id)}`;
  });
}

async function workDays(shop: ZonedShop, communityId: number): Promise<string[]> {
  const { rows } = await shop.owner.query<{ day: string }>(
    `SELECT DISTINCT business_date::text AS day FROM (
       SELECT business_date FROM weigh_in WHERE community_id = $1
       UNION ALL SELECT business_date FROM redemption WHERE community_id = $1
       UNION ALL SELECT business_date FROM ledger_entry WHERE community_id = $1) AS d ORDER BY day`,
    [communityId],
  );
  return rows.map(({ day }) => day);
}

const MONTHS = `SELECT DISTINCT to_char(business_date, 'YYYY-MM') AS month FROM ledger_entry WHERE community_id = $1`;
/** Half open, from the first instant of a month in China to that of the next. */
const IN_MONTH = (column: string): string =>
  `${column} >= (m.month || '-01 00:00:00+08')::timestamptz
   AND ${column} < (to_char((m.month || '-01')::date + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+08')::timestamptz`;

async function sumMonths(shop: ZonedShop, communityId: number): Promise<MonthSums[]> {
  const { rows } = await shop.owner.query<MonthSums>(
    `SELECT m.month, coalesce(w.grams, 0)::integer AS grams, coalesce(w.centipoints, 0)::integer AS "weighInCentipoints",
       coalesce(d.pieces, 0)::integer AS "goodsOut", coalesce(d.centipoints, 0)::integer AS "goodsOutCentipoints"
     FROM (${MONTHS}) AS m
     LEFT JOIN LATERAL (SELECT sum(l.net_grams) AS grams, sum(l.centipoints) AS centipoints
       FROM weigh_in AS w JOIN weigh_in_line AS l USING (community_id, weigh_in_id)
       WHERE w.community_id = $1 AND ${IN_MONTH('w.occurred_at')}) AS w ON true
     LEFT JOIN LATERAL (SELECT sum(l.quantity) AS pieces, sum(l.quantity * l.unit_centipoints) AS centipoints
       FROM redemption AS d JOIN redemption_line AS l USING (community_id, redemption_id)
       WHERE d.community_id = $1 AND ${IN_MONTH('d.recorded_at')}) AS d ON true
     ORDER BY m.month`,
    [communityId],
  );
  return rows;
}

async function sumLedgerMonths(shop: ZonedShop, communityId: number): Promise<[string, number, number][]> {
  const { rows } = await shop.owner.query<{ month: string; byDays: number; byInstants: number }>(
    `SELECT m.month,
       (SELECT sum(e.amount) FROM ledger_entry AS e
         WHERE e.community_id = $1 AND to_char(e.business_date, 'YYYY-MM') = m.month)::integer AS "byDays",
       (SELECT sum(e.amount) FROM ledger_entry AS e
         WHERE e.community_id = $1 AND ${IN_MONTH('e.recorded_at')})::integer AS "byInstants"
     FROM (${MONTHS}) AS m ORDER BY m.month`,
    [communityId],
  );
  return rows.map(({ month, byDays, byInstants }) => [month, byDays, byInstants]);
}
