import { chinaDay } from '../../../../src/kernel/calendar-day.js';

/** A line of the statement, as far as putting it in order needs it. */
export interface DatedLine {
  readonly seq: number;
  readonly kind: string;
  readonly amountCentipoints: number;
  readonly occurredAt: string;
}

export interface DayOfLines<L> {
  readonly day: string;
  readonly lines: readonly L[];
}

/** Lines by the day in China on which they happened, newest first; within a day as they were booked, newest first. */
export function byDay<L extends DatedLine>(lines: readonly L[]): DayOfLines<L>[] {
  const days = new Map<string, L[]>();
  for (const line of lines.toSorted((a, b) => b.seq - a.seq)) {
    const day = chinaDay(new Date(line.occurredAt));
    days.set(day, [...(days.get(day) ?? []), line]);
  }
  return [...days].map(([day, of]) => ({ day, lines: of })).toSorted((a, b) => b.day.localeCompare(a.day));
}

/** What was brought and credited, in centipoints, less what of it was taken back. Goods, gifts and corrections do not count. */
export function earned(lines: readonly DatedLine[]): number {
  return lines
    .filter(({ kind }) => kind === 'award' || kind === 'award-reversal')
    .reduce((sum, { amountCentipoints }) => sum + amountCentipoints, 0);
}

/** The month in China of an instant: `2026-11`. */
export function monthOf(instant: Date): string {
  return chinaDay(instant).slice(0, 7);
}

/** `2026-01` and −1 → `2025-12`. */
export function monthBeside(month: string, step: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + step, 1)).toISOString().slice(0, 7);
}
