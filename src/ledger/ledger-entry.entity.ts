import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One posting, written once. Amounts are centipoints. */
@Entity('ledger_entry')
export class LedgerEntry {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'entry_id' })
  readonly entryId: string;

  @Column('uuid', { name: 'account_id' })
  readonly accountId: string;

  @Column('bigint', { name: 'seq' })
  readonly seq: number;

  @Column('bigint', { name: 'amount' })
  readonly amount: number;

  @Column('bigint', { name: 'balance_after' })
  readonly balanceAfter: number;

  @Column('bigint', { name: 'credited_after' })
  readonly creditedAfter: number;

  @Column('bigint', { name: 'debited_after' })
  readonly debitedAfter: number;

  @Column('uuid', { name: 'counter_account_id' })
  readonly counterAccountId: string;

  @Column('smallint', { name: 'kind' })
  readonly kind: number;

  @Column('uuid', { name: 'source_id' })
  readonly sourceId: string;

  @Column('uuid', { name: 'actor_id' })
  readonly actorId: string;

  @Column('timestamptz', { name: 'occurred_at' })
  readonly occurredAt: Date;

  @Column('timestamptz', { name: 'recorded_at' })
  readonly recordedAt: Date;

  @Column({ type: 'date', name: 'business_date', insert: false, update: false })
  readonly businessDate: string;

  @Column('uuid', { name: 'reverses', nullable: true })
  readonly reverses: string | null;

  @Column('uuid', { name: 'approval_id', nullable: true })
  readonly approvalId: string | null;

  @Column('bytea', { name: 'hash' })
  readonly hash: Buffer;
}
