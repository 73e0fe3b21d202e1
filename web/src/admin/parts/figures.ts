/**
 * Reads what somebody typed as a sum with at most two decimals: points as hundredths of a point, yuan as fen. Full-width
 * digits and points of an input method are as good as plain ones.
 * @returns null where it is no such number
 */
export function readHundredths(typed: string): number | null {
  const text = typed.normalize('NFKC').replace('。', '.').trim();
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(text)) return null;
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

/** Reads a whole number, such as pieces. @returns null where it is none */
export function readWhole(typed: string): number | null {
  const text = typed.normalize('NFKC').trim();
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** `1250` → `12.50`: yuan from fen. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}
