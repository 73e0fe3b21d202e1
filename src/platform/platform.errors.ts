import { DomainError } from '../kernel/domain-error.js';

/** The database did not answer, three times over; nothing is known to have happened. */
export class DatabaseAwayError extends DomainError<'platform.database-away'> {
  readonly code = 'platform.database-away';
}

/** Somebody else holds the row, or the first request with this key still runs. */
export class BusyError extends DomainError<'platform.busy'> {
  readonly code = 'platform.busy';
}

/** A POST that moves value came without an Idempotency-Key that is a UUID. */
export class KeyMissingError extends DomainError<'platform.key-missing'> {
  readonly code = 'platform.key-missing';
}

/** The key was used for another request. */
export class KeyReusedError extends DomainError<'platform.key-reused'> {
  readonly code = 'platform.key-reused';
}

/** The request was carried out long ago and its reply is no longer kept. */
export class ReplyForgottenError extends DomainError<'platform.reply-forgotten'> {
  readonly code = 'platform.reply-forgotten';
}

/** The plan went stale every time it was made. */
export class StalePlanError extends DomainError<'platform.stale-plan'> {
  readonly code = 'platform.stale-plan';
}

/** More requests than the limit of S-15 allows. */
export class TooManyRequestsError extends DomainError<'platform.too-many-requests'> {
  readonly code = 'platform.too-many-requests';
}

/** A request from another site, or not JSON (S-13). */
export class CrossSiteError extends DomainError<'platform.cross-site'> {
  readonly code = 'platform.cross-site';
}

/** A row with the id in the path is absent, or is not the caller's to see. */
export class NotFoundError extends DomainError<'platform.not-found'> {
  readonly code = 'platform.not-found';
}
