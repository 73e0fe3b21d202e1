import { Column, Entity, PrimaryColumn } from 'typeorm';

export type AreaKind = 'grid' | 'building' | 'entrance';

/** A grid (网格), a building (楼栋) of a grid, or an entrance (单元) of a building. */
@Entity('area')
export class Area {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'area_id' })
  readonly areaId: string;

  @Column('uuid', { name: 'parent_id', nullable: true })
  readonly parentId: string | null;

  @Column('text', { name: 'kind' })
  readonly kind: AreaKind;

  @Column('text', { name: 'name' })
  readonly name: string;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;
}
