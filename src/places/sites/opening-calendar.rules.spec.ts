import * as fc from 'fast-check';
import { addDays, weekdayOf } from '../../kernel/calendar-day.js';
import { type CalendarRule, DAYS_AHEAD_MAX, type Hours, OpeningCalendar } from './opening-calendar.rules.js';

const MORNING: Hours = { opensMinute: 5 * 60, closesMinute: 11 * 60 };
const AFTERNOON: Hours = { opensMinute: 14 * 60, closesMinute: 17 * 60 };
const weekday = (day: number, hours = MORNING): CalendarRule => ({ kind: 'weekday', day, ...hours });
const monthDay = (day: number, hours = MORNING): CalendarRule => ({ kind: 'month-day', day, ...hours });
const openDate = (onDate: string, hours = MORNING): CalendarRule => ({ kind: 'open-date', onDate, ...hours });
const closedDate = (onDate: string): CalendarRule => ({ kind: 'closed-date', onDate });
const span = (opensMinute: number, closesMinute: number): Hours => ({ opensMinute, closesMinute });

describe('hoursOn', () => {
  // 2026-11-22 is a Sunday.
  it.each<{ rule: string; rules: CalendarRule[]; day: string; hours: Hours[] }>([
    { rule: 'no rules', rules: [], day: '2026-11-22', hours: [] },
    { rule: 'its weekday', rules: [weekday(7)], day: '2026-11-22', hours: [MORNING] },
    { rule: 'another weekday', rules: [weekday(1)], day: '2026-11-22', hours: [] },
    { rule: 'a Monday after a Sunday', rules: [weekday(1)], day: '2026-11-23', hours: [MORNING] },
    { rule: 'its day of the month', rules: [monthDay(22)], day: '2026-11-22', hours: [MORNING] },
    { rule: 'another day of the month', rules: [monthDay(2)], day: '2026-11-22', hours: [] },
    { rule: 'a single-digit day', rules: [monthDay(5)], day: '2026-11-05', hours: [MORNING] },
    { rule: 'its date', rules: [openDate('2026-11-22')], day: '2026-11-22', hours: [MORNING] },
    { rule: 'the same date a year later', rules: [openDate('2026-11-22')], day: '2027-11-22', hours: [] },
    {
      rule: 'two spans, earliest first',
      rules: [weekday(7, AFTERNOON), weekday(7)],
      day: '2026-11-22',
      hours: [MORNING, AFTERNOON],
    },
    {
      rule: 'weekday and day of the month together',
      rules: [weekday(7), monthDay(22, AFTERNOON)],
      day: '2026-11-22',
      hours: [MORNING, AFTERNOON],
    },
    {
      rule: 'overlapping spans',
      rules: [weekday(7, span(300, 600)), monthDay(22, span(500, 700))],
      day: '2026-11-22',
      hours: [span(300, 700)],
    },
    {
      rule: 'touching spans',
      rules: [weekday(7, span(300, 600)), weekday(7, span(600, 700))],
      day: '2026-11-22',
      hours: [span(300, 700)],
    },
    {
      rule: 'a span within another',
      rules: [weekday(7, span(300, 900)), weekday(7, span(400, 500))],
      day: '2026-11-22',
      hours: [span(300, 900)],
    },
    {
      rule: 'an open date over its weekday',
      rules: [weekday(7), openDate('2026-11-22', AFTERNOON)],
      day: '2026-11-22',
      hours: [AFTERNOON],
    },
    {
      rule: 'a weekday without an open date',
      rules: [weekday(7), openDate('2026-11-22', AFTERNOON)],
      day: '2026-11-29',
      hours: [MORNING],
    },
    {
      rule: 'a closed date over a weekday',
      rules: [weekday(7), closedDate('2026-11-22')],
      day: '2026-11-22',
      hours: [],
    },
    {
      rule: 'a closed date over a day of the month',
      rules: [monthDay(22), closedDate('2026-11-22')],
      day: '2026-11-22',
      hours: [],
    },
    {
      rule: 'a closed date over an open date',
      rules: [openDate('2026-11-22'), closedDate('2026-11-22')],
      day: '2026-11-22',
      hours: [],
    },
    { rule: 'another closed date', rules: [weekday(7), closedDate('2026-11-15')], day: '2026-11-22', hours: [MORNING] },
  ])('of $day by $rule', ({ rules, day, hours }) => {
    expect(new OpeningCalendar(rules).hoursOn(day)).toEqual(hours);
  });

  it.each([
    { day: 29, year: 2027, months: [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
    { day: 29, year: 2028, months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
    { day: 30, year: 2028, months: [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
    { day: 31, year: 2027, months: [1, 3, 5, 7, 8, 10, 12] },
  ])('lets day $day of $year happen only in the months that have it', ({ day, year, months }) => {
    const calendar = new OpeningCalendar([monthDay(day)]);
    const open = Array.from({ length: 366 }, (_, ahead) => addDays(`${year}-01-01`, ahead)).filter(
      (date) => date.startsWith(String(year)) && calendar.hoursOn(date).length > 0,
    );
    expect(open.map((date) => Number(date.slice(5, 7)))).toEqual(months);
    expect(open.every((date) => date.endsWith(`-${day}`))).toBe(true);
  });
});

describe('isOpenAt', () => {
  const calendar = new OpeningCalendar([weekday(7), weekday(1, span(0, 1440))]);

  it.each([
    { instant: '2026-11-22T04:59:59.999+08:00', isOpen: false },
    { instant: '2026-11-22T05:00:00.000+08:00', isOpen: true },
    { instant: '2026-11-22T10:59:59.999+08:00', isOpen: true },
    { instant: '2026-11-22T11:00:00.000+08:00', isOpen: false },
    { instant: '2026-11-22T23:59:59.999+08:00', isOpen: false },
    { instant: '2026-11-23T00:00:00.000+08:00', isOpen: true },
    { instant: '2026-11-23T23:59:59.999+08:00', isOpen: true },
    { instant: '2026-11-24T00:00:00.000+08:00', isOpen: false },
    { instant: '2026-11-21T21:00:00.000Z', isOpen: true },
    { instant: '2026-11-22T21:00:00.000Z', isOpen: true },
    { instant: '2026-11-22T05:00:00.000Z', isOpen: false },
  ])('is $isOpen at $instant, whatever time zone wrote it', ({ instant, isOpen }) => {
    expect(calendar.isOpenAt(new Date(instant))).toBe(isOpen);
  });
});

describe('nextOpening', () => {
  it.each<{ rule: string; rules: CalendarRule[]; from: string; day: string | undefined }>([
    { rule: 'the day itself', rules: [weekday(7)], from: '2026-11-22', day: '2026-11-22' },
    { rule: 'the coming Sunday', rules: [weekday(7)], from: '2026-11-23', day: '2026-11-29' },
    {
      rule: 'the Sunday after a closed one',
      rules: [weekday(7), closedDate('2026-11-29')],
      from: '2026-11-23',
      day: '2026-12-06',
    },
    {
      rule: 'an open date before it',
      rules: [weekday(7), openDate('2026-11-25')],
      from: '2026-11-23',
      day: '2026-11-25',
    },
    { rule: 'the next month that has a 31st', rules: [monthDay(31)], from: '2027-02-01', day: '2027-03-31' },
    { rule: 'across the end of a year', rules: [monthDay(3)], from: '2026-12-04', day: '2027-01-03' },
    { rule: 'a date a year ahead', rules: [openDate('2027-11-23')], from: '2026-11-22', day: '2027-11-23' },
    { rule: 'nothing later than that', rules: [openDate('2027-11-24')], from: '2026-11-22', day: undefined },
    { rule: 'nothing in the past', rules: [openDate('2026-11-21')], from: '2026-11-22', day: undefined },
    { rule: 'nothing without rules', rules: [], from: '2026-11-22', day: undefined },
  ])('is $rule', ({ rules, from, day }) => {
    expect(new OpeningCalendar(rules).nextOpening(from)?.day).toBe(day);
  });

  it('tells the hours of the day it found', () => {
    const calendar = new OpeningCalendar([weekday(7, AFTERNOON)]);
    expect(calendar.nextOpening('2026-11-23')).toEqual({ day: '2026-11-29', hours: [AFTERNOON] });
  });
});

describe('stateAt', () => {
  const calendar = new OpeningCalendar([weekday(7), monthDay(24, AFTERNOON)]);

  it('tells of today by the clock in China and of the next opening after today', () => {
    expect(calendar.stateAt(new Date('2026-11-21T22:00:00Z'))).toEqual({
      isOpenNow: true,
      hoursToday: [MORNING],
      nextOpening: { day: '2026-11-24', hours: [AFTERNOON] },
    });
  });

  it('is closed all day without rules, and never opens again', () => {
    const state = { isOpenNow: false, hoursToday: [], nextOpening: null };
    expect(new OpeningCalendar([]).stateAt(new Date('2026-11-22T02:00:00Z'))).toEqual(state);
  });
});

describe('any calendar', () => {
  const days = fc.integer({ min: 0, max: 1500 }).map((ahead) => addDays('2026-01-01', ahead));
  const hours = fc
    .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 600 }))
    .map(([opens, length]) => span(opens, Math.min(1440, opens + length)));
  const rules = fc.array(
    fc.oneof(
      fc.tuple(fc.integer({ min: 1, max: 7 }), hours).map(([day, open]) => weekday(day, open)),
      fc.tuple(fc.integer({ min: 1, max: 31 }), hours).map(([day, open]) => monthDay(day, open)),
      fc.tuple(days, hours).map(([day, open]) => openDate(day, open)),
      days.map(closedDate),
    ),
    { maxLength: 12 },
  );

  it('has spans that are in order, apart from each other and within the day', () => {
    fc.assert(
      fc.property(rules, days, (some, day) => {
        const spans = new OpeningCalendar(some).hoursOn(day);
        const edges = spans.flatMap(({ opensMinute, closesMinute }) => [opensMinute, closesMinute]);
        expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0))).toBe(true);
        expect(edges.every((edge) => edge >= 0 && edge <= 1440)).toBe(true);
      }),
    );
  });

  it('opens next on the first day that has hours', () => {
    fc.assert(
      fc.property(rules, days, (some, from) => {
        const calendar = new OpeningCalendar(some);
        const ahead = Array.from({ length: DAYS_AHEAD_MAX + 1 }, (_, count) => addDays(from, count));
        expect(calendar.nextOpening(from)?.day).toBe(ahead.find((day) => calendar.hoursOn(day).length > 0));
      }),
      { numRuns: 30 },
    );
  });

  it('never opens on a closed date, and does not care in which order its rules are written', () => {
    fc.assert(
      fc.property(rules, days, (some, day) => {
        expect(new OpeningCalendar([...some, closedDate(day)]).hoursOn(day)).toEqual([]);
        expect(new OpeningCalendar(some.toReversed()).hoursOn(day)).toEqual(new OpeningCalendar(some).hoursOn(day));
      }),
    );
  });

  it('is open on every weekday of a rule for that weekday, unless a date says otherwise', () => {
    fc.assert(
      fc.property(days, hours, (day, open) => {
        expect(new OpeningCalendar([weekday(weekdayOf(day), open)]).hoursOn(day)).toEqual([open]);
      }),
    );
  });
});
