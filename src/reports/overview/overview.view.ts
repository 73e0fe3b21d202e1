import { ApiProperty } from '@nestjs/swagger';
import type { DaySpan } from '../day-span.js';
import type { CoverRow, DayFigures, DayRow, OverviewRow, TopGoodsRow } from './overview.repository.js';

/** Sums of a day or a period. Points are hundredths of a point, weights grams. */
export class FiguresView implements DayFigures {
  @ApiProperty({ description: 'Weigh-ins that were not reversed.' })
  readonly visits: number;

  @ApiProperty({ description: 'Before anything was reversed.' })
  readonly creditedCentipoints: number;

  @ApiProperty()
  readonly reversedCentipoints: number;

  @ApiProperty({ description: 'Before anything was brought back.' })
  readonly redeemedCentipoints: number;

  @ApiProperty({ description: 'Redemptions cancelled and goods brought back.' })
  readonly returnedCentipoints: number;

  @ApiProperty()
  readonly expiredCentipoints: number;

  @ApiProperty({
    description:
      'Opening balances, adjustments, gifts and debts. The balances changed by credited − reversed − redeemed + returned − expired + other.',
  })
  readonly otherCentipoints: number;

  @ApiProperty({ description: 'Of which something was kept.' })
  readonly redemptions: number;

  @ApiProperty({ description: 'Goods handed out, less what was brought back of them.' })
  readonly pieces: number;

  @ApiProperty()
  readonly recyclableGrams: number;

  @ApiProperty()
  readonly hazardousGrams: number;

  @ApiProperty()
  readonly kitchenGrams: number;

  @ApiProperty()
  readonly otherGrams: number;

  constructor(figures: DayFigures) {
    this.visits = figures.visits;
    this.creditedCentipoints = figures.creditedCentipoints;
    this.reversedCentipoints = figures.reversedCentipoints;
    this.redeemedCentipoints = figures.redeemedCentipoints;
    this.returnedCentipoints = figures.returnedCentipoints;
    this.expiredCentipoints = figures.expiredCentipoints;
    this.otherCentipoints = figures.otherCentipoints;
    this.redemptions = figures.redemptions;
    this.pieces = figures.pieces;
    this.recyclableGrams = figures.recyclableGrams;
    this.hazardousGrams = figures.hazardousGrams;
    this.kitchenGrams = figures.kitchenGrams;
    this.otherGrams = figures.otherGrams;
  }
}

export class DayView extends FiguresView {
  @ApiProperty({ type: String, format: 'date' })
  readonly day: string;

  @ApiProperty({ description: 'That came at least once.' })
  readonly households: number;

  constructor(row: DayRow) {
    super(row);
    this.day = row.day;
    this.households = row.households;
  }
}

export class TopGoodsView implements TopGoodsRow {
  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty()
  readonly unit: string;

  @ApiProperty()
  readonly pieces: number;

  @ApiProperty()
  readonly centipoints: number;
}

/** Points are promises: what is outstanding against what stands on the shelves, at this moment. */
export class CoverView {
  @ApiProperty({ description: 'What one point is worth, in fen.' })
  readonly pointValueFen: number;

  @ApiProperty({ description: 'All that households have, held points with it.' })
  readonly outstandingCentipoints: number;

  @ApiProperty({ description: 'The same at the nominal value of a point, to the nearest fen.' })
  readonly outstandingFen: number;

  @ApiProperty({ description: 'What households owe since spent points were reversed.' })
  readonly owedCentipoints: number;

  @ApiProperty({ description: 'On all shelves, without what is past its date and what is on its way.' })
  readonly stockPieces: number;

  @ApiProperty({ description: 'At the prices in force; goods without one count nothing.' })
  readonly stockCentipoints: number;

  @ApiProperty({ description: 'The same at the nominal value of a point, to the nearest fen.' })
  readonly stockFen: number;

  @ApiProperty({ description: 'At what it cost when it was received; donated goods as they were entered.' })
  readonly stockCostFen: number;

  @ApiProperty({ description: 'On the shelves, past their date.' })
  readonly expiredPieces: number;

  @ApiProperty({ description: 'On the shelves, without a price in force.' })
  readonly unpricedPieces: number;

  constructor(row: CoverRow) {
    this.pointValueFen = row.pointValueFen;
    this.outstandingCentipoints = row.outstandingCentipoints;
    this.outstandingFen = fenOf(row.outstandingCentipoints, row.pointValueFen);
    this.owedCentipoints = row.owedCentipoints;
    this.stockPieces = row.stockPieces;
    this.stockCentipoints = row.stockCentipoints;
    this.stockFen = fenOf(row.stockCentipoints, row.pointValueFen);
    this.stockCostFen = row.stockCostFen;
    this.expiredPieces = row.expiredPieces;
    this.unpricedPieces = row.unpricedPieces;
  }
}

export class OverviewView {
  @ApiProperty({ type: String, format: 'date' })
  readonly from: string;

  @ApiProperty({ type: String, format: 'date' })
  readonly to: string;

  @ApiProperty({ type: [DayView], description: 'Every day of the period.' })
  readonly days: DayView[];

  @ApiProperty({ type: FiguresView })
  readonly total: FiguresView;

  @ApiProperty({ description: 'Different ones in the whole period.' })
  readonly householdsTakingPart: number;

  @ApiProperty({ description: 'Active and frozen ones, now.' })
  readonly householdsOpen: number;

  @ApiProperty({ type: [TopGoodsView], maxItems: 10, description: 'Most pieces first.' })
  readonly topGoods: TopGoodsView[];

  @ApiProperty({ type: CoverView })
  readonly cover: CoverView;

  constructor({ from, to }: DaySpan, row: OverviewRow) {
    this.from = from;
    this.to = to;
    this.days = row.days.map((day) => new DayView(day));
    this.total = new FiguresView(sumOf(row.days));
    this.householdsTakingPart = row.householdsTakingPart;
    this.householdsOpen = row.cover.householdsOpen;
    this.topGoods = [...row.topGoods];
    this.cover = new CoverView(row.cover);
  }
}

const NOTHING: DayFigures = {
  visits: 0,
  creditedCentipoints: 0,
  reversedCentipoints: 0,
  redeemedCentipoints: 0,
  returnedCentipoints: 0,
  expiredCentipoints: 0,
  otherCentipoints: 0,
  redemptions: 0,
  pieces: 0,
  recyclableGrams: 0,
  hazardousGrams: 0,
  kitchenGrams: 0,
  otherGrams: 0,
};

const NAMES = Object.keys(NOTHING) as (keyof DayFigures)[];

function sumOf(days: readonly DayFigures[]): DayFigures {
  const sums = { ...NOTHING } as Record<keyof DayFigures, number>;
  for (const day of days) for (const name of NAMES) sums[name] += day[name];
  return sums;
}

/** In BigInt: a community's points times their value can pass 2^53 before they are divided. */
function fenOf(centipoints: number, pointValueFen: number): number {
  return Number((BigInt(centipoints) * BigInt(pointValueFen) + 50n) / 100n);
}
