import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A household that a member of the staff belongs to or is kin of, and so may not post to (I-15). */
@Entity('staff_household')
export class StaffHousehold {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'household_id' })
  readonly householdId: string;

  @PrimaryColumn('uuid', { name: 'person_id' })
  readonly personId: string;

  @Column('text', { name: 'relation' })
  readonly relation: string;

  @Column('timestamptz', { name: 'declared_at' })
  readonly declaredAt: Date;
}
