import { lang } from '../../base/lang.js';
import { weight } from '../../base/format.js';
import { qualityName, STANDARD_QUALITIES } from '../../../../src/tariff/rules.js';
import type { RecordedLine } from '../outbox/outbox-record.js';
import { itemName, tariffNow } from './visit.js';
import { t } from './words.js';

/** What was brought, in one line: `纸板 3.20 公斤 (6.4 斤)、玻璃瓶 20 个`. */
export function broughtWords(lines: readonly RecordedLine[]): string {
  return lines.map(lineWords).join(lang.value === 'zh' ? '、' : ', ');
}

function lineWords({ itemCode, netGrams, pieces, drops, quality }: RecordedLine): string {
  const measures = [
    ...(netGrams === undefined ? [] : [weight(netGrams)]),
    ...(pieces === undefined ? [] : [`${pieces} ${t('piece')}`]),
    ...(drops === undefined ? [] : [`${drops} ${t('drop')}`]),
  ];
  const known = [...(tariffNow.value?.qualityFactors ?? []), ...STANDARD_QUALITIES];
  const factor = known.find(({ qualityCode }) => qualityCode === quality);
  const sorted = quality === 'pass' || factor === undefined ? [] : [qualityName(factor, lang.value)];
  return [itemName(itemCode), ...measures, ...sorted].join(' ');
}
