import { computed, ref } from 'vue';
import { get, type View } from '../../base/api.js';
import { today } from '../../base/format.js';
import { isInSeason } from '../../../../src/goods/rules.js';
import type { CartGoods } from './cart.rules.js';

/** A good as it lies on the shelf of this shop. */
export interface ShelfGoods extends CartGoods {
  readonly category: string;
  readonly barcode: string | null;
  /** Pieces that can be handed out now. */
  readonly available: number;
  readonly limit: View<'GoodsLimitView'> | null;
}

const PAGE = 100;

/** What a shop offers, kept in memory so that a scan is answered at once, and read again after every customer. */
export function shelfOf(communityId: number, siteId: string) {
  const goods = ref<readonly ShelfGoods[]>([]);
  const isLoaded = ref(false);
  let reading: Promise<void> | null = null;

  /** Several at once are one. @throws Unanswered, Refused; then the list stays as it was */
  function refresh(): Promise<void> {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  }

  async function read(): Promise<void> {
    const path = { communityId };
    const [listed, shelves] = await Promise.all([
      pages((after) => get('/api/communities/{communityId}/goods', { path, query: { isListed: true, ...after } })),
      pages((after) =>
        get('/api/communities/{communityId}/sites/{siteId}/shelves', { path: { communityId, siteId }, query: after }),
      ),
    ]);
    const pieces = new Map(shelves.map((shelf) => [shelf.goodsId, shelf.available]));
    const day = today();
    goods.value = listed
      .filter((one) => isInSeason(one.season, day))
      .flatMap(({ goodsId, name, unit, category, barcode, photoUrl, limit, price }) =>
        price === null
          ? []
          : {
              goodsId,
              name,
              unit,
              category,
              barcode,
              photoUrl,
              limit,
              unitCentipoints: price.centipoints,
              available: pieces.get(goodsId) ?? 0,
            },
      );
    isLoaded.value = true;
  }

  return {
    goods,
    isLoaded,
    refresh,
    byId: computed(() => new Map(goods.value.map((one) => [one.goodsId, one]))),
    categories: computed(() => [...new Set(goods.value.map((one) => one.category))]),
    byBarcode: (barcode: string) => goods.value.find((one) => one.barcode === barcode),
    /** The server has just said how much there is. */
    setAvailable(goodsId: string, available: number): void {
      goods.value = goods.value.map((one) => (one.goodsId === goodsId ? { ...one, available } : one));
    },
  };
}

export type Shelf = ReturnType<typeof shelfOf>;

async function pages<T extends { readonly goodsId: string }>(
  page: (query: { limit: number; after?: string }) => Promise<readonly T[]>,
): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const after = all.at(-1)?.goodsId;
    const next = await page({ limit: PAGE, ...(after !== undefined && { after }) });
    all.push(...next);
    if (next.length < PAGE) return all;
  }
}
