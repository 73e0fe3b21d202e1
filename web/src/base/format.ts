import { chinaDay } from '../../../src/kernel/calendar-day.js';
import { CENTIPOINTS_PER_POINT, formatPoints } from '../../../src/kernel/points.js';
import { lang } from './lang.js';

const GRAMS_PER_KILOGRAM = 1000;
const GRAMS_PER_JIN = 500;
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** `320` → `3.2`. */
export const points = formatPoints;

/** `320` → `3.2 分`; English `3.2 points`, and `1 point`. */
export function pointsWithUnit(centipoints: number): string {
  return `${formatPoints(centipoints)} ${unitOf(centipoints)}`;
}

/** `+3.2` and `−5`: a movement, with a sign in either direction. */
export function signedPoints(centipoints: number): string {
  return centipoints < 0 ? `−${formatPoints(-centipoints)}` : `+${formatPoints(centipoints)}`;
}

/** `+3.2 分`; English `+3.2 points`, and `+1 point`. */
export function signedPointsWithUnit(centipoints: number): string {
  return `${signedPoints(centipoints)} ${unitOf(centipoints)}`;
}

function unitOf(centipoints: number): string {
  if (lang.value === 'zh') return '分';
  return Math.abs(centipoints) === CENTIPOINTS_PER_POINT ? 'point' : 'points';
}

/** `3200` → `3.20 公斤 (6.4 斤)`. */
export function weight(grams: number): string {
  const kilograms = (grams / GRAMS_PER_KILOGRAM).toFixed(2);
  const jin = Number((grams / GRAMS_PER_JIN).toFixed(2));
  return lang.value === 'zh' ? `${kilograms} 公斤 (${jin} 斤)` : `${kilograms} kg (${jin} jin)`;
}

/** `3200` → `3.20`: kilograms alone, for columns that name the unit. */
export function kilograms(grams: number): string {
  return (grams / GRAMS_PER_KILOGRAM).toFixed(2);
}

/** The day in China on which an instant (ISO 8601) falls: `2026-11-22`. */
export function day(instant: string): string {
  return chinaDay(new Date(instant));
}

/** The day it is in China, by this device's clock. */
export function today(): string {
  return chinaDay(new Date());
}

/** The time of day in China: `06:05`. */
export function timeOfDay(instant: string): string {
  return new Date(Date.parse(instant) + CHINA_OFFSET_MS).toISOString().slice(11, 16);
}

/** `2026-11-22 06:05`. */
export function dayAndTime(instant: string): string {
  return `${day(instant)} ${timeOfDay(instant)}`;
}
