import { DomainError } from '../kernel/domain-error.js';

export class RedemptionNotFoundError extends DomainError<'redemptions.not-found'> {
  readonly code = 'redemptions.not-found';
}

export class ShopNotFoundError extends DomainError<'redemptions.shop-not-found'> {
  readonly code = 'redemptions.shop-not-found';
}

/** Params: `goodsId`. */
export class GoodsNotFoundError extends DomainError<'redemptions.goods-not-found'> {
  readonly code = 'redemptions.goods-not-found';
}

/** Taken off the list or out of season. Params: `goodsId`, `name`. */
export class GoodsNotOfferedError extends DomainError<'redemptions.goods-not-offered'> {
  readonly code = 'redemptions.goods-not-offered';
}

/** Another price than was shown. Params: `goodsId`, `name`, `shownCentipoints`, `unitCentipoints`. */
export class PriceChangedError extends DomainError<'redemptions.price-changed'> {
  readonly code = 'redemptions.price-changed';
}

/** Params: `totalCentipoints`, `availableCentipoints`, `missingCentipoints`. */
export class InsufficientPointsError extends DomainError<'redemptions.insufficient-points'> {
  readonly code = 'redemptions.insufficient-points';
}

/** Params: `short`: `[{goodsId, availableQuantity, missingQuantity}]`. */
export class OutOfStockError extends DomainError<'redemptions.out-of-stock'> {
  readonly code = 'redemptions.out-of-stock';
}

/** A household's limit for a good and period. Params: `goodsId`, `limit`, `taken`, `excess`. */
export class LimitReachedError extends DomainError<'redemptions.limit-reached'> {
  readonly code = 'redemptions.limit-reached';
}

/** A household's limit for a day. Params: `limitCentipoints`, `excessCentipoints`. */
export class DayLimitReachedError extends DomainError<'redemptions.day-limit-reached'> {
  readonly code = 'redemptions.day-limit-reached';
}

/** Above the community's limit a PIN or a check by eye is needed. Params: `limitCentipoints`. */
export class CheckNeededError extends DomainError<'redemptions.check-needed'> {
  readonly code = 'redemptions.check-needed';
}

/** A PIN is checked against a card. */
export class CardNeededError extends DomainError<'redemptions.card-needed'> {
  readonly code = 'redemptions.card-needed';
}

export class ReservationNotFoundError extends DomainError<'redemptions.reservation-not-found'> {
  readonly code = 'redemptions.reservation-not-found';
}

/** Fetched, cancelled or expired already. */
export class ReservationEndedError extends DomainError<'redemptions.reservation-ended'> {
  readonly code = 'redemptions.reservation-ended';
}

/** Its last day is over, whether or not the sweeper has run. */
export class ReservationExpiredError extends DomainError<'redemptions.reservation-expired'> {
  readonly code = 'redemptions.reservation-expired';
}

/** It can only expire after its last day. */
export class ReservationStillOpenError extends DomainError<'redemptions.reservation-still-open'> {
  readonly code = 'redemptions.reservation-still-open';
}

/** A whole redemption is cancelled on its own day only; afterwards goods come back line by line. */
export class CancellationTooLateError extends DomainError<'redemptions.cancellation-too-late'> {
  readonly code = 'redemptions.cancellation-too-late';
}

/** More than is left of the line. Params: `goodsId`, `returnedQuantity`, `leftQuantity`. */
export class AlreadyReturnedError extends DomainError<'redemptions.already-returned'> {
  readonly code = 'redemptions.already-returned';
}

/** The good is not in this redemption. */
export class RedemptionLineNotFoundError extends DomainError<'redemptions.line-not-found'> {
  readonly code = 'redemptions.line-not-found';
}
