import { SCALE_PROFILES, type ScaleProfile } from '../../../../src/kernel/scale-profiles.js';
import { ScaleParser } from './scale-parser.js';
import { type ScaleReading, type Shown, shownOf } from './scale-reading.js';
import { lastDigitGrams } from './stability.rules.js';

/**
 * Which layout a scale sends in, found by what stands on its display: the person types the number, and a layout is the
 * one if it reads that same number in what came over the wire. Y3 and Y4 can't be told apart in any other way.
 */

/** Tried in turn, the likeliest first. */
export const BAUDS = [9600, 4800, 2400, 1200, 600] as const;

/** How long one speed is listened to: at 600 baud, seven frames of the longest layout. */
export const CAPTURE_MS = 2000;

/** One frame alone may be noise that happened to look like one. */
const FRAMES_NEEDED = 2;

/** One layout that read a number, right or wrong. */
export interface PairingCandidate {
  readonly profile: ScaleProfile;
  /** The number most frames showed. */
  readonly shown: Shown;
  /** See `lastDigitGrams`. */
  readonly division: number;
  readonly isMatch: boolean;
}

/** The number on the display as typed, full-width digits allowed; null for no number or for zero, which all layouts share. */
export function typedNumber(text: string): Shown | null {
  const shown = shownOf(text.normalize('NFKC').replace('。', '.').trim());
  return shown === null || shown.mantissa === 0 ? null : shown;
}

/** `3.000` for 3000 with 3 decimals. */
export function shownText({ mantissa, decimals }: Shown): string {
  const digits = String(mantissa).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Equal as numbers: 3.0 is 3.000. */
export function isSameNumber(a: Shown, b: Shown): boolean {
  return BigInt(a.mantissa) * 10n ** BigInt(b.decimals) === BigInt(b.mantissa) * 10n ** BigInt(a.decimals);
}

/** The layouts that read numbers in these bytes, in the order of `SCALE_PROFILES`. */
export function candidatesFor(bytes: Uint8Array, typed: Shown): PairingCandidate[] {
  return SCALE_PROFILES.flatMap((profile) => {
    const readings = new ScaleParser(profile).feed(bytes).filter((reading) => reading.kind !== 'tare');
    const usual = mostShown(readings);
    if (usual === null || usual.shown === null) return [];
    const isMatch = !usual.isNegative && isSameNumber(usual.shown, typed);
    return [{ profile, shown: usual.shown, division: lastDigitGrams(usual), isMatch }];
  });
}

/** A reading of the number most frames showed, so a flicker of the last digit does no harm. */
function mostShown(readings: readonly ScaleReading[]): ScaleReading | null {
  const counts = new Map<string, { count: number; reading: ScaleReading }>();
  for (const reading of readings) {
    if (reading.shown === null) continue;
    const key = `${reading.isNegative}${shownText(reading.shown)}`;
    counts.set(key, { count: (counts.get(key)?.count ?? 0) + 1, reading });
  }
  let most: { count: number; reading: ScaleReading } | null = null;
  for (const entry of counts.values()) if (most === null || entry.count > most.count) most = entry;
  return most !== null && most.count >= FRAMES_NEEDED ? most.reading : null;
}
