import type { Tx } from '../../platform/index.js';

/** Rows of one INSERT: enough that the number of statements does not matter, few enough that each is short. */
const ROWS_A_STATEMENT = 500;

/** The rows in parts of at most 500, in their order. */
export function inBatches<Row>(rows: readonly Row[]): Row[][] {
  const batches: Row[][] = [];
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    batches.push(rows.slice(from, from + ROWS_A_STATEMENT));
  }
  return batches;
}

/** How rows get into a table. */
export interface BatchTable<Row> {
  readonly table: string;
  /** The column of each property, and its type. */
  readonly columns: { readonly [Property in keyof Row & string]: readonly [column: string, type: string] };
  /** Columns that are the same for all rows, as SQL. */
  readonly constants: Readonly<Record<string, string>>;
  /** What follows the INSERT, such as ON CONFLICT. */
  readonly tail?: string;
}

/**
 * Inserts rows as one array a column: some thousand parameters in a statement cost PostgreSQL and us several times as much.
 * @returns what the tail returns
 */
export async function insertInBatches<Row>(tx: Tx, into: BatchTable<Row>, rows: readonly Row[]): Promise<object[]> {
  const properties = Object.keys(into.columns) as (keyof Row & string)[];
  const columns = properties.map((property) => into.columns[property][0]);
  const arrays = properties.map((property, at) => `$${at + 1}::${into.columns[property][1]}[]`);
  const text = `
    INSERT INTO ${into.table} (${[...columns, ...Object.keys(into.constants)].join(', ')})
    SELECT ${[...columns.map((column) => `r.${column}`), ...Object.values(into.constants)].join(', ')}
    FROM unnest(${arrays.join(', ')}) AS r (${columns.join(', ')}) ${into.tail ?? ''}`;
  const returned: object[] = [];
  for (const batch of inBatches(rows)) {
    const values = properties.map((property) => batch.map((row) => row[property]));
    returned.push(...((await tx.query(text, values)) as object[]));
  }
  return returned;
}
