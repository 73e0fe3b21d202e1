import { DomainError } from '../kernel/domain-error.js';

/** Params where a body named it: `goodsId`. */
export class GoodsNotFoundError extends DomainError<'goods.not-found'> {
  readonly code = 'goods.not-found';
}

/** Another good of the community has the name. */
export class GoodsNameTakenError extends DomainError<'goods.name-taken'> {
  readonly code = 'goods.name-taken';
}

/** Another good of the community has the barcode. */
export class BarcodeTakenError extends DomainError<'goods.barcode-taken'> {
  readonly code = 'goods.barcode-taken';
}

/** All ten thousand million in-store numbers of a community are taken. */
export class BarcodesExhaustedError extends DomainError<'goods.barcodes-exhausted'> {
  readonly code = 'goods.barcodes-exhausted';
}

/** A price cannot begin before now. */
export class PriceInPastError extends DomainError<'goods.price-in-past'> {
  readonly code = 'goods.price-in-past';
}

/** Another price begins at the same instant. */
export class PriceTakenError extends DomainError<'goods.price-taken'> {
  readonly code = 'goods.price-taken';
}

/** Prices hold in every shop of the community; a role for one shop does not reach that far. */
export class PriceScopeError extends DomainError<'goods.price-scope'> {
  readonly code = 'goods.price-scope';
}

export class PhotoNotFoundError extends DomainError<'goods.photo-not-found'> {
  readonly code = 'goods.photo-not-found';
}

/** Neither a whole JPEG nor a whole PNG. */
export class PhotoUnreadableError extends DomainError<'goods.photo-unreadable'> {
  readonly code = 'goods.photo-unreadable';
}

/** Params: `widthPixels`, `heightPixels`, `sidePixelsMax`. */
export class PhotoTooLargeError extends DomainError<'goods.photo-too-large'> {
  readonly code = 'goods.photo-too-large';
}

/** Goods past their date are not received. Params: `goodsId`, `expiresOn`, `today`. */
export class ReceivedExpiredError extends DomainError<'goods.received-expired'> {
  readonly code = 'goods.received-expired';
}

/** More than a stocktake could count. Params: `goodsId`, `onHandQuantity`, `excessQuantity`. */
export class ShelfFullError extends DomainError<'goods.shelf-full'> {
  readonly code = 'goods.shelf-full';
}

/** Pieces. Params: `goodsId`, `missingQuantity`, `availableQuantity`. */
export class InsufficientStockError extends DomainError<'goods.insufficient-stock'> {
  readonly code = 'goods.insufficient-stock';
}

export class BatchNotFoundError extends DomainError<'goods.batch-not-found'> {
  readonly code = 'goods.batch-not-found';
}

/** A transfer goes from one shop to another one. */
export class TransferToSelfError extends DomainError<'goods.transfer-to-self'> {
  readonly code = 'goods.transfer-to-self';
}

export class TransferNotFoundError extends DomainError<'goods.transfer-not-found'> {
  readonly code = 'goods.transfer-not-found';
}

/** It was counted in before. */
export class TransferReceivedError extends DomainError<'goods.transfer-received'> {
  readonly code = 'goods.transfer-received';
}

/** Params: `sentQuantity`, `excessQuantity`. */
export class MoreThanSentError extends DomainError<'goods.more-than-sent'> {
  readonly code = 'goods.more-than-sent';
}

/** Fewer arrived, and nobody says why. Params: `sentQuantity`, `missingQuantity`. */
export class DifferenceUnexplainedError extends DomainError<'goods.difference-unexplained'> {
  readonly code = 'goods.difference-unexplained';
}

export class StocktakeNotFoundError extends DomainError<'goods.stocktake-not-found'> {
  readonly code = 'goods.stocktake-not-found';
}

/** The shop is being counted already, or its last count waits for approval. */
export class StocktakeOpenError extends DomainError<'goods.stocktake-open'> {
  readonly code = 'goods.stocktake-open';
}

/** It was submitted, posted or cancelled: nothing more is counted. */
export class StocktakeSettledError extends DomainError<'goods.stocktake-settled'> {
  readonly code = 'goods.stocktake-settled';
}

/** Differences are shown to nobody while the count goes on: it is blind. */
export class StocktakeCountingError extends DomainError<'goods.stocktake-counting'> {
  readonly code = 'goods.stocktake-counting';
}

/** It does not wait for this approval (any more). */
export class StocktakeNotSubmittedError extends DomainError<'goods.stocktake-not-submitted'> {
  readonly code = 'goods.stocktake-not-submitted';
}

/** Its approval must be refused or withdrawn first. Params: `approvalId`. */
export class StocktakeAwaitsApprovalError extends DomainError<'goods.stocktake-awaits-approval'> {
  readonly code = 'goods.stocktake-awaits-approval';
}

/** Nothing was counted yet. */
export class NothingCountedError extends DomainError<'goods.nothing-counted'> {
  readonly code = 'goods.nothing-counted';
}

/** Nobody approves what he counted himself. */
export class OwnCountError extends DomainError<'goods.own-count'> {
  readonly code = 'goods.own-count';
}
