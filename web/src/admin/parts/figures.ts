/**
 * Reads what somebody typed as a number of at most nine digits before the point, exactly. Full-width digits and points of an
 * input method are as good as plain ones.
 * @param decimals how many digits there may be after the point; with 0 there is no point
 * @returns the number times 10 to the power of `decimals`; null where it is no such number
 */
export function readDecimal(typed: string, decimals: number): number | null {
  const text = typed.normalize('NFKC').replace('。', '.').trim();
  const [, whole, fraction = ''] = /^(\d{1,9})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > decimals) return null;
  return Number(whole + fraction.padEnd(decimals, '0'));
}

/** Reads points as hundredths of a point, yuan as fen. @returns null where it is no such number */
export function readHundredths(typed: string): number | null {
  return readDecimal(typed, 2);
}

/** Reads a whole number, such as pieces. @returns null where it is none */
export function readWhole(typed: string): number | null {
  return readDecimal(typed, 0);
}

/** `1250` → `12.50`: yuan from fen. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

/**
 * A share in whole per cent, cut, not rounded: 99.6 % is not yet everything.
 * @returns `–` of nothing
 */
export function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.floor((part / whole) * 100)}%`;
}
