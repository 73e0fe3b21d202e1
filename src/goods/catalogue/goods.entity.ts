import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something that can be had for points. Never deleted: what is no longer offered is taken off the list. */
@Entity('goods')
export class Goods {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'goods_id' })
  readonly goodsId: string;

  @Column('text', { name: 'name' })
  readonly name: string;

  @Column('text', { name: 'unit' })
  readonly unit: string;

  @Column('text', { name: 'category' })
  readonly category: string;

  @Column('text', { name: 'barcode', nullable: true })
  readonly barcode: string | null;

  @Column('uuid', { name: 'photo_id', nullable: true })
  readonly photoId: string | null;

  @Column('integer', { name: 'limit_quantity', nullable: true })
  readonly limitQuantity: number | null;

  @Column('text', { name: 'limit_period', nullable: true })
  readonly limitPeriod: string | null;

  @Column('text', { name: 'season_from', nullable: true })
  readonly seasonFrom: string | null;

  @Column('text', { name: 'season_to', nullable: true })
  readonly seasonTo: string | null;

  @Column('boolean', { name: 'is_listed' })
  readonly isListed: boolean;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  readonly updatedAt: Date;
}
