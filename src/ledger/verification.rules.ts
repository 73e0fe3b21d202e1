import { entryHash, GENESIS_HASH, type HashedEntry } from './entry-hash.js';
import { ENTRY_KINDS, type EntryKind, SYSTEM_ACCOUNTS } from './entry-kind.js';

/** An account as its row says it is, in centipoints. The community's own accounts have no running figures: null. */
export interface VerifiedAccount {
  readonly kind: string;
  readonly floor: number;
  readonly balance: number | null;
  readonly held: number | null;
  readonly entryCount: number | null;
  readonly credited: number | null;
  readonly debited: number | null;
  readonly headHash: Buffer | null;
}

/** An entry as its row says it is. The bytes of its ids and its hash may be overwritten once the next one is read. */
export interface VerifiedEntry extends HashedEntry {
  readonly counterAccountId: Uint8Array;
  readonly hash: Uint8Array;
}

/** What can be wrong about an account and its entries alone. */
export type ChainInvariant = 'zeroSum' | 'balance' | 'floor' | 'sequence' | 'debt' | 'chain';

/** @param seq the first entry that is wrong; null where it is the account's own row */
export type ReportFault = (invariant: ChainInvariant, seq: number | null, what: string) => void;

/** Which account a posting of a kind gives to or takes from, and in which direction: 1 to the household, −1 from it. */
interface Posting {
  readonly counters: readonly Uint8Array[];
  readonly sign?: 1 | -1;
  /** Only a debt and a merge touch debt accounts. */
  readonly ofDebt?: true;
}

const counters = (...names: (keyof typeof SYSTEM_ACCOUNTS)[]) =>
  names.map((name) => Buffer.from(SYSTEM_ACCOUNTS[name].replaceAll('-', ''), 'hex'));

const POSTINGS: Readonly<Record<EntryKind, Posting>> = {
  opening: { counters: counters('opening'), sign: 1 },
  award: { counters: counters('issuance'), sign: 1 },
  'award-reversal': { counters: counters('issuance'), sign: -1 },
  redemption: { counters: counters('redemption'), sign: -1 },
  'redemption-cancellation': { counters: counters('redemption'), sign: 1 },
  return: { counters: counters('redemption'), sign: 1 },
  adjustment: { counters: counters('adjustment') },
  'adjustment-reversal': { counters: counters('adjustment') },
  'gift-given': { counters: counters('donation', 'clearing'), sign: -1 },
  'gift-received': { counters: counters('clearing'), sign: 1 },
  expiry: { counters: counters('expiry'), sign: -1 },
  debt: { counters: counters('clearing'), ofDebt: true },
  merge: { counters: counters('clearing'), ofDebt: true },
};

const POSTINGS_BY_NUMBER = new Map<number, Posting>(
  Object.entries(ENTRY_KINDS).map(([kind, number]) => [number, POSTINGS[kind as EntryKind]]),
);

/**
 * Recomputes one account from its entries, which are added in the order of `seq`: I-1, I-2, I-3, I-5, I-11 and I-16 as far
 * as an account by itself can tell. After a fault it goes on from what the row says, so that one altered row is one fault
 * and the first one reported is the first one that is wrong.
 */
export class AccountChain {
  private seq = 0;
  private sum = 0;
  private balance = 0;
  private credited = 0;
  private debited = 0;
  private hash: Buffer = GENESIS_HASH;

  constructor(
    private readonly account: VerifiedAccount,
    private readonly report: ReportFault,
  ) {}

  add(entry: VerifiedEntry): void {
    const { seq, amount } = entry;
    this.checkPosting(entry);
    this.checkRunningFigures(entry);
    const expected = entryHash(this.hash, entry);
    const fits = expected.equals(entry.hash);
    if (!fits) this.report('chain', seq, 'its hash is not that of its fields after the entry before');
    this.seq = seq;
    this.sum += amount;
    this.balance = entry.balanceAfter;
    this.credited = entry.creditedAfter;
    this.debited = entry.debitedAfter;
    this.hash = fits ? expected : Buffer.from(entry.hash);
  }

  /** After the last entry: does the account's row say the same? */
  end(): void {
    const { kind, balance, held, floor } = this.account;
    if (balance === null || held === null) return;
    if (this.sum !== balance) this.report('balance', null, `balance ${balance}, but its entries sum to ${this.sum}`);
    if (this.account.entryCount !== this.seq) {
      this.report('sequence', null, `counts ${this.account.entryCount} entries, but the last one is seq ${this.seq}`);
    }
    if (this.account.credited !== this.credited || this.account.debited !== this.debited) {
      this.report('sequence', null, 'its running totals are not those of its last entry');
    }
    if (this.account.headHash?.equals(this.hash) !== true) {
      this.report('chain', this.seq, 'the head hash of the account is not that of its last entry');
    }
    if (held < 0 || (kind === 'household' && balance - held < floor)) {
      this.report('floor', null, `balance ${balance} less held ${held} is below the floor ${floor}`);
    }
    if (kind === 'debt' && (balance > 0 || held !== 0)) {
      this.report('debt', null, `a debt of ${-balance} with ${held} held`);
    }
  }

  private checkPosting(entry: VerifiedEntry): void {
    const { seq, amount } = entry;
    const posting = POSTINGS_BY_NUMBER.get(entry.kind);
    if (this.account.balance === null) {
      this.report('zeroSum', seq, 'an entry on an account of the community, which is only ever a counter-account');
    } else if (posting === undefined) {
      this.report('zeroSum', seq, `kind ${entry.kind} does not exist`);
    } else if (!posting.counters.some((counter) => counter.every((byte, at) => byte === entry.counterAccountId[at]))) {
      this.report('zeroSum', seq, `kind ${entry.kind} does not move points to or from that counter-account`);
    } else if (amount === 0 || (posting.sign !== undefined && Math.sign(amount) !== posting.sign)) {
      this.report('zeroSum', seq, `kind ${entry.kind} does not move ${amount}`);
    }
    if (this.account.kind === 'debt' && (posting?.ofDebt !== true || entry.balanceAfter > 0)) {
      this.report('debt', seq, `kind ${entry.kind} leaves a debt of ${-entry.balanceAfter}`);
    }
  }

  private checkRunningFigures(entry: VerifiedEntry): void {
    const { seq, amount } = entry;
    if (seq !== this.seq + 1) this.report('sequence', seq, `follows seq ${this.seq}`);
    if (entry.balanceAfter !== this.balance + amount) {
      this.report(
        'sequence',
        seq,
        `balance after it ${entry.balanceAfter}, before it ${this.balance}, amount ${amount}`,
      );
    }
    const credited = this.credited + Math.max(amount, 0);
    const debited = this.debited + Math.max(-amount, 0);
    if (entry.creditedAfter !== credited || entry.debitedAfter !== debited) {
      this.report(
        'sequence',
        seq,
        `running totals ${entry.creditedAfter}/${entry.debitedAfter}, not ${credited}/${debited}`,
      );
    }
  }
}
