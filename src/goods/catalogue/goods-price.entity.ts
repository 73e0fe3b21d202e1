import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one piece costs from an instant on, until a later price takes over. Written once, never for the past. */
@Entity('goods_price')
export class GoodsPrice {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'price_id' })
  readonly priceId: string;

  @Column('uuid', { name: 'goods_id' })
  readonly goodsId: string;

  @Column('bigint', { name: 'centipoints' })
  readonly centipoints: number;

  @Column('timestamptz', { name: 'effective_from' })
  readonly effectiveFrom: Date;

  @Column('uuid', { name: 'set_by' })
  readonly setBy: string;

  @Column('timestamptz', { name: 'recorded_at' })
  readonly recordedAt: Date;
}
