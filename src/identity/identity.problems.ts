import { registerProblems, type ProblemSpec } from '../platform/index.js';
import type * as errors from './identity.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const IDENTITY_PROBLEMS = {
  'identity.not-signed-in': { status: 401, title: '请先登录', en: 'Sign in first' },
  'identity.role-missing': { status: 403, title: '没有权限', en: 'Your role does not allow this' },
  'identity.sign-in-failed': { status: 401, title: '账号或密码不对', en: 'Wrong name or password' },
  'identity.sign-in-locked': { status: 429, title: '试错太多，请稍后', en: 'Too many failures; wait' },
  'identity.password-change-needed': { status: 403, title: '请先修改密码', en: 'Change your password first' },
  'identity.weak-password': { status: 422, title: '密码太简单', en: 'The password is too weak' },
  'identity.login-taken': { status: 409, title: '账号已存在', en: 'The login is taken' },
  'identity.already-granted': { status: 409, title: '已有此角色', en: 'The role is held already' },
  'identity.own-roles': { status: 409, title: '不能改自己的角色', en: 'Nobody changes his own roles' },
  'identity.password-expired': { status: 401, title: '一次性密码已过期', en: 'The one-time password has run out' },
  'identity.wrong-password': { status: 422, title: '原密码不对', en: 'The present password is wrong' },
  'identity.beyond-scope': { status: 403, title: '超出管理范围', en: 'Part of it is outside of your scope' },
  'identity.own-account': { status: 409, title: '不能处理自己的账号', en: 'Nobody does this to his own account' },
  'identity.weak-pin': { status: 422, title: '密码太简单，请换一个', en: 'The PIN is too easy to guess' },
  'identity.code-too-soon': {
    status: 429,
    title: '验证码刚发过，请稍候',
    en: 'A code was sent less than a minute ago',
  },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(IDENTITY_PROBLEMS);
