import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { findHouseholdHeader } from './household-sheet-header.rules.js';
import { HouseholdSheetTooLargeError, HouseholdSheetUnreadableError } from './household-sheet.errors.js';
import { SHEET_ROW_NUMBER_MAX } from './household-sheet.limits.js';

/** The longest row, in characters. It also bounds how far a quotation mark that never closes is followed. */
const RECORD_CHARACTERS_MAX = 64 * 1024;

/** Excel saves commas in China, semicolons where the comma is the decimal sign, tabs as "Unicode text". */
const SEPARATORS = [',', '\t', ';'] as const;

/** How many lines the separator is told from: the header row stands in one of them. */
const SAMPLE_LINES = 20;

/**
 * The cells of a .csv as texts, blank lines included, so that row numbers are those of a spreadsheet.
 *
 * @throws HouseholdSheetUnreadableError when the bytes are no text in a known encoding or the text is no table
 * @throws HouseholdSheetTooLargeError when it has more lines than a sheet may
 */
export function readCsvTable(file: Buffer): string[][] {
  const text = cutEmptyEnd(decode(file));
  let lineCount = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineCount += 1;
  if (lineCount > SHEET_ROW_NUMBER_MAX) throw new HouseholdSheetTooLargeError('rows', SHEET_ROW_NUMBER_MAX);
  try {
    return parse(text, {
      delimiter: separatorOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: RECORD_CHARACTERS_MAX,
    });
  } catch (error) {
    throw new HouseholdSheetUnreadableError('text', { cause: error });
  }
}

/**
 * A mark at the start decides; else valid UTF-8 is UTF-8, for Chinese text in GBK hardly ever is; else it is GBK, which
 * Excel and WPS write on Chinese Windows. GB 18030 is decoded: it has all of GBK and the rare characters of names.
 */
function decode(file: Buffer): string {
  const text = decodeByMark(file) ?? decodeUtf8(file) ?? iconv.decode(file, 'gb18030');
  if (/[\0\uFFFD]/.test(text)) throw new HouseholdSheetUnreadableError('encoding');
  return text;
}

function decodeByMark(file: Buffer): string | null {
  if (file[0] === 0xff && file[1] === 0xfe) return iconv.decode(file, 'utf-16le');
  if (file[0] === 0xfe && file[1] === 0xff) return iconv.decode(file, 'utf-16be');
  return null;
}

/** Null when the bytes are not valid UTF-8. The mark that Excel sets at the start is not part of the text. */
function decodeUtf8(file: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return null;
  }
}

/** Excel saves thousands of rows of nothing but commas below a sheet whose cells were once formatted. */
function cutEmptyEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\r\n,;'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The separator by which one of the first lines is a household header; a comma where none is. */
function separatorOf(text: string): string {
  const lines = text.split(/\r\n|\n|\r/, SAMPLE_LINES);
  const isHeaderSeparator = (separator: string): boolean =>
    findHouseholdHeader(lines.map((line) => line.replaceAll('"', '').split(separator))) !== null;
  return SEPARATORS.find(isHeaderSeparator) ?? ',';
}
