import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A community (社区 or 村). Its id leads every key of its data and never changes; the administrative code may. */
@Entity('community')
export class Community {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @Column('uuid', { name: 'town_id' })
  readonly townId: string;

  @Column('text', { name: 'name' })
  readonly name: string;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;
}
