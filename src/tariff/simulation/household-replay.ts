import type { CalendarDay } from '../../kernel/calendar-day.js';
import type { Centipoints } from '../../kernel/points.js';
import { creditVisit } from '../tariff.rules.js';
import type { Cap, TariffDocument } from '../tariff.schema.js';
import { NO_USAGE, type PeriodUsage, type VisitCredit, type VisitLine } from '../visit-credit.schema.js';
import type { WasteClass } from '../waste-classes.js';

/** A visit of the past, as it would come in again. */
export interface ReplayedVisit {
  readonly occurredAt: Date;
  /** The China day on which it occurred. */
  readonly day: CalendarDay;
  readonly firstVisit: boolean;
  /** The community's own ceiling for one visit: one more cap, as when it was recorded. */
  readonly visitCentipointsMax: Centipoints;
  readonly lines: readonly VisitLine[];
}

/** Points credited as an item, under its class. */
export interface ItemCredit {
  readonly creditedAs: string;
  readonly wasteClass: WasteClass;
  readonly centipoints: Centipoints;
}

/**
 * One household's visits, credited by another tariff than they were. Fed in the order in which they were recorded, which
 * is the order in which they used the caps up: a late entry finds what those before it left, though it occurred earlier.
 * What the household was credited in a day and a year is that under the tariff of the replay.
 */
export class HouseholdReplay {
  private readonly days = new Map<CalendarDay, PeriodUsage>();
  private readonly years = new Map<string, PeriodUsage>();

  /** @param before what it was really credited in the year of `firstDay` before that day */
  constructor(
    private readonly tariff: TariffDocument,
    firstDay: CalendarDay,
    before: readonly ItemCredit[],
  ) {
    this.years.set(yearOf(firstDay), used(NO_USAGE.year, before));
  }

  credit(visit: ReplayedVisit): VisitCredit {
    const year = yearOf(visit.day);
    const usage = { day: this.days.get(visit.day) ?? NO_USAGE.day, year: this.years.get(year) ?? NO_USAGE.year };
    const ceiling: Cap = { per: 'visit', of: 'all', centipointsMax: visit.visitCentipointsMax };
    const tariff = { ...this.tariff, caps: [...(this.tariff.caps ?? []), ceiling] };
    const credit = creditVisit(tariff, visit, usage);
    const credits = creditsByItem(credit, visit.lines);
    this.days.set(visit.day, used(usage.day, credits));
    this.years.set(year, used(usage.year, credits));
    return credit;
  }
}

function creditsByItem(credit: VisitCredit, lines: readonly VisitLine[]): ItemCredit[] {
  const classOf = new Map(lines.map(({ lineNo, wasteClass }) => [lineNo, wasteClass]));
  return credit.lines.flatMap(({ lineNo, creditedAs, centipoints }) => {
    const wasteClass = classOf.get(lineNo);
    return creditedAs === null || wasteClass === undefined ? [] : [{ creditedAs, wasteClass, centipoints }];
  });
}

function used(before: PeriodUsage, credits: readonly ItemCredit[]): PeriodUsage {
  const byItem = new Map(Object.entries(before.byItem));
  const byClass = { ...before.byClass };
  let { total } = before;
  for (const { creditedAs, wasteClass, centipoints } of credits) {
    byItem.set(creditedAs, (byItem.get(creditedAs) ?? 0) + centipoints);
    byClass[wasteClass] = (byClass[wasteClass] ?? 0) + centipoints;
    total += centipoints;
  }
  return { total, byItem: Object.fromEntries(byItem), byClass };
}

function yearOf(day: CalendarDay): string {
  return day.slice(0, 4);
}
