import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import {
  type CheckpointDocument,
  checkpointFault,
  documentHash,
  documentText,
  headsRoot,
  merkleRoot,
  shortCode,
  signDocument,
  signedCheckpoint,
  type SignedHead,
} from './checkpoint.rules.js';

const HASH = 'ab'.repeat(32);
const HEADS: readonly SignedHead[] = [
  ['0199c0de-0000-7000-8000-000000000001', 3, HASH],
  ['0199c0de-0000-7000-8000-000000000002', 9, HASH],
];

function document(changes: Partial<CheckpointDocument> = {}): CheckpointDocument {
  return {
    version: 1,
    communityId: 1_000_001,
    day: '2026-11-21',
    accounts: 4,
    entries: 12,
    householdCentipoints: 500,
    debtCentipoints: -20,
    systemCentipoints: { issuance: -900, redemption: 420, clearing: 0 },
    merkleRoot: headsRoot(HEADS),
    previous: null,
    heads: HEADS,
    ...changes,
  };
}

describe('the Merkle root', () => {
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];

  // The example that implementations of RFC 6962 test themselves with (google/certificate-transparency).
  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('is that of RFC 6962 over %i leaves', (count, root) => {
    const chosen = leaves.slice(0, count).map((leaf) => Buffer.from(leaf, 'hex'));
    expect(merkleRoot(chosen).toString('hex')).toBe(root);
  });

  it('changes with every figure of every head', () => {
    const root = headsRoot(HEADS);
    const [first, second] = HEADS as [SignedHead, SignedHead];
    const others: SignedHead[][] = [
      [first],
      [second, first],
      [[second[0], first[1], first[2]], second],
      [[first[0], first[1] + 1, first[2]], second],
      [[first[0], first[1], 'ac'.repeat(32)], second],
    ];
    for (const heads of others) expect(headsRoot(heads)).not.toBe(root);
  });
});

describe('the document', () => {
  it('is the same text whatever the order of its members', () => {
    const given = document();
    const turned = Object.fromEntries(Object.entries(given).toReversed()) as unknown as CheckpointDocument;
    expect(documentText(turned)).toBe(documentText(given));
    expect(documentText(given)).toMatch(/^{"accounts":4,"communityId":1000001,"day":"2026-11-21",/);
  });

  it('is named by a short code that differs for every other text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        expect(shortCode(text)).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
        expect(shortCode(text) === shortCode(other)).toBe(text === other);
      }),
    );
  });

  it('has as its short code the first 50 bits of its hash, in the alphabet of Crockford', () => {
    // SHA-256 of the empty text begins e3b0c44298fc1: 11100 01110 11000 01100 01000 10000 10100 11000 11111 10000.
    expect(documentHash('')).toMatch(/^e3b0c44298fc1/);
    expect(shortCode('')).toBe('WERC8-GMRZG');
  });
});

describe('a signed checkpoint', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const stranger = generateKeyPairSync('ed25519');
  const sign = (text: string, key = { privateKey, publicKey }) =>
    signedCheckpoint(text, signDocument(text, key.privateKey), key.publicKey);
  const faultOf = (changes: Partial<CheckpointDocument>) =>
    checkpointFault(sign(documentText(document(changes))), publicKey);

  it('has no fault as it was signed', () => {
    expect(faultOf({})).toBeNull();
  });

  it('is not signed by anybody else', () => {
    const forged = sign(documentText(document()), stranger);
    expect(checkpointFault(forged, publicKey)).toBe('the signature is not one of this key');
  });

  it('is not signed any more once a character has changed', () => {
    const signed = sign(documentText(document()));
    const touched = {
      ...signed,
      document: signed.document.replace('"householdCentipoints":500', '"householdCentipoints":501'),
    };
    expect(checkpointFault(touched, publicKey)).toBe('the signature is not one of this key');
  });

  it('does not pass a stranger’s key off as its own', () => {
    const { publicKey: other } = sign('', stranger);
    expect(checkpointFault({ ...sign(documentText(document())), publicKey: other }, publicKey)).toMatch(/another key/);
  });

  it('has the short code of its own text', () => {
    expect(checkpointFault({ ...sign(documentText(document())), shortCode: 'AAAAA-AAAAA' }, publicKey)).toMatch(
      /short code/,
    );
  });

  it.each<[string, Partial<CheckpointDocument>, RegExp]>([
    ['the Merkle root', { merkleRoot: HASH }, /Merkle root/],
    ['a head', { heads: HEADS.slice(1) }, /Merkle root/],
    ['the number of entries', { entries: 13 }, /counts 13 entries, its heads 12/],
    ['a balance', { householdCentipoints: 501 }, /sum to 1 instead of 0/],
    ['the version', { version: 2 as 1 }, /version 2/],
  ])('is refused with another figure for %s, signed or not', (_, changes, fault) => {
    expect(faultOf(changes)).toMatch(fault);
  });

  it('is refused where its text is not canonical', () => {
    expect(checkpointFault(sign(JSON.stringify(document(), null, 1)), publicKey)).toMatch(/canonically/);
  });
});
