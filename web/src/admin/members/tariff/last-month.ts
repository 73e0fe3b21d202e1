import { addDays, type CalendarDay } from '../../../../../src/kernel/calendar-day.js';

/** The calendar month before the one of `today`, first and last day. */
export function lastMonth(today: CalendarDay): { readonly from: CalendarDay; readonly to: CalendarDay } {
  const to = addDays(`${today.slice(0, 7)}-01`, -1);
  return { from: `${to.slice(0, 7)}-01`, to };
}
