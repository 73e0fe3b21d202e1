import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsUUID, Max, Min } from 'class-validator';
import { MayBeAbsent } from '../resident-fields.js';

/** Pages are larger here than elsewhere: a device fetches them all in the morning. */
const DESK_CACHE_LIMIT_MAX = 1000;

export class DeskCacheQuery {
  @ApiProperty({ format: 'uuid', description: 'The drop-off point where the device is used.' })
  @IsUUID()
  readonly siteId: string;

  @MayBeAbsent()
  @ApiProperty({ format: 'uuid', required: false, description: 'The last household of the page before.' })
  @IsUUID()
  readonly after?: string;

  @ApiProperty({ minimum: 1, maximum: DESK_CACHE_LIMIT_MAX, default: DESK_CACHE_LIMIT_MAX, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(DESK_CACHE_LIMIT_MAX)
  readonly limit: number = DESK_CACHE_LIMIT_MAX;
}
