import { ref, watch, type Ref } from 'vue';
import { get } from '../../../base/api.js';
import { keep, kept } from '../../../base/kept.js';

export type Origin = 'bought' | 'donated';

/** One line, as typed at the desk: everything that its receipt needs, whatever the page shows by then. */
export interface TypedLine {
  readonly communityId: number;
  readonly siteId: string;
  readonly origin: Origin;
  readonly supplier: string;
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
  /** Null: what a piece cost last time. */
  readonly unitCostFen: number | null;
  readonly expiresOn: string | null;
}

/** The same as the screen shows it: newest first, until the page is left. */
export interface ReceivedLine extends TypedLine {
  readonly id: string;
  /** `waiting`: behind another one, kept in this tab also over a reload. */
  readonly state: 'waiting' | 'sending' | 'posted' | 'pending' | 'unknown' | 'refused';
  readonly onHand?: number;
  readonly why?: string;
}

const BATCHES_READ = 100;

/** Kept on this device: the next delivery mostly comes from where the last one came from. */
export function keptChoice<Value extends string>(name: string, first: Value): Ref<Value> {
  const key = `admin-receipt:${name}`;
  const value = ref((kept(key) as Value | null) ?? first) as Ref<Value>;
  watch(value, (now) => keep(key, now));
  return value;
}

/** What a piece of the good cost when it came last to the shop, in fen; 0 where nothing of it is left to tell. */
export async function lastCostFen(communityId: number, siteId: string, goodsId: string): Promise<number> {
  const batches = await get('/api/communities/{communityId}/sites/{siteId}/shelves/{goodsId}/batches', {
    path: { communityId, siteId, goodsId },
    query: { limit: BATCHES_READ },
  });
  return batches.toSorted((a, b) => b.receivedAt.localeCompare(a.receivedAt))[0]?.unitCostFen ?? 0;
}
