import { HouseholdSheetTooLargeError, HouseholdSheetUnreadableError } from './household-sheet.errors.js';
import { SHEET_COLUMNS_MAX, SHEET_ROW_NUMBER_MAX } from './household-sheet.limits.js';

/*
 * The XML of one sheet of a workbook (ECMA-376 part 1, 18.3), made safe before a parser sees it. Names may have a
 * prefix (`x:c`), as some programs write them and as the parser takes them.
 */

/** A cell with formatting but no content: closed at once, or with nothing or an empty value in it. */
const BLANK_CELL =
  /<(?:\w+:)?c(?:\s[^<>]*)?\/>|<((?:\w+:)?)c(?:\s[^<>/]*)?>\s*(?:<\1v\s*\/>\s*|<\1v>\s*<\/\1v>\s*)?<\/\1c>/g;
const BLANK_ROW = /<(?:\w+:)?row(?:\s[^<>]*)?\/>|<((?:\w+:)?row)(?:\s[^<>/]*)?>\s*<\/\1>/g;

/** A cell whose formula gave an error, such as `#DIV/0!`. */
const FAILED_CELL = /(<(?:\w+:)?c(?=\s)[^<>]*?\st=)(["'])e\2/g;

/** A formula whose value was never worked out, as programs leave it that cannot calculate. */
const UNKNOWN_CELL =
  /<((?:\w+:)?)c((?:\s[^<>/]*)?)>\s*<\1f(?:\s[^<>]*\/>|\/>|(?:\s[^<>/]*)?>[^<]*<\/\1f>)\s*(?:(<\1v\s*\/>|<\1v>\s*<\/\1v>)\s*)?<\/\1c>/g;

/** The opening tag of a row or a cell, as far as the next angle bracket. */
const ROW_OR_CELL = /<(?:[\w.-]*:)?(?:row|c)(?![\w:.-])([^<>]*)(>?)/g;

/** Attributes in the one way that programs write them. */
const PLAIN_ATTRIBUTES = /^(?:\s+[\w:.-]+=(?:"[^"]*"|'[^']*'))*\s*\/?$/;

/**
 * The sheet without blank cells and rows, whose formatting often reaches down to row 1,048,576; with every formula
 * that has no value turned into the text of its error, which the parser would read as blank, and a blank balance is
 * zero points; and with nothing beyond the limits. The parser fills the gaps between cells with blanks, so that one
 * cell at `XFD1048576` would take gigabytes, however small the file.
 *
 * @throws HouseholdSheetTooLargeError, HouseholdSheetUnreadableError
 */
export function safeSheetXml(xml: string): string {
  const filled = xml
    .replace(FAILED_CELL, '$1"str"')
    .replace(UNKNOWN_CELL, markUnknown)
    .replace(BLANK_CELL, '')
    .replace(BLANK_ROW, '');
  for (const tag of filled.matchAll(ROW_OR_CELL)) assertWithinLimits(tag[1] ?? '', tag[2] === '>');
  return filled;
}

/** An empty value is a value where the formula gives text: `=""`. */
function markUnknown(cell: string, prefix: string, attributes: string, emptyValue: string | undefined): string {
  if (emptyValue !== undefined && /\st=["']str["']/.test(attributes)) return cell;
  const others = attributes.replace(/\st=(?:"[^"]*"|'[^']*')/g, '');
  return `<${prefix}c${others} t="str"><${prefix}v>#VALUE!</${prefix}v></${prefix}c>`;
}

/**
 * @param attributes of a row or a cell. Any but plain ones are refused, lest the parser should read another position
 *   out of them than this check does.
 */
function assertWithinLimits(attributes: string, isClosed: boolean): void {
  if (!isClosed || attributes.includes('&') || !PLAIN_ATTRIBUTES.test(attributes)) {
    throw new HouseholdSheetUnreadableError('workbook');
  }
  for (const [, position = ''] of attributes.matchAll(/\s(?:[\w.-]*:)?r=["']([^"']*)["']/g)) {
    const match = /^([A-Z]{0,3})(\d{1,7})$/.exec(position);
    if (match === null) throw new HouseholdSheetUnreadableError('workbook');
    if (columnNumber(match[1] ?? '') > SHEET_COLUMNS_MAX) {
      throw new HouseholdSheetTooLargeError('columns', SHEET_COLUMNS_MAX);
    }
    if (Number(match[2]) > SHEET_ROW_NUMBER_MAX) throw new HouseholdSheetTooLargeError('rows', SHEET_ROW_NUMBER_MAX);
  }
}

/** `A` → 1, `Z` → 26, `AA` → 27; 0 for a row, whose position has no letters. */
function columnNumber(letters: string): number {
  return Array.from(letters).reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
