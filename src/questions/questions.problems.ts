import { registerProblems, type ProblemSpec } from '../platform/index.js';
import type * as errors from './questions.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const QUESTIONS_PROBLEMS = {
  'questions.not-found': { status: 404, title: '没有这个问题', en: 'No such question' },
  'questions.entry-not-found': { status: 404, title: '没有这笔明细', en: 'No such line of the statement' },
  'questions.already-asked': { status: 409, title: '这笔已问过，请等答复', en: 'Asked already; wait for the answer' },
  'questions.too-many-open': {
    status: 409,
    title: '问题太多，请等答复',
    en: 'Wait for the answers to earlier questions',
  },
  'questions.already-answered': { status: 409, title: '已经答复过了', en: 'Answered already' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(QUESTIONS_PROBLEMS);
