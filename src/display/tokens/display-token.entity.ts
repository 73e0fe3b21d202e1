import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a wall display shows its community's board with. The token itself is nowhere kept, only its hash. */
@Entity('display_token')
export class DisplayToken {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'token_id' })
  readonly tokenId: string;

  /** Where it hangs, in words, such as 社区大厅. */
  @Column('text', { name: 'name' })
  readonly name: string;

  /** The shop or drop-off point where it hangs, if it hangs in one. It shows the whole community all the same. */
  @Column('uuid', { name: 'site_id', nullable: true })
  readonly siteId: string | null;

  /** SHA-256 of the token's secret half. */
  @Column('bytea', { name: 'token_hash' })
  readonly tokenHash: Buffer;

  @Column('uuid', { name: 'created_by' })
  readonly createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  readonly revokedAt: Date | null;

  /** Kept to the minute: a display that went dark shows here. */
  @Column('timestamptz', { name: 'last_seen_at', nullable: true })
  readonly lastSeenAt: Date | null;
}
