import { ApiProperty } from '@nestjs/swagger';
import type { AreaKind } from './area.entity.js';
import type { AreaNode } from './area-tree.rules.js';
import type { NamedArea } from './areas.service.js';

export class AreaView implements NamedArea {
  @ApiProperty({ format: 'uuid' })
  readonly areaId: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  readonly parentId: string | null;

  @ApiProperty({ enum: ['grid', 'building', 'entrance'] })
  readonly kind: AreaKind;

  @ApiProperty()
  readonly name: string;
}

/** A grid, building or entrance with what stands under it. */
export class AreaNodeView extends AreaView implements AreaNode {
  @ApiProperty({ type: () => [AreaNodeView] })
  readonly children: readonly AreaNodeView[];
}
