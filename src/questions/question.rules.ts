/**
 * - `entry`: an objection (异议) to one line of the statement.
 * - `other`: anything else.
 * - `erasure`: the wish to have one's personal data erased. Answering it erases nothing: the manager erases the member by the
 *   way there is for it, and answers when that is done.
 */
export const QUESTION_KINDS = ['entry', 'other', 'erasure'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export const QUESTION_STATUSES = ['open', 'answered'] as const;
export type QuestionStatus = (typeof QUESTION_STATUSES)[number];

/**
 * Days within which a question is answered; the day it was asked on does not count. Objections have 10 days by the scheme's
 * own rule. Erasure has 15 working days by GB/T 35273 8.5 (S-27); 15 calendar days keep to it without a list of holidays.
 */
export const DAYS_TO_ANSWER: Readonly<Record<QuestionKind, number>> = { entry: 10, other: 10, erasure: 15 };

/** Questions of one household that may wait at a time: more would hide those of others. */
export const OPEN_QUESTIONS_MAX = 5;
