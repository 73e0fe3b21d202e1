import { get, type View } from '../../../base/api.js';
import { communityId } from '../../place.js';

export interface AreaChoice {
  readonly value: string;
  /** With the names above it: `第一网格 / 3栋`. */
  readonly label: string;
}

/** Grids, buildings and entrances as one list in their order. @throws Refused, Unanswered */
export async function readAreas(): Promise<AreaChoice[]> {
  const tree = await get('/api/communities/{communityId}/areas', { path: { communityId: communityId.value } });
  return tree.flatMap((node) => withNames(node, ''));
}

function withNames({ areaId, name, children }: View<'AreaNodeView'>, above: string): AreaChoice[] {
  const label = above === '' ? name : `${above} / ${name}`;
  return [{ value: areaId, label }, ...children.flatMap((child) => withNames(child, label))];
}
