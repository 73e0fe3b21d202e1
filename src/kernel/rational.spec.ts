import * as fc from 'fast-check';
import { Rational } from './rational.js';

const ratio = (top: number, bottom = 1): Rational => Rational.of(top, bottom);
const ratios = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }))
  .map(([top, bottom]) => Rational.of(top, bottom));

describe('Rational', () => {
  it('keeps what no decimal holds', () => {
    const third = ratio(1, 3);
    expect(Rational.sum([third, third, third])).toEqual(Rational.ONE);
  });

  it('reduces to lowest terms, so that equal fractions are equal objects', () => {
    expect(ratio(60, 50)).toEqual(ratio(6, 5));
    expect(ratio(0, 7)).toEqual(Rational.ZERO);
  });

  it.each([
    { top: 7, bottom: 2, floor: 3n, halfUp: 4n, ceil: 4n },
    { top: 10, bottom: 3, floor: 3n, halfUp: 3n, ceil: 4n },
    { top: 11, bottom: 3, floor: 3n, halfUp: 4n, ceil: 4n },
    { top: 4, bottom: 1, floor: 4n, halfUp: 4n, ceil: 4n },
    { top: 0, bottom: 1, floor: 0n, halfUp: 0n, ceil: 0n },
  ])('rounds $top/$bottom down, to the nearest and up', ({ top, bottom, floor, halfUp, ceil }) => {
    const fraction = ratio(top, bottom);
    expect([fraction.round('floor'), fraction.round('half-up'), fraction.round('ceil')]).toEqual([floor, halfUp, ceil]);
  });

  it.each([
    ['a negative numerator', () => ratio(-1, 2)],
    ['a denominator of zero', () => ratio(1, 0)],
    ['a negative denominator', () => ratio(1, -2)],
    ['a number that is not whole', () => ratio(1.5)],
    ['NaN', () => ratio(Number.NaN)],
    ['a difference below zero', () => ratio(1, 3).minus(ratio(1, 2))],
    ['a division by zero', () => ratio(1, 3).dividedBy(Rational.ZERO)],
  ])('refuses %s', (_, attempt) => {
    expect(attempt).toThrow(RangeError);
  });

  it('adds and multiplies as fractions do', () => {
    fc.assert(
      fc.property(ratios, ratios, ratios, (a, b, c) => {
        expect(a.plus(b)).toEqual(b.plus(a));
        expect(a.plus(b).times(c)).toEqual(a.times(c).plus(b.times(c)));
        expect(a.plus(b).minus(b)).toEqual(a);
        if (!b.isZero) expect(a.times(b).dividedBy(b)).toEqual(a);
        expect(a.compare(b)).toBe(-b.compare(a) + 0);
      }),
    );
  });

  it('splits into its floor and a fraction below one', () => {
    fc.assert(
      fc.property(ratios, (a) => {
        expect(Rational.of(a.round('floor')).plus(a.fraction())).toEqual(a);
        expect(Rational.ONE.exceeds(a.fraction())).toBe(true);
      }),
    );
  });
});
