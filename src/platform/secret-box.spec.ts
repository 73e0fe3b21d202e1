import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { SecretBox, UnreadableSecretError } from './secret-box.js';

const MASTER_SECRET = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const box = new SecretBox(MASTER_SECRET);

describe('SecretBox', () => {
  it('opens what it sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, purpose) => {
        expect(box.open(purpose, box.seal(purpose, text))).toBe(text);
      }),
    );
  });

  it('opens after a restart with the same master secret, and never with another', () => {
    const sealed = box.seal('member.phone', '13800012345');
    expect(new SecretBox(MASTER_SECRET).open('member.phone', sealed)).toBe('13800012345');
    expect(() => new SecretBox(randomBytes(32)).open('member.phone', sealed)).toThrow(UnreadableSecretError);
  });

  it('opens what the first release sealed', () => {
    const sealed = Buffer.from('AQwLCgkIBwYFBAMCAV/Nm1teTJmDhz0AdnC3bBu47nnSW1cudpchng==', 'base64');
    expect(box.open('member.phone', sealed)).toBe('13800012345');
  });

  it('seals equal texts differently, and lets nothing of them through', () => {
    const first = box.seal('member.phone', '13800012345');
    const second = box.seal('member.phone', '13800012345');
    expect(first.equals(second)).toBe(false);
    expect(first.subarray(1, 13).equals(second.subarray(1, 13))).toBe(false);
    expect(first).toHaveLength(29 + 11);
    expect(first.includes('138')).toBe(false);
  });

  it('refuses another purpose', () => {
    const sealed = box.seal('member.phone', '13800012345');
    expect(() => box.open('member.note', sealed)).toThrow(UnreadableSecretError);
  });

  it('refuses a change of any byte, and any cut', () => {
    const sealed = box.seal('member.phone', '13800012345');
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(() => box.open('member.phone', altered)).toThrow(UnreadableSecretError);
      expect(() => box.open('member.phone', sealed.subarray(0, at))).toThrow(UnreadableSecretError);
    }
    expect(() => box.open('member.phone', Buffer.concat([sealed, Buffer.of(0)]))).toThrow(UnreadableSecretError);
  });

  it('hashes a text alike at every start, and otherwise under each purpose and secret', () => {
    const hash = box.lookupHash('member.phone', '13800012345');
    expect(hash.toString('hex')).toBe('009bbe3d9b881d66407ec8b5fc6a325c475102d0997f24c3a254bc0a3bb3f5d6');
    expect(new SecretBox(MASTER_SECRET).lookupHash('member.phone', '13800012345').equals(hash)).toBe(true);
    expect(box.lookupHash('member.phone-tail', '13800012345').equals(hash)).toBe(false);
    expect(box.lookupHash('member.phone', '13800012346').equals(hash)).toBe(false);
    expect(new SecretBox(randomBytes(32)).lookupHash('member.phone', '13800012345').equals(hash)).toBe(false);
  });

  it('derives one password for each purpose', () => {
    const password = box.derivePassword('database.application');
    expect(password).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(new SecretBox(MASTER_SECRET).derivePassword('database.application')).toBe(password);
    expect(box.derivePassword('database.owner')).not.toBe(password);
  });

  it('is built from 32 bytes only', () => {
    expect(() => new SecretBox(randomBytes(31))).toThrow(RangeError);
    expect(() => new SecretBox(Buffer.alloc(0))).toThrow(RangeError);
  });

  it('keeps its own copy of the master secret, and shows it to no log', () => {
    const secret = Buffer.from(MASTER_SECRET);
    const own = new SecretBox(secret);
    secret.fill(0);
    expect(own.derivePassword('p')).toBe(box.derivePassword('p'));
    expect(inspect(own, { depth: 9, showHidden: true })).not.toContain('00 01 02');
    expect(JSON.stringify(own)).toBe('{}');
  });
});
