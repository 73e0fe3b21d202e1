import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Goods and points set aside until the last day. */
@Entity('reservation')
export class Reservation {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'reservation_id' })
  readonly reservationId: string;

  @Column('uuid', { name: 'household_id' })
  readonly householdId: string;

  @Column('uuid', { name: 'site_id' })
  readonly siteId: string;

  @Column('uuid', { name: 'hold_id' })
  readonly holdId: string;

  @Column('text', { name: 'code' })
  readonly code: string;

  @Column('bigint', { name: 'total_centipoints' })
  readonly totalCentipoints: number;

  @Column('timestamptz', { name: 'placed_at' })
  readonly placedAt: Date;

  @Column('date', { name: 'last_day' })
  readonly lastDay: string;

  @Column('timestamptz', { name: 'expires_at' })
  readonly expiresAt: Date;

  @Column('uuid', { name: 'actor_id' })
  readonly actorId: string;
}

/** One good of a reservation. */
@Entity('reservation_line')
export class ReservationLine {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'reservation_id' })
  readonly reservationId: string;

  @PrimaryColumn('uuid', { name: 'goods_id' })
  readonly goodsId: string;

  @Column('integer', { name: 'quantity' })
  readonly quantity: number;

  @Column('bigint', { name: 'unit_centipoints' })
  readonly unitCentipoints: number;
}

/** How a reservation ended: confirmed, cancelled or expired, once. */
@Entity('reservation_end')
export class ReservationEnd {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'reservation_id' })
  readonly reservationId: string;

  @Column('text', { name: 'outcome' })
  readonly outcome: string;

  @Column('uuid', { name: 'actor_id' })
  readonly actorId: string;

  @Column('timestamptz', { name: 'ended_at' })
  readonly endedAt: Date;
}
