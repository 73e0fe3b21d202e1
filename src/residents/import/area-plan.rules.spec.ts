import { areaIdAt, areaPathOf, type KnownArea, missingAreas } from './area-plan.rules.js';

const KNOWN: KnownArea[] = [
  {
    areaId: 'g1',
    name: '第一网格',
    children: [{ areaId: 'b3', name: '3栋', children: [{ areaId: 'e2', name: '2单元', children: [] }] }],
  },
  {
    areaId: 'g2',
    name: '第二网格',
    children: [
      { areaId: 'b4', name: '4栋', children: [] },
      { areaId: 'b3b', name: '3栋', children: [] },
    ],
  },
];

describe('areaPathOf', () => {
  it.each([
    [{ grid: null, building: null, entrance: null }, []],
    [{ grid: '新网格', building: null, entrance: null }, ['新网格']],
    [{ grid: '第一网格', building: '9栋', entrance: '1单元' }, ['第一网格', '9栋', '1单元']],
    [{ grid: null, building: '4栋', entrance: null }, ['第二网格', '4栋']],
    [{ grid: null, building: '3栋', entrance: null }, 'grid-missing'],
    [{ grid: null, building: '9栋', entrance: null }, 'grid-missing'],
    [{ grid: '第一网格', building: null, entrance: '1单元' }, 'building-missing'],
  ])('places %j', (row, expected) => {
    expect(areaPathOf(row, KNOWN)).toEqual(expected);
  });
});

describe('areaIdAt', () => {
  it.each([
    [['第一网格'], 'g1'],
    [['第一网格', '3栋', '2单元'], 'e2'],
    [['第二网格', '3栋'], 'b3b'],
    [['第二网格', '3栋', '2单元'], undefined],
    [[], undefined],
  ])('finds %j', (path, expected) => {
    expect(areaIdAt(path, KNOWN)).toBe(expected);
  });
});

describe('missingAreas', () => {
  it('names each missing place once, after what it stands under', () => {
    const paths = [
      ['第三网格', '1栋', '1单元'],
      ['第三网格', '1栋', '2单元'],
      ['第一网格', '3栋', '2单元'],
      ['第一网格', '5栋'],
    ];
    expect(missingAreas(paths, KNOWN)).toEqual([
      ['第三网格'],
      ['第三网格', '1栋'],
      ['第三网格', '1栋', '1单元'],
      ['第三网格', '1栋', '2单元'],
      ['第一网格', '5栋'],
    ]);
  });
});
