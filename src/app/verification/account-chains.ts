import type { ClientBase } from 'pg';
import { AccountChain, type VerifiedAccount } from '../../ledger/rules.js';
import { FIRST_UUID } from './batches.js';
import { type BinaryRow, copyRows } from './binary-copy.js';
import type { Findings } from './findings.js';

interface AccountRow extends VerifiedAccount {
  readonly accountId: string;
}

const ACCOUNTS_A_ROUND = 5000;
const LAST_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * I-1, I-2, I-3, I-5, I-11, I-16 account by account: every entry is read once, in its order, and every figure and hash
 * computed anew. Holds some thousand accounts at a time and one entry.
 */
export async function checkAccountChains(client: ClientBase, communityId: number, findings: Findings): Promise<void> {
  let last = FIRST_UUID;
  for (;;) {
    const { rows } = await client.query<AccountRow>(
      `SELECT account_id AS "accountId", kind, floor, balance, held, entry_count AS "entryCount", credited, debited,
         head_hash AS "headHash"
       FROM ledger_account WHERE community_id = $1 AND account_id > $2 ORDER BY account_id LIMIT ${ACCOUNTS_A_ROUND}`,
      [communityId, last],
    );
    const isLast = rows.length < ACCOUNTS_A_ROUND;
    const until = isLast ? LAST_UUID : (rows.at(-1)?.accountId ?? LAST_UUID);
    const walk = new AccountWalk(communityId, rows, findings);
    await copyRows(client, entriesBetween(communityId, last, until), (row) => walk.add(row));
    walk.end();
    if (isLast) return;
    last = until;
  }
}

function entriesBetween(communityId: number, after: string, until: string): string {
  return `SELECT account_id, seq, amount, balance_after, credited_after, debited_after, counter_account_id, kind,
      source_id, actor_id, occurred_at, recorded_at, reverses, approval_id, entry_id, hash
    FROM ledger_entry
    WHERE community_id = ${communityId} AND account_id > '${after}' AND account_id <= '${until}'
    ORDER BY account_id, seq`;
}

/** Walks the accounts and their entries side by side; both come in the order of the account's id. */
class AccountWalk {
  private position = 0;
  private chain: AccountChain | undefined;
  private accountId: Buffer = Buffer.alloc(0);
  private entries = 0;
  private readonly ids: readonly Buffer[];

  constructor(
    private readonly communityId: number,
    private readonly accounts: readonly AccountRow[],
    private readonly findings: Findings,
  ) {
    this.ids = accounts.map(({ accountId }) => Buffer.from(accountId.replaceAll('-', ''), 'hex'));
  }

  add(row: BinaryRow): void {
    const accountId = row.binary();
    if (!accountId.equals(this.accountId)) this.turnTo(Buffer.from(accountId));
    this.entries += 1;
    this.chain?.add({
      communityId: this.communityId,
      accountId,
      seq: row.int8(),
      amount: row.int8(),
      balanceAfter: row.int8(),
      creditedAfter: row.int8(),
      debitedAfter: row.int8(),
      counterAccountId: row.binary(),
      kind: row.int2(),
      sourceId: row.binary(),
      actorId: row.binary(),
      occurredAtMicros: row.instant(),
      recordedAtMicros: row.instant(),
      reverses: row.binaryOrNull(),
      approvalId: row.binaryOrNull(),
      entryId: row.binary(),
      hash: row.binary(),
    });
  }

  end(): void {
    this.turnTo(undefined);
    const { findings, accounts, entries } = this;
    for (const invariant of ['zeroSum', 'sequence', 'chain'] as const) findings.count(invariant, 'entries', entries);
    for (const invariant of ['balance', 'floor'] as const) findings.count(invariant, 'accounts', accounts.length);
    findings.count('balance', 'entries', entries);
    const debts = accounts.filter(({ kind }) => kind === 'debt').length;
    findings.count('debt', 'debt accounts', debts);
  }

  /** Ends the account before and those after it that have no entry, and begins this one. */
  private turnTo(accountId: Buffer | undefined): void {
    this.chain?.end();
    this.chain = undefined;
    const isBefore = (id: Buffer) => accountId === undefined || id.compare(accountId) < 0;
    for (let id = this.ids[this.position]; id !== undefined && isBefore(id); id = this.ids[this.position]) {
      this.chainOf(this.accounts[this.position])?.end();
      this.position += 1;
    }
    if (accountId === undefined) return;
    this.accountId = accountId;
    if (this.ids[this.position]?.equals(accountId) === true) {
      this.chain = this.chainOf(this.accounts[this.position]);
      this.position += 1;
    } else {
      this.findings.wrong('balance', `${this.name(accountId)}: entries without an account`);
    }
  }

  private chainOf(account: AccountRow | undefined): AccountChain | undefined {
    if (account === undefined) return undefined;
    return new AccountChain(account, (invariant, seq, what) => {
      const where = `community ${this.communityId} account ${account.accountId}${seq === null ? '' : ` seq ${seq}`}`;
      this.findings.wrong(invariant, `${where}: ${what}`);
    });
  }

  private name(accountId: Buffer): string {
    const id = accountId.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    return `community ${this.communityId} account ${id}`;
  }
}
