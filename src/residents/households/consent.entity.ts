import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was agreed to, in which wording and how it was given; open until it is withdrawn. */
@Entity('consent')
export class Consent {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'consent_id' })
  readonly consentId: string;

  @Column('uuid', { name: 'household_id' })
  readonly householdId: string;

  @Column('uuid', { name: 'member_id', nullable: true })
  readonly memberId: string | null;

  @Column('text', { name: 'purpose' })
  readonly purpose: string;

  @Column('text', { name: 'version' })
  readonly version: string;

  @Column('text', { name: 'channel' })
  readonly channel: string;

  @Column('timestamptz', { name: 'given_at' })
  readonly givenAt: Date;

  @Column('uuid', { name: 'recorded_by' })
  readonly recordedBy: string;

  @Column('timestamptz', { name: 'withdrawn_at', nullable: true })
  readonly withdrawnAt: Date | null;
}
