import type { PlacementCode } from './import-finding.rules.js';

/** A place of the community as it stands: a grid with its buildings with their entrances. */
export interface KnownArea {
  readonly areaId: string;
  readonly name: string;
  readonly children: readonly KnownArea[];
}

/** Names from the grid down: `['第一网格', '3栋']`. Empty: in no grid. */
export type AreaPath = readonly string[];

export interface PlacedRow {
  readonly grid: string | null;
  readonly building: string | null;
  readonly entrance: string | null;
}

/**
 * Where a row's household belongs. A building without a grid is looked for among the buildings there are; it must be the
 * only one of its name.
 */
export function areaPathOf(row: PlacedRow, known: readonly KnownArea[]): AreaPath | PlacementCode {
  if (row.building === null) {
    if (row.entrance !== null) return 'building-missing';
    return row.grid === null ? [] : [row.grid];
  }
  const grids = row.grid === null ? gridsWith(row.building, known) : [row.grid];
  const [grid] = grids;
  if (grid === undefined || grids.length > 1) return 'grid-missing';
  return row.entrance === null ? [grid, row.building] : [grid, row.building, row.entrance];
}

function gridsWith(building: string, known: readonly KnownArea[]): string[] {
  return known.filter((grid) => grid.children.some((child) => child.name === building)).map((grid) => grid.name);
}

/** The id of the place a path leads to; undefined where the community does not have it yet. */
export function areaIdAt(path: AreaPath, known: readonly KnownArea[]): string | undefined {
  let children = known;
  let areaId: string | undefined;
  for (const name of path) {
    const area = children.find((child) => child.name === name);
    if (area === undefined) return undefined;
    areaId = area.areaId;
    children = area.children;
  }
  return areaId;
}

/** The places that some paths need and the community does not have, each once and after what it stands under. */
export function missingAreas(paths: Iterable<AreaPath>, known: readonly KnownArea[]): AreaPath[] {
  const missing = new Map<string, AreaPath>();
  for (const path of paths) {
    for (let depth = 1; depth <= path.length; depth += 1) {
      const part = path.slice(0, depth);
      if (areaIdAt(part, known) === undefined) missing.set(pathKey(part), part);
    }
  }
  return [...missing.values()];
}

/** A path as the key of a map. */
export function pathKey(path: AreaPath): string {
  return JSON.stringify(path);
}
