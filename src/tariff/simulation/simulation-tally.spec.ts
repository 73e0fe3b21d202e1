import type { VisitCredit } from '../visit-credit.schema.js';
import { HOUSEHOLDS_LISTED, SimulationTally } from './simulation-tally.js';

function creditOf(centipoints: number, isCut = false): VisitCredit {
  const cap = { per: 'day', of: 'all', centipointsMax: centipoints } as const;
  return {
    centipoints,
    centipointsBeforeCaps: centipoints,
    lines: [
      {
        lineNo: 1,
        itemCode: 'cardboard',
        unit: 'gram',
        quantity: 1,
        ruleId: 'cardboard',
        creditedAs: 'cardboard',
        centipointsBeforeCaps: centipoints,
        isExact: true,
        centipoints,
        reasons: [],
      },
    ],
    cuts: isCut ? [{ cap, centipointsUsed: 0, centipointsCut: 1, centipointsCredited: centipoints }] : [],
    multipliers: [],
  };
}

const visitOf = (householdId: string, centipoints: number, wasCapped = false) => ({
  householdId,
  centipoints,
  wasCapped,
  lines: [{ lineNo: 1, itemCode: 'cardboard', wasteClass: 'recyclable' as const, centipoints }],
});

describe('the tally of a simulation', () => {
  it('has nothing to say of no visits', () => {
    const { visits, households, creditedCentipoints, draftCentipoints, gaining, losing } =
      new SimulationTally().result();
    expect([visits, households, creditedCentipoints, draftCentipoints, gaining, losing]).toEqual([0, 0, 0, 0, [], []]);
  });

  it('compares a household over all of its visits', () => {
    const tally = new SimulationTally();
    tally.add(visitOf('a', 100, true), creditOf(150));
    tally.add(visitOf('a', 100), creditOf(60, true));
    tally.add(visitOf('b', 100), creditOf(100, true));
    tally.add(visitOf('c', 100), creditOf(0));
    const result = tally.result();
    expect(result).toMatchObject({
      visits: 4,
      households: 3,
      creditedCentipoints: 400,
      draftCentipoints: 310,
      visitsCapped: { credited: 1, draft: 2 },
      gaining: [{ householdId: 'a', creditedCentipoints: 200, draftCentipoints: 210 }],
      losing: [{ householdId: 'c', creditedCentipoints: 100, draftCentipoints: 0 }],
    });
    expect([...result.items]).toEqual([['cardboard', { creditedCentipoints: 400, draftCentipoints: 310 }]]);
    expect([...result.classes]).toEqual([['recyclable', { creditedCentipoints: 400, draftCentipoints: 310 }]]);
  });

  it('lists the ten households that change most, the largest change first', () => {
    const tally = new SimulationTally();
    for (let nth = 1; nth <= HOUSEHOLDS_LISTED + 5; nth += 1) {
      tally.add(visitOf(`gains-${nth}`, 0), creditOf(nth));
      tally.add(visitOf(`loses-${nth}`, nth), creditOf(0));
    }
    const { gaining, losing } = tally.result();
    const largest = Array.from({ length: HOUSEHOLDS_LISTED }, (_, place) => HOUSEHOLDS_LISTED + 5 - place);
    expect(gaining.map(({ householdId }) => householdId)).toEqual(largest.map((nth) => `gains-${nth}`));
    expect(losing.map(({ householdId }) => householdId)).toEqual(largest.map((nth) => `loses-${nth}`));
  });
});
