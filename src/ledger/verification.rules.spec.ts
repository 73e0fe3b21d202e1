import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { entryHash, GENESIS_HASH } from './entry-hash.js';
import { ENTRY_KINDS, SYSTEM_ACCOUNTS } from './entry-kind.js';
import { AccountChain, type VerifiedAccount, type VerifiedEntry } from './verification.rules.js';

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');
const ISSUANCE = bytesOf(SYSTEM_ACCOUNTS.issuance);
const REDEMPTION = bytesOf(SYSTEM_ACCOUNTS.redemption);
const ACCOUNT = bytesOf('0199c0de-0000-7000-8000-0000000000aa');
const SOURCE = bytesOf('0199c0de-0000-7000-8000-0000000000bb');

/** The entries of an account to which these amounts were posted, and its row. */
function chainOf(amounts: readonly number[]): { account: VerifiedAccount; entries: VerifiedEntry[] } {
  let hash: Buffer = GENESIS_HASH;
  const totals = { credited: 0, debited: 0 };
  const entries = amounts.map((amount, at): VerifiedEntry => {
    totals.credited += Math.max(amount, 0);
    totals.debited += Math.max(-amount, 0);
    const entry = {
      communityId: 1_000_001,
      accountId: ACCOUNT,
      seq: at + 1,
      amount,
      balanceAfter: totals.credited - totals.debited,
      creditedAfter: totals.credited,
      debitedAfter: totals.debited,
      counterAccountId: amount > 0 ? ISSUANCE : REDEMPTION,
      kind: amount > 0 ? ENTRY_KINDS.award : ENTRY_KINDS.redemption,
      sourceId: SOURCE,
      actorId: SOURCE,
      occurredAtMicros: 1_763_769_600_000_000 + at,
      recordedAtMicros: 1_763_769_600_000_001 + at,
      reverses: null,
      approvalId: null,
      entryId: SOURCE,
    };
    hash = entryHash(hash, entry);
    return { ...entry, hash };
  });
  const balance = totals.credited - totals.debited;
  const account = {
    kind: 'household',
    floor: 0,
    balance,
    held: 0,
    entryCount: amounts.length,
    ...totals,
    headHash: hash,
  };
  return { account, entries };
}

/** `invariant@seq` of everything that is reported. */
function faultsOf(account: VerifiedAccount, entries: readonly VerifiedEntry[]): string[] {
  const faults: string[] = [];
  const chain = new AccountChain(account, (invariant, seq) => faults.push(`${invariant}@${seq ?? 'account'}`));
  for (const entry of entries) chain.add(entry);
  chain.end();
  return faults;
}

/** The chain with one entry changed, and whether its later hashes are made to fit again. */
function changed(at: number, change: Partial<VerifiedEntry>, isHashedAnew = false): string[] {
  const { account, entries } = chainOf([500, -200, 300, -100]);
  const touched = entries.map((entry, index) => (index === at ? { ...entry, ...change } : entry));
  if (!isHashedAnew) return faultsOf(account, touched);
  let hash: Buffer = GENESIS_HASH;
  const anew = touched.map((entry) => {
    hash = entryHash(hash, entry);
    return { ...entry, hash };
  });
  return faultsOf({ ...account, headHash: hash }, anew);
}

describe('an account and its entries', () => {
  it('have no fault as they were written', () => {
    const amount = fc.integer({ min: 1, max: 1_000_000_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount)), (pairs) => {
        const { account, entries } = chainOf(pairs.flatMap(([a, b]) => [Math.max(a, b), -Math.min(a, b)]));
        expect(faultsOf(account, entries)).toEqual([]);
      }),
    );
  });

  it.each<[string, Partial<VerifiedEntry>, string[]]>([
    ['amount', { amount: 201 }, ['zeroSum@2', 'sequence@2', 'sequence@2', 'chain@2', 'balance@account']],
    ['seq', { seq: 7 }, ['sequence@7', 'chain@7', 'sequence@3']],
    ['balanceAfter', { balanceAfter: 1 }, ['sequence@2', 'chain@2', 'sequence@3']],
    ['creditedAfter', { creditedAfter: 501 }, ['sequence@2', 'chain@2', 'sequence@3']],
    ['debitedAfter', { debitedAfter: 201 }, ['sequence@2', 'chain@2', 'sequence@3']],
    ['kind', { kind: ENTRY_KINDS.award }, ['zeroSum@2', 'chain@2']],
    ['an unknown kind', { kind: 99 }, ['zeroSum@2', 'chain@2']],
    ['counterAccountId', { counterAccountId: ISSUANCE }, ['zeroSum@2', 'chain@2']],
    ['communityId', { communityId: 2 }, ['chain@2']],
    ['sourceId', { sourceId: ACCOUNT }, ['chain@2']],
    ['actorId', { actorId: ACCOUNT }, ['chain@2']],
    ['occurredAtMicros', { occurredAtMicros: 1 }, ['chain@2']],
    ['recordedAtMicros', { recordedAtMicros: 1 }, ['chain@2']],
    ['reverses', { reverses: SOURCE }, ['chain@2']],
    ['approvalId', { approvalId: SOURCE }, ['chain@2']],
    ['entryId', { entryId: ACCOUNT }, ['chain@2']],
    ['hash', { hash: Buffer.alloc(32, 1) }, ['chain@2', 'chain@3']],
  ])('show another %s at the entry that has it', (_, change, faults) => {
    expect(changed(1, change)).toEqual(faults);
  });

  it('show figures that do not add up even where every hash was made anew', () => {
    expect(changed(1, { amount: -201 }, true)).toEqual(['sequence@2', 'sequence@2', 'balance@account']);
  });

  it('show a row that was cut out, and where', () => {
    const { account, entries } = chainOf([500, -200, 300]);
    expect(faultsOf(account, entries.toSpliced(1, 1))).toEqual([
      'sequence@3',
      'sequence@3',
      'sequence@3',
      'chain@3',
      'balance@account',
    ]);
  });

  it('show that the newest rows are missing', () => {
    const { account, entries } = chainOf([500, -200, 300]);
    expect(faultsOf(account, entries.slice(0, 2))).toEqual([
      'balance@account',
      'sequence@account',
      'sequence@account',
      'chain@2',
    ]);
  });

  it.each<[string, Partial<VerifiedAccount>, string[]]>([
    ['more held than there is', { held: 501 }, ['floor@account']],
    ['less than nothing held', { held: -1 }, ['floor@account']],
    ['a floor above its balance', { floor: 501 }, ['floor@account']],
    ['another balance', { balance: 499 }, ['balance@account']],
    ['another head hash', { headHash: GENESIS_HASH }, ['chain@1']],
    ['no head hash', { headHash: null }, ['chain@1']],
    ['one entry more', { entryCount: 2 }, ['sequence@account']],
    ['other totals', { credited: 501, debited: 1 }, ['sequence@account']],
    ['a debt that is a credit', { kind: 'debt' }, ['debt@1', 'debt@account']],
  ])('show %s', (_, change, faults) => {
    const { account, entries } = chainOf([500]);
    expect(faultsOf({ ...account, ...change }, entries)).toEqual(faults);
  });

  it('show an entry on an account of the community itself', () => {
    const { entries } = chainOf([500]);
    const nothing = { balance: null, held: null, entryCount: null, credited: null, debited: null, headHash: null };
    expect(faultsOf({ kind: 'issuance', floor: 0, ...nothing }, entries)).toContain('zeroSum@1');
  });
});

/** The bytes of an entry as their layout is described, written as plainly as can be. */
function layout(previous: Buffer, entry: VerifiedEntry): Buffer {
  const int8 = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(value));
    return bytes;
  };
  return Buffer.concat([
    previous,
    int8(entry.communityId),
    ACCOUNT,
    int8(entry.seq),
    int8(entry.amount),
    int8(entry.balanceAfter),
    int8(entry.creditedAfter),
    int8(entry.debitedAfter),
    entry.counterAccountId,
    Buffer.of(0, entry.kind),
    SOURCE,
    SOURCE,
    int8(entry.occurredAtMicros),
    int8(entry.recordedAtMicros),
    Buffer.alloc(16),
    Buffer.alloc(16),
    SOURCE,
  ]);
}

describe('the hash of an entry', () => {
  it('is SHA-256 over its fields at fixed places, big-endian, whatever the numbers are', () => {
    const [entry] = chainOf([-320]).entries as [VerifiedEntry];
    const integer = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(integer, integer, fc.uint8Array({ minLength: 32, maxLength: 32 }), (amount, micros, bytes) => {
        const previous = Buffer.from(bytes);
        const given = { ...entry, amount, occurredAtMicros: micros };
        expect(entryHash(previous, given)).toEqual(createHash('sha256').update(layout(previous, given)).digest());
      }),
    );
  });

  it('is the same for ids as text and as bytes', () => {
    const [entry] = chainOf([500]).entries as [VerifiedEntry];
    const asText = { ...entry, accountId: '0199c0de-0000-7000-8000-0000000000aa' };
    expect(entryHash(GENESIS_HASH, asText)).toEqual(entryHash(GENESIS_HASH, entry));
  });

  it('is refused for a number that is no whole one', () => {
    const [entry] = chainOf([500]).entries as [VerifiedEntry];
    for (const amount of [0.5, Number.NaN, 2 ** 53]) {
      expect(() => entryHash(GENESIS_HASH, { ...entry, amount })).toThrow(RangeError);
    }
  });
});
