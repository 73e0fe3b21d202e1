/**
 * Points are kept as whole hundredths of a point ("centipoints"), because real tariffs credit 3.2 points
 * (60 bags at 50 a point and 60 packs at 30 a point). A JSON number is exact up to 2^53 − 1.
 */
export type Centipoints = number;

export const CENTIPOINTS_PER_POINT = 100;

/** The most that one posting may move: ten million points. Keeps every sum of a community far below 2^53. */
export const CENTIPOINTS_MAX = 1_000_000_000;

/** Renders centipoints as people read them: at most two decimals, trailing zeros cut (`320` → `3.2`). */
export function formatPoints(centipoints: Centipoints): string {
  const sign = centipoints < 0 ? '-' : '';
  const absolute = Math.abs(centipoints);
  const whole = Math.floor(absolute / CENTIPOINTS_PER_POINT);
  const fraction = String(absolute % CENTIPOINTS_PER_POINT)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}
