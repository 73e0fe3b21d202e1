import { DomainError } from '../kernel/domain-error.js';

/** The process that worked on it went away each time it was tried. */
export class TaskInterruptedError extends DomainError<'tasks.interrupted'> {
  readonly code = 'tasks.interrupted';
}

/** Something that nobody foresaw; the log has it. */
export class TaskFailedError extends DomainError<'tasks.failed'> {
  readonly code = 'tasks.failed';
}

/** What it made is more than is kept. */
export class TaskTooLargeError extends DomainError<'tasks.too-large'> {
  readonly code = 'tasks.too-large';
}

/** One person has as many tasks waiting as one may have. */
export class TooManyTasksError extends DomainError<'tasks.too-many'> {
  readonly code = 'tasks.too-many';
}
