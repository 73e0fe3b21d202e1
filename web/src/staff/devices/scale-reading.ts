import { type ScaleProfile } from '../../../../src/kernel/scale-profiles.js';

export type ScaleUnit = 'kg' | 'g' | 'jin' | 'lb';

/** A number as the display shows it, without its sign: 3.000 is 3000 with 3 decimals. Never a float. */
export interface Shown {
  /** 0 to 99 999 999. */
  readonly mantissa: number;
  /** 0 to 7. */
  readonly decimals: number;
}

/** What one frame said. */
export interface ScaleReading {
  readonly profile: ScaleProfile;
  /**
   * Whole grams on the pan, signed; net of the scale's own tare when `kind` is net. What is finer than a gram is cut
   * toward zero, so nobody is credited with more than was weighed. Null when an overloaded scale sends no number.
   */
  readonly grams: number | null;
  readonly shown: Shown | null;
  readonly unit: ScaleUnit | null;
  /** Null: the layout has no such flag, and `stability.rules` decides. */
  readonly isStable: boolean | null;
  readonly kind: 'gross' | 'net' | 'tare' | 'unknown';
  /** The scale's own tare where the same frame gives it (T1, net), in grams. */
  readonly tareGrams: number | null;
  readonly isOverload: boolean;
  /** Below zero; a zero shown as -0 is not. */
  readonly isNegative: boolean;
  /** The bytes as they came, in lower-case hexadecimal: the proof kept with the record. */
  readonly frame: string;
}

/** Grams of one unit as a fraction; the pound by its definition of 453.59237 g, the jin of 500 g. */
const GRAMS: Readonly<Record<ScaleUnit, readonly [of: number, by: number]>> = {
  kg: [1000, 1],
  g: [1, 1],
  jin: [500, 1],
  lb: [45_359_237, 100_000],
};

/** `'kg'`, `' g'`, `'KG'`; null for a unit this desk doesn't weigh in (oz, t, pieces): such a frame is refused. */
export function unitOf(text: string): ScaleUnit | null {
  const name = text.trim().toLowerCase();
  return name === 'kg' || name === 'g' || name === 'jin' || name === 'lb' ? name : null;
}

/** Exact: the largest product, 99 999 999 lb, stays under 2^53. */
export function gramsOf(shown: Shown, unit: ScaleUnit): number {
  const [of, by] = GRAMS[unit];
  const whole = shown.mantissa * of;
  const parts = 10 ** shown.decimals * by;
  return (whole - (whole % parts)) / parts;
}

/** Digits with at most one point, leading spaces for zeros: `'003.000'`, `'  3.0'`, `'300.'`; null for anything else. */
export function shownOf(text: string): Shown | null {
  const match = /^ *(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) return null;
  const decimals = match[2] ?? '';
  const digits = `${match[1]}${decimals}`;
  if (digits.length > 8 || decimals.length > 7) return null;
  return { mantissa: Number(digits), decimals: decimals.length };
}
