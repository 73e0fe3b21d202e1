/** @param {readonly number[]} values @param {number} share 0 to 1 @returns {number} NaN for none */
export function quantile(values, share) {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Median and both ends: on a machine that others use too, one figure alone says little. */
export const spread = (values) => ({ median: median(values), min: Math.min(...values), max: Math.max(...values) });

/** What one slice came to. */
export function summaryOf({ seconds, milliseconds, cpu }) {
  const count = milliseconds.length;
  const each = (ms) => (ms === undefined ? undefined : ms / count);
  return {
    count,
    perSecond: count / seconds,
    p50Ms: quantile(milliseconds, 0.5),
    p99Ms: quantile(milliseconds, 0.99),
    cpuMsEach: { client: each(cpu.client), application: each(cpu.application), postgres: each(cpu.postgres) },
  };
}
