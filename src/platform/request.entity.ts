import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A request that moved value, or was refused, under its key; the reply is kept for at least 72 hours. */
@Entity('request')
export class Request {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'actor_id' })
  readonly actorId: string;

  @PrimaryColumn('uuid', { name: 'idem_key' })
  readonly idemKey: string;

  @Column('text', { name: 'route' })
  readonly route: string;

  @Column('bytea', { name: 'body_hash' })
  readonly bodyHash: Buffer;

  @Column('boolean', { name: 'is_refused', nullable: true })
  readonly isRefused: boolean | null;

  @Column('text', { name: 'reply', nullable: true })
  readonly reply: string | null;

  @Column('timestamptz', { name: 'recorded_at' })
  readonly recordedAt: Date;
}
