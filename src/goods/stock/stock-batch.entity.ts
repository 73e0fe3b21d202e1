import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Pieces that came together: one expiry date, one cost a piece. */
@Entity('stock_batch')
export class StockBatch {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'batch_id' })
  readonly batchId: string;

  @Column('uuid', { name: 'site_id' })
  readonly siteId: string;

  @Column('uuid', { name: 'goods_id' })
  readonly goodsId: string;

  @Column('date', { name: 'expires_on', nullable: true })
  readonly expiresOn: string | null;

  @Column('text', { name: 'origin' })
  readonly origin: string;

  @Column('text', { name: 'supplier' })
  readonly supplier: string;

  @Column('bigint', { name: 'unit_cost_fen' })
  readonly unitCostFen: number;

  @Column('integer', { name: 'remaining' })
  readonly remaining: number;

  @Column('timestamptz', { name: 'received_at' })
  readonly receivedAt: Date;
}
