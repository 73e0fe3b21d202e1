import { COMMON_PASSWORDS } from './common-passwords.js';

/** Characters (code points) of a staff password (S-5). */
export const PASSWORD_CHARACTERS_MIN = 10;
export const PASSWORD_CHARACTERS_MAX = 128;

const CLASSES_MIN = 3;
const DIFFERENT_CHARACTERS_MIN = 5;
/** Shorter logins and names are part of too many good passwords. */
const CONTEXT_WORD_LENGTH_MIN = 4;
const CONTEXT_WORDS = ['ecomart', 'ecoshop', 'shengtaimei', '生态美', '垃圾分类'];

const SMALL = /\p{Ll}/u;
const CAPITAL = /\p{Lu}/u;
const DIGIT = /\p{Nd}/u;
const OTHER = /[^\p{Ll}\p{Lu}\p{Nd}]/u;

/** Digits and signs that stand for letters, as in `P@ssw0rd`. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};
/** The digit on whose key a sign sits: `1qaz@WSX` is typed like `1qaz2wsx`. */
const SHIFTED_DIGITS = ')!@#$%^&*(';

export type PasswordFault = 'too-short' | 'too-long' | 'too-plain' | 'repeated' | 'common' | 'context-word';

/**
 * What is wrong with a password that a member of the staff chose (S-5, GB/T 22239-2019 身份鉴别 a): at least ten
 * characters, three kinds of them (small, capital, digit, any other), not one that everybody tries first, and without
 * the login, the person's name or the name of this system.
 * @param about the person's login and display name
 */
export function staffPasswordFault(password: string, about: readonly string[]): PasswordFault | undefined {
  const characters = Array.from(password);
  if (characters.length < PASSWORD_CHARACTERS_MIN) return 'too-short';
  if (characters.length > PASSWORD_CHARACTERS_MAX) return 'too-long';
  if ([SMALL, CAPITAL, DIGIT, OTHER].filter((kind) => kind.test(password)).length < CLASSES_MIN) return 'too-plain';
  if (new Set(characters).size < DIFFERENT_CHARACTERS_MIN) return 'repeated';
  if (namesContext(password, about)) return 'context-word';
  if (commonReadings(password).some((reading) => COMMON_PASSWORDS.has(reading))) return 'common';
  return undefined;
}

function namesContext(password: string, about: readonly string[]): boolean {
  const small = password.toLowerCase();
  const words = about.map((word) => word.toLowerCase()).filter((word) => isTelling(word));
  return [...CONTEXT_WORDS, ...words].some((word) => small.includes(word) || unmask(small).includes(word));
}

/** Two Chinese characters already are a name; four Latin letters are needed to be one. */
function isTelling(word: string): boolean {
  return word.length >= (/\p{Script=Han}/u.test(word) ? 2 : CONTEXT_WORD_LENGTH_MIN);
}

/** The ways in which a list of common passwords may hold this one. */
function commonReadings(password: string): string[] {
  const small = password.toLowerCase();
  const core = small.replaceAll(/^[^a-z]+|[^a-z]+$/g, '');
  const readings = [
    small,
    unshift(small),
    unmask(small),
    core,
    unmask(core),
    unshift(core),
    core.replaceAll(/[^a-z]/g, ''),
  ];
  return readings.flatMap((reading) => [reading, /^(.+?)\1+$/.exec(reading)?.[1] ?? reading]);
}

function unmask(text: string): string {
  return text.replaceAll(/[@431!0$57]/g, (sign) => LOOKALIKES[sign] ?? sign);
}

function unshift(text: string): string {
  return text.replaceAll(/[)!@#$%^&*(]/g, (sign) => String(SHIFTED_DIGITS.indexOf(sign)));
}
