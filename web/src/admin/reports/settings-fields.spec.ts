import { describe, expect, it } from '@jest/globals';
import { keptOf, SETTING_FIELDS, typedOf } from './settings-fields.js';

const points = { name: 'visitCentipointsMax', factor: 100 } as const;
const grams = { name: 'visitGramsMax', factor: 1000 } as const;
const days = { name: 'reservationDays', factor: 1 } as const;

describe('a setting', () => {
  it.each([
    [points, '10.5', 1050],
    [points, '0.29', 29],
    [points, '-12', -1200],
    [grams, '200', 200_000],
    [grams, '0.001', 1],
    [days, '７', 7],
    [points, '2。5', 250],
  ])('of %j typed as %s is kept as %d', (field, typed, kept) => {
    expect(keptOf(typed, field)).toBe(kept);
    expect(keptOf(typedOf(kept, field), field)).toBe(kept);
  });

  it.each([
    [points, '1.234'],
    [points, '--1'],
    [days, '1.5'],
    [days, ''],
    [points, 'many'],
  ])('of %j cannot be %j', (field, typed) => {
    expect(keptOf(typed, field)).toBeUndefined();
  });

  it('that may be empty has no limit then', () => {
    const optional = SETTING_FIELDS.filter(({ isOptional }) => isOptional === true);
    expect(optional.map(({ name }) => name)).toEqual(['dayRedemptionCentipointsMax', 'expiryMonths']);
    for (const field of optional) expect(keptOf('', field)).toBeNull();
  });
});
