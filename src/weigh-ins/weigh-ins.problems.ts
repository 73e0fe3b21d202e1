import { registerProblems, type ProblemSpec } from '../platform/index.js';
import type * as errors from './weigh-ins.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const WEIGH_IN_PROBLEMS = {
  'weigh-ins.not-found': { status: 404, title: '没有这条称重记录', en: 'No such weigh-in' },
  'weigh-ins.no-tariff': { status: 409, title: '当时没有积分标准', en: 'No tariff was in force then' },
  'weigh-ins.item-not-found': { status: 422, title: '没有这个品类', en: 'No such waste item' },
  'weigh-ins.site-not-found': { status: 404, title: '没有这个投放点', en: 'No such drop-off point' },
  'weigh-ins.too-heavy': { status: 409, title: '超过单次重量上限', en: 'Too heavy for one visit' },
  'weigh-ins.too-late': { status: 409, title: '超过补录期限', en: 'Too late to be entered' },
  'weigh-ins.in-the-future': { status: 409, title: '设备时间不对，请校准', en: 'The device clock is ahead' },
  'weigh-ins.repeat': { status: 409, title: '刚录过同样的，确认吗', en: 'The same was just recorded; confirm' },
  'weigh-ins.already-recorded': { status: 409, title: '这条已经上传过', en: 'The device sent this record before' },
  'weigh-ins.already-reversed': { status: 409, title: '已经冲正过', en: 'Reversed already' },
  'weigh-ins.points-spent': { status: 409, title: '积分已花，需要审批', en: 'The points are spent; needs approval' },
  'weigh-ins.undo-too-late': { status: 403, title: '过了撤销时间，找管理员', en: 'Too late to undo; ask a manager' },
  'weigh-ins.line-not-found': { status: 422, title: '没有这一行', en: 'No such line' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(WEIGH_IN_PROBLEMS);
