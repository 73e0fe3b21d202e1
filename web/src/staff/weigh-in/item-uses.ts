import { keep, kept } from '../../base/kept.js';

/** How often this desk has recorded each item: what is used most stands first, from the next opening of the page on. */
const KEPT = 'desk:item-uses';

const counted = JSON.parse(kept(KEPT) ?? '{}') as Record<string, number>;

/** As it was when the page was opened: a tile must not move under a finger. */
export const itemUses: Readonly<Record<string, number>> = { ...counted };

export function countUses(itemCodes: readonly string[]): void {
  for (const code of itemCodes) counted[code] = (counted[code] ?? 0) + 1;
  keep(KEPT, JSON.stringify(counted));
}
