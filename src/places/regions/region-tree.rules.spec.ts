import { type CommunityInReach, type RegionInReach, regionTree } from './region-tree.rules.js';

const region = (
  regionId: string,
  parentId: string | null,
  isHeld = false,
  code: string | null = null,
): RegionInReach => ({
  regionId,
  parentId,
  name: `${regionId}名`,
  code,
  isHeld,
});
const community = (communityId: number, townId: string, code: string | null = null): CommunityInReach => ({
  communityId,
  townId,
  name: `第${communityId}社区`,
  code,
});
const names = (tree: ReturnType<typeof regionTree>): unknown =>
  tree.map((county) => [
    county.regionId,
    county.towns.map((town) => [town.regionId, town.communities.map((c) => c.communityId)]),
  ]);

describe('regionTree', () => {
  it('shows all of a county to whoever holds a role for it, empty towns too', () => {
    const regions = [region('a', null, true), region('a1', 'a', true), region('a2', 'a', true), region('b', null)];
    expect(names(regionTree(regions, [community(7, 'a2')]))).toEqual([
      [
        'a',
        [
          ['a1', []],
          ['a2', [7]],
        ],
      ],
    ]);
  });

  it('shows somebody who works in one community the way to it and nothing beside it', () => {
    const regions = [region('a', null), region('a1', 'a'), region('a2', 'a'), region('b', null), region('b1', 'b')];
    expect(names(regionTree(regions, [community(7, 'a2')]))).toEqual([['a', [['a2', [7]]]]]);
  });

  it('is empty for somebody without any role', () => {
    expect(regionTree([region('a', null), region('a1', 'a')], [])).toEqual([]);
  });

  it('lists by code, then by name as people count, and what has no code last', () => {
    const regions = [
      region('z', null, true, '100000000000'),
      region('y', null, true),
      region('x', null, true, '200000000000'),
      region('z1', 'z', true),
    ];
    const communities = [community(10, 'z1'), community(9, 'z1'), community(3, 'z1', '100000000200')];
    expect(names(regionTree(regions, communities))).toEqual([
      ['z', [['z1', [3, 9, 10]]]],
      ['x', []],
      ['y', []],
    ]);
  });
});
