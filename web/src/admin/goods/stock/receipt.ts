import { ref, watch, type Ref } from 'vue';
import { get } from '../../../base/api.js';
import { communityId } from '../../place.js';

export type Origin = 'bought' | 'donated';

/** One line of the receipt as the screen shows it: newest first, until the page is left. */
export interface ReceivedLine {
  readonly id: number;
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
  readonly unitCostFen: number;
  readonly expiresOn: string | null;
  readonly state: 'sending' | 'posted' | 'pending' | 'unknown' | 'refused';
  readonly onHand?: number;
  readonly why?: string;
}

const BATCHES_READ = 100;

/** Kept on this device: the next delivery mostly comes from where the last one came from. */
export function kept<Value extends string>(name: string, first: Value): Ref<Value> {
  const key = `admin-receipt:${name}`;
  const value = ref((localStorage.getItem(key) as Value | null) ?? first) as Ref<Value>;
  watch(value, (now) => localStorage.setItem(key, now));
  return value;
}

/** What a piece of the good cost when it came last to the shop, in fen; 0 where nothing of it is left to tell. */
export async function lastCostFen(siteId: string, goodsId: string): Promise<number> {
  const batches = await get('/api/communities/{communityId}/sites/{siteId}/shelves/{goodsId}/batches', {
    path: { communityId: communityId.value, siteId, goodsId },
    query: { limit: BATCHES_READ },
  });
  return batches.toSorted((a, b) => b.receivedAt.localeCompare(a.receivedAt))[0]?.unitCostFen ?? 0;
}
