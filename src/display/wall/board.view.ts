import { ApiProperty } from '@nestjs/swagger';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import type { Hours, SiteKind } from '../../places/index.js';
import { WASTE_CLASSES, type WasteClass } from '../../tariff/index.js';
import type {
  Board,
  BoardGood,
  BoardLine,
  BoardSite,
  BoardTariff,
  BoardTotals,
  BoardVisit,
  ClassTotal,
  ExchangeDay,
  MonthTotals,
} from '../figures/board.js';

class BoardHoursView implements Hours {
  @ApiProperty({ type: 'integer', description: 'Minutes since midnight in China.', example: 300 })
  readonly opensMinute: number;

  @ApiProperty({ type: 'integer', description: 'Exclusive; 1440 is midnight.', example: 660 })
  readonly closesMinute: number;
}

class BoardSiteView implements BoardSite {
  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ enum: ['drop-off-point', 'shop'] })
  readonly kind: SiteKind;

  @ApiProperty({ example: '东门投放点' })
  readonly name: string;

  @ApiProperty()
  readonly isOpenNow: boolean;

  @ApiProperty({ type: [BoardHoursView], description: 'Empty: closed today.' })
  readonly hoursToday: readonly Hours[];
}

class BoardPlaceView {
  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: [BoardHoursView] })
  readonly hours: readonly Hours[];
}

class ExchangeDayView implements ExchangeDay {
  @ApiProperty({ type: String, format: 'date' })
  readonly day: CalendarDay;

  @ApiProperty({ type: [BoardPlaceView] })
  readonly sites: readonly BoardPlaceView[];
}

class BoardTotalsView implements BoardTotals {
  @ApiProperty({ type: 'integer' })
  readonly visits: number;

  @ApiProperty({ type: 'integer', description: 'Households that brought something.' })
  readonly households: number;

  @ApiProperty({ type: 'integer' })
  readonly grams: number;

  @ApiProperty({ type: 'integer' })
  readonly creditedCentipoints: number;

  @ApiProperty({ type: 'integer', description: 'For goods taken home, less what came back.' })
  readonly redeemedCentipoints: number;
}

class ClassTotalView implements ClassTotal {
  @ApiProperty({ enum: Object.keys(WASTE_CLASSES) })
  readonly wasteClass: WasteClass;

  @ApiProperty({ example: '可回收物' })
  readonly zh: string;

  @ApiProperty({ example: 'Recyclables' })
  readonly en: string;

  @ApiProperty({ type: 'integer' })
  readonly grams: number;

  @ApiProperty({ type: 'integer', description: 'Of what is counted instead of weighed.' })
  readonly pieces: number;
}

class MonthTotalsView extends BoardTotalsView implements MonthTotals {
  @ApiProperty({ example: '2026-11' })
  readonly month: string;

  @ApiProperty({ type: [ClassTotalView], description: 'All four classes, in the order of the standard.' })
  readonly classes: readonly ClassTotal[];
}

class BoardLineView implements BoardLine {
  @ApiProperty({ example: '塑料薄膜' })
  readonly zh: string;

  @ApiProperty({ example: 'Plastic film' })
  readonly en: string;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly grams: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly pieces: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly drops: number | null;
}

class BoardVisitView implements BoardVisit {
  @ApiProperty({ format: 'uuid' })
  readonly weighInId: string;

  @ApiProperty({ example: '袁**', description: 'Masked.' })
  readonly name: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly occurredAt: Date;

  @ApiProperty({ type: 'integer' })
  readonly centipoints: number;

  @ApiProperty({ type: [BoardLineView] })
  readonly lines: readonly BoardLine[];
}

class BoardGoodView implements BoardGood {
  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty({ example: '肥皂' })
  readonly name: string;

  @ApiProperty({ example: '块' })
  readonly unit: string;

  @ApiProperty({ example: '洗护' })
  readonly category: string;

  @ApiProperty({ type: 'integer', description: 'A piece.' })
  readonly centipoints: number;

  @ApiProperty({ type: 'integer', description: 'Pieces to be had today, in all shops together.' })
  readonly available: number;

  @ApiProperty({ type: String, nullable: true })
  readonly photoUrl: string | null;
}

class BoardTariffView implements BoardTariff {
  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly effectiveFrom: Date;

  @ApiProperty({ type: [String], example: ['纸板，每公斤 1 分'] })
  readonly zh: readonly string[];

  @ApiProperty({ type: [String], example: ['Cardboard: 1 point per kg'] })
  readonly en: readonly string[];
}

/** All that a wall shows. */
export class BoardView implements Board {
  @ApiProperty({ type: String, format: 'date-time' })
  readonly generatedAt: Date;

  @ApiProperty({ type: 'integer' })
  readonly communityId: number;

  @ApiProperty({ example: '卸巷社区' })
  readonly communityName: string;

  @ApiProperty({ type: String, format: 'date', description: 'Today in China.' })
  readonly today: CalendarDay;

  @ApiProperty()
  readonly isOpenToday: boolean;

  @ApiProperty({ type: [BoardSiteView] })
  readonly sites: readonly BoardSite[];

  @ApiProperty({ type: ExchangeDayView, nullable: true, description: 'After today.' })
  readonly nextExchangeDay: ExchangeDay | null;

  @ApiProperty({ type: BoardTotalsView })
  readonly todayTotals: BoardTotals;

  @ApiProperty({ type: MonthTotalsView })
  readonly monthTotals: MonthTotals;

  @ApiProperty({ type: [BoardVisitView], description: 'The last ten, newest first.' })
  readonly recent: readonly BoardVisit[];

  @ApiProperty({ type: [BoardGoodView], description: 'Those of the season, cheapest first.' })
  readonly goods: readonly BoardGood[];

  @ApiProperty({ type: BoardTariffView, nullable: true })
  readonly tariff: BoardTariff | null;
}
