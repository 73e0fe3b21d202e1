import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A household (户). Its points account in the ledger carries its id. */
@Entity('household')
export class Household {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'household_id' })
  readonly householdId: string;

  @Column('text', { name: 'door' })
  readonly door: string;

  @Column('uuid', { name: 'area_id', nullable: true })
  readonly areaId: string | null;

  @Column('text', { name: 'status' })
  readonly status: string;

  @Column('uuid', { name: 'merged_into', nullable: true })
  readonly mergedInto: string | null;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  readonly updatedAt: Date;
}
