import * as fc from 'fast-check';
import { addDays, type CalendarDay } from '../../kernel/calendar-day.js';
import { isInSeason, SEASON_DAY } from './season.rules.js';

const WINTER = { from: '11-15', to: '02-28' };
const SUMMER = { from: '06-01', to: '08-31' };

describe('a season', () => {
  it.each([
    [SUMMER, '2026-05-31', false],
    [SUMMER, '2026-06-01', true],
    [SUMMER, '2026-08-31', true],
    [SUMMER, '2026-09-01', false],
    [WINTER, '2026-11-14', false],
    [WINTER, '2026-11-15', true],
    [WINTER, '2026-12-31', true],
    [WINTER, '2027-01-01', true],
    [WINTER, '2027-02-28', true],
    [WINTER, '2028-02-29', false],
    [{ from: '02-29', to: '02-29' }, '2027-03-01', false],
    [{ from: '02-29', to: '02-29' }, '2028-02-29', true],
  ])('%j on %s: %s', (season, day, expected) => {
    expect(isInSeason(season, day)).toBe(expected);
  });

  it('is always where there is none', () => {
    expect(isInSeason(null, '2026-02-29')).toBe(true);
  });

  it('and what is left of the year share out every day between them', () => {
    const day = fc.integer({ min: 0, max: 365 }).map((days) => addDays('2028-01-01', days));
    fc.assert(
      fc.property(day, day, day, (from: CalendarDay, to: CalendarDay, on: CalendarDay) => {
        const rest = { from: addDays(to, 1).slice(5), to: addDays(from, -1).slice(5) };
        fc.pre(rest.from !== from.slice(5));
        const season = { from: from.slice(5), to: to.slice(5) };
        expect(isInSeason(season, on)).not.toBe(isInSeason(rest, on));
      }),
    );
  });
});

describe('a day of a season', () => {
  it('is every day that a leap year has', () => {
    for (let days = 0; days < 366; days += 1) expect(addDays('2028-01-01', days).slice(5)).toMatch(SEASON_DAY);
  });

  it.each(['00-10', '13-01', '02-30', '04-31', '11-31', '12-32', '1-01', '01-1', '01-01\n', '2026-01-01', ''])(
    'is not %j',
    (text) => {
      expect(SEASON_DAY.test(text)).toBe(false);
    },
  );
});
