import type { CalendarDay } from '../../kernel/calendar-day.js';
import { ReportDay } from '../day-span.js';

export class OverviewQuery {
  @ReportDay()
  readonly from: CalendarDay;

  @ReportDay({ description: 'Inclusive; at most 366 days with the first.' })
  readonly to: CalendarDay;
}
