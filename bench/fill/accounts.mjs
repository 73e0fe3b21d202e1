import { Buffer } from 'node:buffer';
import { entryHash, GENESIS_HASH } from '../../dist/src/ledger/entry-hash.js';
import { NULL } from './copy-in.mjs';
import { COMMUNITY } from './installation.mjs';

const GENESIS = `\\\\x${Buffer.from(GENESIS_HASH).toString('hex')}`;

/** The households' accounts as they grow: running totals and the head of each hash chain, as post_entry keeps them. */
export class Accounts {
  #households;
  #entries;
  #balance;
  #credited;
  #debited;
  #count;
  #head;

  /** @param {readonly string[]} households @param {import('./copy-in.mjs').CopyIn} entries */
  constructor(households, entries) {
    this.#households = households;
    this.#entries = entries;
    this.#balance = new Float64Array(households.length);
    this.#credited = new Float64Array(households.length);
    this.#debited = new Float64Array(households.length);
    this.#count = new Uint32Array(households.length);
    this.#head = households.map(() => GENESIS_HASH);
  }

  /** @returns {number} the balance of a household, in centipoints */
  balance(index) {
    return this.#balance[index];
  }

  /** Writes the next entry of a household. @param {{entryId: string, amount: number, counter: string, kind: number, sourceId: string, actorId: string, occurredMs: number, recordedMs: number}} entry */
  post(index, { entryId, amount, counter, kind, sourceId, actorId, occurredMs, recordedMs }) {
    const accountId = this.#households[index];
    this.#count[index] += 1;
    this.#balance[index] += amount;
    this.#credited[index] += Math.max(amount, 0);
    this.#debited[index] += Math.max(-amount, 0);
    const [seq, balanceAfter] = [this.#count[index], this.#balance[index]];
    const [creditedAfter, debitedAfter] = [this.#credited[index], this.#debited[index]];
    const hash = entryHash(this.#head[index], {
      communityId: COMMUNITY,
      accountId,
      seq,
      amount,
      balanceAfter,
      creditedAfter,
      debitedAfter,
      counterAccountId: counter,
      kind,
      sourceId,
      actorId,
      occurredAtMicros: occurredMs * 1000,
      recordedAtMicros: recordedMs * 1000,
      reverses: null,
      approvalId: null,
      entryId,
    });
    this.#head[index] = hash;
    this.#entries.row(
      COMMUNITY,
      entryId,
      accountId,
      seq,
      amount,
      balanceAfter,
      creditedAfter,
      debitedAfter,
      counter,
      kind,
      sourceId,
      actorId,
      new Date(occurredMs).toISOString(),
      new Date(recordedMs).toISOString(),
      `\\\\x${hash.toString('hex')}`,
    );
  }

  /** The account rows: every household's points as they stand now, and its empty debt account. */
  async write(open, ids, openedMs) {
    const openedAt = new Date(openedMs).toISOString();
    const accounts = await open(
      'ledger_account',
      'community_id, account_id, kind, owner_id, floor, balance, held, entry_count, credited, debited, ' +
        'head_hash, opened_at, closed_at',
    );
    for (const [index, household] of this.#households.entries()) {
      const running = [this.#balance[index], 0, this.#count[index], this.#credited[index], this.#debited[index]];
      const head = `\\\\x${this.#head[index].toString('hex')}`;
      accounts.row(COMMUNITY, household, 'household', household, 0, ...running, head, openedAt, NULL);
      accounts.row(COMMUNITY, ids.v7(openedMs), 'debt', household, 0, 0, 0, 0, 0, 0, GENESIS, openedAt, NULL);
      if (index % 1000 === 0) await accounts.drained();
    }
    await accounts.close();
  }
}
