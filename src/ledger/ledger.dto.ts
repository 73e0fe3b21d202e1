import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxDate,
  MinDate,
  Max,
  Min,
  NotEquals,
  ValidateIf,
} from 'class-validator';
import { CENTIPOINTS_MAX } from '../kernel/points.js';

/** No shop is older, and PostgreSQL ends where JavaScript's dates do not. */
const EARLIEST = new Date('2000-01-01T00:00:00Z');
const LATEST = new Date('2200-01-01T00:00:00Z');

const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;

export class StatementQuery {
  @ApiProperty({ minimum: 1, maximum: 100, default: 20, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;

  @ApiProperty({
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    required: false,
    description: 'Sequence number of the last line of the page before.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly beforeSeq?: number;

  @ApiProperty({ pattern: MONTH.source, required: false, description: 'In China; by when it happened.' })
  @IsOptional()
  @Matches(MONTH)
  readonly month?: string;
}

export class BalanceQuery {
  @ApiProperty({ type: String, format: 'date-time', required: false, description: 'Any past instant.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(EARLIEST)
  @MaxDate(LATEST)
  readonly at?: Date;
}

export class AdjustmentDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly householdId: string;

  @ApiProperty({ minimum: -CENTIPOINTS_MAX, maximum: CENTIPOINTS_MAX, description: 'Hundredths of a point, not 0.' })
  @IsInt()
  @Min(-CENTIPOINTS_MAX)
  @Max(CENTIPOINTS_MAX)
  @NotEquals(0)
  readonly amountCentipoints: number;

  @ApiProperty({ minLength: 2, maxLength: 200 })
  @IsString()
  @Length(2, 200)
  readonly reason: string;
}

export class GiftDto {
  @ApiProperty({ enum: ['household', 'charity'] })
  @IsIn(['household', 'charity'])
  readonly to: 'household' | 'charity';

  @ApiProperty({ format: 'uuid', required: false, description: 'Needed for a gift to a household.' })
  @ValidateIf((gift: GiftDto) => gift.to === 'household')
  @IsUUID()
  readonly householdId?: string;

  @ApiProperty({ minimum: 1, maximum: CENTIPOINTS_MAX })
  @IsInt()
  @Min(1)
  @Max(CENTIPOINTS_MAX)
  readonly amountCentipoints: number;
}
