import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Points set aside for a reservation. */
@Entity('ledger_hold')
export class LedgerHold {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'hold_id' })
  readonly holdId: string;

  @Column('uuid', { name: 'account_id' })
  readonly accountId: string;

  @Column('bigint', { name: 'amount' })
  readonly amount: number;

  @Column('uuid', { name: 'source_id' })
  readonly sourceId: string;

  @Column('timestamptz', { name: 'placed_at' })
  readonly placedAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  readonly expiresAt: Date;
}

/** How a hold ended. Its primary key is what makes it end once. */
@Entity('ledger_hold_end')
export class LedgerHoldEnd {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'hold_id' })
  readonly holdId: string;

  @Column('text', { name: 'outcome' })
  readonly outcome: string;

  @Column('timestamptz', { name: 'ended_at' })
  readonly endedAt: Date;
}
