import { get } from '../../base/api.js';
import type { Offer } from './offers.js';

const OFFERS_A_READ = 100;

/** Everything that the community offers: affordable goods can only stand first when all are known. */
export async function allOffers(): Promise<Offer[]> {
  const offers: Offer[] = [];
  for (;;) {
    const after = offers.at(-1)?.goodsId;
    const page = await get('/api/me/goods', { query: { limit: OFFERS_A_READ, ...(after !== undefined && { after }) } });
    offers.push(...page);
    if (page.length < OFFERS_A_READ) return offers;
  }
}
