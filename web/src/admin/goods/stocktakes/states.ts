import { get, type View } from '../../../base/api.js';
import { allRows } from '../../parts/list.js';
import { communityId } from '../../place.js';

export type Stocktake = View<'StocktakeView'>;
export type Count = View<'CountView'>;
export type Difference = View<'DifferenceView'>;

/** How the badge of a state looks. */
export const STATE_KINDS = { counting: 'warn', submitted: 'warn', posted: 'good', cancelled: 'plain' } as const;

const idOf = ({ goodsId }: { readonly goodsId: string }) => goodsId;

function pathOf(stocktakeId: string) {
  return { communityId: communityId.value, stocktakeId };
}

export async function readStocktake(stocktakeId: string): Promise<Stocktake> {
  return get('/api/communities/{communityId}/stocktakes/{stocktakeId}', { path: pathOf(stocktakeId) });
}

/** What was counted, the last first. */
export async function readCounts(stocktakeId: string): Promise<Count[]> {
  const counts = await allRows<Count>(
    (page) =>
      get('/api/communities/{communityId}/stocktakes/{stocktakeId}/lines', {
        path: pathOf(stocktakeId),
        query: { ...page },
      }),
    idOf,
  );
  return counts.toSorted((a, b) => b.countedAt.localeCompare(a.countedAt));
}

/** What was counted beside what was expected; those that differ first. */
export async function readDifferences(stocktakeId: string): Promise<Difference[]> {
  const lines = await allRows<Difference>(
    (page) =>
      get('/api/communities/{communityId}/stocktakes/{stocktakeId}/differences', {
        path: pathOf(stocktakeId),
        query: { ...page },
      }),
    idOf,
  );
  return lines.toSorted((a, b) => Number(a.delta === 0) - Number(b.delta === 0) || a.delta - b.delta);
}
