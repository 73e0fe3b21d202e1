import { readCsvTable } from './csv-table.reader.js';
import { findHouseholdHeader } from './household-sheet-header.rules.js';
import { HouseholdSheetTooLargeError, HouseholdSheetUnreadableError } from './household-sheet.errors.js';
import { SHEET_BYTES_MAX, SHEET_COLUMNS_MAX, SHEET_ROWS_MAX } from './household-sheet.limits.js';
import { readWorkbook } from './workbook.reader.js';

/** The texts of a sheet's cells, row by row from its first row; a blank row is there as an array of blanks or none. */
export type SheetTable = readonly (readonly string[])[];

export interface HouseholdSheet {
  readonly table: SheetTable;
  /** The sheet of the workbook that was read; null for a text file. */
  readonly sheetName: string | null;
  /** Sheets of the workbook that have content and were not read, so that nobody believes them imported. */
  readonly unreadSheetNames: readonly string[];
}

/**
 * Reads an uploaded household sheet into texts, as `readHouseholdRows` takes them. In a workbook the first sheet with
 * a household header is read, for many begin with a sheet of instructions.
 *
 * @param fileName as the browser gave it; only its ending matters, and it is never used as a path
 * @throws HouseholdSheetUnreadableError, HouseholdSheetTooLargeError
 */
export async function readHouseholdSheet(file: Buffer, fileName: string): Promise<HouseholdSheet> {
  if (file.length > SHEET_BYTES_MAX) throw new HouseholdSheetTooLargeError('bytes', SHEET_BYTES_MAX);
  const sheet = await readByEnding(file, fileName);
  const filledRows = sheet.table.filter((row) => row.some((cell) => cell.trim() !== ''));
  if (filledRows.length > SHEET_ROWS_MAX) throw new HouseholdSheetTooLargeError('rows', SHEET_ROWS_MAX);
  if (filledRows.some((row) => row.slice(SHEET_COLUMNS_MAX).some((cell) => cell.trim() !== ''))) {
    throw new HouseholdSheetTooLargeError('columns', SHEET_COLUMNS_MAX);
  }
  return sheet;
}

async function readByEnding(file: Buffer, fileName: string): Promise<HouseholdSheet> {
  const ending = /\.[a-z]+$/i.exec(fileName.trim())?.[0].toLowerCase();
  switch (ending) {
    case '.xlsx':
      return chooseTab(await readWorkbook(file));
    case '.csv':
    case '.tsv':
    case '.txt':
      return { table: readCsvTable(file), sheetName: null, unreadSheetNames: [] };
    case '.xls':
      throw new HouseholdSheetUnreadableError('old-excel');
    default:
      throw new HouseholdSheetUnreadableError('file-type');
  }
}

function chooseTab(tabs: readonly { readonly name: string; readonly table: SheetTable }[]): HouseholdSheet {
  const filled = tabs.filter((tab) => tab.table.length > 0);
  const chosen = filled.find((tab) => findHouseholdHeader(tab.table) !== null) ?? filled[0];
  return {
    table: chosen?.table ?? [],
    sheetName: chosen?.name ?? null,
    unreadSheetNames: filled.filter((tab) => tab !== chosen).map((tab) => tab.name),
  };
}
