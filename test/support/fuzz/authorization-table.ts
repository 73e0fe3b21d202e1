import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CallerName, CALLERS } from './callers.js';

/** One route, and what it says to each caller. */
export interface TableRow {
  readonly route: string;
  readonly cells: ReadonlyMap<CallerName, string>;
}

/** test/e2e/authorization.csv. */
export function readAuthorizationTable(): { columns: string[]; rows: TableRow[] } {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'e2e', 'authorization.csv'), 'utf8');
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const [, , ...columns] = header.split(',');
  const rows = lines.map((line) => {
    const [method, path, ...cells] = line.split(',');
    return { route: `${method} ${path}`, cells: new Map(CALLERS.map((caller, at) => [caller, cells[at] ?? ''])) };
  });
  return { columns, rows };
}
