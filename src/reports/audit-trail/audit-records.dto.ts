import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { PageQuery } from '../../platform/index.js';
import { ReportDay } from '../day-span.js';

export class AuditRecordsQuery extends PageQuery {
  @IsOptional()
  @ReportDay({ required: false, description: 'First day in China.' })
  readonly from?: CalendarDay;

  @IsOptional()
  @ReportDay({ required: false, description: 'Last day in China.' })
  readonly to?: CalendarDay;

  @ApiProperty({ required: false, pattern: '^[a-z-]{1,40}\\.[a-z-]{1,60}$', example: 'residents.freeze-card' })
  @IsOptional()
  @Matches(/^[a-z-]{1,40}\.[a-z-]{1,60}$/)
  readonly action?: string;

  @ApiProperty({ format: 'uuid', required: false, description: 'Who did it: a person, or a household for itself.' })
  @IsOptional()
  @IsUUID()
  readonly actorId?: string;

  @ApiProperty({ required: false, minLength: 1, maxLength: 200, description: 'What was done to.' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly subjectId?: string;
}
