import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  ExpiryDayField,
  LineOfText,
  MayBeAbsent,
  QuantityField,
  ReasonField,
  UNIT_COST_FEN_MAX,
} from '../goods-fields.js';

const RECEIPT_LINES_MAX = 100;

export class ReceiptLineDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly goodsId: string;

  @QuantityField()
  readonly quantity: number;

  @ApiProperty({ minimum: 0, maximum: UNIT_COST_FEN_MAX, description: 'Fen a piece; what a donated piece is worth.' })
  @IsInt()
  @Min(0)
  @Max(UNIT_COST_FEN_MAX)
  readonly unitCostFen: number;

  @IsOptional()
  @ExpiryDayField()
  readonly expiresOn?: string | null;
}

export class ReceiptDto {
  @ApiProperty({ enum: ['bought', 'donated'] })
  @IsIn(['bought', 'donated'])
  readonly origin: 'bought' | 'donated';

  @LineOfText(100, { description: 'Who sold or gave them.', example: '银塘镇供销社' })
  readonly supplier: string;

  @ApiProperty({ type: [ReceiptLineDto], minItems: 1, maxItems: RECEIPT_LINES_MAX })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(RECEIPT_LINES_MAX)
  @ValidateNested({ each: true })
  @Type(() => ReceiptLineDto)
  readonly lines: ReceiptLineDto[];

  @MayBeAbsent()
  @ReasonField({ required: false, description: 'For the second person, where one is needed.', example: '十二月备货' })
  readonly note?: string;
}

export class WriteOffDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly goodsId: string;

  @ApiProperty({
    format: 'uuid',
    required: false,
    nullable: true,
    type: String,
    description: 'Else first expiring first.',
  })
  @IsOptional()
  @IsUUID()
  readonly batchId?: string | null;

  @QuantityField()
  readonly quantity: number;

  @ReasonField()
  readonly reason: string;
}

export class TransferDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly fromSiteId: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly toSiteId: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly goodsId: string;

  @QuantityField()
  readonly quantity: number;
}

export class TransferReceiptDto {
  @QuantityField(0)
  readonly quantity: number;

  @MayBeAbsent()
  @ReasonField({ required: false, description: 'Needed where fewer arrived than were sent.' })
  readonly differenceReason?: string;
}
