import { describe, expect, it } from '@jest/globals';
import { EXAMPLE_ITEMS, PUCHENG_TARIFF } from '../../../../src/tariff/rules.js';
import { tileGroups } from './item-tiles.rules.js';

const items = EXAMPLE_ITEMS.map(({ code, wasteClass }) => ({ code, wasteClass, isListed: true }));
const codes = (uses: Record<string, number>, shown = items) =>
  tileGroups(PUCHENG_TARIFF, shown, uses).map((group) => [group.wasteClass, ...group.items.map(({ code }) => code)]);

describe('the tiles', () => {
  it('are the items of the tariff in the order of the standard', () => {
    expect(codes({})).toEqual([
      ['recyclable', 'cardboard', 'glass-bottle', 'plastics'],
      ['hazardous', 'hazardous'],
      ['other', 'cigarette-end'],
    ]);
  });

  it('begin with what this desk uses most', () => {
    expect(codes({ plastics: 3, 'cigarette-end': 9, film: 50 })).toEqual([
      ['other', 'cigarette-end'],
      ['recyclable', 'plastics', 'cardboard', 'glass-bottle'],
      ['hazardous', 'hazardous'],
    ]);
  });

  it('leave out what is no longer listed', () => {
    expect(
      codes(
        {},
        items.map((item) => ({ ...item, isListed: item.code !== 'hazardous' })),
      ),
    ).toHaveLength(2);
  });
});
