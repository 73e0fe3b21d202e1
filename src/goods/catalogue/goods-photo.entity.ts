import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A picture under a random id, without the metadata it came with. Replaced, never changed. */
@Entity('goods_photo')
export class GoodsPhoto {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'photo_id' })
  readonly photoId: string;

  @Column('text', { name: 'media_type' })
  readonly mediaType: string;

  @Column('bytea', { name: 'bytes' })
  readonly bytes: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;
}
