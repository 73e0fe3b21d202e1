import type { RowCheck } from './row-check.js';

/** I-20: a household has its points under its own id and one debt account beside them, from its first day to its last. */
export const HOUSEHOLD_CHECKS: readonly RowCheck[] = [
  {
    invariant: 'wallet',
    noun: 'households',
    sql: `
      SELECT 'household ' || coalesce(h.household_id, a.owner_id) AS subject, CASE
          WHEN h.household_id IS NULL THEN 'does not exist, yet has accounts'
          WHEN a.owner_id IS NULL THEN 'has no account'
          WHEN a.wallets <> 1 THEN 'has ' || a.wallets || ' accounts for its points under its own id'
          WHEN a.debts <> 1 THEN 'has ' || a.debts || ' accounts for its debt'
          WHEN a.others <> 0 THEN 'has ' || a.others || ' accounts of another kind'
          WHEN (h.status IN ('merged', 'closed')) <> a.is_closed THEN 'is ' || h.status || ', but its accounts are '
            || CASE WHEN a.is_closed THEN 'closed' ELSE 'open' END
        END AS fault
      FROM (SELECT household_id, status FROM household WHERE community_id = $1) AS h
      FULL JOIN (
        SELECT owner_id, bool_or(closed_at IS NOT NULL) AS is_closed,
          count(*) FILTER (WHERE kind = 'household' AND account_id = owner_id) AS wallets,
          count(*) FILTER (WHERE kind = 'debt') AS debts,
          count(*) FILTER (WHERE kind <> 'debt' AND (kind <> 'household' OR account_id <> owner_id)) AS others
        FROM ledger_account WHERE community_id = $1 AND owner_id IS NOT NULL
        GROUP BY owner_id) AS a ON a.owner_id = h.household_id`,
  },
  {
    invariant: 'wallet',
    noun: 'closed accounts',
    sql: `
      SELECT 'account ' || a.account_id AS subject, CASE
          WHEN a.balance <> 0 OR a.held <> 0 THEN 'is closed with ' || a.balance || ' and ' || a.held || ' held'
          WHEN e.seq IS NOT NULL THEN 'seq ' || e.seq || ' was written after it was closed'
        END AS fault
      FROM ledger_account AS a
      LEFT JOIN LATERAL (
        SELECT e.seq FROM ledger_entry AS e
        WHERE e.community_id = $1 AND e.account_id = a.account_id AND e.recorded_at > a.closed_at
        ORDER BY e.seq LIMIT 1) AS e ON true
      WHERE a.community_id = $1 AND a.closed_at IS NOT NULL`,
  },
];
