import { tidyText } from './typed-text.rules.js';

/** How many digits at the end of a phone number the counter searches by. */
export const PHONE_TAIL_LENGTH = 4;

/**
 * A mainland mobile number as people write it (`+86 138-0001-2345`, full-width digits, brackets), brought down to
 * its digits. It may still be wrong: ask `isMobilePhone`.
 */
export function normalizePhone(text: string): string {
  return tidyText(text)
    .replace(/[\s().·-]/g, '')
    .replace(/^(?:\+|00)?86(?=1[0-9]{10}$)/, '');
}

/** True for eleven digits from 13 to 19, the mobile ranges of China's telephone numbering plan. No landlines. */
export function isMobilePhone(phone: string): boolean {
  return /^1[3-9][0-9]{9}$/.test(phone);
}

/** `13800010000` → `138****0000`; anything that is no mobile number is hidden whole. */
export function maskPhone(phone: string): string {
  return isMobilePhone(phone) ? `${phone.slice(0, 3)}****${phone.slice(-PHONE_TAIL_LENGTH)}` : '***********';
}

/** The last four digits, by which the counter looks a household up. */
export function phoneTail(phone: string): string {
  return phone.slice(-PHONE_TAIL_LENGTH);
}

/** True for what may be searched as the end of a phone number. */
export function isPhoneTail(text: string): boolean {
  return /^[0-9]{4}$/.test(text);
}
