import { ApiProperty } from '@nestjs/swagger';
import { STOCKTAKE_STATES } from './stocktakes.dto.js';
import type { StocktakeLineRow, StocktakeRow } from './stocktakes.repository.js';

export class StocktakeView {
  @ApiProperty({ format: 'uuid' })
  readonly stocktakeId: string;

  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ enum: STOCKTAKE_STATES })
  readonly status: string;

  @ApiProperty({ format: 'uuid' })
  readonly startedBy: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly startedAt: Date;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly submittedBy: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly submittedAt: Date | null;

  @ApiProperty({ format: 'uuid', nullable: true, type: String, description: 'Null where nothing differed.' })
  readonly approvalId: string | null;

  @ApiProperty({ description: 'Goods that have been counted.' })
  readonly countedGoods: number;

  constructor(row: StocktakeRow) {
    this.stocktakeId = row.stocktakeId;
    this.siteId = row.siteId;
    this.status = row.status;
    this.startedBy = row.startedBy;
    this.startedAt = row.startedAt;
    this.submittedBy = row.submittedBy;
    this.submittedAt = row.submittedAt;
    this.approvalId = row.approvalId;
    this.countedGoods = row.countedGoods;
  }
}

/** What counters see: never what was expected. */
export class CountView {
  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty({ example: '肥皂' })
  readonly name: string;

  @ApiProperty({ example: '块' })
  readonly unit: string;

  @ApiProperty({ description: 'Pieces.' })
  readonly counted: number;

  @ApiProperty({ format: 'uuid' })
  readonly countedBy: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly countedAt: Date;

  constructor(row: StocktakeLineRow) {
    this.goodsId = row.goodsId;
    this.name = row.name;
    this.unit = row.unit;
    this.counted = row.counted;
    this.countedBy = row.countedBy;
    this.countedAt = row.countedAt;
  }
}

/** What approvers see once the count is over. */
export class DifferenceView extends CountView {
  @ApiProperty({ description: 'Pieces on hand at the instant of counting.' })
  readonly expected: number;

  @ApiProperty({ description: 'Counted less expected: 盘盈 above 0, 盘亏 below.' })
  readonly delta: number;

  constructor(row: StocktakeLineRow) {
    super(row);
    this.expected = row.expected;
    this.delta = row.counted - row.expected;
  }
}

/** Describes the reply of a submission; nothing constructs it. */
export class StocktakeSubmittedReply {
  @ApiProperty({ format: 'uuid' })
  readonly stocktakeId: string;

  @ApiProperty({ enum: ['posted', 'submitted'], description: '`posted`: everything agreed.' })
  readonly status: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly approvalId: string | null;

  @ApiProperty()
  readonly countedGoods: number;

  @ApiProperty({ description: 'Goods whose count is not what was expected.' })
  readonly differentGoods: number;

  @ApiProperty({ description: 'Goods that stand on the shelves and that nobody counted.' })
  readonly uncountedGoods: number;
}
