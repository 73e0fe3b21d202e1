import { grouped } from '../grouped.js';
import type { Area, AreaKind } from './area.entity.js';

/** What stands under a place of each kind; nothing stands under an entrance. */
export const KIND_UNDER: Readonly<Record<AreaKind, AreaKind | undefined>> = {
  grid: 'building',
  building: 'entrance',
  entrance: undefined,
};

export interface AreaNode {
  readonly areaId: string;
  readonly parentId: string | null;
  readonly kind: AreaKind;
  readonly name: string;
  readonly children: readonly AreaNode[];
}

/** Grids with their buildings with their entrances; in the order in which people count (2栋 before 10栋). */
export function areaTree(areas: readonly Pick<Area, 'areaId' | 'parentId' | 'kind' | 'name'>[]): AreaNode[] {
  const under = grouped(areas, (area) => area.parentId);
  const nodes = (parentId: string | null): AreaNode[] =>
    (under.get(parentId) ?? [])
      .map(({ areaId, kind, name }) => ({ areaId, parentId, kind, name, children: nodes(areaId) }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true }));
  return nodes(null);
}
