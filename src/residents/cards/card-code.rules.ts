import { isCardNumber } from '../card-number.rules.js';

/** For so long a phone shows one code. */
export const CARD_CODE_STEP_SECONDS = 30;

const STEP_MS = CARD_CODE_STEP_SECONDS * 1000;

/** Digits and capitals without I, L, O and U (Crockford): nobody who reads a code aloud mistakes one for another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_A_CHARACTER = 5;

/**
 * 50 bits of the signature. With them the whole text has 25 characters of the alphanumeric set of QR codes, which is just
 * what the smallest one (21 × 21 modules, level L) holds, and a guess at the three codes that count at any moment is right
 * once in 3.7 × 10^14: at the 120 requests a minute of one session (S-15) that takes millions of years.
 */
const CODE_CHARACTERS = 10;

const PREFIX = 'EC2.';
const PATTERN = new RegExp(`^EC2[.。．]([0-9]{10})[.。．]([${ALPHABET}]{${CODE_CHARACTERS}})$`);

/** A code as a phone showed it: whose card it says it is, and the proof. */
export interface CardCode {
  readonly number: string;
  readonly code: string;
}

/** Which step of 30 s an instant lies in, counted from 1970. */
export function cardCodeStep(instant: Date): number {
  return Math.floor(instant.getTime() / STEP_MS);
}

/** The instant at which a phone shows the next code; a desk takes the old one for one step more. */
export function cardCodeStepEnd(step: number): Date {
  return new Date((step + 1) * STEP_MS);
}

/** Steps whose codes count while `step` is the present one, the likeliest first: phone, network and hand are slow (S-10). */
export function acceptedSteps(step: number): readonly number[] {
  return [step, step - 1, step + 1];
}

/** What is signed with the card's secret by HMAC-SHA256: the step as 8 bytes, high first, as RFC 4226 writes its counter. */
export function cardCodeMessage(step: number): Uint8Array {
  const message = new Uint8Array(8);
  new DataView(message.buffer).setBigUint64(0, BigInt(step));
  return message;
}

/** The first 50 bits of a signature, as ten characters. */
export function cardCodeFrom(signature: Uint8Array): string {
  let code = '';
  let buffered = 0;
  let bits = 0;
  for (const byte of signature) {
    buffered = (buffered << 8) | byte;
    bits += 8;
    while (bits >= BITS_A_CHARACTER) {
      bits -= BITS_A_CHARACTER;
      code += ALPHABET.charAt(buffered >> bits);
      buffered &= (1 << bits) - 1;
      if (code.length === CODE_CHARACTERS) return code;
    }
  }
  throw new RangeError('A signature has 32 bytes.');
}

/** `EC2.0123456786.X5BKHZ6ETA`: what the QR code says, and what a wedge scanner types. */
export function cardCodeText({ number, code }: CardCode): string {
  return `${PREFIX}${number}.${code}`;
}

/**
 * Reads what a scanner typed; null for anything else. As with a card's token, blanks, a line end and the full-width stops of
 * a Chinese input method are allowed, and small letters, which a scanner types while Caps Lock is on.
 */
export function parseCardCode(text: string): CardCode | null {
  const [, number, code] = PATTERN.exec(text.trim().toUpperCase()) ?? [];
  return number === undefined || code === undefined || !isCardNumber(number) ? null : { number, code };
}
