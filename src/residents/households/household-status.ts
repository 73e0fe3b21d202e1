/**
 * - `active`: as usual. `frozen`: stays as it is, and nothing is credited to it or redeemed for it.
 * - `merged`: everything it had went to another household. `closed`: left for good, with nothing on its account.
 */
export const HOUSEHOLD_STATUSES = ['active', 'frozen', 'merged', 'closed'] as const;
export type HouseholdStatus = (typeof HOUSEHOLD_STATUSES)[number];

/** A household of these has its door to itself, can sign in and may change. */
export const OPEN_STATUSES: readonly HouseholdStatus[] = ['active', 'frozen'];
