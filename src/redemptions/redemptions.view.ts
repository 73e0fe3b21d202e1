import { ApiProperty } from '@nestjs/swagger';
import type { GoodsOutRow, RedemptionLineRow, RedemptionRow } from './redemptions.repository.js';
import type { ReservationLineRow, ReservationRow } from './reservations.repository.js';

export class OrderLineView implements ReservationLineRow {
  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty()
  readonly quantity: number;

  @ApiProperty()
  readonly unitCentipoints: number;
}

export class RedeemedLineView extends OrderLineView {
  @ApiProperty({ format: 'uuid' })
  readonly lineId: string;
}

export class RedemptionLineView extends RedeemedLineView implements RedemptionLineRow {
  @ApiProperty()
  readonly returnedQuantity: number;
}

export class RedemptionReplyView {
  @ApiProperty({ format: 'uuid' })
  readonly redemptionId: string;

  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty()
  readonly totalCentipoints: number;

  @ApiProperty({ enum: ['none', 'pin', 'eye', 'code'] })
  readonly checkedBy: string;

  @ApiProperty({ type: [RedeemedLineView] })
  readonly lines: RedeemedLineView[];

  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty()
  readonly heldCentipoints: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly recordedAt: Date;
}

export class ReservationReplyView {
  @ApiProperty({ format: 'uuid' })
  readonly reservationId: string;

  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ pattern: '^[0-9]{8}$' })
  readonly code: string;

  @ApiProperty({ format: 'date' })
  readonly lastDay: string;

  @ApiProperty()
  readonly totalCentipoints: number;

  @ApiProperty({ type: [OrderLineView] })
  readonly lines: OrderLineView[];

  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty()
  readonly heldCentipoints: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly recordedAt: Date;
}

export class ReservationEndReplyView {
  @ApiProperty({ format: 'uuid' })
  readonly reservationId: string;

  @ApiProperty({ enum: ['confirmed', 'cancelled', 'expired'] })
  readonly outcome: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly redemptionId: string | null;

  @ApiProperty()
  readonly totalCentipoints: number;

  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty()
  readonly heldCentipoints: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly recordedAt: Date;
}

export class ReturnedLineView {
  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty()
  readonly quantity: number;
}

export class ReturnReplyView {
  @ApiProperty({ format: 'uuid' })
  readonly returnId: string;

  @ApiProperty({ format: 'uuid' })
  readonly redemptionId: string;

  @ApiProperty()
  readonly isCancellation: boolean;

  @ApiProperty({ type: [ReturnedLineView] })
  readonly lines: ReturnedLineView[];

  @ApiProperty({ description: 'Points given back.' })
  readonly totalCentipoints: number;

  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty()
  readonly heldCentipoints: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly recordedAt: Date;
}

export class RedemptionView {
  @ApiProperty({ format: 'uuid' })
  readonly redemptionId: string;

  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty()
  readonly door: string;

  @ApiProperty({ description: 'Empty where the household has no head.' })
  readonly headName: string;

  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly reservationId: string | null;

  @ApiProperty()
  readonly totalCentipoints: number;

  @ApiProperty({ enum: ['none', 'pin', 'eye', 'code'] })
  readonly checkedBy: string;

  @ApiProperty()
  readonly isCancelled: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly recordedAt: Date;

  @ApiProperty({ type: [RedemptionLineView] })
  readonly lines: readonly RedemptionLineRow[];

  constructor(row: RedemptionRow) {
    this.redemptionId = row.redemptionId;
    this.householdId = row.householdId;
    this.door = row.door;
    this.headName = row.headName;
    this.siteId = row.siteId;
    this.reservationId = row.reservationId;
    this.totalCentipoints = row.totalCentipoints;
    this.checkedBy = row.checkedBy;
    this.isCancelled = row.isCancelled;
    this.recordedAt = row.recordedAt;
    this.lines = row.lines;
  }
}

export class ReservationView {
  @ApiProperty({ format: 'uuid' })
  readonly reservationId: string;

  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ pattern: '^[0-9]{8}$' })
  readonly code: string;

  @ApiProperty()
  readonly totalCentipoints: number;

  @ApiProperty({ enum: ['open', 'confirmed', 'cancelled', 'expired'] })
  readonly status: string;

  @ApiProperty({ format: 'date' })
  readonly lastDay: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly placedAt: Date;

  @ApiProperty({ type: [OrderLineView] })
  readonly lines: readonly ReservationLineRow[];

  constructor(row: ReservationRow) {
    this.reservationId = row.reservationId;
    this.householdId = row.householdId;
    this.siteId = row.siteId;
    this.code = row.code;
    this.totalCentipoints = row.totalCentipoints;
    this.status = row.status;
    this.lastDay = row.lastDay;
    this.placedAt = row.placedAt;
    this.lines = row.lines;
  }
}

export class GoodsOutView implements GoodsOutRow {
  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty()
  readonly quantity: number;

  @ApiProperty()
  readonly centipoints: number;
}
