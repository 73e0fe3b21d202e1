import { DomainError } from '../kernel/domain-error.js';

export class ApprovalNotFoundError extends DomainError<'approvals.not-found'> {
  readonly code = 'approvals.not-found';
}

/** Somebody has approved, refused or withdrawn it already. */
export class AlreadyDecidedError extends DomainError<'approvals.already-decided'> {
  readonly code = 'approvals.already-decided';
}

/** Seven days went by without a decision. */
export class ApprovalExpiredError extends DomainError<'approvals.expired'> {
  readonly code = 'approvals.expired';
}

/** Nobody approves what he asked for himself. */
export class OwnSubmissionError extends DomainError<'approvals.own-submission'> {
  readonly code = 'approvals.own-submission';
}

/** Nobody approves what benefits his own household or his kin's. */
export class OwnHouseholdApprovalError extends DomainError<'approvals.own-household'> {
  readonly code = 'approvals.own-household';
}
