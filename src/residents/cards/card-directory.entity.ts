import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whose a card number is, in the whole installation: it is printed once and never given again. */
@Entity('card_directory')
export class CardDirectoryEntry {
  @PrimaryColumn('text', { name: 'number' })
  readonly number: string;

  @Column('bigint', { name: 'community_id' })
  readonly communityId: number;

  @Column('uuid', { name: 'card_id' })
  readonly cardId: string;
}
