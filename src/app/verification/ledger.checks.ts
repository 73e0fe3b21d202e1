import { ENTRY_KINDS, SYSTEM_ACCOUNTS } from '../../ledger/rules.js';
import type { RowCheck } from './row-check.js';

const kind = ENTRY_KINDS;

/** What can be told of the ledger only from several rows at once; an account by itself is in account-chains.ts. */
export const LEDGER_CHECKS: readonly RowCheck[] = [
  {
    invariant: 'zeroSum',
    noun: 'clearings',
    sql: `
      SELECT 'source ' || source_id AS subject,
        CASE WHEN sum(amount) <> 0 THEN 'leaves ' || -sum(amount) || ' in the clearing account' END AS fault
      FROM ledger_entry
      WHERE community_id = $1 AND counter_account_id = '${SYSTEM_ACCOUNTS.clearing}'
      GROUP BY source_id`,
  },
  {
    invariant: 'request',
    noun: 'requests',
    sql: `
      SELECT 'request ' || idem_key || ' of ' || actor_id AS subject,
        CASE WHEN is_refused IS NULL THEN 'was begun and never answered' END AS fault
      FROM request WHERE community_id = $1`,
  },
  {
    invariant: 'reversal',
    noun: 'reversing entries',
    sql: `
      SELECT 'account ' || e.account_id || ' seq ' || e.seq AS subject, CASE
          WHEN e.reverses IS NULL THEN 'is of a reversing kind, but reverses nothing'
          WHEN r.entry_id IS NULL THEN 'reverses an entry that is not there'
          WHEN r.reverses IS NOT NULL THEN 'reverses a reversal'
          WHEN r.account_id <> e.account_id THEN 'reverses an entry of another account'
          WHEN r.amount <> -e.amount THEN 'moves ' || e.amount || ' to reverse ' || r.amount
          WHEN (e.kind, r.kind) NOT IN ((${kind['award-reversal']}, ${kind.award}),
            (${kind['redemption-cancellation']}, ${kind.redemption}),
            (${kind['adjustment-reversal']}, ${kind.adjustment})) THEN 'kind ' || e.kind || ' reverses kind ' || r.kind
          WHEN count(*) OVER (PARTITION BY e.reverses) > 1 THEN 'reverses what another entry reverses'
        END AS fault
      FROM ledger_entry AS e
      LEFT JOIN ledger_entry AS r ON r.community_id = $1 AND r.entry_id = e.reverses
      WHERE e.community_id = $1 AND (e.reverses IS NOT NULL OR e.kind IN (
        ${kind['award-reversal']}, ${kind['redemption-cancellation']}, ${kind['adjustment-reversal']}))`,
  },
  {
    invariant: 'debt',
    noun: 'loans and repayments',
    sql: `
      SELECT 'source ' || e.source_id || ' of household ' || a.owner_id AS subject, CASE
          WHEN sum(e.amount) <> 0 THEN 'lends and takes back ' || sum(e.amount) || ' more on one side'
          WHEN count(*) FILTER (WHERE a.kind = 'debt') <> 1 THEN 'touches the debt not exactly once'
        END AS fault
      FROM ledger_entry AS e
      JOIN ledger_account AS a ON a.community_id = $1 AND a.account_id = e.account_id
      WHERE e.community_id = $1 AND e.kind = ${kind.debt}
      GROUP BY e.source_id, a.owner_id`,
  },
  {
    invariant: 'debt',
    noun: 'loans',
    sql: `
      SELECT 'weigh-in reversal ' || coalesce(r.reversal_id, e.source_id) AS subject, CASE
          WHEN r.reversal_id IS NULL THEN 'is unknown, yet ' || -e.amount || ' were lent for it'
          WHEN e.entry_id IS NULL THEN 'says ' || r.debt_centipoints || ' were lent, but no entry does'
          WHEN r.debt_centipoints <> -e.amount THEN 'says ' || r.debt_centipoints || ' were lent, not ' || -e.amount
          WHEN r.approval_id IS NULL THEN 'lent points without an approval'
        END AS fault
      FROM (SELECT * FROM weigh_in_reversal WHERE community_id = $1 AND debt_centipoints <> 0) AS r
      FULL JOIN (
        SELECT e.* FROM ledger_entry AS e
        JOIN ledger_account AS a ON a.community_id = $1 AND a.account_id = e.account_id AND a.kind = 'debt'
        WHERE e.community_id = $1 AND e.kind = ${kind.debt} AND e.amount < 0) AS e ON e.source_id = r.reversal_id`,
  },
  {
    invariant: 'hold',
    noun: 'accounts',
    sql: `
      SELECT 'account ' || a.account_id AS subject,
        CASE WHEN a.held <> coalesce(o.amount, 0)
          THEN 'held ' || a.held || ', but its open holds are ' || coalesce(o.amount, 0) END AS fault
      FROM ledger_account AS a
      LEFT JOIN (
        SELECT h.account_id, sum(h.amount) AS amount FROM ledger_hold AS h
        WHERE h.community_id = $1 AND NOT EXISTS (
          SELECT 1 FROM ledger_hold_end AS e WHERE e.community_id = $1 AND e.hold_id = h.hold_id)
        GROUP BY h.account_id) AS o ON o.account_id = a.account_id
      WHERE a.community_id = $1 AND a.held IS NOT NULL`,
  },
  {
    invariant: 'expiry',
    noun: 'expiries',
    sql: `
      SELECT 'account ' || coalesce(x.account_id, e.account_id)
          || coalesce(' cutoff ' || x.cutoff, ' seq ' || e.seq) AS subject, CASE
          WHEN e.entry_id IS NULL THEN 'expired ' || x.amount || ' without an entry'
          WHEN x.account_id IS NULL THEN 'an entry without an expiry'
          WHEN x.amount <> -e.amount THEN 'expired ' || x.amount || ', but the entry took ' || -e.amount
          WHEN x.cutoff > x.recorded_at THEN 'expired before its cutoff'
          WHEN date_trunc('month', x.cutoff AT TIME ZONE 'Asia/Shanghai') <> x.cutoff AT TIME ZONE 'Asia/Shanghai'
            THEN 'the cutoff is not the start of a month in China'
        END AS fault
      FROM (SELECT * FROM ledger_expiry WHERE community_id = $1 AND amount > 0) AS x
      FULL JOIN (SELECT * FROM ledger_entry WHERE community_id = $1 AND kind = ${kind.expiry}) AS e
        ON e.account_id = x.account_id AND e.recorded_at = x.recorded_at`,
  },
  {
    invariant: 'ownHousehold',
    noun: 'declared households',
    sql: `
      SELECT 'person ' || h.person_id || ' household ' || h.household_id AS subject,
        'posted to it: account ' || e.account_id || ' seq ' || e.seq AS fault
      FROM staff_household AS h
      LEFT JOIN LATERAL (
        SELECT e.account_id, e.seq FROM ledger_account AS a
        JOIN ledger_entry AS e ON e.community_id = $1 AND e.account_id = a.account_id
        WHERE a.community_id = $1 AND a.owner_id = h.household_id
          AND e.actor_id = h.person_id AND e.recorded_at >= h.declared_at
        ORDER BY e.account_id, e.seq LIMIT 1) AS e ON true
      WHERE h.community_id = $1`,
  },
  {
    invariant: 'conservation',
    noun: 'communities',
    sql: `
      SELECT 'points' AS subject,
        CASE WHEN issued - redeemed - expired + others <> balances THEN 'issued ' || issued || ' - redeemed ' || redeemed
          || ' - expired ' || expired || ' + brought in, adjusted and given to charity ' || others
          || ' is not what the households have: ' || balances END AS fault
      FROM (SELECT
        (SELECT coalesce(sum(w.centipoints), 0) FROM weigh_in AS w WHERE w.community_id = $1 AND NOT EXISTS (
          SELECT 1 FROM weigh_in_reversal AS r WHERE r.community_id = $1 AND r.weigh_in_id = w.weigh_in_id)) AS issued,
        (SELECT coalesce(sum(total_centipoints), 0) FROM redemption WHERE community_id = $1)
          - (SELECT coalesce(sum(total_centipoints), 0) FROM redemption_return WHERE community_id = $1) AS redeemed,
        (SELECT coalesce(sum(amount), 0) FROM ledger_expiry WHERE community_id = $1) AS expired,
        (SELECT coalesce(sum(amount), 0) FROM ledger_entry WHERE community_id = $1 AND counter_account_id IN (
          '${SYSTEM_ACCOUNTS.opening}', '${SYSTEM_ACCOUNTS.adjustment}', '${SYSTEM_ACCOUNTS.donation}')) AS others,
        (SELECT coalesce(sum(balance), 0) FROM ledger_account WHERE community_id = $1) AS balances) AS sums`,
  },
];
