import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was counted of one good, and what the shelf held at that instant; the counter is not shown the latter. */
@Entity('stocktake_line')
export class StocktakeLine {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'stocktake_id' })
  readonly stocktakeId: string;

  @PrimaryColumn('uuid', { name: 'goods_id' })
  readonly goodsId: string;

  @Column('integer', { name: 'counted' })
  readonly counted: number;

  @Column('integer', { name: 'expected' })
  readonly expected: number;

  @Column('uuid', { name: 'counted_by' })
  readonly countedBy: string;

  @Column('timestamptz', { name: 'counted_at' })
  readonly countedAt: Date;
}
