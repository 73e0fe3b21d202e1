import type { TariffDocument } from '../tariff.schema.js';
import type { VisitLine } from '../visit-credit.schema.js';
import { HouseholdReplay, type ItemCredit } from './household-replay.js';

const rules: TariffDocument['rules'] = [
  { ruleId: 'cardboard', itemCode: 'cardboard', unit: 'gram', step: 1000, centipointsPerStep: 100 },
  { ruleId: 'bottle', itemCode: 'bottle', unit: 'piece', step: 1, centipointsPerStep: 10 },
];
const NO_CEILING = 1_000_000_000;

const line = (itemCode: string, measured: Partial<VisitLine>): VisitLine => ({
  lineNo: 1,
  itemCode,
  wasteClass: 'recyclable',
  qualityCode: 'pass',
  ...measured,
});

function creditsOf(
  tariff: Partial<TariffDocument>,
  days: readonly string[],
  lines = [line('cardboard', { netGrams: 3000 })],
  before: readonly ItemCredit[] = [],
  visitCentipointsMax = NO_CEILING,
): number[] {
  const replay = new HouseholdReplay({ rules, ...tariff }, days[0] ?? '', before);
  return days.map((day, index) => {
    const occurredAt = new Date(`${day}T02:00:00Z`);
    return replay.credit({ occurredAt, day, firstVisit: index === 0, visitCentipointsMax, lines }).centipoints;
  });
}

describe("a household's visits replayed", () => {
  it('fill a cap by the day anew each day', () => {
    const caps: TariffDocument['caps'] = [{ per: 'day', of: 'all', centipointsMax: 500 }];
    expect(creditsOf({ caps }, ['2026-03-02', '2026-03-02', '2026-03-02', '2026-03-03'])).toEqual([300, 200, 0, 300]);
  });

  it('find what a late entry of an earlier day left, in the order of recording', () => {
    const caps: TariffDocument['caps'] = [{ per: 'day', of: 'all', centipointsMax: 500 }];
    expect(creditsOf({ caps }, ['2026-03-02', '2026-03-03', '2026-03-02'])).toEqual([300, 300, 200]);
  });

  it('count what was really credited in the year before them, and begin the next year with nothing', () => {
    const caps: TariffDocument['caps'] = [{ per: 'year', of: { item: 'cardboard' }, centipointsMax: 1000 }];
    const before: ItemCredit[] = [{ creditedAs: 'cardboard', wasteClass: 'recyclable', centipoints: 600 }];
    const days = ['2026-12-30', '2026-12-31', '2027-01-01'];
    expect(creditsOf({ caps }, days, undefined, before)).toEqual([300, 100, 300]);
  });

  it('fill the cap of the item that a piece equivalence credits them as, and that of its class', () => {
    const equivalences = [{ itemCode: 'jug', countsAs: 'bottle', pieces: 5 }];
    const jugs = [line('jug', { pieces: 2 })];
    const day = '2026-03-02';
    const ofItem: TariffDocument['caps'] = [{ per: 'day', of: { item: 'bottle' }, centipointsMax: 150 }];
    const ofClass: TariffDocument['caps'] = [{ per: 'day', of: { class: 'recyclable' }, centipointsMax: 120 }];
    expect(creditsOf({ equivalences, caps: ofItem }, [day, day], jugs)).toEqual([100, 50]);
    expect(creditsOf({ equivalences, caps: ofClass }, [day, day], jugs)).toEqual([100, 20]);
  });

  it("stay under the community's own ceiling for a visit", () => {
    expect(creditsOf({}, ['2026-03-02'], undefined, [], 250)).toEqual([250]);
  });
});
