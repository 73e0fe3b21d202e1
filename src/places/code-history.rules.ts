import type { CalendarDay } from '../kernel/calendar-day.js';
import { CodeNotLaterError } from './places.errors.js';

/** An administrative code from its first day up to, and without, `validTo`; null while nothing has followed it. */
export interface DatedCode {
  readonly code: string;
  readonly validFrom: CalendarDay;
  readonly validTo: CalendarDay | null;
}

/**
 * The code that ends on the day a new one begins; undefined when there is none to end.
 * @throws CodeNotLaterError where the new one would begin on or before the first day of the latest one: what reports of
 *   the past were made with stays as it was
 */
export function codeToEnd(history: readonly DatedCode[], newFrom: CalendarDay): DatedCode | undefined {
  const latest = history.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)).at(-1);
  if (latest === undefined) return undefined;
  if (newFrom <= latest.validFrom) throw new CodeNotLaterError({ latestFrom: latest.validFrom });
  return latest.validTo === null ? latest : undefined;
}
