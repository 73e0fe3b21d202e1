/** Below every UUIDv7, where a walk by id begins. */
export const FIRST_UUID = '00000000-0000-0000-0000-000000000000';

/**
 * Rows in batches by their key, the next one on its way while the one before is looked at. Inside a snapshot no row can slip
 * between two batches.
 * @param fetch the rows behind a key, in the order of their keys: `size` of them, or fewer where there are no more
 */
export async function* inBatches<Row>(
  fetch: (after: string) => Promise<readonly Row[]>,
  { first, size, keyOf }: { readonly first: string; readonly size: number; readonly keyOf: (row: Row) => string },
): AsyncGenerator<readonly Row[]> {
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
