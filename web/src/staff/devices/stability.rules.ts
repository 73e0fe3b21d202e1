import { GRAMS_MAX } from '../../../../src/kernel/grams.js';
import { gramsOf, type ScaleReading } from './scale-reading.js';

/**
 * When the weight on the pan may be recorded. A pure state machine: times are milliseconds of any steady clock, handed
 * in. Rules of the desk (design, "Scale frames"):
 * - stable is what the scale's flag says; without a flag, at least 4 readings within one division over at least 700 ms;
 * - after a record the pan must come back under 5 divisions before another weight counts. A weight already on the pan
 *   when the desk starts is fine, and so is the same weight again after the pan was empty;
 * - in motion, overloaded or below zero is never recorded; nor is under 5 divisions, which counts as an empty pan.
 */

const STEADY_READINGS = 4;
const STEADY_MS = 700;
/** Readings further apart aren't one observation; the slowest scale (600 baud) sends every 300 ms. */
const LONGEST_GAP_MS = 1500;
/** An older reading no longer tells what is on the pan. */
const STALE_MS = 2000;
const EMPTY_DIVISIONS = 5;

interface Sample {
  readonly at: number;
  readonly grams: number;
}

export interface PanState {
  /** The scale's division in whole grams, at least 1. */
  readonly division: number;
  /** The last readings, all within one division, oldest first; no more than the rule looks at. */
  readonly steady: readonly Sample[];
  readonly reading: ScaleReading | null;
  readonly readAt: number;
  /** Grams taken off for a container by the desk's own 去皮; 0: none. */
  readonly tareGrams: number;
  /** A record was made of what may still be on the pan. */
  readonly isSpent: boolean;
}

/** Why the weight can't be recorded now, in the order a person would mend it. */
export type PanHindrance = 'no-reading' | 'overload' | 'motion' | 'negative' | 'empty' | 'not-emptied';

/** What is kept with the record. */
export interface ScaleSnapshot {
  /** Null, as is the tare, when the scale shows a net weight and doesn't tell its tare. */
  readonly grossGrams: number | null;
  readonly tareGrams: number | null;
  readonly netGrams: number;
  readonly weightSource: 'scale';
  /** Hexadecimal. */
  readonly rawFrame: string;
  readonly profile: ScaleReading['profile'];
}

export function freshPan(division: number): PanState {
  return { division, steady: [], reading: null, readAt: 0, tareGrams: 0, isSpent: false };
}

/** The smallest step the digits of a reading can show, in whole grams rounded up, at least 1. */
export function lastDigitGrams(reading: ScaleReading): number {
  if (reading.shown === null || reading.unit === null) return 1;
  const step = gramsOf({ mantissa: 1, decimals: reading.shown.decimals }, reading.unit);
  // Only a step in pounds falls between two grams (0.01 lb is 4.54 g).
  return Math.max(1, reading.unit === 'lb' ? step + 1 : step);
}

export function afterReading(pan: PanState, reading: ScaleReading, at: number): PanState {
  // A frame that only tells the tare says nothing about what is on the pan.
  if (reading.kind === 'tare') return pan;
  const read: PanState = { ...pan, reading, readAt: at, steady: steadyWith(pan, reading, at) };
  return { ...read, isSpent: pan.isSpent && !isEmpty(read) };
}

/** Call when a record was saved, typed or read: what lies on the pan now has been paid for. */
export function afterRecord(pan: PanState): PanState {
  return { ...pan, isSpent: pan.isSpent || (pan.reading !== null && !isEmpty(pan)) };
}

/** The cable was pulled or the scale was silent: nothing seen before counts, what was recorded and the tare stay. */
export function afterLoss(pan: PanState): PanState {
  return { ...pan, reading: null, steady: [] };
}

/** Null: the pan can't be tared now, because the weight is unsettled, none, or recorded already. */
export function tared(pan: PanState, at: number): PanState | null {
  const gross = pan.reading?.grams ?? 0;
  if (hindrance({ ...pan, tareGrams: 0 }, at) !== null) return null;
  return { ...pan, tareGrams: gross };
}

export function untared(pan: PanState): PanState {
  return { ...pan, tareGrams: 0 };
}

/** On the pan without the container, in grams, signed; null when unknown. */
export function netGrams(pan: PanState, at: number): number | null {
  if (isStale(pan, at)) return null;
  return netOf(pan);
}

export function isStable(pan: PanState, at: number): boolean {
  if (pan.reading === null || isStale(pan, at) || pan.reading.isOverload) return false;
  if (pan.reading.isStable !== null) return pan.reading.isStable;
  const [oldest] = pan.steady;
  return oldest !== undefined && pan.steady.length >= STEADY_READINGS && pan.readAt - oldest.at >= STEADY_MS;
}

/** Null: the weight may be recorded. */
export function hindrance(pan: PanState, at: number): PanHindrance | null {
  const net = netGrams(pan, at);
  if (pan.reading === null || isStale(pan, at)) return 'no-reading';
  if (pan.reading.isOverload || net === null || net > GRAMS_MAX) return 'overload';
  if (!isStable(pan, at)) return 'motion';
  if (net < 0) return 'negative';
  if (isEmpty(pan)) return 'empty';
  return pan.isSpent ? 'not-emptied' : null;
}

/** What to keep with the record, or null while there is a hindrance. */
export function snapshot(pan: PanState, at: number): ScaleSnapshot | null {
  const { reading } = pan;
  const net = netGrams(pan, at);
  if (reading === null || reading.grams === null || net === null || hindrance(pan, at) !== null) return null;
  const kept = { netGrams: net, weightSource: 'scale', rawFrame: reading.frame, profile: reading.profile } as const;
  if (reading.kind !== 'net') return { grossGrams: reading.grams, tareGrams: pan.tareGrams, ...kept };
  if (reading.tareGrams === null) return { grossGrams: null, tareGrams: null, ...kept };
  return { grossGrams: reading.grams + reading.tareGrams, tareGrams: reading.tareGrams + pan.tareGrams, ...kept };
}

function isStale(pan: PanState, at: number): boolean {
  return pan.reading === null || at - pan.readAt > STALE_MS;
}

function netOf(pan: PanState): number | null {
  const grams = pan.reading?.grams ?? null;
  return grams === null ? null : grams - pan.tareGrams;
}

/** Under 5 divisions, below zero (the container was lifted off) included. */
function isEmpty(pan: PanState): boolean {
  if (pan.reading?.isNegative === true) return true;
  if (pan.reading?.isOverload === true) return false;
  const net = netOf(pan);
  return net !== null && net < EMPTY_DIVISIONS * pan.division;
}

function steadyWith(pan: PanState, reading: ScaleReading, at: number): readonly Sample[] {
  if (reading.grams === null || reading.isOverload || reading.isStable === false) return [];
  const sample = { at, grams: reading.grams };
  const gap = at - pan.readAt;
  const seen = gap >= 0 && gap <= LONGEST_GAP_MS ? [...pan.steady, sample] : [sample];
  // From the newest back, as far as all lie within one division.
  let low = sample.grams;
  let high = sample.grams;
  const apart = seen.findLastIndex(({ grams }) => {
    low = Math.min(low, grams);
    high = Math.max(high, grams);
    return high - low > pan.division;
  });
  const steady = seen.slice(apart + 1);
  // Older ones than the rule asks for are let go, or a quiet hour would fill the memory.
  const longEnough = steady.findLastIndex((older) => at - older.at >= STEADY_MS);
  return steady.slice(Math.max(0, Math.min(longEnough, steady.length - STEADY_READINGS)));
}
