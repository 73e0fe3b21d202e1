import { tidyText } from './typed-text.rules.js';

/** A printed card number: nine random digits and one check digit. */
export const CARD_NUMBER_LENGTH = 10;

/** Random bytes in the token of a card's QR code: 128 bits (it identifies the card and gives no right). */
export const CARD_TOKEN_BYTES = 16;

/**
 * The quasigroup of H. Michael Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004, order 10. A single
 * decimal check digit made with it catches every single wrong digit and every swap of two neighbours. ISO/IEC 7064
 * MOD 11,10 does not: it misses one neighbour swap in 45, as `1, 4, 5` read in state 1 (the spec counts them).
 */
const DAMM_TABLE = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

/** Works through digits from left to right; the result is the check digit, or 0 once the check digit is included. */
function dammState(digits: string): number {
  return Array.from(digits).reduce((state, digit) => DAMM_TABLE[state]?.[Number(digit)] ?? Number.NaN, 0);
}

/**
 * The number to print on a card.
 *
 * @param randomDigits exactly nine decimal digits from a cryptographic random source
 * @throws RangeError for anything else: a caller's mistake, never a user's
 */
export function cardNumberFrom(randomDigits: string): string {
  if (!/^[0-9]{9}$/.test(randomDigits)) throw new RangeError('A card number is made from exactly nine digits.');
  return `${randomDigits}${dammState(randomDigits)}`;
}

/** True for ten half-width digits whose last one is the check digit of the others. */
export function isCardNumber(text: string): boolean {
  return /^[0-9]{10}$/.test(text) && dammState(text) === 0;
}

/** A card number as typed or dictated, without blanks and hyphens and with half-width digits. It may still be wrong. */
export function normalizeCardNumber(text: string): string {
  return tidyText(text).replace(/[\s-]/g, '');
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const CARD_TOKEN_PREFIX = 'EM1.';

/**
 * What a card's QR code says: `EM1.` and 22 base64url characters. No address and no personal data, so that a
 * stranger's phone that scans the card learns nothing. (Coded by hand, because browsers run this file too.)
 *
 * @param bytes exactly 16 random bytes
 * @throws RangeError for another length
 */
export function cardTokenText(bytes: Uint8Array): string {
  if (bytes.length !== CARD_TOKEN_BYTES) throw new RangeError('A card token has exactly 16 bytes.');
  let text = CARD_TOKEN_PREFIX;
  let buffered = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffered = (buffered << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += BASE64URL.charAt((buffered >> bits) & 63);
    }
    buffered &= (1 << bits) - 1;
  }
  return text + BASE64URL.charAt((buffered << (6 - bits)) & 63);
}

/**
 * The 16 bytes of a scanned card, or null when the text is no card of ours. Blanks and the line end that scanners
 * add are allowed around it, and the full-width stop that a scanner types under a Chinese input method. Exactly one
 * text stands for each token: 22 characters carry four bits too many, and those must be zero.
 */
export function parseCardToken(text: string): Uint8Array | null {
  const match = /^EM1[.。．]([A-Za-z0-9_-]{22})$/.exec(text.trim());
  if (match?.[1] === undefined) return null;
  const bytes = new Uint8Array(CARD_TOKEN_BYTES);
  let buffered = 0;
  let bits = 0;
  let length = 0;
  for (const character of match[1]) {
    buffered = (buffered << 6) | BASE64URL.indexOf(character);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length] = buffered >> bits;
      length += 1;
      buffered &= (1 << bits) - 1;
    }
  }
  return buffered === 0 ? bytes : null;
}
