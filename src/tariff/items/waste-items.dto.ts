import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, Matches, ValidateIf } from 'class-validator';
import { PageQuery } from '../../platform/index.js';
import { RULE_UNITS, type RuleUnit, TARIFF_LIMITS } from '../tariff.schema.js';
import { WASTE_CLASSES, WASTE_SUBCLASSES, type WasteClass, type WasteSubclass } from '../waste-classes.js';

const NAME_MAX = TARIFF_LIMITS.nameCharacters;
// One line without a blank at either end and without invisible characters, counted by code points.
const ITEM_NAME = new RegExp(`^(?!\\s)[^\\p{C}\\p{Zl}\\p{Zp}]{1,${NAME_MAX}}(?<!\\s)$`, 'u');

const ItemName = (api: ApiPropertyOptions) =>
  applyDecorators(
    ApiProperty({ minLength: 1, maxLength: NAME_MAX, ...api }),
    IsString(),
    Matches(ITEM_NAME, { message: `$property must be 1 to ${NAME_MAX} visible characters on one line` }),
  );

/** Null is not leaving a field out: it is a fault like any other wrong type. */
const MayBeAbsent = () => ValidateIf((_, value) => value !== undefined);

export class WasteItemsQuery extends PageQuery {
  @ApiProperty({ type: Boolean, required: false, description: 'Only those that the desk offers, or only the others.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  readonly listed?: boolean;
}

export class NewWasteItemDto {
  @ApiProperty({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$', example: 'cardboard', description: 'Never changes.' })
  @Matches(/^[a-z0-9][a-z0-9-]{0,39}$/)
  readonly code: string;

  @ItemName({ example: '纸板' })
  readonly nameZh: string;

  @ItemName({ example: 'Cardboard' })
  readonly nameEn: string;

  @ApiProperty({ enum: Object.keys(WASTE_CLASSES), description: 'The four classes of GB/T 19095-2019.' })
  @IsIn(Object.keys(WASTE_CLASSES))
  readonly wasteClass: WasteClass;

  @ApiProperty({
    type: String,
    enum: Object.keys(WASTE_SUBCLASSES),
    nullable: true,
    required: false,
    description: 'One of the eleven sub-classes; null where the standard has none for it.',
  })
  @IsOptional()
  @IsIn(Object.keys(WASTE_SUBCLASSES))
  readonly subClass?: WasteSubclass | null;

  @ApiProperty({ enum: RULE_UNITS, description: 'How the drop-off point measures it.' })
  @IsIn(RULE_UNITS)
  readonly unit: RuleUnit;
}

export class WasteItemChangeDto {
  @MayBeAbsent()
  @ItemName({ required: false })
  readonly nameZh?: string;

  @MayBeAbsent()
  @ItemName({ required: false })
  readonly nameEn?: string;

  @MayBeAbsent()
  @ApiProperty({ required: false })
  @IsBoolean()
  readonly isListed?: boolean;
}
