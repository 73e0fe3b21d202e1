import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed statement of every head hash at the end of a day. */
@Entity('ledger_checkpoint')
export class LedgerCheckpoint {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('date', { name: 'day' })
  readonly day: string;

  @Column('text', { name: 'document' })
  readonly document: string;

  @Column('bytea', { name: 'signature' })
  readonly signature: Buffer;

  @Column('timestamptz', { name: 'recorded_at' })
  readonly recordedAt: Date;
}
