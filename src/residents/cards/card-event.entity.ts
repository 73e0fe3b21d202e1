import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One step in the life of a card: the status it has from then on, who did it and why. */
@Entity('card_event')
export class CardEvent {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'event_id' })
  readonly eventId: string;

  @Column('uuid', { name: 'card_id' })
  readonly cardId: string;

  @Column('text', { name: 'status' })
  readonly status: string;

  @Column('text', { name: 'reason' })
  readonly reason: string;

  @Column('uuid', { name: 'actor_id' })
  readonly actorId: string;

  @Column('timestamptz', { name: 'at' })
  readonly at: Date;
}
