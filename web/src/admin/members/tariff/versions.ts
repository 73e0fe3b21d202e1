import type { View } from '../../../base/api.js';
import { dayAndTime } from '../../../base/format.js';
import { inLang } from '../../../base/lang.js';
import {
  type ItemNames,
  type TariffDocument,
  TARIFF_FAULTS,
  type WasteClass,
} from '../../../../../src/tariff/rules.js';
import { itemsHere } from '../records/items.js';
import { t } from './words.js';

export type Version = View<'TariffVersionView'>;

/** Names of the items as the sentences take them. */
export function itemNames(): ItemNames {
  return Object.fromEntries(itemsHere.value.map(({ code, nameZh, nameEn }) => [code, { zh: nameZh, en: nameEn }]));
}

/** Classes of the items as the validation takes them. */
export function itemClasses(): Readonly<Record<string, WasteClass>> {
  return Object.fromEntries(itemsHere.value.map(({ code, wasteClass }) => [code, wasteClass]));
}

/** The server keeps what has the form of a tariff only. */
export function documentOf({ document }: View<'ReadVersionView'>): TariffDocument {
  return document as unknown as TariffDocument;
}

export function startOf({ effectiveFrom, status }: Version): string {
  if (effectiveFrom !== null) return dayAndTime(effectiveFrom);
  return status === 'submitted' ? t('atApproval') : '—';
}

export function badgeOf({ status, isInForce }: Version): 'good' | 'warn' | 'bad' | 'plain' {
  if (isInForce) return 'good';
  return status === 'submitted' ? 'warn' : status === 'refused' ? 'bad' : 'plain';
}

/** A fault in words, with the bounds that were missed. */
export function faultWords(fault: {
  readonly code: keyof typeof TARIFF_FAULTS | 'unreadable';
  readonly min?: number;
  readonly max?: number;
}): string {
  if (fault.code === 'unreadable') return t('unreadable');
  const { zh, en } = TARIFF_FAULTS[fault.code];
  const words = inLang(zh, en);
  const hasBounds = fault.min !== undefined && fault.max !== undefined;
  return hasBounds ? t('bounds', words, String(fault.min), String(fault.max)) : words;
}
