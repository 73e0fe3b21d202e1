import { Column, Entity, PrimaryColumn } from 'typeorm';

/** This installation: one row. Its range of community ids overlaps with that of no other installation. */
@Entity('installation')
export class Installation {
  /** Always 1. */
  @PrimaryColumn('smallint', { name: 'installation_id' })
  readonly installationId: number;

  @Column('bigint', { name: 'community_id_first' })
  readonly communityIdFirst: number;

  /** Inclusive. */
  @Column('bigint', { name: 'community_id_last' })
  readonly communityIdLast: number;

  @Column('boolean', { name: 'is_demonstration' })
  readonly isDemonstration: boolean;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;
}
