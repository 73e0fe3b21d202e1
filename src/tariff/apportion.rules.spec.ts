import * as fc from 'fast-check';
import { Rational } from '../kernel/rational.js';
import { apportion, sumOf, type Ceiling } from './apportion.rules.js';

const sixths = (...tops: number[]): Rational[] => tops.map((top) => Rational.of(top, 6));

describe('apportion', () => {
  it('gives what the floors leave to the largest fractions', () => {
    expect(apportion(4n, sixths(8, 9, 7))).toEqual([1n, 2n, 1n]);
  });

  it('gives it to the earlier of two equal fractions', () => {
    expect(apportion(1n, sixths(3, 3))).toEqual([1n, 0n]);
  });

  it('passes over a line whose ceiling is full', () => {
    // Three times 2/3 fill their ceiling of 2 with two of the three units that are left; the third goes elsewhere.
    const ceiling: Ceiling = { members: [0, 1, 2], room: 2n };
    expect(apportion(3n, sixths(4, 4, 4, 3, 3), [ceiling])).toEqual([1n, 1n, 0n, 1n, 0n]);
  });

  it('reaches the total under nested ceilings that the amounts respect', () => {
    const groups = fc.array(fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(groups, fc.integer({ min: 1, max: 97 }), fc.boolean(), (tops, denominator, up) => {
        const amounts = tops.flat().map((top) => Rational.of(top, denominator));
        let next = 0;
        const inner = tops.map((group): Ceiling => {
          const members = group.map(() => next++);
          return { members, room: Rational.sum(members.map((at) => amounts[at] ?? Rational.ZERO)).round('ceil') };
        });
        // The tightest whole ceiling that the exact sums still respect.
        const outer: Ceiling = { members: [...amounts.keys()], room: Rational.sum(amounts).round('ceil') };
        const total = Rational.sum(amounts).round(up ? 'ceil' : 'floor');

        const given = apportion(total, amounts, [...inner, outer]);

        expect(sumOf(given)).toBe(total);
        for (const { members, room } of inner) {
          expect(sumOf(members.map((at) => given[at] ?? 0n))).toBeLessThanOrEqual(room);
        }
        for (const [at, amount] of amounts.entries()) {
          expect([amount.round('floor'), amount.round('ceil')]).toContain(given[at]);
        }
      }),
    );
  });
});
