import { CENTIPOINTS_MAX, CENTIPOINTS_PER_POINT } from '../kernel/points.js';
import type { Centipoints } from '../kernel/points.js';
import { CARD_NUMBER_LENGTH, isCardNumber, normalizeCardNumber } from './card-number.rules.js';
import type { RowProblemCode } from './household-sheet-problem.rules.js';
import { isMemberName, normalizeMemberName } from './member-name.rules.js';
import { isMobilePhone, normalizePhone } from './phone.rules.js';
import { countCharacters, tidyText } from './typed-text.rules.js';

/** The longest door, in characters. */
export const DOOR_LENGTH_MAX = 60;

/** The longest name of a grid, a building or an entrance, in characters. */
export const PLACE_NAME_LENGTH_MAX = 40;

/** The most members beside the head. */
export const MEMBERS_MAX = 20;

/** What a cell says: its value, or what is wrong with it. */
export type CellReading<Value> = { readonly value: Value } | { readonly problem: RowProblemCode };

/** How people write that a cell is empty on purpose. */
const NOTHING = new Set(['', '无', '没有', '暂无', '-', '--', '/', '\\', 'none', 'n/a', 'null']);

const FORMULA_FAILURE = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/i;

/**
 * A day as the reader writes the date cells of a workbook (`2026-03-12`), and as Excel shows in a .csv what was
 * typed as door 3-12 (`3月12日`, `12-Mar`, `Mar-12`).
 */
const DATE =
  /^(?:\d{4}-\d{2}-\d{2}|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{1,2})$/i;

/** What Excel makes of a long number in a narrow column, as a .csv then keeps it: `1.38E+10`. The digits are lost. */
const EXPONENT = /^\d(?:\.\d+)?e\+?\d+$/i;

/** A cell's text, tidied, without the signs that programs set before numbers to stop Excel: `'138…` and `="138…"`. */
export function cellText(cell: string): string {
  return tidyText(cell)
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'/, '')
    .trim();
}

/** True for what Excel shows in place of a value it could not work out. */
export function isFormulaFailure(cell: string): boolean {
  return FORMULA_FAILURE.test(cellText(cell));
}

function isNothing(text: string): boolean {
  return NOTHING.has(text.toLowerCase());
}

export function readDoor(cell: string): CellReading<string> {
  const door = cellText(cell).replace(/ ?([-#/]) ?/g, '$1');
  if (isNothing(door)) return { problem: 'door-missing' };
  if (DATE.test(door)) return { problem: 'became-date' };
  return countCharacters(door) > DOOR_LENGTH_MAX ? { problem: 'door-too-long' } : { value: door };
}

/** The name of a grid, a building or an entrance; null where none is given. */
export function readPlace(cell: string): CellReading<string | null> {
  const place = cellText(cell);
  if (isNothing(place)) return { value: null };
  if (DATE.test(place)) return { problem: 'became-date' };
  return countCharacters(place) > PLACE_NAME_LENGTH_MAX ? { problem: 'place-too-long' } : { value: place };
}

export function readName(cell: string): CellReading<string> {
  const name = normalizeMemberName(cellText(cell));
  if (isNothing(name)) return { problem: 'name-missing' };
  return isMemberName(name) ? { value: name } : { problem: 'name-bad' };
}

/**
 * The members beside the head, in the order given and each once. Names are separated by 、 or , or ; or / or a new
 * line; only where none of these stands, blanks separate them. Then two lone characters in a row are one padded name
 * (`张 三 李四` is two people), and a character left over is reported, for nobody can tell whose it is.
 * What stands in brackets, such as `(妻)`, is left out.
 */
export function readMembers(cell: string, headName: string | null): CellReading<readonly string[]> {
  const text = cell.normalize('NFKC').replace(/\([^()]*\)/g, '');
  if (isNothing(cellText(text))) return { value: [] };
  let parts = text.split(/[、,;/|\r\n]+/);
  if (parts.length === 1 && /\p{Script=Han}/u.test(text)) parts = joinPaddedNames(text.split(/\s+/));
  const names = new Set(parts.map((part) => normalizeMemberName(cellText(part))).filter((name) => name !== ''));
  if (headName !== null) names.delete(headName);
  const isUnclear = parts.length > 1 && [...names].some((name) => countCharacters(name) === 1);
  if (isUnclear || ![...names].every(isMemberName)) return { problem: 'member-bad' };
  return names.size > MEMBERS_MAX ? { problem: 'members-too-many' } : { value: [...names] };
}

function joinPaddedNames(pieces: readonly string[]): string[] {
  const names: string[] = [];
  let start = '';
  for (const piece of pieces.filter((each) => each !== '')) {
    if (start === '' && countCharacters(piece) === 1) {
      start = piece;
    } else if (start !== '' && countCharacters(piece) > 1) {
      names.push(start, piece);
      start = '';
    } else {
      names.push(start + piece);
      start = '';
    }
  }
  return start === '' ? names : [...names, start];
}

/** A mobile number; null where none is given. */
export function readPhone(cell: string): CellReading<string | null> {
  const text = cellText(cell);
  if (isNothing(text)) return { value: null };
  if (EXPONENT.test(text)) return { problem: 'became-exponent' };
  const phone = normalizePhone(text);
  return isMobilePhone(phone) ? { value: phone } : { problem: 'phone-bad' };
}

/** A printed card number; null where none is given. Excel drops zeros at the front of a number: they are put back. */
export function readCardNumber(cell: string): CellReading<string | null> {
  const text = cellText(cell);
  if (isNothing(text)) return { value: null };
  if (EXPONENT.test(text)) return { problem: 'became-exponent' };
  const cardNumber = normalizeCardNumber(text).padStart(CARD_NUMBER_LENGTH, '0');
  return isCardNumber(cardNumber) ? { value: cardNumber } : { problem: 'card-bad' };
}

/** An opening balance in points, at most two decimals (`1,234.50`, `320分`); nothing means 0. Result in centipoints. */
export function readPoints(cell: string): CellReading<Centipoints> {
  const text = cellText(cell);
  if (isNothing(text)) return { value: 0 };
  const digits = text.replace(/\s/g, '').replace(/积?分$|points?$/i, '');
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2})0*)?$/.exec(digits);
  if (match?.[2] === undefined) return { problem: 'points-bad' };
  const whole = match[2].replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const hundredths = Number((match[3] ?? '').padEnd(2, '0'));
  // Twelve digits are exact as a JavaScript number and far more than anybody's points.
  const centipoints = whole.length > 12 ? Infinity : Number(whole) * CENTIPOINTS_PER_POINT + hundredths;
  if (match[1] === '-' && centipoints !== 0) return { problem: 'points-negative' };
  return centipoints > CENTIPOINTS_MAX ? { problem: 'points-too-many' } : { value: centipoints };
}
