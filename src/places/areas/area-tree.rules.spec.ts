import { areaTree } from './area-tree.rules.js';

describe('areaTree', () => {
  it('puts each place under its parent, in the order in which people count', () => {
    const tree = areaTree([
      { areaId: 'e', parentId: 'b10', kind: 'entrance', name: '1单元' },
      { areaId: 'b10', parentId: 'g', kind: 'building', name: '10栋' },
      { areaId: 'b2', parentId: 'g', kind: 'building', name: '2栋' },
      { areaId: 'g', parentId: null, kind: 'grid', name: '第一网格' },
    ]);
    expect(tree).toEqual([
      {
        areaId: 'g',
        parentId: null,
        kind: 'grid',
        name: '第一网格',
        children: [
          { areaId: 'b2', parentId: 'g', kind: 'building', name: '2栋', children: [] },
          {
            areaId: 'b10',
            parentId: 'g',
            kind: 'building',
            name: '10栋',
            children: [{ areaId: 'e', parentId: 'b10', kind: 'entrance', name: '1单元', children: [] }],
          },
        ],
      },
    ]);
  });

  it('is empty for a community without grids', () => {
    expect(areaTree([])).toEqual([]);
  });
});
