import { describe, expect, it } from '@jest/globals';
import { PUCHENG_TARIFF } from '../../../../src/tariff/rules.js';
import { measuredBy, typedGrams, unitOf } from './line.rules.js';

describe('typed weight', () => {
  it.each([
    ['3.2', 'kg', 3200],
    ['3.2', 'jin', 1600],
    ['0.05', 'kg', 50],
    ['.5', 'kg', 500],
    ['3.', 'kg', 3000],
    ['0.001', 'jin', null],
    ['0.003', 'jin', 1],
    ['2000', 'kg', 2_000_000],
    ['2000.01', 'kg', null],
    ['', 'kg', null],
    ['.', 'kg', null],
    ['0.00', 'kg', null],
    ['3,2', 'kg', null],
  ] as const)('%j in %s is %s g', (typed, unit, grams) => {
    expect(typedGrams(typed, unit)).toBe(grams);
  });

  it('is exact where floating point is not', () => {
    for (let hundredths = 1; hundredths <= 10_000; hundredths += 1) {
      expect(typedGrams((hundredths / 100).toFixed(2), 'kg')).toBe(hundredths * 10);
      expect(typedGrams((hundredths / 100).toFixed(2), 'jin')).toBe(hundredths * 5);
    }
  });
});

describe('what was measured', () => {
  const scaled = { grossGrams: 3500, tareGrams: 300, netGrams: 3200, rawFrame: '02ab', profile: 'Y1' as const };

  it('is the weight on the pan, with its proof', () => {
    const { profile: scaleProfile, ...measured } = scaled;
    expect(measuredBy('gram', '', 'kg', scaled)).toEqual({ ...measured, scaleProfile, weightSource: 'scale' });
    const net = { grossGrams: null, tareGrams: null, netGrams: 900, rawFrame: '02', profile: 'T1' as const };
    expect(measuredBy('gram', '', 'kg', net)).toEqual({
      netGrams: 900,
      rawFrame: '02',
      scaleProfile: 'T1',
      weightSource: 'scale',
    });
  });

  it('is what was typed, as soon as a digit was', () => {
    expect(measuredBy('gram', '1.5', 'jin', scaled)).toEqual({ netGrams: 750, weightSource: 'typed' });
    expect(measuredBy('gram', '0', 'kg', scaled)).toBeNull();
  });

  it.each([
    ['piece', '', null],
    ['piece', '60', { pieces: 60, weightSource: 'typed' }],
    ['piece', '100001', null],
    ['drop', '', { drops: 1, weightSource: 'typed' }],
    ['drop', '2', { drops: 2, weightSource: 'typed' }],
    ['drop', '101', null],
  ] as const)('by the %s, %j typed', (unit, typed, result) => {
    expect(measuredBy(unit, typed, 'kg', scaled)).toEqual(result);
  });
});

describe('the unit of an item', () => {
  it('is that of the rule which credits it', () => {
    expect(unitOf({ code: 'glass-bottle', unit: 'gram' }, PUCHENG_TARIFF)).toBe('piece');
    const jug = { itemCode: 'jug', countsAs: 'glass-bottle', pieces: 5 };
    expect(unitOf({ code: 'jug', unit: 'gram' }, { ...PUCHENG_TARIFF, equivalences: [jug] })).toBe('piece');
    expect(unitOf({ code: 'stone', unit: 'drop' }, PUCHENG_TARIFF)).toBe('drop');
  });
});
