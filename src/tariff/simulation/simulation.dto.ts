import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsISO8601, Matches } from 'class-validator';
import type { CalendarDay } from '../../kernel/calendar-day.js';

const DayOfThisCentury = (api: ApiPropertyOptions) =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date', ...api }),
    IsISO8601({ strict: true }),
    Matches(/^20\d{2}-\d{2}-\d{2}$/, { message: '$property must be a day such as 2026-11-22' }),
  );

export class SimulationDto {
  @DayOfThisCentury({ example: '2026-09-01' })
  readonly from: CalendarDay;

  @DayOfThisCentury({ example: '2026-11-30', description: 'Inclusive; at most 92 days with the first.' })
  readonly to: CalendarDay;
}
