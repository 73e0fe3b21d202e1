import type { View } from '../../../base/api.js';
import { dayAndTime, signedPointsWithUnit } from '../../../base/format.js';
import { yuan } from '../../parts/figures.js';
import { t } from './words.js';

export type Approval = View<'ApprovalView'>;

export const KINDS = [
  'ledger.adjustment',
  'weigh-ins.reversal',
  'tariff.version',
  'goods.receipt',
  'goods.write-off',
  'goods.stocktake',
] as const;
type Kind = (typeof KINDS)[number];

function isKind(kind: string): kind is Kind {
  return KINDS.some((known) => known === kind);
}

export function kindName(kind: string): string {
  return isKind(kind) ? t(`kind_${kind}`) : t('kind_other');
}

/** What is asked for, in words. The summary is data of the room that asked; what is missing in it is shown as `—`. */
export function approvalSentence({ kind, summary }: Approval): string {
  const text = (name: string) => textOf(summary[name]);
  const number = (name: string) => {
    const value = summary[name];
    return typeof value === 'number' ? value : 0;
  };
  switch (kind) {
    case 'ledger.adjustment':
      return t('adjustment', signedPointsWithUnit(number('amountCentipoints')));
    case 'weigh-ins.reversal': {
      const points = signedPointsWithUnit(number('centipoints'));
      const lines = summary['lineNos'];
      return Array.isArray(lines) ? t('reversalLines', points, lines.join('、')) : t('reversal', points);
    }
    case 'tariff.version':
      return summary['effectiveFrom'] == null
        ? t('versionNow', text('name'))
        : t('versionFrom', text('name'), dayAndTime(text('effectiveFrom')));
    case 'goods.receipt':
      return t('receipt', text('lines'), yuan(number('costFen')), text('supplier'));
    case 'goods.write-off':
      return t('writeOff', text('quantity'), yuan(number('costFen')));
    case 'goods.stocktake':
      return t('stocktake', text('differentGoods'), text('countedGoods'));
    default:
      return JSON.stringify(summary);
  }
}

/** The page that shows what it is about; undefined where this part has none. */
export function approvalLink({ kind, summary }: Approval): { to: string; label: string } | undefined {
  const id = (name: string) => textOf(summary[name]);
  if (kind === 'weigh-ins.reversal') return { to: `/weigh-ins/${id('weighInId')}`, label: t('look') };
  if (kind === 'tariff.version') return { to: `/tariff/${id('versionId')}`, label: t('lookVersion') };
  return undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '—';
}
