import { registerProblems, type ProblemSpec } from '../platform/index.js';
import type * as errors from './display.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const DISPLAY_PROBLEMS = {
  'display.unknown': { status: 401, title: '显示屏未授权，请换新令牌', en: 'No display has this token any more' },
  'display.too-many': { status: 429, title: '显示屏太多，请先关几块', en: 'Too many displays are connected' },
  'display.scope-too-narrow': { status: 403, title: '权限范围不够', en: 'Your role does not reach this far' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(DISPLAY_PROBLEMS);
