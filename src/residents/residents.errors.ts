import { DomainError } from '../kernel/domain-error.js';

export class HouseholdNotFoundError extends DomainError<'residents.household-not-found'> {
  readonly code = 'residents.household-not-found';
}

/** Nothing is credited to it or redeemed for it until somebody unfreezes it. */
export class HouseholdFrozenError extends DomainError<'residents.household-frozen'> {
  readonly code = 'residents.household-frozen';
}

/** It is not frozen, so there is nothing to unfreeze. */
export class HouseholdNotFrozenError extends DomainError<'residents.household-not-frozen'> {
  readonly code = 'residents.household-not-frozen';
}

/** Closed, or merged into another one: `status` says which. Nothing of it changes any more. */
export class HouseholdClosedError extends DomainError<'residents.household-closed'> {
  readonly code = 'residents.household-closed';
}

/** Another open household of the community has this door. */
export class DoorTakenError extends DomainError<'residents.door-taken'> {
  readonly code = 'residents.door-taken';
}

/** A household closes only with nothing left on its account. */
export class BalanceNotZeroError extends DomainError<'residents.balance-not-zero'> {
  readonly code = 'residents.balance-not-zero';
}

/** A reservation is open: it has to be picked up, cancelled or expire first. */
export class PointsHeldError extends DomainError<'residents.points-held'> {
  readonly code = 'residents.points-held';
}

/** It owes points that were spent and then reversed (I-11). */
export class DebtOpenError extends DomainError<'residents.debt-open'> {
  readonly code = 'residents.debt-open';
}

/** A household cannot be merged into itself. */
export class MergeIntoItselfError extends DomainError<'residents.merge-into-itself'> {
  readonly code = 'residents.merge-into-itself';
}

export class MemberNotFoundError extends DomainError<'residents.member-not-found'> {
  readonly code = 'residents.member-not-found';
}

/** A household has a head: another member has to become it before this one leaves. */
export class HeadNeededError extends DomainError<'residents.head-needed'> {
  readonly code = 'residents.head-needed';
}

/** The household has as many members as one may have: `membersMax`. */
export class TooManyMembersError extends DomainError<'residents.too-many-members'> {
  readonly code = 'residents.too-many-members';
}

/** No phone number is kept for the member. */
export class NoPhoneError extends DomainError<'residents.no-phone'> {
  readonly code = 'residents.no-phone';
}

/** There is no open consent to what is to be done; `purpose` names the one that is missing (S-25). */
export class ConsentMissingError extends DomainError<'residents.consent-missing'> {
  readonly code = 'residents.consent-missing';
}

/** No such consent, or it was withdrawn already. */
export class ConsentNotFoundError extends DomainError<'residents.consent-not-found'> {
  readonly code = 'residents.consent-not-found';
}

export class CardNotFoundError extends DomainError<'residents.card-not-found'> {
  readonly code = 'residents.card-not-found';
}

/** The card is in a state in which this cannot be done; `status` says in which. The commit functions use this code too. */
export class CardNotActiveError extends DomainError<'residents.card-not-active'> {
  readonly code = 'residents.card-not-active';
}

/** A rotating code that is forged, or older or newer than a desk takes, or no such code at all. */
export class CardCodeWrongError extends DomainError<'residents.card-code-wrong'> {
  readonly code = 'residents.card-code-wrong';
}

/** A rotating code is good for one scan (S-10); the phone shows another one within 30 s. */
export class CardCodeUsedError extends DomainError<'residents.card-code-used'> {
  readonly code = 'residents.card-code-used';
}

/** A number that is printed on a card already belongs to a card, here or in another community; `number` is the first. */
export class CardNumberTakenError extends DomainError<'residents.card-number-taken'> {
  readonly code = 'residents.card-number-taken';
}

/** `triesLeft` until the PIN is locked, 0 to 4. */
export class PinWrongError extends DomainError<'residents.pin-wrong'> {
  readonly code = 'residents.pin-wrong';
}

/** Five wrong tries: the PIN is set anew in person (S-9). */
export class PinLockedError extends DomainError<'residents.pin-locked'> {
  readonly code = 'residents.pin-locked';
}

/** A new card has no PIN until its holder chooses one at the counter. */
export class PinNotSetError extends DomainError<'residents.pin-not-set'> {
  readonly code = 'residents.pin-not-set';
}

/** The request has no file in it. */
export class UploadMissingError extends DomainError<'residents.upload-missing'> {
  readonly code = 'residents.upload-missing';
}

/** A sheet is imported as a whole or not at all; `errorCount` findings stand in the way. */
export class ImportHasErrorsError extends DomainError<'residents.import-has-errors'> {
  readonly code = 'residents.import-has-errors';
}

/** The file is another one than was previewed, or what the import would do has changed since. */
export class PreviewStaleError extends DomainError<'residents.preview-stale'> {
  readonly code = 'residents.preview-stale';
}
