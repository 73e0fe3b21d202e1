import { DomainError } from '../kernel/domain-error.js';

export class QuestionNotFoundError extends DomainError<'questions.not-found'> {
  readonly code = 'questions.not-found';
}

/** The line of the statement that is asked about is not one of this household's. */
export class EntryNotFoundError extends DomainError<'questions.entry-not-found'> {
  readonly code = 'questions.entry-not-found';
}

/** A question about this line waits for its answer. */
export class AlreadyAskedError extends DomainError<'questions.already-asked'> {
  readonly code = 'questions.already-asked';
}

/** As many questions of the household wait as may: `openMax`. */
export class TooManyQuestionsError extends DomainError<'questions.too-many-open'> {
  readonly code = 'questions.too-many-open';
}

/** A question is answered once. */
export class AlreadyAnsweredError extends DomainError<'questions.already-answered'> {
  readonly code = 'questions.already-answered';
}
