import type { CalendarDay } from '../../kernel/calendar-day.js';
import type { Centipoints } from '../../kernel/points.js';
import type { Grams } from '../../kernel/grams.js';
import type { Hours, SiteKind } from '../../places/index.js';
import type { WasteClass } from '../../tariff/index.js';

/** A site of the board: today, and next. */
export interface BoardSite {
  readonly siteId: string;
  readonly kind: SiteKind;
  readonly name: string;
  readonly isOpenNow: boolean;
  /** Empty: closed today. */
  readonly hoursToday: readonly Hours[];
}

/** The first day after today on which anything opens, and what opens on it. */
export interface ExchangeDay {
  readonly day: CalendarDay;
  readonly sites: readonly { readonly name: string; readonly hours: readonly Hours[] }[];
}

/** What a span of days brought in and gave out. Reversed visits and returned goods do not count. */
export interface BoardTotals {
  readonly visits: number;
  /** Households that brought something. */
  readonly households: number;
  readonly grams: Grams;
  readonly creditedCentipoints: Centipoints;
  readonly redeemedCentipoints: Centipoints;
}

export interface ClassTotal {
  readonly wasteClass: WasteClass;
  readonly zh: string;
  readonly en: string;
  readonly grams: Grams;
  /** Of what is counted instead of weighed. */
  readonly pieces: number;
}

export interface MonthTotals extends BoardTotals {
  /** Such as 2026-11. */
  readonly month: string;
  /** The four classes in the order of the standard, also those of which nothing came. */
  readonly classes: readonly ClassTotal[];
}

export interface BoardVisit {
  readonly weighInId: string;
  /** Masked: 袁**. */
  readonly name: string;
  readonly occurredAt: Date;
  readonly centipoints: Centipoints;
  readonly lines: readonly BoardLine[];
}

export interface BoardLine {
  readonly zh: string;
  readonly en: string;
  readonly grams: Grams | null;
  readonly pieces: number | null;
  readonly drops: number | null;
}

export interface BoardGood {
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly category: string;
  readonly centipoints: Centipoints;
  /** Pieces that the open shops of the community can hand out today, together. */
  readonly available: number;
  readonly photoUrl: string | null;
}

export interface BoardTariff {
  readonly name: string;
  readonly effectiveFrom: Date;
  readonly zh: readonly string[];
  readonly en: readonly string[];
}

/** What a community tells everybody who passes by: nothing in it ranks people, and no name in it is whole. */
export interface Board {
  readonly generatedAt: Date;
  readonly communityId: number;
  readonly communityName: string;
  readonly today: CalendarDay;
  readonly isOpenToday: boolean;
  readonly sites: readonly BoardSite[];
  readonly nextExchangeDay: ExchangeDay | null;
  readonly todayTotals: BoardTotals;
  readonly monthTotals: MonthTotals;
  /** The last ten, newest first. */
  readonly recent: readonly BoardVisit[];
  /** Those of the season, cheapest first. */
  readonly goods: readonly BoardGood[];
  readonly tariff: BoardTariff | null;
}
