import { registerProblems, type ProblemSpec } from '../platform/index.js';
import type * as errors from './ledger.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const LEDGER_PROBLEMS = {
  'ledger.account-not-found': { status: 404, title: '没有这个账户', en: 'No such account' },
  'ledger.account-closed': { status: 409, title: '该户已销户', en: 'The account is closed' },
  'ledger.insufficient-points': { status: 409, title: '积分不足', en: 'Not enough points' },
  'ledger.own-household': { status: 403, title: '不能办理自家业务', en: 'Not for your own household' },
  'ledger.gift-to-self': { status: 409, title: '不能赠送给自己', en: 'A gift to oneself' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(LEDGER_PROBLEMS);
