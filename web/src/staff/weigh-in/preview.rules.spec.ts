import { describe, expect, it } from '@jest/globals';
import { EXAMPLE_ITEMS, NO_USAGE, PUCHENG_TARIFF } from '../../../../src/tariff/rules.js';
import { leftToday, type PreviewItem, previewOf, usageOf } from './preview.rules.js';

const items: PreviewItem[] = EXAMPLE_ITEMS.map(({ code, zh, en, wasteClass }) => ({
  code,
  itemId: code,
  nameZh: zh,
  nameEn: en,
  wasteClass,
}));
const document = {
  ...PUCHENG_TARIFF,
  equivalences: [{ itemCode: 'bottle-large', countsAs: 'glass-bottle', pieces: 2 }],
  caps: [
    { per: 'day', of: 'all', centipointsMax: 1000 },
    { per: 'day', of: { item: 'glass-bottle' }, centipointsMax: 300 },
  ],
} as const;
const ground = { document, items, visitCentipointsMax: 100_000, firstVisit: false, usage: NO_USAGE };
const at = new Date('2026-11-22T02:00:00Z');
const cardboard = { itemCode: 'cardboard', quality: 'pass', weightSource: 'typed' } as const;

describe('a preview', () => {
  it('says what is credited and why', () => {
    expect(previewOf(ground, [{ ...cardboard, netGrams: 3200 }], at)).toEqual({
      centipoints: 320,
      zh: ['纸板 3.20 公斤 × 1 = 3.2 分', '合计 3.2 分'],
      en: ['Cardboard 3.20 kg × 1 = 3.2 points', 'Total: 3.2 points'],
    });
  });

  it('takes off what was credited today', () => {
    const usage = usageOf([{ itemCode: 'cardboard', centipoints: 800 }], document, items);
    const { centipoints, zh } = previewOf({ ...ground, usage }, [{ ...cardboard, netGrams: 12_000 }], at);
    expect(centipoints).toBe(200);
    expect(zh).toContain('今日上限 10 分，此前已计 8 分，计 2 分');
  });

  it('counts what is credited as another item under that item', () => {
    const usage = usageOf([{ itemCode: 'bottle-large', centipoints: 250 }], document, items);
    const bottles = { itemCode: 'glass-bottle', pieces: 40, quality: 'pass', weightSource: 'typed' } as const;
    expect(previewOf({ ...ground, usage }, [bottles], at).centipoints).toBe(50);
  });

  it('keeps to the ceiling of one visit', () => {
    const low = { ...ground, visitCentipointsMax: 100 };
    expect(previewOf(low, [{ ...cardboard, netGrams: 3200 }], at).centipoints).toBe(100);
  });
});

describe('what is left of the day', () => {
  it('is the smallest cap over everything less what was credited', () => {
    const usage = usageOf([{ itemCode: 'cardboard', centipoints: 800 }], document, items);
    expect(leftToday(document, usage)).toBe(200);
    expect(leftToday(PUCHENG_TARIFF, usage)).toBeNull();
  });
});
