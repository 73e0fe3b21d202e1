import { REDEMPTIONS, WEIGH_INS } from './desk-lists.js';
import type { AnyExportList } from './export-list.js';
import { HOUSEHOLDS, STATEMENT } from './household-lists.js';
import { GOODS, MOVEMENTS, RECEIPTS, SHELVES } from './stock-lists.js';
import { APPROVALS, AUDIT_RECORDS, QUESTIONS } from './trail-lists.js';

/** Every list that can be taken away as a file, by the name it has in a request. */
export const EXPORT_LISTS = {
  households: HOUSEHOLDS,
  statement: STATEMENT,
  'weigh-ins': WEIGH_INS,
  redemptions: REDEMPTIONS,
  goods: GOODS,
  shelves: SHELVES,
  movements: MOVEMENTS,
  receipts: RECEIPTS,
  approvals: APPROVALS,
  questions: QUESTIONS,
  'audit-records': AUDIT_RECORDS,
} as const satisfies Record<string, AnyExportList>;

export type ExportName = keyof typeof EXPORT_LISTS;
