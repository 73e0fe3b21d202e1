import { registerProblems, type ProblemSpec } from '../platform/index.js';
import type * as errors from './tariff.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const TARIFF_PROBLEMS = {
  'tariff.item-code-taken': { status: 409, title: '品类编码已被使用', en: 'The code of the waste item is taken' },
  'tariff.too-many-items': { status: 409, title: '品类数量已达上限', en: 'No more waste items can be added' },
  'tariff.not-a-draft': { status: 409, title: '不是草稿，不能修改', en: 'Only a draft can be changed or submitted' },
  'tariff.not-submitted': {
    status: 409,
    title: '该版本已不在待批状态',
    en: 'The version is no longer submitted as it was',
  },
  'tariff.retroactive': { status: 422, title: '生效时间必须晚于现在', en: 'A tariff takes effect in the future only' },
  'tariff.instant-taken': {
    status: 409,
    title: '该时刻已有版本生效',
    en: 'Another version takes effect at that instant',
  },
  'tariff.none-in-force': { status: 404, title: '还没有生效的积分标准', en: 'No tariff is in force' },
  'tariff.simulation-running': { status: 409, title: '正在比较，请稍候', en: 'Another comparison is still running' },
  'tariff.scope-too-narrow': { status: 403, title: '权限范围不够', en: 'Your role does not reach this far' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(TARIFF_PROBLEMS);
