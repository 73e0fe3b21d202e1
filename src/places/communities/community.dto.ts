import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsUUID, Max, Min } from 'class-validator';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { AdministrativeCode, CalendarDayField, MayBeAbsent, PlaceName } from '../place-fields.js';

const PUBLIC_COMMUNITIES_MAX = 100;

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

/** Keyset paging by the number of a community. */
export class PublicCommunitiesQuery {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: PUBLIC_COMMUNITIES_MAX,
    default: PUBLIC_COMMUNITIES_MAX,
    required: false,
  })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(PUBLIC_COMMUNITIES_MAX)
  readonly limit: number = PUBLIC_COMMUNITIES_MAX;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    default: 0,
    required: false,
    description: 'The last community of the page before.',
  })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly after: number = 0;
}
