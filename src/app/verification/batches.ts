import type { ClientBase, QueryResultRow } from 'pg';

/**
 * The rows of a query in batches by their key, the next one on its way while the one before is looked at. Inside a
 * snapshot no row can slip between two batches.
 * @param sql has `$1` for the community, `$2` for the last key of the batch before, `$3` for the size of a batch, and
 *   returns its rows in the order of the key
 */
export async function* inBatches<Row extends QueryResultRow>(
  client: ClientBase,
  communityId: number,
  sql: string,
  first: string,
  keyOf: (row: Row) => string,
  size: number,
): AsyncGenerator<readonly Row[]> {
  const fetch = async (after: string) => (await client.query<Row>(sql, [communityId, after, size])).rows;
  let rows = await fetch(first);
  while (rows.length > 0) {
    const last = rows.at(-1);
    const next = last === undefined || rows.length < size ? Promise.resolve([]) : fetch(keyOf(last));
    // Whoever stops listening must not leave a failure behind that nobody hears.
    next.catch(() => undefined);
    yield rows;
    rows = await next;
  }
}
