import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person of a household: a name, and a phone number if he agreed to it. Never an identity number. */
@Entity('member')
export class Member {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'member_id' })
  readonly memberId: string;

  @Column('uuid', { name: 'household_id' })
  readonly householdId: string;

  @Column('text', { name: 'name' })
  readonly name: string;

  @Column('text', { name: 'pinyin' })
  readonly pinyin: string;

  @Column('text', { name: 'initials' })
  readonly initials: string;

  @Column('boolean', { name: 'is_head' })
  readonly isHead: boolean;

  @Column('bytea', { name: 'phone_sealed', nullable: true })
  readonly phoneSealed: Buffer | null;

  @Column('bytea', { name: 'phone_hash', nullable: true })
  readonly phoneHash: Buffer | null;

  @Column('bytea', { name: 'phone_tail_hash', nullable: true })
  readonly phoneTailHash: Buffer | null;

  @Column('timestamptz', { name: 'left_at', nullable: true })
  readonly leftAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;
}
