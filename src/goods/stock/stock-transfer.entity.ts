import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Pieces on their way from one shop to another, until they are counted in there. */
@Entity('stock_transfer')
export class StockTransfer {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'transfer_id' })
  readonly transferId: string;

  @Column('uuid', { name: 'from_site_id' })
  readonly fromSiteId: string;

  @Column('uuid', { name: 'to_site_id' })
  readonly toSiteId: string;

  @Column('uuid', { name: 'goods_id' })
  readonly goodsId: string;

  @Column('integer', { name: 'quantity_sent' })
  readonly quantitySent: number;

  @Column('integer', { name: 'quantity_received', nullable: true })
  readonly quantityReceived: number | null;

  @Column('uuid', { name: 'sent_by' })
  readonly sentBy: string;

  @Column('timestamptz', { name: 'sent_at' })
  readonly sentAt: Date;

  @Column('uuid', { name: 'received_by', nullable: true })
  readonly receivedBy: string | null;

  @Column('timestamptz', { name: 'received_at', nullable: true })
  readonly receivedAt: Date | null;

  @Column('text', { name: 'difference_reason', nullable: true })
  readonly differenceReason: string | null;
}
