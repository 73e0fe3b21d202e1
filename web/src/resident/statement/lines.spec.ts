import { expect, it } from '@jest/globals';
import { byDay, earned, monthBeside, monthOf } from './lines.js';

const line = (seq: number, kind: string, amountCentipoints: number, occurredAt: string) => ({
  seq,
  kind,
  amountCentipoints,
  occurredAt,
});

it('puts a line under the day in China on which it happened, however late it was booked', () => {
  const days = byDay([
    line(3, 'award', 100, '2026-11-20T23:00:00Z'),
    line(1, 'award', 200, '2026-11-21T15:59:00Z'),
    line(2, 'award', 300, '2026-11-21T16:00:00Z'),
    line(4, 'redemption', -100, '2026-11-21T01:00:00Z'),
  ]);
  expect(days.map(({ day, lines }) => [day, lines.map(({ seq }) => seq)])).toEqual([
    ['2026-11-22', [2]],
    ['2026-11-21', [4, 3, 1]],
  ]);
  expect(byDay([])).toEqual([]);
});

it('counts as earned what was brought, less what was taken back of it', () => {
  const at = '2026-11-20T00:00:00Z';
  const kinds = ['award', 'award', 'award-reversal', 'redemption', 'opening', 'return', 'gift-received'];
  const amounts = [320, 100, -100, -300, 1000, 300, 50];
  expect(earned(kinds.map((kind, index) => line(index, kind, amounts[index] ?? 0, at)))).toBe(320);
  expect(earned([])).toBe(0);
});

it('goes from month to month, over the end of a year', () => {
  expect(monthOf(new Date('2026-11-30T15:59:59Z'))).toBe('2026-11');
  expect(monthOf(new Date('2026-11-30T16:00:00Z'))).toBe('2026-12');
  expect(monthBeside('2026-12', 1)).toBe('2027-01');
  expect(monthBeside('2026-01', -1)).toBe('2025-12');
  expect(monthBeside('2026-03', -1)).toBe('2026-02');
});
