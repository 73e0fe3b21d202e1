import { CAPPED_TARIFF } from './fill/tariffs.mjs';

/**
 * What is measured: over HTTP and directly, in alternation. `restores`: it writes, so that a small database is put back each
 * time. `tariff`: another than the history's.
 */
export const SERIES = [
  { name: 'weigh-in', title: 'weigh-in of one line', operation: 'weigh-in', connections: 16, restores: true },
  {
    name: 'weigh-in-capped',
    title: 'weigh-in, caps over day and year',
    operation: 'weigh-in',
    connections: 16,
    restores: true,
    tariff: CAPPED_TARIFF,
  },
  { name: 'redemption', title: 'redemption of two goods', operation: 'redemption', connections: 16, restores: true },
  {
    name: 'one-shelf',
    title: 'redemption, all on one shelf',
    operation: 'redemption-one-shelf',
    connections: 16,
    restores: true,
  },
  { name: 'balance', title: 'balance look-up', operation: 'balance', connections: 16, restores: false },
  { name: 'statement', title: 'statement page (20 lines)', operation: 'statement', connections: 16, restores: false },
  { name: 'weigh-in-alone', title: 'weigh-in, one at a time', operation: 'weigh-in', connections: 1, restores: true },
  {
    name: 'redemption-alone',
    title: 'redemption, one at a time',
    operation: 'redemption',
    connections: 1,
    restores: true,
  },
  { name: 'balance-alone', title: 'balance, one at a time', operation: 'balance', connections: 1, restores: false },
  {
    name: 'statement-alone',
    title: 'statement, one at a time',
    operation: 'statement',
    connections: 1,
    restores: false,
  },
];
