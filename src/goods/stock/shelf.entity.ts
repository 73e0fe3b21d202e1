import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The pieces of one good in one shop. `lowStockAt` 0 raises no alert. */
@Entity('shelf')
export class Shelf {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'site_id' })
  readonly siteId: string;

  @PrimaryColumn('uuid', { name: 'goods_id' })
  readonly goodsId: string;

  @Column('integer', { name: 'on_hand' })
  readonly onHand: number;

  @Column('integer', { name: 'reserved' })
  readonly reserved: number;

  @Column('integer', { name: 'low_stock_at' })
  readonly lowStockAt: number;
}
