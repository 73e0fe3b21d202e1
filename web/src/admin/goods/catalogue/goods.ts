import { get, type View } from '../../../base/api.js';
import { allRows } from '../../parts/list.js';
import { communityId } from '../../place.js';

export type Goods = View<'GoodsView'>;

const FOUND_MAX = 20;

/** Every good of the community: a shop has tens of them, at most some hundreds. */
export async function allGoods(): Promise<Goods[]> {
  return allRows(
    (page) =>
      get('/api/communities/{communityId}/goods', { path: { communityId: communityId.value }, query: { ...page } }),
    ({ goodsId }) => goodsId,
  );
}

/**
 * What was scanned or typed: the good with that barcode or with exactly that name, else all whose names have it in them,
 * 20 at most.
 */
export async function findGoods(typed: string): Promise<readonly Goods[]> {
  const search = typed.normalize('NFKC').trim();
  const found = await get('/api/communities/{communityId}/goods', {
    path: { communityId: communityId.value },
    query: { search, limit: FOUND_MAX },
  });
  const exact = found.find(({ barcode, name }) => barcode === search || name === search);
  return exact === undefined ? found : [exact];
}
