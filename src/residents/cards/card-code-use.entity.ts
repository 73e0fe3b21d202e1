import { Entity, PrimaryColumn } from 'typeorm';

/** A rotating code that a desk has taken. It is worth nothing a second time, and forgotten once nobody takes it any more. */
@Entity('card_code_use')
export class CardCodeUse {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  /** Steps of 30 s since 1970. */
  @PrimaryColumn('bigint', { name: 'step' })
  readonly step: number;

  @PrimaryColumn('uuid', { name: 'card_id' })
  readonly cardId: string;
}
