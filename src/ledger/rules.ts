/** The room's pure door: what an entry means, and how a ledger is proved, without a database. */
export * from './checkpoint.rules.js';
export { ENTRY_KINDS, type EntryKind, entryKindName, SYSTEM_ACCOUNTS } from './entry-kind.js';
export * from './verification.rules.js';
