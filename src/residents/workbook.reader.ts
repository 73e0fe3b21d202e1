import readXlsxFile from 'read-excel-file/node';
import { HouseholdSheetUnreadableError } from './household-sheet.errors.js';
import { safeWorkbook } from './workbook-archive.reader.js';

/** One sheet of a workbook. */
export interface WorkbookTab {
  readonly name: string;
  /** Blank rows between filled ones are kept, so that an index plus one is the row's number. */
  readonly table: readonly (readonly string[])[];
}

/**
 * The sheets of an .xlsx as texts.
 *
 * @throws HouseholdSheetUnreadableError when the file is damaged, locked or no workbook
 * @throws HouseholdSheetTooLargeError when a limit of `household-sheet.limits.ts` is passed
 */
export async function readWorkbook(file: Buffer): Promise<readonly WorkbookTab[]> {
  const workbook = safeWorkbook(file);
  try {
    const sheets = await readXlsxFile(workbook, { parseNumber: numberText });
    return sheets.map(({ sheet, data }) => ({ name: sheet, table: data.map((row) => row.map(valueText)) }));
  } catch (error) {
    throw new HouseholdSheetUnreadableError('workbook', { cause: error });
  }
}

/** Typed text as it is, a date as `2026-03-12`, true and false as Excel shows them, nothing as ''. */
function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString().slice(0, 10) : '';
}

/**
 * A number as a person would have typed it. Excel keeps binary fractions and shows 15 significant digits, so the file
 * may say 3.3000000000000003 for 3.3, and 1.38E10 for a phone number.
 *
 * @param stored the number as the file has it
 */
export function numberText(stored: string): string {
  const number = Number(Number(stored).toPrecision(15));
  if (!Number.isFinite(number)) return stored;
  if (Number.isInteger(number)) return BigInt(number).toString();
  return number.toFixed(12).replace(/\.?0+$/, '');
}
