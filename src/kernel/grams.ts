/** Weights are whole grams. Screens show 公斤 (1000 g) with 斤 (500 g) beside it. */
export type Grams = number;

/** The most one line may weigh: two tonnes, more than any platform scale at a drop-off point. */
export const GRAMS_MAX = 2_000_000;

/** `3200` → `3.20 公斤 (6.4 斤)`. */
export function formatWeight(grams: Grams): string {
  return `${(grams / 1000).toFixed(2)} 公斤 (${Number((grams / 500).toFixed(2))} 斤)`;
}
