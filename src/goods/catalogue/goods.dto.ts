import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../platform/index.js';
import { InstantField, LineOfText, MayBeAbsent } from '../goods-fields.js';
import { barcodeKind } from './barcode.rules.js';
import { SEASON_DAY } from './season.rules.js';

/** The dearest piece: a million points. */
const PRICE_CENTIPOINTS_MAX = 100_000_000;

export const LIMIT_PERIODS = ['day', 'week', 'month', 'year'] as const;
export type LimitPeriod = (typeof LIMIT_PERIODS)[number];

export class GoodsLimitDto {
  @ApiProperty({ minimum: 1, maximum: 10_000, description: 'Pieces a household.' })
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly quantity: number;

  @ApiProperty({ enum: LIMIT_PERIODS, description: 'Calendar periods in China; weeks begin on Monday.' })
  @IsIn(LIMIT_PERIODS)
  readonly period: LimitPeriod;
}

export class GoodsSeasonDto {
  @ApiProperty({ pattern: SEASON_DAY.source, example: '11-15', description: 'First day.' })
  @IsString()
  @Matches(SEASON_DAY)
  readonly from: string;

  @ApiProperty({ pattern: SEASON_DAY.source, example: '02-28', description: 'Last day; may lie in the next year.' })
  @IsString()
  @Matches(SEASON_DAY)
  readonly to: string;
}

const Barcode = () =>
  ValidateBy({
    name: 'barcode',
    validator: {
      validate: (value) => typeof value === 'string' && barcodeKind(value) !== null,
      defaultMessage: () => '$property must be an EAN-13 or EAN-8 with a right check digit',
    },
  });

const BARCODE_API = {
  type: String,
  nullable: true,
  required: false,
  pattern: '^([0-9]{8}|[0-9]{13})$',
  description: 'EAN-13 or EAN-8; in-store codes are EAN-13 that begin with 20 to 29.',
} as const;

export class NewGoodsDto {
  @LineOfText(60, { example: '肥皂' })
  readonly name: string;

  @LineOfText(10, { example: '块' })
  readonly unit: string;

  @LineOfText(30, { example: '洗护' })
  readonly category: string;

  @ApiProperty(BARCODE_API)
  @IsOptional()
  @Barcode()
  readonly barcode?: string | null;

  @ApiProperty({ type: GoodsLimitDto, nullable: true, required: false })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => GoodsLimitDto)
  readonly limit?: GoodsLimitDto | null;

  @ApiProperty({ type: GoodsSeasonDto, nullable: true, required: false })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => GoodsSeasonDto)
  readonly season?: GoodsSeasonDto | null;

  @ApiProperty({ description: 'Whether residents see it and may have it.' })
  @IsBoolean()
  readonly isListed: boolean;

  @ApiProperty({
    minimum: 1,
    maximum: PRICE_CENTIPOINTS_MAX,
    description: 'Hundredths of a point a piece, from now on.',
  })
  @IsInt()
  @Min(1)
  @Max(PRICE_CENTIPOINTS_MAX)
  readonly priceCentipoints: number;
}

/** What is left out stays as it is; null takes a barcode, a limit or a season away. */
export class GoodsChangeDto {
  @MayBeAbsent()
  @LineOfText(60, { required: false })
  readonly name?: string;

  @MayBeAbsent()
  @LineOfText(10, { required: false })
  readonly unit?: string;

  @MayBeAbsent()
  @LineOfText(30, { required: false })
  readonly category?: string;

  @ApiProperty(BARCODE_API)
  @IsOptional()
  @Barcode()
  readonly barcode?: string | null;

  @ApiProperty({ type: GoodsLimitDto, nullable: true, required: false })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => GoodsLimitDto)
  readonly limit?: GoodsLimitDto | null;

  @ApiProperty({ type: GoodsSeasonDto, nullable: true, required: false })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => GoodsSeasonDto)
  readonly season?: GoodsSeasonDto | null;

  @ApiProperty({ required: false })
  @MayBeAbsent()
  @IsBoolean()
  readonly isListed?: boolean;
}

export class NewPriceDto {
  @ApiProperty({ minimum: 1, maximum: PRICE_CENTIPOINTS_MAX, description: 'Hundredths of a point a piece.' })
  @IsInt()
  @Min(1)
  @Max(PRICE_CENTIPOINTS_MAX)
  readonly centipoints: number;

  @MayBeAbsent()
  @InstantField({ required: false, description: 'Now, where it is left out; never in the past.' })
  readonly effectiveFrom?: string;
}

/** PostgreSQL takes no NUL in a text, and a query string is not looked through for it as a body is. */
const NO_CONTROLS = /^\P{Cc}*$/u;

export class GoodsQuery extends PageQuery {
  @ApiProperty({ required: false, maxLength: 60, description: 'Part of the name, or the whole barcode.' })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  @Matches(NO_CONTROLS)
  readonly search?: string;

  @ApiProperty({ required: false, maxLength: 30 })
  @IsOptional()
  @IsString()
  @MaxLength(30)
  @Matches(NO_CONTROLS)
  readonly category?: string;

  @ApiProperty({ required: false, type: Boolean })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  readonly isListed?: boolean;
}
