/** A calendar day in China, written `2026-11-22`. Days have no time zone of their own; instants have. */
export type CalendarDay = string;

/** China has kept UTC+8 all year since 1991 (no daylight saving), so the offset is a constant. */
const CHINA_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The calendar day on which an instant falls in Asia/Shanghai. */
export function chinaDay(instant: Date): CalendarDay {
  return new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** Minutes since midnight in Asia/Shanghai, 0 to 1439. */
export function chinaMinuteOfDay(instant: Date): number {
  return Math.floor(((instant.getTime() + CHINA_OFFSET_MS) % DAY_MS) / 60_000);
}

/** The first instant of a calendar day in Asia/Shanghai. */
export function startOfChinaDay(day: CalendarDay): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - CHINA_OFFSET_MS);
}

/** ISO weekday, 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: CalendarDay): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The day `count` days after `day` (before it, when negative). */
export function addDays(day: CalendarDay, count: number): CalendarDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}
