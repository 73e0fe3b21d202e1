import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Goods taken home for points. */
@Entity('redemption')
export class Redemption {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'redemption_id' })
  readonly redemptionId: string;

  @Column('uuid', { name: 'household_id' })
  readonly householdId: string;

  @Column('uuid', { name: 'site_id' })
  readonly siteId: string;

  @Column('uuid', { name: 'card_id', nullable: true })
  readonly cardId: string | null;

  @Column('uuid', { name: 'reservation_id', nullable: true })
  readonly reservationId: string | null;

  @Column('bigint', { name: 'total_centipoints' })
  readonly totalCentipoints: number;

  @Column('uuid', { name: 'entry_id' })
  readonly entryId: string;

  @Column('text', { name: 'checked_by' })
  readonly checkedBy: string;

  @Column('uuid', { name: 'actor_id' })
  readonly actorId: string;

  @Column('timestamptz', { name: 'recorded_at' })
  readonly recordedAt: Date;

  @Column({ type: 'date', name: 'business_date', insert: false, update: false })
  readonly businessDate: string;
}

/** One good of a redemption at the price of that moment. */
@Entity('redemption_line')
export class RedemptionLine {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'line_id' })
  readonly lineId: string;

  @Column('uuid', { name: 'redemption_id' })
  readonly redemptionId: string;

  @Column('uuid', { name: 'household_id' })
  readonly householdId: string;

  @Column('uuid', { name: 'goods_id' })
  readonly goodsId: string;

  @Column('integer', { name: 'quantity' })
  readonly quantity: number;

  @Column('bigint', { name: 'unit_centipoints' })
  readonly unitCentipoints: number;

  @Column('uuid', { name: 'movement_id' })
  readonly movementId: string;

  @Column('timestamptz', { name: 'recorded_at' })
  readonly recordedAt: Date;
}
