const PAGE = 100;

/** All pages of a list that is read by its last id. */
export async function readAll<Row>(
  read: (page: { limit: number; after?: string }) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const page = await read({ limit: PAGE, ...(last !== undefined && { after: idOf(last) }) });
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}
