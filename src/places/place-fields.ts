import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsString, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { addDays } from '../kernel/calendar-day.js';

/**
 * One line of 1 to 60 characters without a blank at either end and without invisible or direction-changing characters:
 * two places must not look alike and differ. Counted as PostgreSQL counts, by code points.
 */
const PLACE_NAME = /^(?!\s)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,60}(?<!\s)$/u;

/** The field may be left out; null is not leaving it out, and is a fault like any other wrong type. */
export const MayBeAbsent = () => ValidateIf((_, value) => value !== undefined);

/** The name of a place. */
export const PlaceName = (api: ApiPropertyOptions = {}) =>
  applyDecorators(
    ApiProperty({ minLength: 1, maxLength: 60, example: '银塘镇', ...api }),
    IsString(),
    Matches(PLACE_NAME, { message: '$property must be 1 to 60 visible characters on one line' }),
  );

/**
 * An administrative code for statistics (统计用区划代码): twelve digits; two each for province, city and county, three each
 * for town and community.
 */
export const AdministrativeCode = (api: ApiPropertyOptions = {}) =>
  applyDecorators(
    ApiProperty({ pattern: '^[0-9]{12}$', example: '340506103000', ...api }),
    IsString(),
    Matches(/^[0-9]{12}$/, { message: '$property must be twelve digits' }),
  );

/** A day that the calendar has, from 1949 (before it there were no codes and no shops) to 2199. */
export const CalendarDayField = (api: ApiPropertyOptions = {}) =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date', example: '2026-11-22', ...api }),
    ValidateBy({
      name: 'calendarDay',
      validator: {
        validate: isCalendarDay,
        defaultMessage: () => '$property must be a day such as 2026-11-22, from 1949 to 2199',
      },
    }),
  );

function isCalendarDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  if (value < '1949-01-01' || value > '2199-12-31') return false;
  // 30 February either does not parse or comes back as 2 March.
  return !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) && addDays(value, 0) === value;
}
