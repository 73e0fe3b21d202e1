import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../platform/index.js';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export class OrderLineDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly goodsId: string;

  @ApiProperty({ minimum: 1, maximum: 1000 })
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly quantity: number;

  @ApiProperty({ minimum: 1, maximum: 100_000_000, description: 'The price that was shown; another one is refused.' })
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  readonly unitCentipoints: number;
}

export class OrderDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly siteId: string;

  @ApiProperty({ type: [OrderLineDto], minItems: 1, maxItems: 50 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => OrderLineDto)
  readonly lines: OrderLineDto[];
}

export class HouseholdOrderDto extends OrderDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly householdId: string;
}

export class RedemptionDto extends HouseholdOrderDto {
  @ApiProperty({ format: 'uuid', required: false })
  @IsOptional()
  @IsUUID()
  readonly cardId?: string;

  @ApiProperty({ pattern: '^[0-9]{6}$', required: false, description: 'Entered by the resident.' })
  @IsOptional()
  @Matches(/^\d{6}$/)
  readonly pin?: string;

  @ApiProperty({ default: false, required: false, description: 'The cashier knows who stands there.' })
  @IsBoolean()
  readonly isCheckedByEye: boolean = false;
}

export class PickUpDto {
  @ApiProperty({ format: 'uuid', required: false })
  @IsOptional()
  @IsUUID()
  readonly cardId?: string;

  @ApiProperty({ pattern: '^[0-9]{6}$', required: false })
  @IsOptional()
  @Matches(/^\d{6}$/)
  readonly pin?: string;

  @ApiProperty({ default: false, required: false })
  @IsBoolean()
  readonly isCheckedByEye: boolean = false;
}

export class CancellationDto {
  @ApiProperty({ minLength: 2, maxLength: 200 })
  @IsString()
  @Length(2, 200)
  readonly reason: string;
}

export class ReturnLineDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly goodsId: string;

  @ApiProperty({ minimum: 1, maximum: 1000 })
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly quantity: number;
}

export class ReturnDto extends CancellationDto {
  @ApiProperty({ type: [ReturnLineDto], minItems: 1, maxItems: 50 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique((line: ReturnLineDto) => line.goodsId)
  @ValidateNested({ each: true })
  @Type(() => ReturnLineDto)
  readonly lines: ReturnLineDto[];
}

export class RedemptionsQuery extends PageQuery {
  @ApiProperty({ format: 'date', required: false, description: 'Calendar day in China; needed without a household.' })
  @ValidateIf((query: RedemptionsQuery) => query.day !== undefined || query.householdId === undefined)
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

export class GoodsOutQuery {
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  @Matches(DAY)
  readonly day: string;

  @ApiProperty({ format: 'uuid', required: false })
  @IsOptional()
  @IsUUID()
  readonly siteId?: string;
}

export class ReservationCodeQuery {
  @ApiProperty({ pattern: '^[0-9]{8}$' })
  @Matches(/^\d{8}$/)
  readonly code: string;
}

export class ReservationsQuery {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly householdId: string;
}
