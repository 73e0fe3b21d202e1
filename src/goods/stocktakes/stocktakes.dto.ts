import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { MayBeAbsent, ReasonField } from '../goods-fields.js';
import { SitePageQuery } from '../stock/stock-lists.dto.js';

export const STOCKTAKE_STATES = ['counting', 'submitted', 'posted', 'cancelled'] as const;

/** More than any shelf holds; what the table takes. */
const COUNTED_MAX = 1_000_000;

export class StocktakesQuery extends SitePageQuery {
  @ApiProperty({ enum: STOCKTAKE_STATES, required: false })
  @IsOptional()
  @IsIn(STOCKTAKE_STATES)
  readonly status?: (typeof STOCKTAKE_STATES)[number];
}

export class CountDto {
  @ApiProperty({
    minimum: 0,
    maximum: COUNTED_MAX,
    description: 'Pieces that stand there, reserved and expired ones too.',
  })
  @IsInt()
  @Min(0)
  @Max(COUNTED_MAX)
  readonly counted: number;
}

export class StocktakeSubmissionDto {
  @MayBeAbsent()
  @ReasonField({ required: false, description: 'For the second person, where one is needed.', example: '月末盘点' })
  readonly note?: string;
}
