import { DomainError } from '../kernel/domain-error.js';

export class WeighInNotFoundError extends DomainError<'weigh-ins.not-found'> {
  readonly code = 'weigh-ins.not-found';
}

/** No tariff was in force when it happened. */
export class NoTariffError extends DomainError<'weigh-ins.no-tariff'> {
  readonly code = 'weigh-ins.no-tariff';
}

/** Params: `itemCode`. */
export class ItemNotFoundError extends DomainError<'weigh-ins.item-not-found'> {
  readonly code = 'weigh-ins.item-not-found';
}

/** The drop-off point is closed for good, or is none of this community. */
export class SiteNotFoundError extends DomainError<'weigh-ins.site-not-found'> {
  readonly code = 'weigh-ins.site-not-found';
}

/** Params: `maxGrams`, `excessGrams`. */
export class TooHeavyError extends DomainError<'weigh-ins.too-heavy'> {
  readonly code = 'weigh-ins.too-heavy';
}

/** Longer ago than late entries are taken. Params: `maxHours`. */
export class TooLateError extends DomainError<'weigh-ins.too-late'> {
  readonly code = 'weigh-ins.too-late';
}

/** The device's clock is ahead of ours by more than it may be. */
export class InTheFutureError extends DomainError<'weigh-ins.in-the-future'> {
  readonly code = 'weigh-ins.in-the-future';
}

/** The same household brought the same within 30 seconds: to be confirmed with `confirmRepeat`. */
export class RepeatError extends DomainError<'weigh-ins.repeat'> {
  readonly code = 'weigh-ins.repeat';
}

/** The device sent this record before, under another key. Params: `weighInId`. */
export class AlreadyRecordedError extends DomainError<'weigh-ins.already-recorded'> {
  readonly code = 'weigh-ins.already-recorded';
}

export class AlreadyReversedError extends DomainError<'weigh-ins.already-reversed'> {
  readonly code = 'weigh-ins.already-reversed';
}

/** The points are spent: somebody has to approve the reversal (I-11). Params: `missingCentipoints`. */
export class PointsSpentError extends DomainError<'weigh-ins.points-spent'> {
  readonly code = 'weigh-ins.points-spent';
}

/** After the undo window a collector asks a manager. */
export class UndoTooLateError extends DomainError<'weigh-ins.undo-too-late'> {
  readonly code = 'weigh-ins.undo-too-late';
}

/** A line to be reversed is not in the weigh-in. */
export class LineNotFoundError extends DomainError<'weigh-ins.line-not-found'> {
  readonly code = 'weigh-ins.line-not-found';
}
