import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID, ValidateIf } from 'class-validator';
import { MayBeAbsent, PlaceName } from '../place-fields.js';
import { SITE_KINDS, type SiteKind } from './site.entity.js';

export class CreateSiteDto {
  @ApiProperty({ enum: SITE_KINDS })
  @IsIn(SITE_KINDS)
  readonly kind: SiteKind;

  @PlaceName({ example: '卸巷生态美超市' })
  readonly name: string;

  @MayBeAbsent()
  @ApiProperty({ format: 'uuid', required: false, description: 'The grid, building or entrance it stands in.' })
  @IsUUID()
  readonly areaId?: string;
}

export class ChangeSiteDto {
  @MayBeAbsent()
  @PlaceName({ required: false, example: '卸巷生态美超市' })
  readonly name?: string;

  @ValidateIf((_, value) => value !== undefined && value !== null)
  @ApiProperty({
    type: String,
    format: 'uuid',
    required: false,
    nullable: true,
    description: 'Null: in no area; absent: as it is.',
  })
  @IsUUID()
  readonly areaId?: string | null;
}
