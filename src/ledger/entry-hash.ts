import { hash } from 'node:crypto';
import { parse as uuidBytes } from 'uuid';

/** A UUID as text or, where millions are hashed, as its 16 bytes. */
export type HashedId = string | Uint8Array;

/** The fields of an entry as the hash sees them: instants in microseconds since 1970, points in centipoints. */
export interface HashedEntry {
  readonly communityId: number;
  readonly accountId: HashedId;
  readonly seq: number;
  readonly amount: number;
  readonly balanceAfter: number;
  readonly creditedAfter: number;
  readonly debitedAfter: number;
  readonly counterAccountId: HashedId;
  readonly kind: number;
  readonly sourceId: HashedId;
  readonly actorId: HashedId;
  readonly occurredAtMicros: number;
  readonly recordedAtMicros: number;
  readonly reverses: HashedId | null;
  readonly approvalId: HashedId | null;
  readonly entryId: HashedId;
}

/** What the first entry of an account has before it. */
export const GENESIS_HASH = Buffer.alloc(32);

const NIL_UUID = Buffer.alloc(16);
const LENGTH = 32 + 8 + 16 + 8 + 8 + 8 + 8 + 8 + 16 + 2 + 16 + 16 + 8 + 8 + 16 + 16 + 16;
const TWO_TO_32 = 2 ** 32;

/** One for all: an entry is hashed from its first byte to its last before the next one begins. */
const bytes = Buffer.alloc(LENGTH);

/**
 * SHA-256 over the previous hash of the account and every field, fixed width, big-endian (I-16). Written from the layout,
 * not from the SQL: a mistake in one of the two shows as a wrong hash.
 * @throws RangeError for a number that is not whole or passes 2^53 − 1
 */
export function entryHash(previous: Uint8Array, entry: HashedEntry): Buffer {
  bytes.set(previous, 0);
  let at = putInt8(entry.communityId, 32);
  at = putUuid(entry.accountId, at);
  at = putInt8(entry.seq, at);
  at = putInt8(entry.amount, at);
  at = putInt8(entry.balanceAfter, at);
  at = putInt8(entry.creditedAfter, at);
  at = putInt8(entry.debitedAfter, at);
  at = putUuid(entry.counterAccountId, at);
  at = bytes.writeInt16BE(entry.kind, at);
  at = putUuid(entry.sourceId, at);
  at = putUuid(entry.actorId, at);
  at = putInt8(entry.occurredAtMicros, at);
  at = putInt8(entry.recordedAtMicros, at);
  at = putUuid(entry.reverses, at);
  at = putUuid(entry.approvalId, at);
  putUuid(entry.entryId, at);
  return hash('sha256', bytes, 'buffer');
}

/** Eight bytes without a BigInt, which would cost more than the hash itself. `>>> 0` is the value modulo 2^32. */
function putInt8(value: number, at: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number of 2^53 - 1 at most`);
  bytes.writeInt32BE(Math.floor(value / TWO_TO_32), at);
  return bytes.writeUInt32BE(value >>> 0, at + 4);
}

function putUuid(id: HashedId | null, at: number): number {
  bytes.set(id === null ? NIL_UUID : typeof id === 'string' ? uuidBytes(id) : id, at);
  return at + 16;
}
