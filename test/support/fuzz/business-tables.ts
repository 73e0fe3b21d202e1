import type pg from 'pg';
import { TABLES } from '../../../src/platform/table-classes.js';
import { tasksEnded } from '../tasks-ended.js';

/** What a refusal may leave behind: the key's record, the audit record, and the counts of failures (I-19). */
const MAY_GROW = new Set<string>([
  'request',
  'audit_record',
  'session',
  'sign_in_throttle',
  'one_time_code',
  'job_lease',
  'function_source',
  'schema_migration',
]);

const NAMES = Object.keys(TABLES).filter((name) => !MAY_GROW.has(name));

/**
 * How many rows each business table has and by which transaction the newest of them was written: equal before and after
 * where nothing was inserted, updated or deleted, once what works in the background has come to rest. A lock and a transaction that was rolled back do not show.
 */
export async function stateOf(database: pg.Pool): Promise<Readonly<Record<string, string>>> {
  await tasksEnded(database);
  const counts = NAMES.map(
    (name) =>
      `SELECT '${name}' AS name, count(*) || ' rows, newest ' || coalesce(max(xmin::text::bigint), 0) AS state FROM ${name}`,
  );
  const { rows } = await database.query<{ name: string; state: string }>({
    name: 'business-tables',
    text: counts.join(' UNION ALL '),
  });
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}
