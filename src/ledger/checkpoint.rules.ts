import { hash, type KeyObject, sign, verify } from 'node:crypto';
import { parse as uuidBytes } from 'uuid';
import type { CalendarDay } from '../kernel/calendar-day.js';
import type { Centipoints } from '../kernel/points.js';

/** How far an account had come: its id, its number of entries (above 0), and the hash of the last of them in hex. */
export type SignedHead = readonly [accountId: string, entryCount: number, headHash: string];

/**
 * What a community's ledger was at the end of a day. Kept as canonical JSON: members in the order of their names, no blanks
 * (RFC 8785, of which whole numbers and ASCII need no more).
 */
export interface CheckpointDocument {
  readonly version: 1;
  readonly communityId: number;
  /** The day in China after whose last entry this was. */
  readonly day: CalendarDay;
  readonly accounts: number;
  readonly entries: number;
  /** Σ of the households' balances. */
  readonly householdCentipoints: Centipoints;
  /** Σ of the debt accounts, 0 or below. */
  readonly debtCentipoints: Centipoints;
  /** Σ of what each of the community's own accounts was given. All sums together are 0. */
  readonly systemCentipoints: Readonly<Record<string, Centipoints>>;
  /** Over all heads; hex. */
  readonly merkleRoot: string;
  /** SHA-256 of the document of the checkpoint before, in hex; null for a community's first. */
  readonly previous: string | null;
  /** Accounts that have entries, in the order of their ids. */
  readonly heads: readonly SignedHead[];
}

/** A checkpoint as it leaves the database: all that somebody needs who trusts only his copy of the public key. */
export interface SignedCheckpoint {
  /** The very text that was signed. */
  readonly document: string;
  /** Ed25519 over the bytes of the text, base64. */
  readonly signature: string;
  /** PEM. Says which key signed; whether that key is to be trusted it cannot say. */
  readonly publicKey: string;
  readonly shortCode: string;
}

/** The hash of leaf data `d` is SHA-256(0x00 ‖ d), of two nodes SHA-256(0x01 ‖ left ‖ right): neither passes for the other. */
const LEAF_PREFIX = Buffer.of(0);
const NODE_PREFIX = Buffer.of(1);

/** Without I, L, O and U, which are taken for other characters when read out or copied from paper. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SHORT_CODE_CHARACTERS = 10;

/** Merkle tree hash of RFC 6962 section 2.1: the left subtree holds the largest power of two below the number of leaves. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256(Buffer.alloc(0));
  let nodes = leaves.map((leaf) => sha256(Buffer.concat([LEAF_PREFIX, leaf])));
  // Pairing from the left, level by level, an odd one carried up as it is, gives the same tree without recursion.
  while (nodes.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < nodes.length; at += 2) {
      const [left, right] = nodes.slice(at, at + 2) as [Buffer, Buffer?];
      above.push(right === undefined ? left : sha256(Buffer.concat([NODE_PREFIX, left, right])));
    }
    nodes = above;
  }
  return nodes[0] as Buffer;
}

/** The root over the heads. A leaf is the account's 16 bytes, the number of its entries as int8, and its 32 byte hash. */
export function headsRoot(heads: readonly SignedHead[]): string {
  const leaves = heads.map(([accountId, entryCount, headHash]) => {
    const count = Buffer.alloc(8);
    count.writeBigInt64BE(BigInt(entryCount));
    return Buffer.concat([uuidBytes(accountId), count, Buffer.from(headHash, 'hex')]);
  });
  return merkleRoot(leaves).toString('hex');
}

/** The text that is signed: members of objects sorted by name, at every depth. */
export function documentText(document: CheckpointDocument): string {
  return JSON.stringify(document, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** SHA-256 of a checkpoint's text in hex: how the next one refers to it. */
export function documentHash(text: string): string {
  return sha256(Buffer.from(text, 'utf8')).toString('hex');
}

/** Ten characters for the printed daily sheet, such as `7ZK4M-Q2H8X`: the first 50 bits of the document's hash. */
export function shortCode(text: string): string {
  const bits = sha256(Buffer.from(text, 'utf8')).readBigUInt64BE(0);
  const characters = Array.from({ length: SHORT_CODE_CHARACTERS }, (_, at) => {
    const digit = (bits >> BigInt(64 - 5 * (at + 1))) & 31n;
    return CROCKFORD.charAt(Number(digit));
  });
  return `${characters.slice(0, 5).join('')}-${characters.slice(5).join('')}`;
}

/** Signs a document with an Ed25519 key (RFC 8032). */
export function signDocument(text: string, privateKey: KeyObject): Buffer {
  return sign(null, Buffer.from(text, 'utf8'), privateKey);
}

export function isSignedBy(text: string, signature: Uint8Array, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(text, 'utf8'), publicKey, signature);
}

/** The checkpoint as a file holds it. */
export function signedCheckpoint(text: string, signature: Buffer, publicKey: KeyObject): SignedCheckpoint {
  return {
    document: text,
    signature: signature.toString('base64'),
    publicKey: pemOf(publicKey),
    shortCode: shortCode(text),
  };
}

/**
 * What is wrong with a checkpoint by itself, without any database: who signed it, and whether its figures agree with one
 * another. Null where nothing is.
 */
export function checkpointFault(checkpoint: SignedCheckpoint, publicKey: KeyObject): string | null {
  const { document: text, signature } = checkpoint;
  if (!isSignedBy(text, Buffer.from(signature, 'base64'), publicKey)) return 'the signature is not one of this key';
  if (checkpoint.publicKey !== pemOf(publicKey)) return 'it names another key than the one that signed it';
  if (checkpoint.shortCode !== shortCode(text)) return `its short code is ${shortCode(text)}`;
  const document = JSON.parse(text) as CheckpointDocument;
  return documentFault(document, text);
}

/** Whether a signed document is one of ours and adds up. */
export function documentFault(document: CheckpointDocument, text: string): string | null {
  if (document.version !== 1) return `version ${String(document.version)} is unknown here`;
  if (documentText(document) !== text) return 'it is not written canonically';
  if (headsRoot(document.heads) !== document.merkleRoot) return 'the Merkle root is not that of its heads';
  const entries = document.heads.reduce((sum, [, entryCount]) => sum + entryCount, 0);
  if (entries !== document.entries) return `it counts ${document.entries} entries, its heads ${entries}`;
  const system = Object.values(document.systemCentipoints).reduce((sum, points) => sum + points, 0);
  const total = system + document.householdCentipoints + document.debtCentipoints;
  return total === 0 ? null : `its balances sum to ${total} instead of 0`;
}

function pemOf(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

function sha256(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer');
}
