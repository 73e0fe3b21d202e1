import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxDate,
  MinDate,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { GRAMS_MAX } from '../kernel/grams.js';
import { SCALE_PROFILES, type ScaleProfile } from '../kernel/scale-profiles.js';
import { PageQuery } from '../platform/index.js';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export class WeighInLineDto {
  @ApiProperty({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$', example: 'cardboard' })
  @Matches(/^[a-z0-9][a-z0-9-]{0,39}$/)
  readonly itemCode: string;

  @ApiProperty({ minimum: 1, maximum: GRAMS_MAX, required: false, description: 'With the container; needs tareGrams.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(GRAMS_MAX)
  readonly grossGrams?: number;

  @ApiProperty({ minimum: 0, maximum: GRAMS_MAX, required: false })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(GRAMS_MAX)
  readonly tareGrams?: number;

  @ApiProperty({ minimum: 1, maximum: GRAMS_MAX, required: false })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(GRAMS_MAX)
  readonly netGrams?: number;

  @ApiProperty({ minimum: 1, maximum: 100_000, required: false })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly pieces?: number;

  @ApiProperty({ minimum: 1, maximum: 100, required: false })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  readonly drops?: number;

  @ApiProperty({ minLength: 1, maxLength: 40, default: 'pass', required: false })
  @IsString()
  @Length(1, 40)
  readonly quality: string = 'pass';

  @ApiProperty({ enum: ['typed', 'scale'], default: 'typed', required: false })
  @IsIn(['typed', 'scale'])
  readonly weightSource: 'typed' | 'scale' = 'typed';

  @ApiProperty({ maxLength: 200, required: false, description: 'The bytes the scale sent, in hexadecimal.' })
  @IsOptional()
  @Matches(/^([0-9a-f]{2}){1,100}$/)
  readonly rawFrame?: string;

  @ApiProperty({ enum: SCALE_PROFILES, required: false, description: 'The layout in which the frame was read.' })
  @IsOptional()
  @IsIn(SCALE_PROFILES)
  readonly scaleProfile?: ScaleProfile;
}

export class DeviceDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly id: string;

  @ApiProperty({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: "The device's own count of its records." })
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly seq: number;
}

export class WeighInDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly householdId: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly siteId: string;

  @ApiProperty({ format: 'uuid', required: false })
  @IsOptional()
  @IsUUID()
  readonly cardId?: string;

  @ApiProperty({ type: DeviceDto, required: false })
  @IsOptional()
  @ValidateNested()
  @Type(() => DeviceDto)
  readonly device?: DeviceDto;

  @ApiProperty({ type: String, format: 'date-time', required: false, description: 'Absent: now.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(new Date('2000-01-01T00:00:00Z'))
  @MaxDate(new Date('2200-01-01T00:00:00Z'))
  readonly occurredAt?: Date;

  @ApiProperty({ type: [WeighInLineDto], minItems: 1, maxItems: 50 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => WeighInLineDto)
  readonly lines: WeighInLineDto[];

  @ApiProperty({ default: false, required: false, description: 'The same within 30 seconds is meant so.' })
  @IsBoolean()
  readonly confirmRepeat: boolean = false;
}

export class BatchRecordDto extends WeighInDto {
  @ApiProperty({ format: 'uuid', description: "The record's own idempotency key." })
  @IsUUID()
  readonly key: string;
}

export class WeighInBatchDto {
  @ApiProperty({ type: [BatchRecordDto], minItems: 1, maxItems: 200 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique((record: BatchRecordDto) => record.key)
  @ValidateNested({ each: true })
  @Type(() => BatchRecordDto)
  readonly records: BatchRecordDto[];
}

export class ReversalDto {
  @ApiProperty({ minLength: 2, maxLength: 200 })
  @IsString()
  @Length(2, 200)
  readonly reason: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'integer', minimum: 1, maximum: 50 },
    minItems: 1,
    maxItems: 50,
    required: false,
    description: 'Only these lines; absent: the whole visit.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(50, { each: true })
  readonly lineNos?: number[];
}

export class WeighInsQuery extends PageQuery {
  @ApiProperty({ format: 'date', required: false, description: 'Calendar day in China; needed without a household.' })
  @ValidateIf((query: WeighInsQuery) => query.day !== undefined || query.householdId === undefined)
  @IsISO8601({ strict: true })
  @Matches(DAY)
  readonly day?: string;

  @ApiProperty({ format: 'uuid', required: false })
  @IsOptional()
  @IsUUID()
  readonly householdId?: string;

  @ApiProperty({ format: 'uuid', required: false })
  @IsOptional()
  @IsUUID()
  readonly siteId?: string;
}

export class SummaryQuery {
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  @Matches(DAY)
  readonly day: string;

  @ApiProperty({ format: 'uuid', required: false })
  @IsOptional()
  @IsUUID()
  readonly siteId?: string;
}
