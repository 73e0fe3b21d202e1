import type { Lang } from './bilingual.js';
import { explain } from './credit-sentence.rules.js';
import { creditVisit } from './tariff.rules.js';
import type { EarningRule, TariffDocument } from './tariff.schema.js';
import { NO_USAGE, type Usage, type VisitLine } from './visit-credit.schema.js';

const names = {
  cardboard: { zh: '纸板', en: 'Cardboard' },
  bottle: { zh: '塑料瓶', en: 'Plastic bottles' },
  jug: { zh: '大油壶', en: 'Large jugs' },
};
const cardboard: EarningRule = {
  ruleId: 'r1',
  itemCode: 'cardboard',
  unit: 'gram',
  step: 1000,
  centipointsPerStep: 100,
};
const bottle: EarningRule = { ruleId: 'r2', itemCode: 'bottle', unit: 'piece', step: 35, centipointsPerStep: 100 };

function explained(
  lang: Lang,
  tariff: Partial<TariffDocument>,
  line: Partial<VisitLine> & Pick<VisitLine, 'itemCode'>,
  usage: Usage = NO_USAGE,
): string[] {
  const document = { rules: [cardboard, bottle], ...tariff };
  const lines: VisitLine[] = [{ lineNo: 1, wasteClass: 'recyclable', qualityCode: 'pass', ...line }];
  // A Saturday in China.
  const visit = { occurredAt: new Date('2026-11-21T02:00:00Z'), firstVisit: false, lines };
  return explain(creditVisit(document, visit, usage), document, names, lang);
}

const paper = { itemCode: 'cardboard', netGrams: 3200 };

describe('explain', () => {
  it('multiplies the weight out and adds up', () => {
    expect(explained('zh', {}, paper)).toEqual(['纸板 3.20 公斤 × 1 = 3.2 分', '合计 3.2 分']);
    expect(explained('en', {}, paper)).toEqual(['Cardboard 3.20 kg × 1 = 3.2 points', 'Total: 3.2 points']);
  });

  it.each<[string, Partial<TariffDocument>, Partial<VisitLine> & Pick<VisitLine, 'itemCode'>, string, string]>([
    [
      'by the jin',
      { rules: [{ ...cardboard, step: 500, centipointsPerStep: 60 }] },
      paper,
      '纸板 6.4 斤 × 0.6 = 3.84 分',
      'Cardboard 3200 g ÷ 500 × 0.6 = 3.84 points',
    ],
    [
      'by another step',
      { rules: [{ ...cardboard, step: 300 }] },
      paper,
      '纸板 3200 克 ÷ 300 × 1 ≈ 10.66 分',
      'Cardboard 3200 g ÷ 300 × 1 ≈ 10.66 points',
    ],
    [
      'to the gram',
      {},
      { itemCode: 'cardboard', netGrams: 3205 },
      '纸板 3.205 公斤 × 1 ≈ 3.2 分',
      'Cardboard 3.205 kg × 1 ≈ 3.2 points',
    ],
    [
      'by the piece',
      {},
      { itemCode: 'bottle', pieces: 70 },
      '塑料瓶 70 个 ÷ 35 × 1 = 2 分',
      'Plastic bottles 70 pieces ÷ 35 × 1 = 2 points',
    ],
    [
      'by each piece',
      { rules: [{ ...bottle, step: 1 }] },
      { itemCode: 'bottle', pieces: 1 },
      '塑料瓶 1 个 × 1 = 1 分',
      'Plastic bottles 1 piece × 1 = 1 point',
    ],
    [
      'by the drop',
      { rules: [{ ...bottle, unit: 'drop', step: 1 }] },
      { itemCode: 'bottle', drops: 2 },
      '塑料瓶 2 次 × 1 = 2 分',
      'Plastic bottles 2 drops × 1 = 2 points',
    ],
    [
      'of an item that counts as another',
      { equivalences: [{ itemCode: 'jug', countsAs: 'bottle', pieces: 5 }] },
      { itemCode: 'jug', pieces: 7 },
      '大油壶 7 个 × 5 ÷ 35 × 1 = 1 分',
      'Large jugs 7 pieces × 5 ÷ 35 × 1 = 1 point',
    ],
    [
      'with quality and multipliers',
      {
        qualityFactors: [{ qualityCode: 'fair', factorPermille: 500 }],
        multipliers: [
          { factorPermille: 2000, when: { weekdays: [6] } },
          { factorPermille: 1250, when: { hours: { from: 10, until: 11 } } },
        ],
      },
      { ...paper, qualityCode: 'fair' },
      '纸板 3.20 公斤 × 1 × 0.5 × 2.5 = 4 分',
      'Cardboard 3.20 kg × 1 × 0.5 × 2.5 = 4 points',
    ],
    [
      'in full steps',
      { rules: [{ ...bottle, step: 30, wholeStepsOnly: true }] },
      { itemCode: 'bottle', pieces: 70 },
      '塑料瓶 70 个（本次共 70 个，计 60 个），计 2 分',
      'Plastic bottles 70 pieces (70 pieces in this visit, 60 pieces counted): 2 points',
    ],
    [
      'without a rule',
      { rules: [bottle] },
      paper,
      '纸板 3.20 公斤：无积分标准，不计分',
      'Cardboard 3.20 kg: no rule for this item, no points',
    ],
    [
      'not weighed',
      {},
      { itemCode: 'cardboard', pieces: 3 },
      '纸板 3 个：未称重，不计分',
      'Cardboard 3 pieces: not weighed, no points',
    ],
    ['not measured', {}, { itemCode: 'bottle' }, '塑料瓶：未计件，不计分', 'Plastic bottles: not counted, no points'],
    [
      'badly sorted',
      {},
      { ...paper, qualityCode: 'fail' },
      '纸板 3.20 公斤：不合格，不计分',
      'Cardboard 3.20 kg: not sorted, no points',
    ],
    [
      'of unknown quality',
      {},
      { ...paper, qualityCode: 'shiny' },
      '纸板 3.20 公斤：质量未定，不计分',
      'Cardboard 3.20 kg: quality not known, no points',
    ],
    [
      'below the minimum',
      { rules: [{ ...cardboard, minimumQuantity: 5000 }] },
      paper,
      '纸板 3.20 公斤：不足 5.00 公斤，不计分',
      'Cardboard 3.20 kg: less than 5.00 kg, no points',
    ],
  ])('says a line %s', (_, tariff, line, zh, en) => {
    expect(explained('zh', tariff, line)[0]).toBe(zh);
    expect(explained('en', tariff, line)[0]).toBe(en);
  });

  it('says what a cap left', () => {
    const caps = [{ per: 'day', of: 'all', centipointsMax: 1000 }] as const;
    const heavy = { itemCode: 'cardboard', netGrams: 12_000 };
    expect(explained('zh', { caps }, heavy)).toEqual([
      '纸板 12.00 公斤 × 1 = 12 分',
      '今日上限 10 分，计 10 分',
      '合计 10 分',
    ]);
    expect(explained('en', { caps }, heavy)[1]).toBe('At most 10 points today: 10 points credited');
  });

  it('says what was credited under the cap before', () => {
    const usage: Usage = { ...NO_USAGE, year: { total: 0, byItem: { cardboard: 800 }, byClass: {} } };
    const caps = [{ per: 'year', of: { item: 'cardboard' }, centipointsMax: 1000 }] as const;
    expect(explained('zh', { caps }, paper, usage)[1]).toBe('纸板今年上限 10 分，此前已计 8 分，计 2 分');
    expect(explained('en', { caps }, paper, usage)[1]).toBe(
      'Cardboard, at most 10 points this year (8 points before): 2 points credited',
    );
  });

  it('names the class that a cap is about', () => {
    const caps = [{ per: 'visit', of: { class: 'recyclable' }, centipointsMax: 100 }] as const;
    expect(explained('zh', { caps }, paper)[1]).toBe('可回收物本次上限 1 分，计 1 分');
  });
});
