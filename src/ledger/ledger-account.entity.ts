import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A household's points or debt with its running figures, or an account of the community itself, which has none. */
@Entity('ledger_account')
export class LedgerAccount {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'account_id' })
  readonly accountId: string;

  @Column('text', { name: 'kind' })
  readonly kind: string;

  @Column('uuid', { name: 'owner_id', nullable: true })
  readonly ownerId: string | null;

  @Column('bigint', { name: 'floor' })
  readonly floor: number;

  @Column('bigint', { name: 'balance', nullable: true })
  readonly balance: number | null;

  @Column('bigint', { name: 'held', nullable: true })
  readonly held: number | null;

  @Column('bigint', { name: 'entry_count', nullable: true })
  readonly entryCount: number | null;

  @Column('bigint', { name: 'credited', nullable: true })
  readonly credited: number | null;

  @Column('bigint', { name: 'debited', nullable: true })
  readonly debited: number | null;

  @Column('bytea', { name: 'head_hash', nullable: true })
  readonly headHash: Buffer | null;

  @Column('timestamptz', { name: 'opened_at' })
  readonly openedAt: Date;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  readonly closedAt: Date | null;
}
