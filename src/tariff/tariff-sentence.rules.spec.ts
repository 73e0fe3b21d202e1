import type { Lang } from './bilingual.js';
import { EXAMPLE_ITEMS, PUCHENG_TARIFF, QIANKOU_TARIFF } from './example-tariffs.js';
import { tariffSentences } from './tariff-sentence.rules.js';
import type { EarningRule, Multiplier, TariffDocument } from './tariff.schema.js';

const names = {
  cardboard: { zh: '纸板', en: 'Cardboard' },
  bottle: { zh: '塑料瓶', en: 'Plastic bottles' },
  jug: { zh: '大油壶', en: 'Large jugs' },
};
const cardboard: EarningRule = {
  ruleId: 'r',
  itemCode: 'cardboard',
  unit: 'gram',
  step: 1000,
  centipointsPerStep: 100,
};

/** The sentences about one part of a tariff. */
function sentencesAt(pointer: string, tariff: Partial<TariffDocument>, lang: Lang): string[] {
  return tariffSentences({ rules: [cardboard], ...tariff }, names, lang)
    .filter((sentence) => sentence.pointer === pointer)
    .map(({ text }) => text);
}

const ruleInBoth = (change: Partial<EarningRule>, caps: TariffDocument['caps'] = []): (string | undefined)[] =>
  (['zh', 'en'] as const).map(
    (lang) => sentencesAt('/rules/0', { rules: [{ ...cardboard, ...change }], caps }, lang)[0],
  );

describe('the sentence of a rule', () => {
  it('has the daily cap of its item in it', () => {
    const caps = [{ per: 'day', of: { item: 'cardboard' }, centipointsMax: 1000 }] as const;
    expect(ruleInBoth({}, caps)).toEqual([
      '纸板，每公斤 1 分，每户每日最多 10 分',
      'Cardboard: 1 point per kg, at most 10 points a household a day',
    ]);
  });

  it.each<[Partial<EarningRule>, string, string]>([
    [{ step: 500, centipointsPerStep: 60 }, '纸板，每斤 0.6 分', 'Cardboard: 0.6 points per 500 g'],
    [{ step: 250 }, '纸板，每 250 克 1 分', 'Cardboard: 1 point per 250 g'],
    [{ unit: 'piece', step: 50 }, '纸板，每 50 个 1 分', 'Cardboard: 1 point per 50 pieces'],
    [{ unit: 'piece', step: 1, centipointsPerStep: 300 }, '纸板，每个 3 分', 'Cardboard: 3 points per piece'],
    [{ unit: 'drop', step: 1 }, '纸板，每次 1 分', 'Cardboard: 1 point per drop'],
    [
      { minimumQuantity: 500 },
      '纸板，每公斤 1 分，每次满 0.50 公斤起计',
      'Cardboard: 1 point per kg, from 0.50 kg a visit',
    ],
    [
      { unit: 'piece', step: 30, wholeStepsOnly: true },
      '纸板，每 30 个 1 分，零头不计',
      'Cardboard: 1 point per 30 pieces, full steps only',
    ],
    [{ itemCode: 'feather' }, 'feather，每公斤 1 分', 'feather: 1 point per kg'],
  ])('says %j', (change, zh, en) => {
    expect(ruleInBoth(change)).toEqual([zh, en]);
  });
});

describe('the other sentences', () => {
  it.each<[string, Partial<TariffDocument>, string, string]>([
    [
      '/equivalences/0',
      { equivalences: [{ itemCode: 'jug', countsAs: 'bottle', pieces: 5 }] },
      '大油壶，每个计 5 个塑料瓶',
      'Large jugs: each counts as 5 × Plastic bottles',
    ],
    [
      '/caps/0',
      { caps: [{ per: 'year', of: { class: 'recyclable' }, centipointsMax: 50_000 }] },
      '可回收物，每户每年最多 500 分',
      'Recyclables: at most 500 points a household a year',
    ],
    [
      '/caps/0',
      { caps: [{ per: 'visit', of: 'all', centipointsMax: 2000 }] },
      '各类合计，每户每次最多 20 分',
      'All items together: at most 20 points a household a visit',
    ],
    [
      '/qualityFactors/0',
      { qualityFactors: [{ qualityCode: 'fair', factorPermille: 500, name: { zh: '基本合格', en: 'fair' } }] },
      '基本合格，按 0.5 倍计分',
      'Fair: 0.5 times the points',
    ],
    [
      '/rounding',
      {},
      '每次投放合计后取整到 0.01 分，尾数舍去',
      'The total of a visit is rounded down to a multiple of 0.01 points',
    ],
    [
      '/rounding',
      { rounding: 'half-up', roundToCentipoints: 100 },
      '每次投放合计后取整到 1 分，四舍五入',
      'The total of a visit is rounded to the nearest, halves up, to a multiple of 1 point',
    ],
  ])('say %s of %j', (pointer, tariff, zh, en) => {
    expect(sentencesAt(pointer, tariff, 'zh')).toEqual([zh]);
    expect(sentencesAt(pointer, tariff, 'en')).toEqual([en]);
  });

  it('say the standard qualities unless the tariff sets its own', () => {
    expect(sentencesAt('/qualityFactors', {}, 'zh')).toEqual(['合格，全额计分', '不合格，不计分']);
    expect(sentencesAt('/qualityFactors', {}, 'en')).toEqual(['Sorted well: full points', 'Not sorted: no points']);
    const qualityFactors = [{ qualityCode: 'fail', factorPermille: 100 }];
    expect(sentencesAt('/qualityFactors', { qualityFactors }, 'zh')).toEqual(['合格，全额计分']);
    expect(sentencesAt('/qualityFactors/0', { qualityFactors }, 'zh')).toEqual(['不合格，按 0.1 倍计分']);
  });

  it.each<[Multiplier['when'], string, string]>([
    [
      { from: '2026-12-01', until: '2027-01-01' },
      '2026年12月1日至2026年12月31日，积分 2 倍',
      'From 2026-12-01 to 2026-12-31: 2 times the points',
    ],
    [{ from: '2026-12-01' }, '2026年12月1日起，积分 2 倍', 'From 2026-12-01: 2 times the points'],
    [{ until: '2026-12-01' }, '2026年11月30日止，积分 2 倍', 'To 2026-11-30: 2 times the points'],
    [
      { weekdays: [7, 6], hours: { from: 8, until: 10 } },
      '每周六、周日，8 时至 10 时，积分 2 倍',
      'Every Saturday and Sunday, 8:00 to 10:00: 2 times the points',
    ],
    [{ firstVisit: true }, '每户首次投放，积分 2 倍', 'First visit of a household: 2 times the points'],
  ])('say when a multiplier applies: %j', (when, zh, en) => {
    const multipliers = [{ factorPermille: 2000, when }];
    expect(sentencesAt('/multipliers/0', { multipliers }, 'zh')).toEqual([zh]);
    expect(sentencesAt('/multipliers/0', { multipliers }, 'en')).toEqual([en]);
    expect(sentencesAt('/multipliers', { multipliers }, 'zh')).toEqual([]);
  });

  it('say how several multipliers combine', () => {
    const multipliers = [6, 7].map((weekday) => ({ factorPermille: 2000, when: { weekdays: [weekday] } }));
    expect(sentencesAt('/multipliers', { multipliers }, 'zh')).toEqual(['同时适用的倍数相乘，合计最高 10 倍']);
  });
});

describe('the tariffs of the demonstration', () => {
  const itemNames = Object.fromEntries(EXAMPLE_ITEMS.map(({ code, zh, en }) => [code, { zh, en }]));

  it('read as 潜口 printed them', () => {
    expect(tariffSentences(QIANKOU_TARIFF, itemNames, 'zh').map(({ text }) => text)).toEqual([
      '塑料袋，每 50 个 1 分',
      '饮料瓶（500 毫升以下），每 35 个 1 分',
      '饮料瓶（500 毫升及以上），每 30 个 1 分',
      '牙膏皮、牙刷、塑料玩具，每 30 个 1 分',
      '塑料薄膜，每公斤 1 分',
      '烟头（纸杯装），每个 1 分',
      '合格，全额计分',
      '不合格，不计分',
      '每次投放合计后取整到 0.01 分，尾数舍去',
    ]);
  });

  it('read as 花园村 printed them', () => {
    expect(tariffSentences(PUCHENG_TARIFF, itemNames, 'en').map(({ text }) => text)).toEqual([
      'Cardboard: 1 point per kg',
      'Cigarette ends: 1 point per 50 pieces',
      'Glass bottles: 1 point per 20 pieces',
      'Hazardous waste: 2 points per kg',
      'Plastics: 2 points per kg',
      'Sorted well: full points',
      'Not sorted: no points',
      'The total of a visit is rounded down to a multiple of 0.01 points',
    ]);
  });
});
