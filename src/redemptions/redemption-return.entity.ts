import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Goods given back and points with them. */
@Entity('redemption_return')
export class RedemptionReturn {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'return_id' })
  readonly returnId: string;

  @Column('uuid', { name: 'redemption_id' })
  readonly redemptionId: string;

  @Column('boolean', { name: 'is_cancellation' })
  readonly isCancellation: boolean;

  @Column('bigint', { name: 'total_centipoints' })
  readonly totalCentipoints: number;

  @Column('uuid', { name: 'entry_id' })
  readonly entryId: string;

  @Column('text', { name: 'reason' })
  readonly reason: string;

  @Column('uuid', { name: 'actor_id' })
  readonly actorId: string;

  @Column('timestamptz', { name: 'recorded_at' })
  readonly recordedAt: Date;
}

/** How much of a line came back; `returnedAfter` never passes the line's own quantity. */
@Entity('redemption_return_line')
export class RedemptionReturnLine {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'return_id' })
  readonly returnId: string;

  @PrimaryColumn('uuid', { name: 'line_id' })
  readonly lineId: string;

  @Column('integer', { name: 'line_quantity' })
  readonly lineQuantity: number;

  @Column('integer', { name: 'quantity' })
  readonly quantity: number;

  @Column('integer', { name: 'returned_after' })
  readonly returnedAfter: number;

  @Column('uuid', { name: 'movement_id' })
  readonly movementId: string;
}
