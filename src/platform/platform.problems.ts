import { registerProblems, type ProblemSpec } from './problem.js';
import type * as errors from './platform.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const PLATFORM_PROBLEMS = {
  'platform.database-away': { status: 503, title: '系统忙，请稍后再试', en: 'The database is away; try again' },
  'platform.busy': { status: 409, title: '正在处理，请稍候', en: 'Still being processed; try again' },
  'platform.key-missing': { status: 400, title: '缺少请求编号', en: 'Idempotency-Key must be a UUID' },
  'platform.key-reused': { status: 422, title: '请求编号已用过', en: 'The key was used for another request' },
  'platform.reply-forgotten': { status: 409, title: '已处理过，请查记录', en: 'Carried out earlier; see the records' },
  'platform.stale-plan': { status: 409, title: '数据刚有变化，请重试', en: 'Things changed meanwhile; try again' },
  'platform.too-many-requests': { status: 429, title: '操作太快，请稍后', en: 'Too many requests' },
  'platform.cross-site': { status: 403, title: '来源不明，已拒绝', en: 'Refused: request from another site' },
  'platform.not-found': { status: 404, title: '没有找到', en: 'Not found' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(PLATFORM_PROBLEMS);
