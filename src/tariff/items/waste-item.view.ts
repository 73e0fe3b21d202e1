import { ApiProperty } from '@nestjs/swagger';
import { RULE_UNITS, type RuleUnit } from '../tariff.schema.js';
import { WASTE_CLASSES, WASTE_SUBCLASSES, type WasteClass, type WasteSubclass } from '../waste-classes.js';
import type { WasteItemRow } from './waste-items.repository.js';

export class WasteItemView {
  @ApiProperty({ format: 'uuid' })
  readonly itemId: string;

  @ApiProperty({ example: 'cardboard' })
  readonly code: string;

  @ApiProperty({ example: '纸板' })
  readonly nameZh: string;

  @ApiProperty({ example: 'Cardboard' })
  readonly nameEn: string;

  @ApiProperty({ enum: Object.keys(WASTE_CLASSES) })
  readonly wasteClass: WasteClass;

  @ApiProperty({ type: String, enum: Object.keys(WASTE_SUBCLASSES), nullable: true })
  readonly subClass: WasteSubclass | null;

  @ApiProperty({ enum: RULE_UNITS })
  readonly unit: RuleUnit;

  @ApiProperty()
  readonly isListed: boolean;

  constructor(row: WasteItemRow) {
    this.itemId = row.itemId;
    this.code = row.code;
    this.nameZh = row.nameZh;
    this.nameEn = row.nameEn;
    this.wasteClass = row.wasteClass;
    this.subClass = row.subClass;
    this.unit = row.unit;
    this.isListed = row.isListed;
  }
}
