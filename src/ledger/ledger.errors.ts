import { DomainError } from '../kernel/domain-error.js';

export class AccountNotFoundError extends DomainError<'ledger.account-not-found'> {
  readonly code = 'ledger.account-not-found';
}

/** The household was closed or merged: nothing is posted to it any more (I-20). */
export class AccountClosedError extends DomainError<'ledger.account-closed'> {
  readonly code = 'ledger.account-closed';
}

/** Params: `missingCentipoints`, `availableCentipoints`. */
export class InsufficientPointsError extends DomainError<'ledger.insufficient-points'> {
  readonly code = 'ledger.insufficient-points';
}

/** Nobody posts to a household of his own or of his kin (I-15). */
export class OwnHouseholdError extends DomainError<'ledger.own-household'> {
  readonly code = 'ledger.own-household';
}

/** A gift to oneself. */
export class GiftToSelfError extends DomainError<'ledger.gift-to-self'> {
  readonly code = 'ledger.gift-to-self';
}
