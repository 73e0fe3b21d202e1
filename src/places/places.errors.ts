import { DomainError } from '../kernel/domain-error.js';

/** The role is held, but only for one site, one community or one region: not for the place this is about. */
export class ScopeTooNarrowError extends DomainError<'places.scope-too-narrow'> {
  readonly code = 'places.scope-too-narrow';
}

/** Two areas under one parent, or two sites of one community, would have the same name. */
export class NameTakenError extends DomainError<'places.name-taken'> {
  readonly code = 'places.name-taken';
}

/** The place above is of a kind that nothing of this kind can stand under; `needs` names the right one. */
export class WrongParentError extends DomainError<'places.wrong-parent'> {
  readonly code = 'places.wrong-parent';
}

/** The body names a grid, building or entrance that the community does not have. */
export class UnknownAreaError extends DomainError<'places.unknown-area'> {
  readonly code = 'places.unknown-area';
}

/** A new administrative code must begin after the latest one did (`latestFrom`): history is not rewritten. */
export class CodeNotLaterError extends DomainError<'places.code-not-later'> {
  readonly code = 'places.code-not-later';
}

/** Somebody else changed the settings since they were read; `version` is the one in force now. */
export class SettingsChangedError extends DomainError<'places.settings-changed'> {
  readonly code = 'places.settings-changed';
}

/** A household's balance is below the overdraft floor that is wanted. */
export class FloorTooHighError extends DomainError<'places.floor-too-high'> {
  readonly code = 'places.floor-too-high';
}

/** Every community id of this installation's range is given away. */
export class CommunityIdsExhaustedError extends DomainError<'places.ids-exhausted'> {
  readonly code = 'places.ids-exhausted';
}

/** The drop-off point or shop was closed for good. */
export class SiteClosedError extends DomainError<'places.site-closed'> {
  readonly code = 'places.site-closed';
}
