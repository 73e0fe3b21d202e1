import { CENTIPOINTS_MAX } from '../kernel/points.js';
import { combinedFactor, creditVisit } from './tariff.rules.js';
import type { Cap, EarningRule, MultiplierCondition, TariffDocument } from './tariff.schema.js';
import { NO_USAGE, type CreditedLine, type Usage, type VisitCredit, type VisitLine } from './visit-credit.schema.js';

const cardboard: EarningRule = {
  ruleId: 'r-cardboard',
  itemCode: 'cardboard',
  unit: 'gram',
  step: 1000,
  centipointsPerStep: 100,
};
const bottles: EarningRule = {
  ruleId: 'r-bottle',
  itemCode: 'bottle',
  unit: 'piece',
  step: 35,
  centipointsPerStep: 100,
};
const film: EarningRule = { ruleId: 'r-film', itemCode: 'film', unit: 'gram', step: 1000, centipointsPerStep: 100 };
const batteries: EarningRule = {
  ruleId: 'r-battery',
  itemCode: 'battery',
  unit: 'drop',
  step: 1,
  centipointsPerStep: 50,
};
const rules = [cardboard, bottles, film, batteries];

/** Saturday 2026-11-21, 09:30 in China. */
const SATURDAY_MORNING = new Date('2026-11-21T01:30:00Z');

type Handed = Partial<VisitLine> & Pick<VisitLine, 'itemCode'>;

function credit(
  tariff: Partial<TariffDocument>,
  handed: readonly Handed[],
  { usage = NO_USAGE, occurredAt = SATURDAY_MORNING, firstVisit = false } = {},
): VisitCredit {
  const lines = handed.map((line, index): VisitLine => ({
    lineNo: index + 1,
    wasteClass: 'recyclable',
    qualityCode: 'pass',
    ...line,
  }));
  return creditVisit({ rules, ...tariff }, { occurredAt, firstVisit, lines }, usage);
}

function onlyLine({ lines }: VisitCredit): CreditedLine {
  expect(lines).toHaveLength(1);
  return lines[0]!;
}

const centipointsOf = ({ lines }: VisitCredit): number[] => lines.map(({ centipoints }) => centipoints);

describe('a rule', () => {
  it('credits by the kilogram', () => {
    expect(onlyLine(credit({}, [{ itemCode: 'cardboard', netGrams: 3200 }]))).toEqual({
      lineNo: 1,
      itemCode: 'cardboard',
      unit: 'gram',
      quantity: 3200,
      ruleId: 'r-cardboard',
      creditedAs: 'cardboard',
      centipointsBeforeCaps: 320,
      isExact: true,
      centipoints: 320,
      reasons: [],
    });
  });

  it('credits by the drop', () => {
    expect(credit({}, [{ itemCode: 'battery', drops: 2 }]).centipoints).toBe(100);
  });

  it('takes the measure in its own unit from a line that was counted and weighed', () => {
    const line = onlyLine(credit({}, [{ itemCode: 'bottle', netGrams: 900, pieces: 70 }]));
    expect(line).toMatchObject({ unit: 'piece', quantity: 70, centipoints: 200 });
  });

  it('credits nothing for an item it does not name, and says so', () => {
    const line = onlyLine(credit({}, [{ itemCode: 'feather', netGrams: 500 }]));
    expect(line).toMatchObject({ ruleId: null, creditedAs: null, unit: 'gram', quantity: 500, centipoints: 0 });
    expect(line.reasons).toEqual([{ code: 'no-rule' }]);
  });

  it('credits nothing for a line without its measure, and names the unit', () => {
    const line = onlyLine(credit({}, [{ itemCode: 'cardboard', pieces: 4 }]));
    expect(line).toMatchObject({ unit: 'piece', quantity: 4, centipoints: 0 });
    expect(line.reasons).toEqual([{ code: 'not-measured', unit: 'gram' }]);
  });

  it('credits nothing for a line without any measure', () => {
    expect(onlyLine(credit({}, [{ itemCode: 'cardboard' }]))).toMatchObject({
      unit: null,
      quantity: 0,
      centipoints: 0,
    });
  });

  it.each([-1, 1.5, Number.NaN])('refuses a quantity of %d', (netGrams) => {
    expect(() => credit({}, [{ itemCode: 'cardboard', netGrams }])).toThrow(RangeError);
  });

  it('credits an empty visit nothing', () => {
    expect(credit({}, [])).toEqual({
      centipoints: 0,
      centipointsBeforeCaps: 0,
      lines: [],
      cuts: [],
      multipliers: [],
    });
  });

  it('is not mistaken by an item code that objects inherit', () => {
    const usage: Usage = NO_USAGE;
    const caps: Cap[] = [{ per: 'day', of: { item: 'constructor' }, centipointsMax: 100 }];
    const tariff = { rules: [{ ...cardboard, itemCode: 'constructor' }], caps };
    expect(credit(tariff, [{ itemCode: 'constructor', netGrams: 500 }], { usage }).centipoints).toBe(50);
  });

  it('never credits more than one posting may move', () => {
    const generous = { ...cardboard, step: 1, centipointsPerStep: 1_000_000 };
    const both = [
      { itemCode: 'cardboard', netGrams: 2_000_000 },
      { itemCode: 'cardboard', netGrams: 2_000_000 },
    ];
    const result = credit({ rules: [generous], rounding: 'ceil' }, both);
    expect(result.centipoints).toBe(CENTIPOINTS_MAX);
    expect(centipointsOf(result)).toEqual([CENTIPOINTS_MAX / 2, CENTIPOINTS_MAX / 2]);
  });
});

describe('minimum and whole steps', () => {
  const fromHalfAKilo = { rules: [{ ...cardboard, minimumQuantity: 500 }] };
  const wholeLots = { rules: [{ ...bottles, step: 30, wholeStepsOnly: true }] };

  it('credits nothing below the minimum, and names it', () => {
    const line = onlyLine(credit(fromHalfAKilo, [{ itemCode: 'cardboard', netGrams: 499 }]));
    expect(line.centipoints).toBe(0);
    expect(line.reasons).toEqual([{ code: 'below-minimum', quantity: 499, minimum: 500 }]);
  });

  it('credits from the first gram once the minimum is reached', () => {
    expect(credit(fromHalfAKilo, [{ itemCode: 'cardboard', netGrams: 500 }]).centipoints).toBe(50);
  });

  it('looks at the item in the whole visit, so that two sacks earn what one sack would', () => {
    const sacks = [
      { itemCode: 'cardboard', netGrams: 300 },
      { itemCode: 'cardboard', netGrams: 200 },
    ];
    expect(centipointsOf(credit(fromHalfAKilo, sacks))).toEqual([30, 20]);
  });

  it('leaves badly sorted lines out of what reaches the minimum', () => {
    const sacks = [
      { itemCode: 'cardboard', netGrams: 300 },
      { itemCode: 'cardboard', netGrams: 200, qualityCode: 'fail' },
    ];
    expect(credit(fromHalfAKilo, sacks).centipoints).toBe(0);
  });

  it('counts full steps only, where the rule says so', () => {
    const line = onlyLine(credit(wholeLots, [{ itemCode: 'bottle', pieces: 70 }]));
    expect(line.centipoints).toBe(200);
    expect(line.reasons).toEqual([{ code: 'whole-steps', quantity: 70, counted: 60 }]);
  });

  it('fills a step from two lines, each credited its share', () => {
    const bags = [
      { itemCode: 'bottle', pieces: 20 },
      { itemCode: 'bottle', pieces: 15 },
    ];
    const result = credit(wholeLots, bags);
    expect(result.centipoints).toBe(100);
    expect(centipointsOf(result)).toEqual([57, 43]);
  });

  it('fills a step with one quality only, so that more of a poorer one never earns less', () => {
    const qualityFactors = [{ qualityCode: 'fair', factorPermille: 500 }];
    const brought = (fair: number): number =>
      credit({ ...wholeLots, qualityFactors }, [
        { itemCode: 'bottle', pieces: 30 },
        { itemCode: 'bottle', pieces: fair, qualityCode: 'fair' },
      ]).centipoints;
    expect([brought(0), brought(29), brought(30)]).toEqual([100, 100, 150]);
  });

  it('credits nothing for less than one full step', () => {
    expect(credit(wholeLots, [{ itemCode: 'bottle', pieces: 29 }]).centipoints).toBe(0);
  });
});

describe('an equivalence', () => {
  const jugs = { equivalences: [{ itemCode: 'jug', countsAs: 'bottle', pieces: 5 }] };

  it('counts one large jug as five bottles', () => {
    const line = onlyLine(credit(jugs, [{ itemCode: 'jug', pieces: 7 }]));
    expect(line).toMatchObject({ ruleId: 'r-bottle', creditedAs: 'bottle', quantity: 7, centipoints: 100 });
    expect(line.reasons).toEqual([{ code: 'counts-as', itemCode: 'bottle', pieces: 5 }]);
  });

  it('fills the same minimum, the same steps and the same cap', () => {
    const tariff: Partial<TariffDocument> = {
      ...jugs,
      rules: [{ ...bottles, wholeStepsOnly: true, minimumQuantity: 35 }],
      caps: [{ per: 'day', of: { item: 'bottle' }, centipointsMax: 150 }],
    };
    const handed = [
      { itemCode: 'bottle', pieces: 10 },
      { itemCode: 'jug', pieces: 12 },
    ];
    const result = credit(tariff, handed);
    expect(result.centipointsBeforeCaps).toBe(200);
    expect(result.centipoints).toBe(150);
  });
});

describe('quality', () => {
  it('credits nothing for what is not sorted', () => {
    const line = onlyLine(credit({}, [{ itemCode: 'cardboard', netGrams: 1000, qualityCode: 'fail' }]));
    expect(line.centipoints).toBe(0);
    expect(line.reasons).toEqual([{ code: 'quality', qualityCode: 'fail', factorPermille: 0 }]);
  });

  it('multiplies by the factor that the tariff sets', () => {
    const qualityFactors = [{ qualityCode: 'fair', factorPermille: 500 }];
    expect(
      credit({ qualityFactors }, [{ itemCode: 'cardboard', netGrams: 1000, qualityCode: 'fair' }]).centipoints,
    ).toBe(50);
  });

  it('lets the tariff override the standard pair', () => {
    const qualityFactors = [{ qualityCode: 'fail', factorPermille: 100 }];
    expect(
      credit({ qualityFactors }, [{ itemCode: 'cardboard', netGrams: 1000, qualityCode: 'fail' }]).centipoints,
    ).toBe(10);
  });

  it('credits nothing for a quality that nobody defined', () => {
    const line = onlyLine(credit({}, [{ itemCode: 'cardboard', netGrams: 1000, qualityCode: 'shiny' }]));
    expect(line.centipoints).toBe(0);
    expect(line.reasons).toEqual([{ code: 'unknown-quality', qualityCode: 'shiny' }]);
  });
});

describe('a multiplier', () => {
  const factorWhen = (when: MultiplierCondition, occurredAt: string, firstVisit = false): number =>
    credit({ multipliers: [{ factorPermille: 2000, when }] }, [{ itemCode: 'cardboard', netGrams: 1000 }], {
      occurredAt: new Date(occurredAt),
      firstVisit,
    }).centipoints / 100;

  it.each([
    ['2026-11-30T23:59:59.999+08:00', 1],
    ['2026-12-01T00:00:00.000+08:00', 2],
    ['2026-12-31T23:59:59.999+08:00', 2],
    ['2027-01-01T00:00:00.000+08:00', 1],
  ])('of December applies in December of China: %s × %d', (instant, factor) => {
    expect(factorWhen({ from: '2026-12-01', until: '2027-01-01' }, instant)).toBe(factor);
  });

  it.each([
    ['2026-11-20T23:59:59+08:00', 1],
    ['2026-11-21T00:00:00+08:00', 2],
    ['2026-11-22T23:59:59+08:00', 2],
    ['2026-11-23T00:00:00+08:00', 1],
  ])('of the weekend applies on Saturday and Sunday: %s × %d', (instant, factor) => {
    expect(factorWhen({ weekdays: [6, 7] }, instant)).toBe(factor);
  });

  it.each([
    ['2026-11-21T07:59:59+08:00', 1],
    ['2026-11-21T08:00:00+08:00', 2],
    ['2026-11-21T09:59:59+08:00', 2],
    ['2026-11-21T10:00:00+08:00', 1],
  ])('of the early hours ends on the hour: %s × %d', (instant, factor) => {
    expect(factorWhen({ hours: { from: 8, until: 10 } }, instant)).toBe(factor);
  });

  it('of the first visit applies to it alone', () => {
    expect(factorWhen({ firstVisit: true }, '2026-11-21T08:00:00+08:00', true)).toBe(2);
    expect(factorWhen({ firstVisit: true }, '2026-11-21T08:00:00+08:00', false)).toBe(1);
  });

  it('wants all of its conditions', () => {
    const when: MultiplierCondition = { weekdays: [6], firstVisit: true };
    expect(factorWhen(when, '2026-11-21T08:00:00+08:00', true)).toBe(2);
    expect(factorWhen(when, '2026-11-20T08:00:00+08:00', true)).toBe(1);
  });

  it('multiplies with the others that apply, and the credit lists them', () => {
    const multipliers = [
      { factorPermille: 2000, when: { weekdays: [6] } },
      { factorPermille: 1500, when: { hours: { from: 9, until: 10 } } },
      { factorPermille: 3000, when: { weekdays: [7] } },
    ];
    const result = credit({ multipliers }, [{ itemCode: 'cardboard', netGrams: 1000 }]);
    expect(result.centipoints).toBe(300);
    expect(result.multipliers).toEqual(multipliers.slice(0, 2));
  });

  it('is held to ten times together with the others', () => {
    const twice = { factorPermille: 4000, when: { weekdays: [6] } };
    expect(combinedFactor([twice, twice]).round('floor')).toBe(10n);
    expect(combinedFactor([]).round('floor')).toBe(1n);
  });
});

describe('a cap', () => {
  const cap = (per: Cap['per'], of: Cap['of'], centipointsMax: number): Cap => ({ per, of, centipointsMax });
  const tenKilos = [{ itemCode: 'cardboard', netGrams: 12_000 }];

  it('cuts what is above it, and says by how much', () => {
    const daily = cap('day', 'all', 1000);
    const result = credit({ caps: [daily] }, tenKilos);
    expect(result).toMatchObject({ centipoints: 1000, centipointsBeforeCaps: 1200 });
    expect(result.cuts).toEqual([{ cap: daily, centipointsUsed: 0, centipointsCut: 200, centipointsCredited: 1000 }]);
    expect(onlyLine(result).reasons).toEqual([{ code: 'cap', cap: daily }]);
  });

  it('leaves alone what just reaches it', () => {
    const result = credit({ caps: [cap('day', 'all', 1200)] }, tenKilos);
    expect(result).toMatchObject({ centipoints: 1200, cuts: [] });
    expect(onlyLine(result).reasons).toEqual([]);
  });

  it.each([
    ['day', 'all', 400],
    ['year', 'all', 300],
    ['day', { class: 'recyclable' }, 500],
    ['year', { item: 'cardboard' }, 200],
    ['visit', 'all', 1000],
  ] as const)('per %s of %j counts what was credited before', (per, of, expected) => {
    const usage: Usage = {
      day: { total: 600, byItem: { cardboard: 700 }, byClass: { recyclable: 500 } },
      year: { total: 700, byItem: { cardboard: 800 }, byClass: { recyclable: 900 } },
    };
    expect(credit({ caps: [cap(per, of, 1000)] }, tenKilos, { usage }).centipoints).toBe(expected);
  });

  it('that is overdrawn already leaves nothing, and takes nothing back', () => {
    const usage: Usage = { ...NO_USAGE, day: { total: 1500, byItem: {}, byClass: {} } };
    expect(credit({ caps: [cap('day', 'all', 1000)] }, tenKilos, { usage }).centipoints).toBe(0);
  });

  it('of one item leaves the others alone', () => {
    const handed = [...tenKilos, { itemCode: 'film', netGrams: 5000 }];
    const result = credit({ caps: [cap('visit', { item: 'cardboard' }, 300)] }, handed);
    expect(centipointsOf(result)).toEqual([300, 500]);
  });

  it('shares the cut among the lines under it', () => {
    const handed = [...tenKilos, { itemCode: 'film', netGrams: 6000 }];
    expect(centipointsOf(credit({ caps: [cap('visit', { class: 'recyclable' }, 900)] }, handed))).toEqual([600, 300]);
  });

  it('cuts in the order item, class, everything, and visit, day, year within each', () => {
    const caps = [
      cap('year', 'all', 100),
      cap('visit', 'all', 200),
      cap('day', { class: 'recyclable' }, 300),
      cap('year', { item: 'cardboard' }, 400),
      cap('day', { item: 'cardboard' }, 500),
    ];
    const { cuts } = credit({ caps }, tenKilos);
    expect(cuts.map((cut) => [cut.cap.centipointsMax, cut.centipointsCut])).toEqual([
      [500, 700],
      [400, 100],
      [300, 100],
      [200, 100],
      [100, 100],
    ]);
  });

  it('is not exceeded by the line that rounding would favour', () => {
    // 50 pieces at 35 a point are 142.86 a line: three of them, capped at 4.28, must not round up to 4.29.
    const handed = [1, 2, 3].map(() => ({ itemCode: 'bottle', pieces: 50 }));
    const caps = [cap('visit', { item: 'bottle' }, 428)];
    const result = credit({ caps, rounding: 'ceil' }, [...handed, { itemCode: 'film', netGrams: 5 }]);
    expect(centipointsOf(result)).toEqual([143, 143, 142, 1]);
  });
});

describe('rounding', () => {
  const fifty = [{ itemCode: 'bottle', pieces: 50 }]; // 142 6/7 hundredths

  it.each([
    [undefined, 142],
    ['floor', 142],
    ['half-up', 143],
    ['ceil', 143],
  ] as const)('%s makes %d of 142 6/7', (rounding, expected) => {
    expect(credit({ rounding }, fifty).centipoints).toBe(expected);
  });

  it('takes exactly a half upwards', () => {
    expect(credit({ rounding: 'half-up' }, [{ itemCode: 'film', netGrams: 5 }]).centipoints).toBe(1);
  });

  it('happens once, to the total: two halves are not lost', () => {
    const twice = [
      { itemCode: 'film', netGrams: 5 },
      { itemCode: 'cardboard', netGrams: 5 },
    ];
    const result = credit({}, twice);
    expect(result.centipoints).toBe(1);
    expect(centipointsOf(result)).toEqual([1, 0]);
    expect(result.lines.map(({ isExact }) => isExact)).toEqual([false, false]);
  });

  it('to whole points gives whole points to every line', () => {
    const handed = [
      { itemCode: 'film', netGrams: 1600 },
      { itemCode: 'cardboard', netGrams: 1500 },
    ];
    expect(centipointsOf(credit({ roundToCentipoints: 100 }, handed))).toEqual([200, 100]);
  });

  it('to whole points never exceeds what a cap has left', () => {
    const usage: Usage = { ...NO_USAGE, day: { total: 870, byItem: {}, byClass: {} } };
    const caps: Cap[] = [{ per: 'day', of: 'all', centipointsMax: 1000 }];
    const tariff: Partial<TariffDocument> = { caps, roundToCentipoints: 100, rounding: 'ceil' };
    expect(credit(tariff, [{ itemCode: 'film', netGrams: 1200 }], { usage }).centipoints).toBe(100);
  });
});
