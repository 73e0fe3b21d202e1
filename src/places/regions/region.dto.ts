import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { AdministrativeCode, CalendarDayField, MayBeAbsent, PlaceName } from '../place-fields.js';

export class CreateRegionDto {
  @MayBeAbsent()
  @ApiProperty({ format: 'uuid', required: false, description: 'The county of a new town; absent for a new county.' })
  @IsUUID()
  readonly parentId?: string;

  @PlaceName()
  readonly name: string;

  @MayBeAbsent()
  @AdministrativeCode({ required: false })
  readonly code?: string;

  @MayBeAbsent()
  @CalendarDayField({ required: false, description: 'First day of the code; today if absent.' })
  readonly codeValidFrom?: CalendarDay;
}
