import * as fc from 'fast-check';
import { creditVisit } from './tariff.rules.js';
import { validateTariff } from './tariff-validation.rules.js';
import type { Cap, EarningRule, TariffDocument } from './tariff.schema.js';
import {
  NO_USAGE,
  type CreditedLine,
  type PeriodUsage,
  type Usage,
  type Visit,
  type VisitCredit,
  type VisitLine,
} from './visit-credit.schema.js';
import type { WasteClass } from './waste-classes.js';

/** A small world in which every feature meets every other: two classes, three units, and jugs that count as bottles. */
const CLASS_OF = {
  paper: 'recyclable',
  bottle: 'recyclable',
  jug: 'recyclable',
  paint: 'hazardous',
  lamp: 'hazardous',
};
const items: Readonly<Record<string, WasteClass>> = CLASS_OF as Record<string, WasteClass>;
const RULED = ['paper', 'bottle', 'paint', 'lamp'] as const;
const UNIT = { paper: 'gram', bottle: 'piece', paint: 'gram', lamp: 'drop' } as const;

const rule = (itemCode: (typeof RULED)[number]): fc.Arbitrary<EarningRule> =>
  fc.record(
    {
      ruleId: fc.constant(`r-${itemCode}`),
      itemCode: fc.constant(itemCode),
      unit: fc.constant(UNIT[itemCode]),
      step: itemCode === 'lamp' ? fc.constant(1) : fc.integer({ min: 1, max: 1500 }),
      centipointsPerStep: fc.integer({ min: 0, max: 2000 }),
      minimumQuantity: fc.integer({ min: 1, max: 800 }),
      wholeStepsOnly: fc.boolean(),
    },
    { requiredKeys: ['ruleId', 'itemCode', 'unit', 'step', 'centipointsPerStep'] },
  );

const scope: fc.Arbitrary<Cap['of']> = fc.oneof(
  fc.constant('all' as const),
  fc.constantFrom(...RULED).map((item) => ({ item })),
  fc.constantFrom('recyclable' as const, 'hazardous' as const).map((wasteClass) => ({ class: wasteClass })),
);

const capsFor = (unit: number): fc.Arbitrary<Cap[]> =>
  fc.uniqueArray(
    fc.record({
      per: fc.constantFrom('visit', 'day', 'year'),
      of: scope,
      centipointsMax: fc.integer({ min: 0, max: Math.floor(5000 / unit) }).map((units) => units * unit),
    }),
    { selector: ({ per, of }) => JSON.stringify([per, of]), maxLength: 6 },
  );

const tariffs: fc.Arbitrary<TariffDocument> = fc.constantFrom(1, 10, 100).chain((roundToCentipoints) =>
  fc.record({
    rounding: fc.constantFrom('floor', 'half-up', 'ceil'),
    roundToCentipoints: fc.constant(roundToCentipoints),
    rules: fc.tuple(...RULED.map(rule)),
    equivalences: fc.integer({ min: 1, max: 7 }).map((pieces) => [{ itemCode: 'jug', countsAs: 'bottle', pieces }]),
    caps: capsFor(roundToCentipoints),
    qualityFactors: fc
      .integer({ min: 0, max: 1500 })
      .map((factorPermille) => [{ qualityCode: 'fair', factorPermille }]),
    multipliers: fc.array(
      fc.record({ factorPermille: fc.integer({ min: 0, max: 5000 }), when: fc.constant({ weekdays: [6] }) }),
      { maxLength: 2 },
    ),
  }),
);

const quantity = fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 20_000 }));
const lineBody = fc.record({
  itemCode: fc.constantFrom(...RULED, 'jug', 'feather'),
  netGrams: quantity,
  pieces: quantity,
  drops: fc.nat({ max: 5 }),
  qualityCode: fc.constantFrom('pass', 'pass', 'fair', 'fail', 'unheard-of'),
});
const visits: fc.Arbitrary<Visit> = fc.array(lineBody, { maxLength: 6 }).map((bodies) => visitOf(bodies));

function visitOf(bodies: readonly Omit<VisitLine, 'lineNo' | 'wasteClass'>[]): Visit {
  return {
    // A Saturday in China, so that the multipliers apply.
    occurredAt: new Date('2026-11-21T02:00:00Z'),
    firstVisit: false,
    lines: bodies.map((body, index) => ({
      ...body,
      lineNo: index + 1,
      wasteClass: items[body.itemCode] ?? 'other',
    })),
  };
}

const periodUsage: fc.Arbitrary<PeriodUsage> = fc.record({
  total: fc.nat({ max: 4000 }),
  byItem: fc.dictionary(fc.constantFrom(...RULED), fc.nat({ max: 2000 })),
  byClass: fc.dictionary(fc.constantFrom('recyclable', 'hazardous'), fc.nat({ max: 3000 })),
});
const usages: fc.Arbitrary<Usage> = fc.record({ day: periodUsage, year: periodUsage });

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function isUnder({ of }: Cap, { creditedAs, itemCode }: CreditedLine): boolean {
  if (of === 'all') return true;
  return 'item' in of ? creditedAs === of.item : items[itemCode] === of.class;
}

function usedUnder({ of, per }: Cap, usage: Usage): number {
  if (per === 'visit') return 0;
  if (of === 'all') return usage[per].total;
  return ('item' in of ? usage[per].byItem[of.item] : usage[per].byClass[of.class]) ?? 0;
}

/**
 * The exact claim of a visit as numerator and denominator, written down a second time without `Rational`, for
 * tariffs without minimum, whole steps and caps.
 */
function exactCentipoints(tariff: TariffDocument, { lines }: Visit): [bigint, bigint] {
  const factors: Record<string, number> = { pass: 1000, fail: 0 };
  for (const { qualityCode, factorPermille } of tariff.qualityFactors ?? []) factors[qualityCode] = factorPermille;
  const jugPieces = tariff.equivalences?.[0]?.pieces ?? 1;
  let [top, bottom] = [0n, 1n];
  for (const line of lines) {
    const isJug = line.itemCode === 'jug';
    const applied = tariff.rules.find(({ itemCode }) => itemCode === (isJug ? 'bottle' : line.itemCode));
    if (!applied) continue;
    const measure = { gram: line.netGrams, piece: line.pieces, drop: line.drops }[applied.unit] ?? 0;
    const pieces = BigInt(measure) * BigInt(isJug ? jugPieces : 1);
    const lineTop = pieces * BigInt(applied.centipointsPerStep) * BigInt(factors[line.qualityCode] ?? 0);
    const lineBottom = BigInt(applied.step) * 1000n;
    [top, bottom] = [top * lineBottom + lineTop * bottom, bottom * lineBottom];
  }
  let [times, thousand] = [1n, 1n];
  for (const { factorPermille } of tariff.multipliers ?? []) {
    [times, thousand] = [times * BigInt(factorPermille), thousand * 1000n];
  }
  return times > 10n * thousand ? [top * 10n, bottom] : [top * times, bottom * thousand];
}

const plain = (tariff: TariffDocument): TariffDocument => ({
  ...tariff,
  caps: [],
  rules: tariff.rules.map(({ ruleId, itemCode, unit, step, centipointsPerStep }) => ({
    ruleId,
    itemCode,
    unit,
    step,
    centipointsPerStep,
  })),
});

function everyCredit(check: (credit: VisitCredit, tariff: TariffDocument, visit: Visit, usage: Usage) => void): void {
  fc.assert(
    fc.property(tariffs, visits, usages, (tariff, visit, usage) => {
      check(creditVisit(tariff, visit, usage), tariff, visit, usage);
    }),
    { numRuns: 1000 },
  );
}

describe('every credit', () => {
  it('is of a tariff that passes validation', () => {
    fc.assert(fc.property(tariffs, (tariff) => expect(validateTariff(tariff, items)).toEqual([])));
  });

  it('is the sum of its lines, and what the cuts left of what was claimed', () => {
    everyCredit((credit) => {
      expect(sum(credit.lines.map((line) => line.centipoints))).toBe(credit.centipoints);
      expect(sum(credit.lines.map((line) => line.centipointsBeforeCaps))).toBe(credit.centipointsBeforeCaps);
      expect(credit.centipointsBeforeCaps - sum(credit.cuts.map((cut) => cut.centipointsCut))).toBe(credit.centipoints);
    });
  });

  it('is whole rounding units, never negative, in every line', () => {
    everyCredit((credit, { roundToCentipoints = 1 }) => {
      for (const { centipoints } of credit.lines) {
        expect(centipoints).toBeGreaterThanOrEqual(0);
        expect(centipoints % roundToCentipoints).toBe(0);
      }
    });
  });

  it('exceeds no cap, whatever the rounding', () => {
    everyCredit((credit, { caps = [] }, _, usage) => {
      for (const cap of caps) {
        const credited = sum(credit.lines.filter((line) => isUnder(cap, line)).map((line) => line.centipoints));
        expect(credited).toBeLessThanOrEqual(Math.max(0, cap.centipointsMax - usedUnder(cap, usage)));
      }
    });
  });

  it('is the same in whatever order the lines are given', () => {
    everyCredit((credit, tariff, visit, usage) => {
      expect(creditVisit(tariff, { ...visit, lines: visit.lines.toReversed() }, usage)).toEqual(credit);
    });
  });

  it('has the same total in whatever order the lines are numbered', () => {
    everyCredit((credit, tariff, visit, usage) => {
      const renumbered = visit.lines.map((line) => ({ ...line, lineNo: 100 - line.lineNo }));
      expect(creditVisit(tariff, { ...visit, lines: renumbered }, usage).centipoints).toBe(credit.centipoints);
    });
  });

  it('is the same when a sack is weighed in two goes', () => {
    fc.assert(
      fc.property(tariffs, visits, usages, fc.nat(), (tariff, visit, usage, cut) => {
        const [first, ...others] = visit.lines;
        fc.pre(first !== undefined);
        const partOf = (whole: number | null | undefined): number => cut % ((whole ?? 0) + 1);
        const part = { netGrams: partOf(first.netGrams), pieces: partOf(first.pieces), drops: partOf(first.drops) };
        const rest = {
          netGrams: (first.netGrams ?? 0) - part.netGrams,
          pieces: (first.pieces ?? 0) - part.pieces,
          drops: (first.drops ?? 0) - part.drops,
        };
        const twoGoes = [{ ...first, ...part }, { ...first, ...rest, lineNo: 99 }, ...others];
        expect(creditVisit(tariff, { ...visit, lines: twoGoes }, usage).centipoints).toBe(
          creditVisit(tariff, visit, usage).centipoints,
        );
      }),
    );
  });

  it('survives being stored as JSON', () => {
    everyCredit((credit) => expect(JSON.parse(JSON.stringify(credit))).toEqual(credit));
  });
});

describe('without caps', () => {
  it('the total is the exact claim, rounded once', () => {
    fc.assert(
      fc.property(tariffs, visits, (tariff, visit) => {
        const { centipoints } = creditVisit(plain(tariff), visit, NO_USAGE);
        const [top, bottom] = exactCentipoints(tariff, visit);
        const unit = BigInt(tariff.roundToCentipoints ?? 1);
        const shift = { floor: 0n, 'half-up': (bottom * unit) / 2n, ceil: bottom * unit - 1n }[
          tariff.rounding ?? 'floor'
        ];
        // Twice the denominator keeps the half exact where it is odd.
        const expected =
          (2n * top + 2n * shift + (tariff.rounding === 'half-up' && (bottom * unit) % 2n ? 1n : 0n)) /
          (2n * bottom * unit);
        expect(BigInt(centipoints)).toBe(expected * unit);
      }),
      { numRuns: 1000 },
    );
  });

  it('more of an item never earns less', () => {
    fc.assert(
      fc.property(tariffs, visits, fc.nat({ max: 500 }), (tariff, visit, more) => {
        const uncapped = { ...tariff, caps: [] };
        const [first, ...others] = visit.lines;
        fc.pre(first !== undefined);
        const heavier = {
          ...first,
          netGrams: (first.netGrams ?? 0) + more,
          pieces: (first.pieces ?? 0) + more,
          drops: (first.drops ?? 0) + more,
        };
        expect(
          creditVisit(uncapped, { ...visit, lines: [heavier, ...others] }, NO_USAGE).centipoints,
        ).toBeGreaterThanOrEqual(creditVisit(uncapped, visit, NO_USAGE).centipoints);
      }),
      { numRuns: 2000 },
    );
  });

  it('steps and points that grow alike earn the same, but for what the rounding shows', () => {
    fc.assert(
      fc.property(tariffs, visits, fc.integer({ min: 2, max: 9 }), (tariff, visit, times) => {
        const uncapped = plain(tariff);
        const scaled = {
          ...uncapped,
          rules: uncapped.rules.map((each) => ({
            ...each,
            step: each.step * times,
            centipointsPerStep: each.centipointsPerStep * times,
          })),
        };
        expect(creditVisit(scaled, visit, NO_USAGE).centipoints).toBe(
          creditVisit(uncapped, visit, NO_USAGE).centipoints,
        );
      }),
    );
  });

  it('badly sorted rubbish earns nothing', () => {
    fc.assert(
      fc.property(tariffs, fc.array(lineBody), (tariff, bodies) => {
        const bad = visitOf(bodies.map((body) => ({ ...body, qualityCode: 'fail' })));
        const credit = creditVisit(tariff, bad, NO_USAGE);
        expect(credit.centipoints).toBe(0);
        expect(credit.lines.every(({ centipoints, reasons }) => centipoints === 0 && reasons.length > 0)).toBe(true);
      }),
    );
  });
});
