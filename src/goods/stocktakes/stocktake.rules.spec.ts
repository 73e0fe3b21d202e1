import { differencesOf, sumDifferences } from './stocktake.rules.js';

const LINES = [
  { goodsId: 'soap', counted: 12, expected: 10 },
  { goodsId: 'rice', counted: 5, expected: 5 },
  { goodsId: 'oil', counted: 0, expected: 3 },
];

describe('the differences of a stocktake', () => {
  it('are counted less expected, by good, without the goods that agree', () => {
    expect(differencesOf(LINES)).toEqual([
      { goodsId: 'oil', delta: -3 },
      { goodsId: 'soap', delta: 2 },
    ]);
  });

  it('do not make up for one another', () => {
    expect(sumDifferences(differencesOf(LINES))).toEqual({ surplusQuantity: 2, shortageQuantity: 3 });
  });
});
