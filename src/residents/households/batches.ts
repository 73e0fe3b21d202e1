/** Rows of one INSERT: enough that the number of statements does not matter, far below the 65,535 parameters of one. */
const ROWS_A_STATEMENT = 500;

/** The rows in parts of at most 500, in their order. */
export function inBatches<Row>(rows: readonly Row[]): Row[][] {
  const batches: Row[][] = [];
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    batches.push(rows.slice(from, from + ROWS_A_STATEMENT));
  }
  return batches;
}
