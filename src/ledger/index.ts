export { ENTRY_KINDS, type EntryKind, entryKindName, SYSTEM_ACCOUNTS } from './entry-kind.js';
export { LedgerAccount } from './ledger-account.entity.js';
export { LedgerCheckpoint } from './ledger-checkpoint.entity.js';
export { LedgerEntry } from './ledger-entry.entity.js';
export { LedgerExpiry } from './ledger-expiry.entity.js';
export { LedgerHold, LedgerHoldEnd } from './ledger-hold.entity.js';
export {
  AccountClosedError,
  AccountNotFoundError,
  InsufficientPointsError,
  OwnHouseholdError,
} from './ledger.errors.js';
export { LedgerModule } from './ledger.module.js';
export { Ledger } from './ledger.service.js';
