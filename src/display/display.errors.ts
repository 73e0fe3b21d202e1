import { DomainError } from '../kernel/domain-error.js';

/** The Bearer token is no display's, or was revoked. */
export class DisplayUnknownError extends DomainError<'display.unknown'> {
  readonly code = 'display.unknown';
}

/** So many displays of the community read the board already. */
export class TooManyDisplaysError extends DomainError<'display.too-many'> {
  readonly code = 'display.too-many';
}

/** The role is held for a single site only, and the board is the whole community's. */
export class DisplayScopeError extends DomainError<'display.scope-too-narrow'> {
  readonly code = 'display.scope-too-narrow';
}
