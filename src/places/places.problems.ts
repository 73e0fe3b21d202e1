import { registerProblems, type ProblemSpec } from '../platform/index.js';
import type * as errors from './places.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const PLACES_PROBLEMS = {
  'places.scope-too-narrow': { status: 403, title: '权限范围不够', en: 'Your role does not reach this far' },
  'places.name-taken': { status: 409, title: '名称已被使用', en: 'The name is taken' },
  'places.wrong-parent': { status: 422, title: '上级的类型不对', en: 'The place above is of the wrong kind' },
  'places.unknown-area': { status: 422, title: '没有这个网格或楼栋', en: 'No such grid, building or entrance' },
  'places.code-not-later': {
    status: 409,
    title: '新编码须晚于旧编码',
    en: 'The new code must begin after the latest one',
  },
  'places.settings-changed': { status: 409, title: '设置刚被他人修改', en: 'The settings were changed meanwhile' },
  'places.floor-too-high': { status: 409, title: '有住户余额低于新下限', en: 'A balance is below the new floor' },
  'places.ids-exhausted': { status: 409, title: '社区编号已用完', en: 'No community id is left' },
  'places.site-closed': { status: 409, title: '站点已停用', en: 'The site is closed for good' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(PLACES_PROBLEMS);
