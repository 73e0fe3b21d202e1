import { type ProblemSpec, registerProblems } from '../platform/index.js';
import type * as errors from './tasks.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const TASKS_PROBLEMS = {
  'tasks.interrupted': { status: 503, title: '任务中断，请重新开始', en: 'The task was interrupted; start it again' },
  'tasks.failed': { status: 503, title: '任务失败，请联系维护人员', en: 'The task failed; see the log' },
  'tasks.too-large': { status: 413, title: '内容太多，请缩短日期范围', en: 'Too much for one file; narrow it down' },
  'tasks.too-many': { status: 409, title: '任务太多，请等前面完成', en: 'Wait for the earlier tasks' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(TASKS_PROBLEMS);
