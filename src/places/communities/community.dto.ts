import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { AdministrativeCode, CalendarDayField, MayBeAbsent, PlaceName } from '../place-fields.js';

export class CreateCommunityDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly townId: string;

  @PlaceName({ example: '卸巷社区' })
  readonly name: string;

  @MayBeAbsent()
  @AdministrativeCode({ required: false })
  readonly code?: string;

  @MayBeAbsent()
  @CalendarDayField({ required: false, description: 'First day of the code; today if absent.' })
  readonly codeValidFrom?: CalendarDay;
}
