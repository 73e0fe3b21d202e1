import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A live sign-in. The token itself is nowhere kept, only its hash. */
@Entity('session')
export class Session {
  @PrimaryColumn('bytea', { name: 'token_hash' })
  readonly tokenHash: Buffer;

  @Column('uuid', { name: 'session_id' })
  readonly sessionId: string;

  @Column('text', { name: 'kind' })
  readonly kind: string;

  /** The person; for a resident, the household. */
  @Column('uuid', { name: 'actor_id' })
  readonly actorId: string;

  /** Set for residents, who belong to one community. */
  @Column('bigint', { name: 'community_id', nullable: true })
  readonly communityId: number | null;

  /** The network address it was opened from. */
  @Column('text', { name: 'origin' })
  readonly origin: string;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;

  @Column('timestamptz', { name: 'last_seen_at' })
  readonly lastSeenAt: Date;

  @Column('integer', { name: 'idle_seconds' })
  readonly idleSeconds: number;

  @Column('timestamptz', { name: 'expires_at' })
  readonly expiresAt: Date;
}
