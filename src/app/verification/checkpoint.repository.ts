import type { ClientBase } from 'pg';
import { type CalendarDay, startOfChinaDay, addDays } from '../../kernel/calendar-day.js';
import { type CheckpointDocument, type SignedHead, SYSTEM_ACCOUNTS } from '../../ledger/rules.js';

export interface KeptCheckpoint {
  readonly day: CalendarDay;
  readonly document: string;
  readonly signature: Buffer;
}

type LedgerState = Pick<
  CheckpointDocument,
  'accounts' | 'entries' | 'householdCentipoints' | 'debtCentipoints' | 'systemCentipoints' | 'heads'
>;

interface HeadRow {
  readonly kind: string;
  readonly accountId: string;
  readonly seq: number | null;
  readonly hash: Buffer | null;
  readonly balance: number;
}

/** The checkpoint of a day, or the latest one where no day is given. */
export async function findCheckpoint(
  client: ClientBase,
  communityId: number,
  day: CalendarDay | null,
): Promise<KeptCheckpoint | undefined> {
  const { rows } = await client.query<KeptCheckpoint>(
    `SELECT day, document, signature FROM ledger_checkpoint
     WHERE community_id = $1 AND ($2::date IS NULL OR day = $2) ORDER BY day DESC LIMIT 1`,
    [communityId, day],
  );
  return rows[0];
}

/** @returns false where the day has one already */
export async function keepCheckpoint(
  client: ClientBase,
  communityId: number,
  { day, document, signature }: KeptCheckpoint,
): Promise<boolean> {
  const { rows } = await client.query<{ kept: boolean }>(`SELECT commit_checkpoint($1, $2, $3, $4) AS kept`, [
    communityId,
    day,
    document,
    signature,
  ]);
  return rows[0]?.kept === true;
}

/**
 * How far every account had come when a day was over, and the sums of the entries up to there. Whatever is recorded later
 * comes behind these heads in its account, so that they stay true for ever.
 */
export async function stateAfter(client: ClientBase, communityId: number, day: CalendarDay): Promise<LedgerState> {
  const end = startOfChinaDay(addDays(day, 1));
  const { rows } = await client.query<HeadRow>(
    `SELECT a.kind, a.account_id AS "accountId", e.seq, e.hash, coalesce(e.balance_after, 0) AS balance
     FROM ledger_account AS a
     LEFT JOIN LATERAL (${HEAD}) AS e ON true
     WHERE a.community_id = $1 AND a.opened_at < $2 AND a.owner_id IS NOT NULL ORDER BY a.account_id`,
    [communityId, end],
  );
  const heads = rows.flatMap(({ accountId, seq, hash }): SignedHead[] =>
    seq === null || hash === null ? [] : [[accountId, seq, hash.toString('hex')]],
  );
  const sumOf = (kind: string) => rows.reduce((sum, row) => sum + (row.kind === kind ? row.balance : 0), 0);
  return {
    accounts: rows.length,
    entries: heads.reduce((sum, [, entryCount]) => sum + entryCount, 0),
    householdCentipoints: sumOf('household'),
    debtCentipoints: sumOf('debt'),
    systemCentipoints: await systemSums(client, communityId, end),
    heads,
  };
}

async function systemSums(client: ClientBase, communityId: number, end: Date): Promise<Record<string, number>> {
  const { rows } = await client.query<{ accountId: string; balance: number }>(
    `SELECT n.counter_account_id AS "accountId", -sum(n.amount)::bigint AS balance
     FROM ledger_account AS a
     CROSS JOIN LATERAL (${HEAD}) AS e
     JOIN ledger_entry AS n ON n.community_id = $1 AND n.account_id = a.account_id AND n.seq <= e.seq
     WHERE a.community_id = $1 GROUP BY n.counter_account_id`,
    [communityId, end],
  );
  const balances = new Map(rows.map(({ accountId, balance }) => [accountId, balance]));
  return Object.fromEntries(Object.entries(SYSTEM_ACCOUNTS).map(([kind, id]) => [kind, balances.get(id) ?? 0]));
}

const HEAD = `
  SELECT h.seq, h.hash, h.balance_after FROM ledger_entry AS h
  WHERE h.community_id = $1 AND h.account_id = a.account_id AND h.recorded_at < $2
  ORDER BY h.seq DESC LIMIT 1`;
