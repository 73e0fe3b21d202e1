import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsInt, IsString, Matches, Max, Min, ValidateBy, ValidateIf } from 'class-validator';
import { addDays } from '../kernel/calendar-day.js';

/** The most pieces that one line may move: more than any shop holds, and far from what an integer holds. */
export const QUANTITY_MAX = 100_000;

/** One million yuan a piece. */
export const UNIT_COST_FEN_MAX = 100_000_000;

/** The field may be left out; null is not leaving it out, and is a fault like any other wrong type. */
export const MayBeAbsent = () => ValidateIf((_, value) => value !== undefined);

/**
 * One line of visible characters without a blank at either end, counted as PostgreSQL counts, by code points.
 * @param max 1 to 200
 */
export const LineOfText = (max: number, api: ApiPropertyOptions = {}) =>
  applyDecorators(
    ApiProperty({ minLength: 1, maxLength: max, ...api }),
    IsString(),
    Matches(new RegExp(`^(?!\\s)[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{1,${max}}(?<!\\s)$`, 'u'), {
      message: `$property must be 1 to ${max} visible characters on one line`,
    }),
  );

/** Why something is done, for whoever reads the records later. */
export const ReasonField = (api: ApiPropertyOptions = {}) => LineOfText(200, { example: '运输途中破损', ...api });

/** Whole pieces. */
export const QuantityField = (min = 1) =>
  applyDecorators(ApiProperty({ minimum: min, maximum: QUANTITY_MAX }), IsInt(), Min(min), Max(QUANTITY_MAX));

/** A day of this century that the calendar has. */
export const ExpiryDayField = () =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date', example: '2027-05-31', required: false, nullable: true }),
    ValidateBy({
      name: 'expiryDay',
      validator: {
        validate: isExpiryDay,
        defaultMessage: () => '$property must be a day such as 2027-05-31, from 2000 to 2099',
      },
    }),
  );

function isExpiryDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^20\d{2}-\d{2}-\d{2}$/.test(value)) return false;
  // 30 February either does not parse or comes back as 2 March.
  return !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) && addDays(value, 0) === value;
}

/** Matches an instant with its offset, such as 2026-11-22T09:00:00+08:00. */
const INSTANT = /^20\d{2}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** An instant as text; the service reads it. */
export const InstantField = (api: ApiPropertyOptions = {}) =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date-time', example: '2026-12-01T00:00:00+08:00', ...api }),
    ValidateBy({
      name: 'instant',
      validator: {
        validate: (value) => typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value)),
        defaultMessage: () => '$property must be an instant with its offset, such as 2026-12-01T00:00:00+08:00',
      },
    }),
  );
