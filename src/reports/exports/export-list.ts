import type { Role } from '../../kernel/actor.js';
import { chinaDay, chinaMinuteOfDay } from '../../kernel/calendar-day.js';
import { CENTIPOINTS_PER_POINT } from '../../kernel/points.js';
import type { TableCell, TableColumn } from '../../platform/index.js';

/** What cuts a list down, in the order in which its statements take them from `$4` on. */
export const EXPORT_FILTERS = ['from', 'to', 'siteId', 'householdId'] as const;
export type ExportFilter = (typeof EXPORT_FILTERS)[number];

/** How much of a person is shown: masked by default, whole with the right and a reason (S-20, S-26). */
export interface Shown {
  readonly name: (name: string | null) => TableCell;
  readonly phone: (sealed: Buffer | null) => TableCell;
  /** A sentence that somebody typed. */
  readonly words: (text: string | null) => TableCell;
}

interface ExportColumn<Row> extends TableColumn {
  readonly cell: (row: Row, shown: Shown) => TableCell;
}

/**
 * A list as it is exported. `page` takes `$1` the community, `$2` the cursor of the last row before (text, null at first),
 * `$3` a limit, and then `filters`; it returns rows in the order of their cursors, each with its `cursor`. The limit counts
 * what the cursor names. `count` takes `$1` and, from `$2` on, the filters.
 */
export interface ExportList<Row> {
  readonly title: string;
  readonly roles: readonly Role[];
  readonly filters: readonly ExportFilter[];
  readonly columns: readonly ExportColumn<Row>[];
  readonly page: string;
  readonly count: string;
}

/** A list whose rows only it knows. */
export interface AnyExportList extends Omit<ExportList<never>, 'columns'> {
  readonly headings: readonly TableColumn[];
  readonly cellsOf: (row: object, shown: Shown) => TableCell[];
}

export function exportList<Row extends object>(list: ExportList<Row>): AnyExportList {
  const { columns, ...rest } = list;
  return {
    ...rest,
    headings: columns.map(({ heading, width }) => ({ heading, width })),
    cellsOf: (row, shown) => columns.map(({ cell }) => cell(row as Row, shown)),
  };
}

/** Who may take whole lists of the community's work with him. */
export const EXPORTERS = ['admin', 'manager', 'supervisor'] as const satisfies readonly Role[];

/** `2026-11-22 10:03`, in China. */
export function chinaTime(instant: Date | null): string | null {
  if (instant === null) return null;
  const minute = chinaMinuteOfDay(instant);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${chinaDay(instant)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export function points(centipoints: number | null): number | null {
  return centipoints === null ? null : centipoints / CENTIPOINTS_PER_POINT;
}

export function kilograms(grams: number | null): number | null {
  return grams === null ? null : grams / 1000;
}

export function yuan(fen: number | null): number | null {
  return fen === null ? null : fen / 100;
}

export function yesNo(is: boolean): string {
  return is ? '是' : '';
}

/** The head of the household `x` of a statement, as `head`. */
export function headNameOf(household: string): string {
  return `(SELECT m.name FROM member AS m WHERE m.community_id = $1 AND m.household_id = ${household}
    AND m.is_head AND m.left_at IS NULL)`;
}

/** The name under which somebody signs in to work. */
export function staffNameOf(person: string): string {
  return `(SELECT p.display_name FROM person AS p WHERE p.person_id = ${person})`;
}
