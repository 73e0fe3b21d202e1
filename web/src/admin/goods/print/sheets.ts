/** Cuts what is printed into pages. */
export function sheetsOf<Row>(rows: readonly Row[], aSheet: number): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / aSheet) }, (_, page) =>
    rows.slice(page * aSheet, (page + 1) * aSheet),
  );
}

/** Groups by category, categories and what is in them in the order in which they come. */
export function byCategory<Row extends { readonly category: string }>(
  rows: readonly Row[],
): { readonly category: string; readonly rows: readonly Row[] }[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.category, [...(groups.get(row.category) ?? []), row]);
  return [...groups].map(([category, grouped]) => ({ category, rows: grouped }));
}
