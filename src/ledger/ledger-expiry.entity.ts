import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One expiry an account and cutoff. */
@Entity('ledger_expiry')
export class LedgerExpiry {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'account_id' })
  readonly accountId: string;

  @PrimaryColumn('timestamptz', { name: 'cutoff' })
  readonly cutoff: Date;

  @Column('bigint', { name: 'amount' })
  readonly amount: number;

  @Column('timestamptz', { name: 'recorded_at' })
  readonly recordedAt: Date;
}
