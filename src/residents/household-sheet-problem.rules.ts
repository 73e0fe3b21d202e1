import type { HouseholdColumn } from './household-sheet-header.rules.js';

/** What each finding says to the person who made the sheet. Chinese sentences have at most 20 characters. */
const SENTENCES = {
  'header-missing': { zh: '没有找到表头（门牌、户主）', en: 'No header row with door and name was found.' },
  'column-missing': { zh: '表头缺少这一列', en: 'The header row lacks this column.' },
  'sheet-empty': { zh: '表头下面没有住户', en: 'There is no household below the header row.' },
  'door-missing': { zh: '没有填门牌', en: 'The door is missing.' },
  'door-too-long': { zh: '门牌超过60个字', en: 'The door is longer than 60 characters.' },
  'door-duplicate': { zh: '门牌和前面一户相同', en: 'The same door stands in an earlier row.' },
  'place-too-long': { zh: '网格、楼栋、单元超过40个字', en: 'The name of the place is longer than 40 characters.' },
  'became-date': { zh: '被表格软件改成了日期', en: 'The spreadsheet turned this into a date.' },
  'became-exponent': { zh: '被表格软件改成了科学计数', en: 'The spreadsheet turned this into an exponent.' },
  'formula-failed': { zh: '公式出错，没有算出值', en: 'The formula in this cell has failed.' },
  'name-missing': { zh: '没有填户主姓名', en: 'The name of the head is missing.' },
  'name-bad': { zh: '姓名不像姓名，或超过40个字', en: 'This is no name, or longer than 40 characters.' },
  'member-bad': { zh: '成员姓名分不开，请用顿号隔开', en: 'The members cannot be told apart; use commas.' },
  'members-too-many': { zh: '家庭成员超过20人', en: 'There are more than 20 members.' },
  'phone-bad': { zh: '不是11位手机号', en: 'This is no mobile number of 11 digits.' },
  'phone-duplicate': { zh: '手机号和前面一户相同', en: 'The same phone stands in an earlier row.' },
  'card-bad': { zh: '卡号不对，请照卡片核对', en: 'The card number is wrong; compare it with the card.' },
  'card-duplicate': { zh: '卡号和前面一户相同', en: 'The same card number stands in an earlier row.' },
  'points-bad': { zh: '积分不是数，或多于两位小数', en: 'This is no number with at most two decimals.' },
  'points-negative': { zh: '期初积分不能是负数', en: 'The opening balance cannot be negative.' },
  'points-too-many': { zh: '期初积分太大', en: 'The opening balance is too large.' },
} as const;

export type RowProblemCode = keyof typeof SENTENCES;

export const ROW_PROBLEM_CODES = Object.keys(SENTENCES) as readonly RowProblemCode[];

/** Something found in a row of the sheet: an error stops the import, a warning does not. */
export interface RowProblem {
  /** The row's number as a spreadsheet shows it, from 1. */
  readonly rowNo: number;
  /** Null where the whole row or sheet is meant. */
  readonly column: HouseholdColumn | null;
  readonly code: RowProblemCode;
  /** What stands in the cell, cut to 40 characters. May be personal data: for the importer's eyes, never for a log. */
  readonly value?: string;
  /** The earlier row with the same value. */
  readonly otherRowNo?: number;
}

/** The finding in words. */
export function rowErrorSentence(code: RowProblemCode, lang: 'zh' | 'en'): string {
  return SENTENCES[code][lang];
}
