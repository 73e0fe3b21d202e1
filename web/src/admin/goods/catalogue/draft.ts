import type { Body } from '../../../base/api.js';
import { readHundredths, readWhole } from '../../parts/figures.js';
import type { Goods } from './goods.js';

export type Period = 'day' | 'week' | 'month' | 'year';

/** A good as it stands in the form: everything as typed. */
export interface Draft {
  name: string;
  unit: string;
  category: string;
  barcode: string;
  isListed: boolean;
  hasLimit: boolean;
  limitQuantity: string;
  limitPeriod: Period;
  hasSeason: boolean;
  seasonFrom: string;
  seasonTo: string;
  /** Points; only a new good has its first price here. */
  price: string;
}

/** A new good, or one that is there to be changed. */
export function draftOf(goods: Goods | undefined, barcode = ''): Draft {
  return {
    name: goods?.name ?? '',
    unit: goods?.unit ?? '',
    category: goods?.category ?? '',
    barcode: goods?.barcode ?? barcode,
    isListed: goods?.isListed ?? true,
    hasLimit: goods !== undefined && goods.limit !== null,
    limitQuantity: String(goods?.limit?.quantity ?? 1),
    limitPeriod: goods?.limit?.period ?? 'month',
    hasSeason: goods !== undefined && goods.season !== null,
    seasonFrom: goods?.season?.from ?? '',
    seasonTo: goods?.season?.to ?? '',
    price: '',
  };
}

export type Change = Body<'patch', '/api/communities/{communityId}/goods/{goodsId}'>;
export type NewGoods = Body<'post', '/api/communities/{communityId}/goods'>;

/** What is no number goes as 0, which no field takes: the server names the field, and the form shows it there. */
export function changeOf(draft: Draft): Required<Change> {
  const barcode = draft.barcode.normalize('NFKC').trim();
  return {
    name: draft.name.trim(),
    unit: draft.unit.trim(),
    category: draft.category.trim(),
    barcode: barcode === '' ? null : barcode,
    isListed: draft.isListed,
    limit: draft.hasLimit ? { quantity: readWhole(draft.limitQuantity) ?? 0, period: draft.limitPeriod } : null,
    season: draft.hasSeason ? { from: dayOfYear(draft.seasonFrom), to: dayOfYear(draft.seasonTo) } : null,
  };
}

export function newGoodsOf(draft: Draft): NewGoods {
  return { ...changeOf(draft), priceCentipoints: readHundredths(draft.price) ?? 0 };
}

/** `3-8`, `3.8`, `3月8日` and `03/08` are all `03-08`. */
function dayOfYear(typed: string): string {
  const found = /^(\d{1,2})\D+(\d{1,2})\D*$/.exec(typed.normalize('NFKC').trim());
  return found === null ? typed.trim() : `${found[1]?.padStart(2, '0')}-${found[2]?.padStart(2, '0')}`;
}
