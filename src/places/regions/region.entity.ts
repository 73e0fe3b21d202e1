import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A county, or a town of a county. Kept by the installation, not by a community. */
@Entity('region')
export class Region {
  @PrimaryColumn('uuid', { name: 'region_id' })
  readonly regionId: string;

  /** The county of a town; null for a county. */
  @Column('uuid', { name: 'parent_id', nullable: true })
  readonly parentId: string | null;

  @Column('text', { name: 'kind' })
  readonly kind: 'county' | 'town';

  @Column('text', { name: 'name' })
  readonly name: string;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;
}
