import * as fc from 'fast-check';
import { EXAMPLE_ITEMS, PUCHENG_TARIFF, QIANKOU_TARIFF } from './example-tariffs.js';
import { TARIFF_FAULTS, type TariffFault } from './tariff-fault.js';
import { TARIFF_FAULTS_MAX, validateTariff } from './tariff-validation.rules.js';

const rule = { ruleId: 'r1', itemCode: 'paper', unit: 'gram', step: 1000, centipointsPerStep: 100 };
const bottle = { ruleId: 'r2', itemCode: 'bottle', unit: 'piece', step: 35, centipointsPerStep: 100 };
const jug = { itemCode: 'jug', countsAs: 'bottle', pieces: 5 };
const always = { from: '2026-01-01' };

const fullDocument = {
  rounding: 'half-up',
  roundToCentipoints: 10,
  rules: [{ ...rule, minimumQuantity: 200, wholeStepsOnly: true }, bottle],
  equivalences: [jug],
  caps: [
    { per: 'visit', of: 'all', centipointsMax: 1000 },
    { per: 'day', of: { item: 'paper' }, centipointsMax: 1000 },
    { per: 'year', of: { class: 'kitchen' }, centipointsMax: 1000 },
  ],
  qualityFactors: [{ qualityCode: 'fair', factorPermille: 500, name: { zh: '一般', en: 'fair' } }],
  multipliers: [
    {
      factorPermille: 2000,
      when: {
        from: '2028-02-29',
        until: '2028-03-01',
        weekdays: [6, 7],
        hours: { from: 0, until: 24 },
        firstVisit: true,
      },
    },
  ],
};

const many = (count: number, entry: object): object[] => Array.from({ length: count }, () => entry);
const faultsOf = (document: unknown): TariffFault[] => validateTariff(document);
const multiplier = (when: unknown): unknown => ({ rules: [rule], multipliers: [{ factorPermille: 2000, when }] });
const caps = (...list: unknown[]): unknown => ({ rules: [rule], caps: list });
const equivalences = (...list: unknown[]): unknown => ({ rules: [rule, bottle], equivalences: list });

describe('validateTariff', () => {
  it('accepts a document that uses everything', () => {
    expect(faultsOf(fullDocument)).toEqual([]);
  });

  it('accepts the tariffs of 潜口 and 花园村 with the items that they name', () => {
    const items = Object.fromEntries(EXAMPLE_ITEMS.map(({ code, wasteClass }) => [code, wasteClass]));
    expect(validateTariff(QIANKOU_TARIFF, items)).toEqual([]);
    expect(validateTariff(PUCHENG_TARIFF, items)).toEqual([]);
  });

  it.each<[string, unknown, TariffFault]>([
    ['nothing', null, { code: 'wrong-type', pointer: '' }],
    ['a list', [], { code: 'wrong-type', pointer: '' }],
    ['no rules', {}, { code: 'wrong-type', pointer: '/rules' }],
    ['empty rules', { rules: [] }, { code: 'too-few', pointer: '/rules', min: 1, max: 200 }],
    ['201 rules', { rules: many(201, rule) }, { code: 'too-many', pointer: '/rules', min: 1, max: 200 }],
    ['101 caps', caps(...many(101, {})), { code: 'too-many', pointer: '/caps', min: 0, max: 100 }],
    [
      '51 multipliers',
      { rules: [rule], multipliers: many(51, {}) },
      { code: 'too-many', pointer: '/multipliers', min: 0, max: 50 },
    ],
    ['an unknown field', { rules: [rule], 'a/b~c': 1 }, { code: 'unknown-field', pointer: '/a~1b~0c' }],
    [
      'a field named __proto__',
      JSON.parse(`{"rules":[${JSON.stringify(rule)}],"__proto__":{}}`),
      { code: 'unknown-field', pointer: '/__proto__' },
    ],
    ['an unknown unit', { rules: [{ ...rule, unit: 'bag' }] }, { code: 'unknown-unit', pointer: '/rules/0/unit' }],
    [
      'a step of 0',
      { rules: [{ ...rule, step: 0 }] },
      { code: 'out-of-range', pointer: '/rules/0/step', min: 1, max: 1e6 },
    ],
    ['half a gram', { rules: [{ ...rule, step: 0.5 }] }, { code: 'not-an-integer', pointer: '/rules/0/step' }],
    ['a step in words', { rules: [{ ...rule, step: '50' }] }, { code: 'wrong-type', pointer: '/rules/0/step' }],
    [
      'negative points',
      { rules: [{ ...rule, centipointsPerStep: -1 }] },
      { code: 'out-of-range', pointer: '/rules/0/centipointsPerStep', min: 0, max: 1e6 },
    ],
    [
      'a code with a space',
      { rules: [{ ...rule, itemCode: 'a b' }] },
      { code: 'bad-code', pointer: '/rules/0/itemCode' },
    ],
    [
      'a drop by twos',
      { rules: [{ ...rule, unit: 'drop', step: 2 }] },
      { code: 'drop-step-not-one', pointer: '/rules/0/step' },
    ],
    [
      'a rule id twice',
      { rules: [rule, { ...bottle, ruleId: 'r1' }] },
      { code: 'duplicate-rule-id', pointer: '/rules/1/ruleId' },
    ],
    [
      'two rules for an item',
      { rules: [rule, { ...rule, ruleId: 'r9' }] },
      { code: 'duplicate-rule', pointer: '/rules/1/itemCode' },
    ],
    ['an unknown rounding', { rules: [rule], rounding: 'up' }, { code: 'unknown-rounding', pointer: '/rounding' }],
    [
      'a rounding unit of 0',
      { rules: [rule], roundToCentipoints: 0 },
      { code: 'out-of-range', pointer: '/roundToCentipoints', min: 1, max: 10_000 },
    ],
    [
      'a conversion of a ruled item',
      equivalences({ ...jug, itemCode: 'paper' }),
      { code: 'equivalence-of-ruled-item', pointer: '/equivalences/0/itemCode' },
    ],
    [
      'a conversion twice',
      equivalences(jug, jug),
      { code: 'duplicate-equivalence', pointer: '/equivalences/1/itemCode' },
    ],
    [
      'a conversion to itself',
      equivalences({ ...jug, countsAs: 'jug' }),
      { code: 'equivalence-chain', pointer: '/equivalences/0/countsAs' },
    ],
    [
      'a conversion of a conversion',
      equivalences(jug, { itemCode: 'barrel', countsAs: 'jug', pieces: 4 }),
      { code: 'equivalence-chain', pointer: '/equivalences/1/countsAs' },
    ],
    [
      'a conversion to an unruled item',
      equivalences({ ...jug, countsAs: 'can' }),
      { code: 'equivalence-unruled', pointer: '/equivalences/0/countsAs' },
    ],
    [
      'a conversion to a weighed item',
      equivalences({ ...jug, countsAs: 'paper' }),
      { code: 'equivalence-not-by-piece', pointer: '/equivalences/0/countsAs' },
    ],
    [
      'a cap of an unruled item',
      caps({ per: 'day', of: { item: 'can' }, centipointsMax: 1 }),
      { code: 'cap-unruled-item', pointer: '/caps/0/of/item' },
    ],
    [
      'a cap of an unknown class',
      caps({ per: 'day', of: { class: 'toString' }, centipointsMax: 1 }),
      { code: 'unknown-class', pointer: '/caps/0/of/class' },
    ],
    [
      'a cap of a word',
      caps({ per: 'day', of: 'some', centipointsMax: 1 }),
      { code: 'wrong-type', pointer: '/caps/0/of' },
    ],
    [
      'a cap of two things',
      caps({ per: 'day', of: { class: 'other', item: 'paper' }, centipointsMax: 1 }),
      { code: 'unknown-field', pointer: '/caps/0/of/item' },
    ],
    [
      'a cap per week',
      caps({ per: 'week', of: 'all', centipointsMax: 1 }),
      { code: 'unknown-period', pointer: '/caps/0/per' },
    ],
    [
      'a cap twice',
      caps(
        { per: 'day', of: { item: 'paper' }, centipointsMax: 1 },
        { per: 'day', of: { item: 'paper' }, centipointsMax: 2 },
      ),
      { code: 'duplicate-cap', pointer: '/caps/1' },
    ],
    [
      'a cap of half a rounding unit',
      { rules: [rule], roundToCentipoints: 100, caps: [{ per: 'day', of: 'all', centipointsMax: 150 }] },
      { code: 'cap-finer-than-rounding', pointer: '/caps/0/centipointsMax' },
    ],
    [
      'a factor above ten',
      { rules: [rule], qualityFactors: [{ qualityCode: 'x', factorPermille: 10_001 }] },
      { code: 'out-of-range', pointer: '/qualityFactors/0/factorPermille', min: 0, max: 10_000 },
    ],
    [
      'a quality twice',
      {
        rules: [rule],
        qualityFactors: [
          { qualityCode: 'x', factorPermille: 1 },
          { qualityCode: 'x', factorPermille: 2 },
        ],
      },
      { code: 'duplicate-quality', pointer: '/qualityFactors/1/qualityCode' },
    ],
    [
      'a name with a control character',
      { rules: [rule], qualityFactors: [{ qualityCode: 'x', factorPermille: 1, name: { zh: '好\u0000', en: 'ok' } }] },
      { code: 'bad-name', pointer: '/qualityFactors/0/name/zh' },
    ],
    ['a multiplier without a condition', multiplier({}), { code: 'empty-condition', pointer: '/multipliers/0/when' }],
    ['February 30', multiplier({ from: '2026-02-30' }), { code: 'bad-date', pointer: '/multipliers/0/when/from' }],
    [
      'February 29 of a common year',
      multiplier({ from: '2026-02-29' }),
      { code: 'bad-date', pointer: '/multipliers/0/when/from' },
    ],
    ['month 13', multiplier({ from: '2026-13-01' }), { code: 'bad-date', pointer: '/multipliers/0/when/from' }],
    [
      'an instant for a day',
      multiplier({ from: '2026-01-01T00:00Z' }),
      { code: 'bad-date', pointer: '/multipliers/0/when/from' },
    ],
    [
      'an empty range of days',
      multiplier({ ...always, until: '2026-01-01' }),
      { code: 'empty-range', pointer: '/multipliers/0/when/until' },
    ],
    [
      'hours over midnight',
      multiplier({ hours: { from: 22, until: 6 } }),
      { code: 'empty-range', pointer: '/multipliers/0/when/hours/until' },
    ],
    [
      'weekday 0',
      multiplier({ weekdays: [0] }),
      { code: 'out-of-range', pointer: '/multipliers/0/when/weekdays/0', min: 1, max: 7 },
    ],
    [
      'no weekday',
      multiplier({ weekdays: [] }),
      { code: 'too-few', pointer: '/multipliers/0/when/weekdays', min: 1, max: 7 },
    ],
    [
      'a weekday twice',
      multiplier({ weekdays: [6, 6] }),
      { code: 'duplicate-weekday', pointer: '/multipliers/0/when/weekdays/1' },
    ],
    [
      'a first visit that is not',
      multiplier({ firstVisit: false }),
      { code: 'wrong-type', pointer: '/multipliers/0/when/firstVisit' },
    ],
  ])('finds %s', (_, document, fault) => {
    expect(faultsOf(document)).toEqual([fault]);
  });

  it('finds every fault at once', () => {
    const pointers = faultsOf({ rules: [{ ...rule, step: 0, unit: 'bag' }], caps: 1 }).map(({ pointer }) => pointer);
    expect(pointers).toEqual(['/rules/0/unit', '/rules/0/step', '/caps']);
  });

  it('lists no more faults than anyone mends at once', () => {
    const faults = faultsOf({ rules: Array.from({ length: 200 }, () => ({})) });
    expect(faults).toHaveLength(TARIFF_FAULTS_MAX);
  });

  it('knows the items of the community, where they are given', () => {
    expect(validateTariff({ rules: [rule] }, {})).toEqual([{ code: 'unknown-item', pointer: '/rules/0/itemCode' }]);
    expect(validateTariff(equivalences(jug), { paper: 'recyclable', bottle: 'recyclable' })).toEqual([
      { code: 'unknown-item', pointer: '/equivalences/0/itemCode' },
    ]);
  });

  it('keeps equivalences within a waste class, so that caps of items lie within caps of classes', () => {
    expect(validateTariff(equivalences(jug), { paper: 'recyclable', bottle: 'recyclable', jug: 'hazardous' })).toEqual([
      { code: 'equivalence-other-class', pointer: '/equivalences/0/countsAs' },
    ]);
  });

  it('answers any JSON with faults that point into it, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(fullDocument)), (value, field) => {
        for (const fault of [...faultsOf(value), ...faultsOf({ ...fullDocument, [field]: value })]) {
          expect(Object.keys(TARIFF_FAULTS)).toContain(fault.code);
          expect(fault.pointer).toMatch(/^(\/|$)/);
        }
      }),
    );
  });

  it('says every fault in at most 20 Chinese characters', () => {
    for (const { zh, en } of Object.values(TARIFF_FAULTS)) {
      expect(zh.length).toBeLessThanOrEqual(20);
      expect(en).not.toBe('');
    }
  });
});
