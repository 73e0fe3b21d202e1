import { pinyin } from 'pinyin-pro';
import { countCharacters, tidyText } from './typed-text.rules.js';

/** The longest name kept, in characters. The longest on a mainland identity card are about 25 (民族 names). */
export const MEMBER_NAME_LENGTH_MAX = 40;

/**
 * A name as it is kept and compared: tidied, and with one kind of dot between the parts of a transliterated name
 * (`买买提•艾力` → `买买提·艾力`, the U+00B7 of GB/T 15834).
 */
export function normalizeMemberName(text: string): string {
  return tidyText(text).replace(/(?<=\p{Script=Han})[.\u2022\u2027\u2219\u22c5\u30fb](?=\p{Script=Han})/gu, '·');
}

/** True for a normalised name of 1 to 40 characters with at least one letter (a Chinese character is one). */
export function isMemberName(name: string): boolean {
  return /\p{L}/u.test(name) && countCharacters(name) <= MEMBER_NAME_LENGTH_MAX;
}

/** A name in the letters that a cashier types to find it. */
export interface NamePinyin {
  /** All syllables without tones and blanks: `yuandaming`. */
  readonly full: string;
  /** The first letter of each syllable or word: `ydm`. */
  readonly initials: string;
}

/**
 * The letters to search a name by. The family name is read as a family name (`仇` qiu, `单` shan, `曾` zeng), ü is
 * written v as keyboards have it (`吕` lv), Latin names lose their accents, and signs are left out.
 */
export function namePinyin(name: string): NamePinyin {
  const syllables = pinyin(name, {
    type: 'array',
    toneType: 'none',
    v: true,
    mode: 'surname',
    surname: 'head',
    toneSandhi: false,
    nonZh: 'consecutive',
  });
  const words = syllables
    .join(' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return { full: words.join(''), initials: words.map((word) => word.charAt(0)).join('') };
}
