import { registerProblems, type ProblemSpec } from '../platform/index.js';
import type * as sheetErrors from './household-sheet.errors.js';
import type * as errors from './residents.errors.js';

type Code =
  | InstanceType<(typeof errors)[keyof typeof errors]>['code']
  | InstanceType<(typeof sheetErrors)[keyof typeof sheetErrors]>['code'];

export const RESIDENTS_PROBLEMS = {
  'residents.household-not-found': { status: 404, title: '没有这户', en: 'No such household' },
  'residents.household-frozen': { status: 409, title: '该户已冻结', en: 'The household is frozen' },
  'residents.household-not-frozen': { status: 409, title: '该户没有冻结', en: 'The household is not frozen' },
  'residents.household-closed': { status: 409, title: '该户已销户或并户', en: 'The household is closed or merged' },
  'residents.door-taken': { status: 409, title: '这个门牌已有住户', en: 'Another household has this door' },
  'residents.balance-not-zero': { status: 409, title: '还有积分，不能销户', en: 'There are points left' },
  'residents.points-held': { status: 409, title: '还有未取的预约', en: 'A reservation is open' },
  'residents.debt-open': { status: 409, title: '还欠积分，不能销户', en: 'The household owes points' },
  'residents.merge-into-itself': { status: 409, title: '不能并入自己', en: 'Not into itself' },
  'residents.member-not-found': { status: 404, title: '没有这位成员', en: 'No such member' },
  'residents.head-needed': { status: 409, title: '请先另选户主', en: 'Choose another head first' },
  'residents.too-many-members': { status: 409, title: '家庭成员太多', en: 'Too many members' },
  'residents.no-phone': { status: 404, title: '没有登记手机号', en: 'No phone number is kept' },
  'residents.consent-missing': { status: 422, title: '需要先取得同意', en: 'Consent is needed first' },
  'residents.consent-not-found': { status: 404, title: '没有这项同意', en: 'No such open consent' },
  'residents.card-not-found': { status: 404, title: '没有这张卡', en: 'No such card' },
  'residents.card-not-active': { status: 409, title: '卡片不可用', en: 'The card is not in use' },
  'residents.card-code-wrong': { status: 400, title: '卡码失效，请刷新再扫', en: 'Show a new code and scan again' },
  'residents.card-code-used': {
    status: 409,
    title: '卡码用过了，等下一个',
    en: 'The code was used; wait for the next',
  },
  'residents.card-number-taken': { status: 409, title: '卡号已被使用', en: 'The card number is taken' },
  'residents.pin-wrong': { status: 403, title: '密码不对', en: 'Wrong PIN' },
  'residents.pin-locked': {
    status: 423,
    title: '密码已锁，请当面重设',
    en: 'The PIN is locked; set it anew in person',
  },
  'residents.pin-not-set': { status: 409, title: '还没有设置密码', en: 'The card has no PIN yet' },
  'residents.sheet-unreadable': { status: 422, title: '文件读不出来', en: 'The file cannot be read as a table' },
  'residents.sheet-too-large': { status: 413, title: '表格太大', en: 'The sheet is too large' },
  'residents.upload-missing': { status: 422, title: '没有收到文件', en: 'No file was sent' },
  'residents.import-has-errors': {
    status: 422,
    title: '表格有错，没有导入',
    en: 'The sheet has errors; nothing was imported',
  },
  'residents.preview-stale': { status: 409, title: '数据有变，请重新预览', en: 'Preview the file again' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(RESIDENTS_PROBLEMS);
