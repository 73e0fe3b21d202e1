import { registerProblems, type ProblemSpec } from '../platform/index.js';
import type * as errors from './approvals.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const APPROVAL_PROBLEMS = {
  'approvals.not-found': { status: 404, title: '没有这项申请', en: 'No such submission' },
  'approvals.already-decided': { status: 409, title: '已经处理过了', en: 'Decided already' },
  'approvals.expired': { status: 409, title: '申请已过期', en: 'The submission has expired' },
  'approvals.own-submission': { status: 403, title: '不能批准自己的申请', en: 'Nobody approves his own submission' },
  'approvals.own-household': { status: 403, title: '不能批准自家的申请', en: 'It benefits your own household' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(APPROVAL_PROBLEMS);
