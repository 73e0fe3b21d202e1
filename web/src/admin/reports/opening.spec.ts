import { describe, expect, it } from '@jest/globals';
import { draftOf, minuteOf, ruleOf, timeOf } from './opening.js';

describe('an opening rule in a form', () => {
  it.each([
    { kind: 'weekday', day: 6, opensMinute: 330, closesMinute: 660 },
    { kind: 'month-day', day: 31, opensMinute: 0, closesMinute: 1440 },
    { kind: 'open-date', onDate: '2026-11-22', opensMinute: 480, closesMinute: 1020 },
    { kind: 'closed-date', onDate: '2026-10-01' },
  ] as const)('comes back as it went in: %j', (rule) => {
    expect(ruleOf(draftOf(rule))).toEqual(rule);
  });

  it('reads a time of the day and nothing else', () => {
    expect(minuteOf('05:30')).toBe(330);
    expect(minuteOf('')).toBeNull();
    expect(timeOf(665)).toBe('11:05');
  });
});
