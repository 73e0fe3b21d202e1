import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One change of a shelf, written once. On hand is the sum of them (I-8). */
@Entity('stock_movement')
export class StockMovement {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'movement_id' })
  readonly movementId: string;

  @Column('uuid', { name: 'site_id' })
  readonly siteId: string;

  @Column('uuid', { name: 'goods_id' })
  readonly goodsId: string;

  @Column('integer', { name: 'delta' })
  readonly delta: number;

  @Column('integer', { name: 'on_hand_after' })
  readonly onHandAfter: number;

  @Column('text', { name: 'kind' })
  readonly kind: string;

  @Column('uuid', { name: 'source_id' })
  readonly sourceId: string;

  @Column('uuid', { name: 'redemption_line_id', nullable: true })
  readonly redemptionLineId: string | null;

  @Column('uuid', { name: 'approval_id', nullable: true })
  readonly approvalId: string | null;

  @Column('text', { name: 'reason', nullable: true })
  readonly reason: string | null;

  @Column('uuid', { name: 'actor_id' })
  readonly actorId: string;

  @Column('timestamptz', { name: 'recorded_at' })
  readonly recordedAt: Date;

  @Column({ type: 'date', name: 'business_date', insert: false, update: false })
  readonly businessDate: string;
}
