import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A card of a household. It says who comes; what he may spend takes its PIN. */
@Entity('card')
export class Card {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'card_id' })
  readonly cardId: string;

  @Column('uuid', { name: 'household_id' })
  readonly householdId: string;

  @Column('uuid', { name: 'member_id', nullable: true })
  readonly memberId: string | null;

  @Column('text', { name: 'number' })
  readonly number: string;

  @Column('bytea', { name: 'token_hash' })
  readonly tokenHash: Buffer;

  @Column('text', { name: 'status' })
  readonly status: string;

  @Column('uuid', { name: 'replaced_by', nullable: true })
  readonly replacedBy: string | null;

  @Column('text', { name: 'pin_hash', nullable: true })
  readonly pinHash: string | null;

  @Column('smallint', { name: 'pin_failures' })
  readonly pinFailures: number;

  @Column('timestamptz', { name: 'issued_at' })
  readonly issuedAt: Date;
}
