import { DomainError } from '../kernel/domain-error.js';

/** A waste item of this code exists; codes are never given to another item. */
export class ItemCodeTakenError extends DomainError<'tariff.item-code-taken'> {
  readonly code = 'tariff.item-code-taken';
}

/** The community has `max` waste items, listed or not. */
export class TooManyItemsError extends DomainError<'tariff.too-many-items'> {
  readonly code = 'tariff.too-many-items';
}

/** Only a draft is edited or submitted; `status` is what the version is instead. */
export class NotADraftError extends DomainError<'tariff.not-a-draft'> {
  readonly code = 'tariff.not-a-draft';
}

/** What was approved is no longer what the version holds, or it is not submitted any more. */
export class NotSubmittedError extends DomainError<'tariff.not-submitted'> {
  readonly code = 'tariff.not-submitted';
}

/** The instant asked for has passed: nothing takes effect backwards. */
export class RetroactiveError extends DomainError<'tariff.retroactive'> {
  readonly code = 'tariff.retroactive';
}

/** Another approved version takes effect at the very same instant. */
export class InstantTakenError extends DomainError<'tariff.instant-taken'> {
  readonly code = 'tariff.instant-taken';
}

/** No approved version has taken effect. */
export class NoTariffInForceError extends DomainError<'tariff.none-in-force'> {
  readonly code = 'tariff.none-in-force';
}

/** A comparison runs already; it keeps a processor busy, so there is one at a time. */
export class SimulationRunningError extends DomainError<'tariff.simulation-running'> {
  readonly code = 'tariff.simulation-running';
}

/** The role is held for a single site only, and the tariff is the whole community's. */
export class ScopeTooNarrowError extends DomainError<'tariff.scope-too-narrow'> {
  readonly code = 'tariff.scope-too-narrow';
}
