import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { MayBeAbsent, PlaceName } from '../place-fields.js';

export class CreateAreaDto {
  @MayBeAbsent()
  @ApiProperty({
    format: 'uuid',
    required: false,
    description: 'The grid of a new building or the building of a new entrance; absent for a new grid.',
  })
  @IsUUID()
  readonly parentId?: string;

  @PlaceName({ example: '第一网格' })
  readonly name: string;
}

export class RenameAreaDto {
  @PlaceName({ example: '第一网格' })
  readonly name: string;
}
