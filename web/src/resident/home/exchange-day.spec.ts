import { expect, it } from '@jest/globals';
import { nextExchangeDay } from './exchange-day.js';

const morning = { opensMinute: 300, closesMinute: 660 };
const evening = { opensMinute: 1020, closesMinute: 1140 };
const shop = (
  name: string,
  hoursToday: (typeof morning)[],
  nextDay: string | null,
  kind: 'shop' | 'drop-off-point' = 'shop',
) => ({
  siteId: name,
  kind,
  name,
  isOpenNow: false,
  hoursToday,
  nextOpening: nextDay === null ? null : { day: nextDay, hours: [morning] },
});
const at = (minute: number, ...sites: ReturnType<typeof shop>[]) =>
  nextExchangeDay({ today: '2026-11-22', sites }, minute);

it('is today until the last hour of today is over', () => {
  const site = shop('东店', [morning, evening], '2026-11-29');
  expect(at(0, site)).toMatchObject({ day: '2026-11-22', isToday: true, hours: [morning, evening] });
  expect(at(659, site)).toMatchObject({ isToday: true, hours: [morning, evening] });
  expect(at(660, site)).toMatchObject({ isToday: true, hours: [evening] });
  expect(at(1140, site)).toMatchObject({ day: '2026-11-29', isToday: false, hours: [morning], place: '东店' });
});

it('is the shop that opens first, and never a drop-off point', () => {
  const sites = [
    shop('东店', [], '2026-11-29'),
    shop('西店', [], '2026-11-25'),
    shop('投放点', [morning], null, 'drop-off-point'),
  ];
  expect(at(0, ...sites)).toMatchObject({ day: '2026-11-25', place: '西店' });
  expect(at(0, shop('东店', [], null))).toBeUndefined();
  expect(at(0)).toBeUndefined();
});
