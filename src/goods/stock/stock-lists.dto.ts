import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { PageQuery } from '../../platform/index.js';

export class SitePageQuery extends PageQuery {
  @ApiProperty({ format: 'uuid', required: false, description: 'One shop only.' })
  @IsOptional()
  @IsUUID()
  readonly siteId?: string;
}

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const SHELF_CURSOR = new RegExp(`^${UUID}\\.${UUID}$`);

export class LowStockQuery {
  @ApiProperty({ minimum: 1, maximum: 100, default: 50, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 50;

  @ApiProperty({ format: 'uuid', required: false, description: 'One shop only.' })
  @IsOptional()
  @IsUUID()
  readonly siteId?: string;

  @ApiProperty({ required: false, maxLength: 73, description: '`goodsId.siteId` of the last row of the page before.' })
  @IsOptional()
  @Matches(SHELF_CURSOR)
  readonly after?: string;
}

export const TRANSFER_STATES = ['under-way', 'received', 'short'] as const;

export class TransfersQuery extends SitePageQuery {
  @ApiProperty({ enum: TRANSFER_STATES, required: false, description: '`short`: fewer arrived than were sent.' })
  @IsOptional()
  @IsIn(TRANSFER_STATES)
  readonly status?: (typeof TRANSFER_STATES)[number];
}

export class ShelfAlertDto {
  @ApiProperty({ minimum: 0, maximum: 1_000_000, description: 'Low at so many available pieces; 0 raises no alert.' })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly lowStockAt: number;
}
