import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsISO8601, Matches } from 'class-validator';
import { addDays, type CalendarDay } from '../kernel/calendar-day.js';
import { FieldFaultsError } from '../platform/index.js';

/** A year and the day that it began on. */
export const REPORTED_DAYS_MAX = 366;

/** Both days inclusive, in China. */
export interface DaySpan {
  readonly from: CalendarDay;
  readonly to: CalendarDay;
}

/** A calendar day of this century: its neighbours are days, too. */
export const ReportDay = (api: ApiPropertyOptions = {}) =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date', example: '2026-11-22', ...api }),
    IsISO8601({ strict: true }),
    Matches(/^20\d{2}-\d{2}-\d{2}$/, { message: '$property must be a day such as 2026-11-22' }),
  );

/** @throws FieldFaultsError where the days stand in the wrong order or are more than {@link REPORTED_DAYS_MAX} */
export function requireSpan({ from, to }: DaySpan): void {
  if (to < from || to >= addDays(from, REPORTED_DAYS_MAX)) {
    throw new FieldFaultsError([{ pointer: '/to', detail: `must be within ${REPORTED_DAYS_MAX} days of from` }]);
  }
}
