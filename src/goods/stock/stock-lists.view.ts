import { ApiProperty } from '@nestjs/swagger';
import type { BatchRow, MovementRow, ShelfRow } from './shelves.repository.js';
import type { TransferRow } from './transfers.repository.js';

/** 现存, 占用, 可兑: all whole pieces. */
export class ShelfView {
  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty({ example: '肥皂' })
  readonly name: string;

  @ApiProperty({ example: '块' })
  readonly unit: string;

  @ApiProperty({ type: String, nullable: true })
  readonly barcode: string | null;

  @ApiProperty()
  readonly isListed: boolean;

  @ApiProperty({ description: '现存' })
  readonly onHand: number;

  @ApiProperty({ description: '占用: promised to reservations.' })
  readonly reserved: number;

  @ApiProperty({ description: '可兑: on hand, not past its date, not reserved.' })
  readonly available: number;

  @ApiProperty({ description: '0 raises no alert.' })
  readonly lowStockAt: number;

  @ApiProperty()
  readonly isLow: boolean;

  constructor(row: ShelfRow) {
    this.siteId = row.siteId;
    this.goodsId = row.goodsId;
    this.name = row.name;
    this.unit = row.unit;
    this.barcode = row.barcode;
    this.isListed = row.isListed;
    this.onHand = row.onHand;
    this.reserved = row.reserved;
    this.available = row.available;
    this.lowStockAt = row.lowStockAt;
    this.isLow = row.lowStockAt > 0 && row.available <= row.lowStockAt;
  }
}

export class BatchView {
  @ApiProperty({ format: 'uuid' })
  readonly batchId: string;

  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty({ example: '肥皂' })
  readonly name: string;

  @ApiProperty({ example: '块' })
  readonly unit: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  readonly expiresOn: string | null;

  @ApiProperty({ type: Number, nullable: true, description: '0 on its last day, below 0 when past it.' })
  readonly daysLeft: number | null;

  @ApiProperty()
  readonly isExpired: boolean;

  @ApiProperty({ enum: ['bought', 'donated'] })
  readonly origin: string;

  @ApiProperty({ description: 'Empty for pieces that a stocktake found.' })
  readonly supplier: string;

  @ApiProperty()
  readonly unitCostFen: number;

  @ApiProperty({ description: 'Pieces left of it.' })
  readonly remaining: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly receivedAt: Date;

  constructor(row: BatchRow) {
    this.batchId = row.batchId;
    this.siteId = row.siteId;
    this.goodsId = row.goodsId;
    this.name = row.name;
    this.unit = row.unit;
    this.expiresOn = row.expiresOn;
    this.daysLeft = row.daysLeft;
    this.isExpired = row.daysLeft !== null && row.daysLeft < 0;
    this.origin = row.origin;
    this.supplier = row.supplier;
    this.unitCostFen = row.unitCostFen;
    this.remaining = row.remaining;
    this.receivedAt = row.receivedAt;
  }
}

export const MOVEMENT_KINDS = [
  'receipt',
  'write-off',
  'transfer-out',
  'transfer-in',
  'stocktake',
  'redemption',
  'return',
] as const;

export class MovementView {
  @ApiProperty({ format: 'uuid' })
  readonly movementId: string;

  @ApiProperty({ enum: MOVEMENT_KINDS })
  readonly kind: string;

  @ApiProperty({ description: 'Pieces: above 0 in, below 0 out.' })
  readonly delta: number;

  @ApiProperty({ description: 'Pieces on hand after it.' })
  readonly onHandAfter: number;

  @ApiProperty({ format: 'uuid', description: 'The receipt, write-off, transfer, stocktake, redemption or return.' })
  readonly sourceId: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly approvalId: string | null;

  @ApiProperty({ nullable: true, type: String })
  readonly reason: string | null;

  @ApiProperty({ format: 'uuid' })
  readonly actorId: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly recordedAt: Date;

  @ApiProperty({ type: String, format: 'date' })
  readonly businessDate: string;

  constructor(row: MovementRow) {
    this.movementId = row.movementId;
    this.kind = row.kind;
    this.delta = row.delta;
    this.onHandAfter = row.onHandAfter;
    this.sourceId = row.sourceId;
    this.approvalId = row.approvalId;
    this.reason = row.reason;
    this.actorId = row.actorId;
    this.recordedAt = row.recordedAt;
    this.businessDate = row.businessDate;
  }
}

export class TransferView {
  @ApiProperty({ format: 'uuid' })
  readonly transferId: string;

  @ApiProperty({ format: 'uuid' })
  readonly fromSiteId: string;

  @ApiProperty({ format: 'uuid' })
  readonly toSiteId: string;

  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty({ example: '肥皂' })
  readonly goodsName: string;

  @ApiProperty({ example: '块' })
  readonly unit: string;

  @ApiProperty()
  readonly sentQuantity: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Null while under way.' })
  readonly receivedQuantity: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Received less sent: 0, or below.' })
  readonly differenceQuantity: number | null;

  @ApiProperty({ type: String, nullable: true })
  readonly differenceReason: string | null;

  @ApiProperty({ format: 'uuid' })
  readonly sentBy: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly sentAt: Date;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly receivedBy: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly receivedAt: Date | null;

  constructor(row: TransferRow) {
    this.transferId = row.transferId;
    this.fromSiteId = row.fromSiteId;
    this.toSiteId = row.toSiteId;
    this.goodsId = row.goodsId;
    this.goodsName = row.goodsName;
    this.unit = row.unit;
    this.sentQuantity = row.quantitySent;
    this.receivedQuantity = row.quantityReceived;
    this.differenceQuantity = row.quantityReceived === null ? null : row.quantityReceived - row.quantitySent;
    this.differenceReason = row.differenceReason;
    this.sentBy = row.sentBy;
    this.sentAt = row.sentAt;
    this.receivedBy = row.receivedBy;
    this.receivedAt = row.receivedAt;
  }
}
