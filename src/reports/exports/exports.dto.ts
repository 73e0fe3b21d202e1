import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { ReportDay } from '../day-span.js';
import { EXPORT_LISTS, type ExportName } from './export-lists.js';

export const EXPORT_FORMATS = ['xlsx', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export class ExportDto {
  @ApiProperty({ enum: Object.keys(EXPORT_LISTS) })
  @IsIn(Object.keys(EXPORT_LISTS))
  readonly list: ExportName;

  @ApiProperty({ enum: EXPORT_FORMATS, default: 'xlsx', required: false })
  @IsIn(EXPORT_FORMATS)
  readonly format: ExportFormat = 'xlsx';

  @IsOptional()
  @ReportDay({ required: false, description: 'With `to`, for lists of what happened; at most 366 days.' })
  readonly from?: CalendarDay;

  @IsOptional()
  @ReportDay({ required: false, description: 'Inclusive.' })
  readonly to?: CalendarDay;

  @ApiProperty({ format: 'uuid', required: false, description: 'One place only, for lists of what happens at places.' })
  @IsOptional()
  @IsUUID()
  readonly siteId?: string;

  @ApiProperty({ format: 'uuid', required: false, description: 'One household only.' })
  @IsOptional()
  @IsUUID()
  readonly householdId?: string;

  @ApiProperty({ default: false, required: false, description: 'Names and phone numbers whole; needs a reason.' })
  @IsBoolean()
  readonly isUnmasked: boolean = false;

  @ApiProperty({ required: false, minLength: 2, maxLength: 200, description: 'What it is for.' })
  @IsOptional()
  @IsString()
  @Length(2, 200)
  readonly reason?: string;
}
