import { get } from '../../base/api.js';
import { holdsRole, session } from '../../base/session.js';

/** Where goods are handed out. */
export interface CounterPlace {
  readonly communityId: number;
  readonly siteId: string;
  readonly shopName: string;
}

/** The first shop at which whoever is signed in may redeem; null where there is none. @throws Unanswered */
export async function counterPlace(): Promise<CounterPlace | null> {
  for (const place of session.value?.places ?? []) {
    if (!holdsRole(place, ['cashier', 'manager'])) continue;
    const { communityId } = place;
    const sites = await get('/api/communities/{communityId}/sites', { path: { communityId } });
    const shop = sites.find(
      ({ kind, closedAt, siteId }) =>
        kind === 'shop' && closedAt === null && holdsRole(place, ['cashier', 'manager'], siteId),
    );
    if (shop !== undefined) return { communityId, siteId: shop.siteId, shopName: shop.name };
  }
  return null;
}
