import type { CalendarDay } from '../../kernel/calendar-day.js';

/** A part of every year, both days included, written `MM-DD`. It wraps over the new year where `to` is before `from`. */
export interface Season {
  readonly from: string;
  readonly to: string;
}

/** A day that some year has, 29 February among them. */
export const SEASON_DAY =
  /^(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))$/;

/** Whether a good may be had on the day; one without a season always may. */
export function isInSeason(season: Season | null, day: CalendarDay): boolean {
  if (season === null) return true;
  const { from, to } = season;
  const monthDay = day.slice(5);
  return from <= to ? from <= monthDay && monthDay <= to : from <= monthDay || monthDay <= to;
}
