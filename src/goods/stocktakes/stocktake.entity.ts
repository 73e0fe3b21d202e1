import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A count of a shop. At most one is open in a shop at a time. */
@Entity('stocktake')
export class Stocktake {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'stocktake_id' })
  readonly stocktakeId: string;

  @Column('uuid', { name: 'site_id' })
  readonly siteId: string;

  @Column('text', { name: 'status' })
  readonly status: string;

  @Column('uuid', { name: 'started_by' })
  readonly startedBy: string;

  @Column('timestamptz', { name: 'started_at' })
  readonly startedAt: Date;

  @Column('uuid', { name: 'submitted_by', nullable: true })
  readonly submittedBy: string | null;

  @Column('timestamptz', { name: 'submitted_at', nullable: true })
  readonly submittedAt: Date | null;

  @Column('uuid', { name: 'approval_id', nullable: true })
  readonly approvalId: string | null;
}
