import { addDays, type CalendarDay, chinaDay, chinaMinuteOfDay, weekdayOf } from '../../kernel/calendar-day.js';

export const CALENDAR_RULE_KINDS = ['weekday', 'month-day', 'open-date', 'closed-date'] as const;
export type CalendarRuleKind = (typeof CALENDAR_RULE_KINDS)[number];

/** A span of one day in China, from `opensMinute` (0 to 1439, inclusive) to `closesMinute` (1 to 1440, exclusive). */
export interface Hours {
  readonly opensMinute: number;
  readonly closesMinute: number;
}

/**
 * - `weekday`: every week, 1 (Monday) to 7 (Sunday);
 * - `month-day`: on a day of every month that has it. A rule for the 31st does not happen in April, and one for the
 *   30th not in February: an exchange day that people know as "the 31st" must not move to a day they do not know;
 * - `open-date`: once. Its hours replace those of the rules above on that date;
 * - `closed-date`: closed all day, whatever any other rule says.
 */
export type CalendarRule =
  | ({ readonly kind: 'weekday' | 'month-day'; readonly day: number } & Hours)
  | ({ readonly kind: 'open-date'; readonly onDate: CalendarDay } & Hours)
  | { readonly kind: 'closed-date'; readonly onDate: CalendarDay };

export interface OpeningDay {
  readonly day: CalendarDay;
  readonly hours: readonly Hours[];
}

/** What a calendar says at one instant. */
export interface OpeningState {
  readonly isOpenNow: boolean;
  /** Empty: closed all day. */
  readonly hoursToday: readonly Hours[];
  /** The first day after today on which it opens, if there is one within {@link DAYS_AHEAD_MAX} days. */
  readonly nextOpening: OpeningDay | null;
}

/** How far ahead an opening is looked for, in days: a year, so that a yearly fair is still found. */
export const DAYS_AHEAD_MAX = 366;

type RuleWithHours = Exclude<CalendarRule, { kind: 'closed-date' }>;

/** When a drop-off point or a shop is open. Days and minutes are those of China. */
export class OpeningCalendar {
  private readonly closedDates: ReadonlySet<CalendarDay>;
  private readonly openDates: readonly RuleWithHours[];
  private readonly regular: readonly RuleWithHours[];

  constructor(rules: readonly CalendarRule[]) {
    const open = rules.filter((rule) => rule.kind !== 'closed-date');
    this.closedDates = new Set(rules.flatMap((rule) => (rule.kind === 'closed-date' ? [rule.onDate] : [])));
    this.openDates = open.filter((rule) => rule.kind === 'open-date');
    this.regular = open.filter((rule) => rule.kind !== 'open-date');
  }

  /** The hours of a day, earliest first; spans that touch or overlap are one. Empty: closed. */
  hoursOn(day: CalendarDay): Hours[] {
    if (this.closedDates.has(day)) return [];
    const once = this.openDates.filter((rule) => isOn(rule, day));
    return joined(once.length > 0 ? once : this.regular.filter((rule) => isOn(rule, day)));
  }

  isOpenAt(instant: Date): boolean {
    const minute = chinaMinuteOfDay(instant);
    return this.hoursOn(chinaDay(instant)).some(
      ({ opensMinute, closesMinute }) => opensMinute <= minute && minute < closesMinute,
    );
  }

  /** The first day with hours, `from` itself included; undefined if there is none within {@link DAYS_AHEAD_MAX} days. */
  nextOpening(from: CalendarDay): OpeningDay | undefined {
    for (let ahead = 0; ahead <= DAYS_AHEAD_MAX; ahead += 1) {
      const day = addDays(from, ahead);
      const hours = this.hoursOn(day);
      if (hours.length > 0) return { day, hours };
    }
    return undefined;
  }

  stateAt(instant: Date): OpeningState {
    const today = chinaDay(instant);
    return {
      isOpenNow: this.isOpenAt(instant),
      hoursToday: this.hoursOn(today),
      nextOpening: this.nextOpening(addDays(today, 1)) ?? null,
    };
  }
}

function isOn(rule: RuleWithHours, day: CalendarDay): boolean {
  if (rule.kind === 'open-date') return rule.onDate === day;
  return rule.day === (rule.kind === 'weekday' ? weekdayOf(day) : Number(day.slice(8)));
}

function joined(spans: readonly Hours[]): Hours[] {
  const result: Hours[] = [];
  for (const span of spans.toSorted((a, b) => a.opensMinute - b.opensMinute)) {
    const last = result.at(-1);
    if (last !== undefined && span.opensMinute <= last.closesMinute) {
      const closesMinute = Math.max(last.closesMinute, span.closesMinute);
      result[result.length - 1] = { opensMinute: last.opensMinute, closesMinute };
    } else {
      result.push({ opensMinute: span.opensMinute, closesMinute: span.closesMinute });
    }
  }
  return result;
}
