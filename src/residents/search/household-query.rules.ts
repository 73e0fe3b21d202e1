import { isCardNumber, normalizeCardNumber, parseCardToken } from '../card-number.rules.js';
import { normalizeDoor } from '../households/door.rules.js';
import { normalizeMemberName } from '../member-name.rules.js';
import { isMobilePhone, isPhoneTail, normalizePhone } from '../phone.rules.js';
import { tidyText } from '../typed-text.rules.js';

/** By what a household can be looked up. Doors, names and pinyin by their beginning, everything else as a whole. */
export const LOOKUP_KINDS = ['token', 'number', 'phone', 'tail', 'door', 'name', 'pinyin', 'initials'] as const;
export type LookupKind = (typeof LOOKUP_KINDS)[number];

/** One look-up: its kind, and the text in the form that is kept. */
export interface Lookup {
  readonly kind: LookupKind;
  readonly text: string;
}

/** Reads a text as one kind; null where it cannot be of that kind. */
const READERS: Readonly<Record<LookupKind, (typed: string) => string | null>> = {
  token: (typed) => (parseCardToken(typed) === null ? null : typed.trim()),
  number: (typed) => when(normalizeCardNumber(typed), isCardNumber),
  phone: (typed) => when(normalizePhone(typed), isMobilePhone),
  tail: (typed) => when(tidyText(typed), isPhoneTail),
  door: (typed) => when(normalizeDoor(typed), (text) => text !== ''),
  name: (typed) => when(normalizeMemberName(typed), (text) => text !== ''),
  pinyin: letters,
  initials: letters,
};

function when(text: string, isRight: (text: string) => boolean): string | null {
  return isRight(text) ? text : null;
}

/** `Lü Da-ming` → `lvdaming`, as names are indexed; null where anything but letters is typed. */
function letters(typed: string): string | null {
  const text = tidyText(typed)
    .toLowerCase()
    .replaceAll('ü', 'v')
    .replace(/[\s'’-]/g, '');
  return when(text, (each) => /^[a-z]+$/.test(each));
}

/** The look-up that was asked for by name; null where the text cannot be meant so. */
export function lookupBy(kind: LookupKind, typed: string): Lookup | null {
  const text = READERS[kind](typed);
  return text === null ? null : { kind, text };
}

/**
 * What a text that somebody typed or scanned can mean, the likeliest first, at most three. A scanned card and a whole card
 * number or phone number mean one thing only; four digits are the end of a phone number or the beginning of a door; letters
 * are initials, pinyin or a door; Chinese characters are a name or a door (三组12号).
 */
export function lookupsFor(typed: string): Lookup[] {
  for (const kind of ['token', 'number', 'phone'] as const) {
    const certain = lookupBy(kind, typed);
    if (certain !== null) return [certain];
  }
  const kinds: LookupKind[] = /\p{Script=Han}/u.test(typed) ? ['name', 'door'] : ['tail', 'initials', 'pinyin', 'door'];
  return kinds.flatMap((kind) => lookupBy(kind, typed) ?? []);
}
