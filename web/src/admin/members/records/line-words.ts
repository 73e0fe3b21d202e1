import type { View } from '../../../base/api.js';
import { weight } from '../../../base/format.js';
import { itemName } from './items.js';
import { t } from './words.js';

type Line = View<'WeighInLineView'>;

/** `3.20 公斤 (6.4 斤)`, `60 个` or `1 次`. */
export function amountOf({ netGrams, pieces, drops }: Line): string {
  if (netGrams !== null) return weight(netGrams);
  return pieces !== null ? t('pieces', String(pieces)) : t('drops', String(drops ?? 1));
}

/** One visit in a line of a list. */
export function visitWords(lines: readonly Line[]): string {
  return lines
    .map((line) => `${itemName(line.itemCode)} ${amountOf(line)}${line.quality === 'fail' ? ` ${t('fail')}` : ''}`)
    .join('；');
}
