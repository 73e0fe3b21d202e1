import { grouped } from '../grouped.js';

/** A county or town, and whether the reader holds a role for it or for what it lies in. */
export interface RegionInReach {
  readonly regionId: string;
  /** Null for a county. */
  readonly parentId: string | null;
  readonly name: string;
  /** The administrative code of today, if one is known. */
  readonly code: string | null;
  readonly isHeld: boolean;
}

export interface CommunityInReach {
  readonly communityId: number;
  readonly townId: string;
  readonly name: string;
  readonly code: string | null;
}

export interface TownNode {
  readonly regionId: string;
  readonly name: string;
  readonly code: string | null;
  readonly communities: readonly Omit<CommunityInReach, 'townId'>[];
}

export interface CountyNode {
  readonly regionId: string;
  readonly name: string;
  readonly code: string | null;
  readonly towns: readonly TownNode[];
}

/**
 * What somebody can reach, as a tree. A town or county is in it where a role is held for it, and also where it leads to a
 * community within reach: somebody who works in one community sees the names above it, and nothing beside it.
 */
export function regionTree(regions: readonly RegionInReach[], communities: readonly CommunityInReach[]): CountyNode[] {
  const regionsUnder = grouped(regions, (region) => region.parentId);
  const communitiesOf = grouped(communities, (community) => community.townId);

  const townNode = (town: RegionInReach): TownNode => ({
    regionId: town.regionId,
    name: town.name,
    code: town.code,
    communities: (communitiesOf.get(town.regionId) ?? [])
      .toSorted(byCodeThenName)
      .map(({ communityId, name, code }) => ({ communityId, name, code })),
  });
  const townsIn = (county: RegionInReach): TownNode[] =>
    (regionsUnder.get(county.regionId) ?? [])
      .filter((town) => town.isHeld || communitiesOf.has(town.regionId))
      .toSorted(byCodeThenName)
      .map(townNode);

  return (regionsUnder.get(null) ?? [])
    .toSorted(byCodeThenName)
    .map((county) => ({ county, towns: townsIn(county) }))
    .filter(({ county, towns }) => county.isHeld || towns.length > 0)
    .map(({ county, towns }) => ({ regionId: county.regionId, name: county.name, code: county.code, towns }));
}

/** The order of the codes is the order in which authorities list places; a place without one comes last. */
function byCodeThenName(a: Named, b: Named): number {
  if (a.code !== null && b.code !== null && a.code !== b.code) return a.code < b.code ? -1 : 1;
  if ((a.code === null) !== (b.code === null)) return a.code === null ? 1 : -1;
  return a.name.localeCompare(b.name, 'zh-CN', { numeric: true });
}

type Named = Pick<CountyNode, 'name' | 'code'>;
