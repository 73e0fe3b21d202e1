import { randomInt } from 'node:crypto';

/** Hours until a password that somebody else handed over is worth nothing (S-6). */
export const ONE_TIME_PASSWORD_HOURS = 72;

/** Without 0, 1, i, l and o: it is read out, or copied from a slip of paper. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 3;
const GROUP_LENGTH = 5;

/** `k7mp4-x9qrt-3hnva`: 15 of 31 characters, 74 random bits. */
export function makeOneTimePassword(): string {
  const group = (): string => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
