import { Injectable } from '@nestjs/common';
import { Database } from '../platform/index.js';

/** A household's figures at this moment, in centipoints. */
export interface BalanceRow {
  readonly balance: number;
  readonly held: number;
  /** Expired by now and not yet posted as such: not spendable (I-14). */
  readonly expired: number;
  /** What it owes since spent points were reversed, as a positive number (I-11). */
  readonly debt: number;
  readonly isClosed: boolean;
  readonly now: Date;
}

export interface StatementRow {
  readonly entryId: string;
  readonly seq: number;
  readonly kind: number;
  readonly amount: number;
  readonly balanceAfter: number;
  readonly sourceId: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly reverses: string | null;
  readonly isReversed: boolean;
}

@Injectable()
export class LedgerRepository {
  constructor(private readonly database: Database) {}

  async balance(communityId: number, householdId: string): Promise<BalanceRow | undefined> {
    const rows = await this.database.read<BalanceRow>(
      'ledger.balance',
      `SELECT a.balance, a.held, t.now, a.closed_at IS NOT NULL AS "isClosed",
         (SELECT d.amount FROM due_expiry($1, $2, t.now) AS d) AS expired,
         (SELECT -o.balance FROM ledger_account AS o
          WHERE o.community_id = $1 AND o.owner_id = $2 AND o.kind = 'debt') AS debt
       FROM ledger_account AS a, (SELECT app_now() AS now) AS t
       WHERE a.community_id = $1 AND a.account_id = $2 AND a.kind = 'household'`,
      [communityId, householdId],
    );
    return rows[0];
  }

  /** The last entry recorded up to an instant decides; an account without one had 0. Instants outside carry milliseconds. */
  async balanceAt(communityId: number, householdId: string, instant: Date): Promise<number> {
    const rows = await this.database.read<{ balance: number }>(
      'ledger.balance-at',
      `SELECT balance_after AS balance FROM ledger_entry
       WHERE community_id = $1 AND account_id = $2 AND recorded_at < $3::timestamptz + interval '1 millisecond'
       ORDER BY seq DESC LIMIT 1`,
      [communityId, householdId, instant],
    );
    return rows[0]?.balance ?? 0;
  }

  /**
   * Newest first; `beforeSeq` is the sequence number of the last row of the page before. A month (`2026-11`) is that in
   * which it happened in China: a weigh-in of the 31st that a desk sent on the 1st stands in the old month.
   */
  async statement(
    communityId: number,
    householdId: string,
    beforeSeq: number | null,
    limit: number,
    month: string | null,
  ): Promise<StatementRow[]> {
    return this.database.read<StatementRow>(
      'ledger.statement',
      `SELECT e.entry_id AS "entryId", e.seq, e.kind, e.amount, e.balance_after AS "balanceAfter",
         e.source_id AS "sourceId", e.occurred_at AS "occurredAt", e.recorded_at AS "recordedAt", e.reverses,
         EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.community_id = $1 AND r.reverses = e.entry_id) AS "isReversed"
       FROM ledger_entry AS e
       WHERE e.community_id = $1 AND e.account_id = $2 AND ($3::bigint IS NULL OR e.seq < $3)
         AND ($5::text IS NULL OR to_char(e.occurred_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') = $5)
       ORDER BY e.seq DESC LIMIT $4`,
      [communityId, householdId, beforeSeq, limit, month],
    );
  }

  /** Σ of what each of the community's own accounts was given, in centipoints: theirs is derived (I-2). */
  async systemBalances(communityId: number): Promise<{ kind: string; balance: number }[]> {
    return this.database.read<{ kind: string; balance: number }>(
      'ledger.system-balances',
      `SELECT a.kind, coalesce((SELECT -sum(e.amount) FROM ledger_entry AS e
         WHERE e.community_id = $1 AND e.counter_account_id = a.account_id), 0)::bigint AS balance
       FROM ledger_account AS a WHERE a.community_id = $1 AND a.owner_id IS NULL ORDER BY a.kind`,
      [communityId],
    );
  }

  /** Households an operator may not post to: his own and his kin's (I-15). */
  async isOwnHousehold(communityId: number, personId: string, householdId: string): Promise<boolean> {
    const rows = await this.database.read(
      'ledger.own-household',
      `SELECT 1 FROM staff_household WHERE community_id = $1 AND household_id = $2 AND person_id = $3`,
      [communityId, householdId, personId],
    );
    return rows.length > 0;
  }
}
