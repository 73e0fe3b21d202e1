import { countCharacters } from './typed-text.rules.js';
import {
  cellText,
  isFormulaFailure,
  readCardNumber,
  readDoor,
  readMembers,
  readName,
  readPhone,
  readPlace,
  readPoints,
} from './household-cell.rules.js';
import type { CellReading } from './household-cell.rules.js';
import { findHouseholdHeader, REQUIRED_COLUMNS } from './household-sheet-header.rules.js';
import type { HouseholdColumn, HouseholdHeader } from './household-sheet-header.rules.js';
import type { RowProblem, RowProblemCode } from './household-sheet-problem.rules.js';

/** A household as its row describes it, right in itself; whether the community has room for it is not known here. */
export interface HouseholdRow {
  /** The row's number as a spreadsheet shows it, from 1. */
  readonly rowNo: number;
  readonly door: string;
  readonly grid: string | null;
  readonly building: string | null;
  readonly entrance: string | null;
  readonly headName: string;
  /** The members beside the head. */
  readonly memberNames: readonly string[];
  /** Eleven digits, or null. */
  readonly phone: string | null;
  /** Ten digits with the right check digit, or null. */
  readonly cardNumber: string | null;
  readonly openingCentipoints: number;
}

export interface HouseholdSheetReading {
  /** The rows without an error. The import is all or nothing: it may start only when `errors` is empty. */
  readonly rows: readonly HouseholdRow[];
  readonly errors: readonly RowProblem[];
  readonly warnings: readonly RowProblem[];
  /** Filled rows below the header that are no households: samples, notes, totals, the header repeated. */
  readonly skippedRowNos: readonly number[];
  /** Headings of columns that are not read, so that a misspelt one is noticed. */
  readonly unreadHeadings: readonly string[];
}

/** How much of a wrong cell a finding quotes, in characters. */
const QUOTED_CHARACTERS_MAX = 40;

/** How samples, notes, totals and signatures begin in the first filled cell of their row. */
const NO_HOUSEHOLD =
  /^(?:例|示例|样例|范例|说明|填写说明|填表说明|注意|注:|备注:|合计|总计|小计|共计|制表|填表|审核)|^(?:example|sample|note|total)s?\s*(?:[:.(]|$)/i;

/** A row as far as it could be read: null also stands for a cell that is wrong. */
type HouseholdDraft = { [Field in keyof HouseholdRow]: HouseholdRow[Field] | null } & { readonly rowNo: number };

interface DraftReading {
  readonly draft: HouseholdDraft;
  readonly errors: RowProblem[];
}

/**
 * Reads the table of a household sheet (花名册), header row and all.
 *
 * @param table the texts of the cells from the first row of the sheet on; a blank row is there as an empty array
 */
export function readHouseholdRows(table: readonly (readonly string[])[]): HouseholdSheetReading {
  const header = findHouseholdHeader(table);
  if (header === null) return nothingRead([{ rowNo: 1, column: null, code: 'header-missing' }], []);
  const headerRowNo = header.rowIndex + 1;
  const missing = REQUIRED_COLUMNS.filter((column) => !header.columns.has(column));
  if (missing.length > 0) {
    const errors = missing.map((column) => ({ rowNo: headerRowNo, column, code: 'column-missing' }) as const);
    return nothingRead(errors, header.unreadHeadings);
  }

  const readings: DraftReading[] = [];
  const skippedRowNos: number[] = [];
  const headings = filledTexts(table[header.rowIndex] ?? []).join('\n');
  for (const [index, row] of table.entries()) {
    if (index <= header.rowIndex) continue;
    const texts = filledTexts(row);
    if (texts[0] === undefined) continue;
    if (NO_HOUSEHOLD.test(texts[0]) || texts.join('\n') === headings) skippedRowNos.push(index + 1);
    else readings.push(readDraft(index + 1, row, header));
  }
  if (readings.length === 0) {
    return nothingRead([{ rowNo: headerRowNo, column: null, code: 'sheet-empty' }], header.unreadHeadings);
  }
  const warnings = findDuplicates(readings);
  return {
    rows: readings.map(completeRow).filter((row) => row !== null),
    errors: readings.flatMap((reading) => reading.errors),
    warnings,
    skippedRowNos,
    unreadHeadings: header.unreadHeadings,
  };
}

function nothingRead(errors: readonly RowProblem[], unreadHeadings: readonly string[]): HouseholdSheetReading {
  return { rows: [], errors, warnings: [], skippedRowNos: [], unreadHeadings };
}

function filledTexts(row: readonly string[]): string[] {
  return row.map(cellText).filter((text) => text !== '');
}

function readDraft(rowNo: number, row: readonly string[], header: HouseholdHeader): DraftReading {
  const errors: RowProblem[] = [];
  function take<Value>(column: HouseholdColumn, read: (cell: string) => CellReading<Value>): Value | null {
    const cell = row[header.columns.get(column) ?? -1] ?? '';
    const reading: CellReading<Value> = isFormulaFailure(cell) ? { problem: 'formula-failed' } : read(cell);
    if ('value' in reading) return reading.value;
    errors.push(problemAt(rowNo, column, reading.problem, cellText(cell)));
    return null;
  }
  const headName = take('headName', readName);
  const draft = {
    rowNo,
    door: take('door', readDoor),
    grid: take('grid', readPlace),
    building: take('building', readPlace),
    entrance: take('entrance', readPlace),
    headName,
    memberNames: take('memberNames', (cell) => readMembers(cell, headName)),
    phone: take('phone', readPhone),
    cardNumber: take('cardNumber', readCardNumber),
    openingCentipoints: take('openingPoints', readPoints),
  };
  return { draft, errors };
}

function problemAt(rowNo: number, column: HouseholdColumn, code: RowProblemCode, text: string): RowProblem {
  if (text === '') return { rowNo, column, code };
  const isLong = countCharacters(text) > QUOTED_CHARACTERS_MAX;
  const value = isLong
    ? `${Array.from(text)
        .slice(0, QUOTED_CHARACTERS_MAX - 1)
        .join('')}…`
    : text;
  return { rowNo, column, code, value };
}

/**
 * Adds an error to every row whose door or card stands in an earlier row, and returns a warning for every phone that
 * does: brothers in two households may share one. A door is the same only within the same grid, building and entrance.
 */
function findDuplicates(readings: readonly DraftReading[]): RowProblem[] {
  const warnings: RowProblem[] = [];
  const firstRowNos = new Map<string, number>();
  for (const { draft, errors } of readings) {
    const { rowNo, door, grid, building, entrance, cardNumber, phone } = draft;
    const note = (finding: RowProblem, key: readonly (string | null)[], findings: RowProblem[]): void => {
      const text = JSON.stringify([finding.column, ...key]);
      const otherRowNo = firstRowNos.get(text);
      if (otherRowNo === undefined) firstRowNos.set(text, rowNo);
      else findings.push({ ...finding, otherRowNo });
    };
    if (door !== null) {
      note(problemAt(rowNo, 'door', 'door-duplicate', door), [grid, building, entrance, door], errors);
    }
    if (cardNumber !== null) {
      note(problemAt(rowNo, 'cardNumber', 'card-duplicate', cardNumber), [cardNumber], errors);
    }
    if (phone !== null) note(problemAt(rowNo, 'phone', 'phone-duplicate', phone), [phone], warnings);
  }
  return warnings;
}

function completeRow({ draft, errors }: DraftReading): HouseholdRow | null {
  const { door, headName, memberNames, openingCentipoints } = draft;
  if (errors.length > 0) return null;
  if (door === null || headName === null || memberNames === null || openingCentipoints === null) return null;
  return { ...draft, door, headName, memberNames, openingCentipoints };
}
