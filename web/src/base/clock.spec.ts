import { expect, it } from '@jest/globals';
import { clock, hoursText } from './clock.js';

it('is written as a clock shows it', () => {
  expect([0, 59, 665, 1440].map(clock)).toEqual(['00:00', '00:59', '11:05', '24:00']);
});

it('says from when to when', () => {
  const morning = { opensMinute: 300, closesMinute: 660 };
  expect(hoursText([morning, { opensMinute: 1025, closesMinute: 1440 }])).toBe('05:00–11:00, 17:05–24:00');
  expect(hoursText([])).toBe('');
});
