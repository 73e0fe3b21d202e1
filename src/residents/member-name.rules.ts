import { pinyin } from 'pinyin-pro';
import { countCharacters, tidyText } from './typed-text.rules.js';

/** The longest name kept, in characters. The longest on a mainland identity card are about 25 (民族 names). */
export const MEMBER_NAME_LENGTH_MAX = 40;

/** More stars would tell strangers the length of a rare long name, and with it the person. */
const STARS_MAX = 4;

/** The two-character family names in use; a name of two characters in all has a family name of one. */
const COMPOUND_SURNAMES = new Set(
  (
    '欧阳 司马 上官 诸葛 尉迟 皇甫 令狐 慕容 宇文 长孙 司徒 司空 夏侯 东方 公孙 西门 南宫 端木 轩辕 独孤 万俟 闻人 澹台 ' +
    '公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 司寇 呼延 赫连 拓跋 百里 东郭 南门 第五 左丘 公羊 梁丘 ' +
    '谷梁 乐正 漆雕 巫马 宰父 段干'
  ).split(' '),
);

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

/**
 * A name for the eyes of others: family name kept, the rest starred (`袁大明` → `袁**`, `欧阳修` → `欧阳*`). At least
 * one and at most four stars, so that even a name of one character is not shown as the whole of it.
 */
export function maskMemberName(name: string): string {
  const characters = Array.from(name);
  const isCompound = characters.length > 2 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join(''));
  const kept = isCompound ? 2 : 1;
  const starCount = Math.min(Math.max(characters.length - kept, 1), STARS_MAX);
  return characters.slice(0, kept).join('') + '*'.repeat(starCount);
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
