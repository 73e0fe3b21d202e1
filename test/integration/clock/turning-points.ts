import { randomUUID } from 'node:crypto';
import { Approvals } from '../../../src/approvals/index.js';
import { Prices } from '../../../src/goods/index.js';
import { Ledger } from '../../../src/ledger/index.js';
import { DEFAULT_SETTINGS, Settings } from '../../../src/places/index.js';
import { Reservations } from '../../../src/redemptions/index.js';
import { TariffSubmissions, TariffVersions } from '../../../src/tariff/index.js';
import { commandOf, filmTariff, givenHousehold, givenWorld, type World } from '../../factories/world.js';
import { Counter } from './counter.js';
import type { ZonedShop } from './zoned-shop.js';

/** Midnights in China at which a month, a year, or a February of either length ends. */
export const MIDNIGHTS = ['2026-01-01', '2026-02-01', '2026-03-01', '2028-02-29', '2028-03-01'] as const;

const DAY_MAX = 1500;
const SOAP = 300;
const SOAP_SINCE_FEBRUARY = 350;
const TOWEL = 100;
const MILK = 100;
const BASIN = 600;

/** A community after its turning points, and what was refused at them. */
export interface Turned {
  readonly world: World;
  readonly households: readonly string[];
  readonly goods: readonly string[];
  readonly refusals: readonly string[];
}

/** The last microsecond before a day begins in China. */
export function lastInstantBefore(day: string): string {
  return `${addDays(day, -1)} 23:59:59.999999+08`;
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** Days, months and years that turn while somebody stands at the counter: the last instant of each, and its first. */
export async function turnDays(shop: ZonedShop): Promise<Turned> {
  await shop.setClock('2025-12-15 10:00:00+08');
  const world = await givenWorld(shop, filmTariff(DAY_MAX));
  const counter = new Counter(shop, world);
  const saver = await givenHousehold(shop, world, '101');
  const spender = await givenHousehold(shop, world, '102');
  const soap = await counter.stock({ name: '肥皂', priceCentipoints: SOAP });
  const towel = await counter.stock({ name: '毛巾', priceCentipoints: TOWEL, dayLimit: 1 });
  const milk = await counter.stock({ name: '牛奶', priceCentipoints: MILK, expiresOn: '2026-02-28' });
  await decideAhead(shop, world, soap);
  for (const midnight of MIDNIGHTS) {
    for (const instant of [lastInstantBefore(midnight), `${midnight} 00:00:00+08`]) {
      await shop.setClock(instant);
      // Five kilograms tell the tariffs apart; with twenty more the cap of the day is reached, and it cuts once a day.
      await counter.weighIn(saver, 5000);
      await counter.weighIn(saver, 20_000);
      await counter.redeem(saver, soap, instant < '2026-02-01' ? SOAP : SOAP_SINCE_FEBRUARY);
      await counter.redeem(saver, towel, TOWEL);
      await counter.redeem(saver, milk, MILK);
    }
    await counter.redeem(saver, towel, TOWEL);
    // Brought in the last second of the day before, written down ten minutes after midnight.
    await shop.setClock(`${midnight} 00:10:00+08`);
    await counter.weighIn(spender, 1000, `${addDays(midnight, -1)}T23:59:59.999+08:00`);
  }
  await turnReservations(shop, counter, spender, soap);
  await turnSummerTime(shop, counter, spender);
  await turnBack(shop, counter, saver, soap);
  return { world, households: [saver, spender], goods: [soap, towel, milk], refusals: counter.refusals };
}

/** A price and a tariff that come into force with the first instant of a day. */
async function decideAhead({ app }: ZonedShop, { actors }: World, soap: string): Promise<void> {
  await app.get(Prices).set(actors.manager, soap, {
    centipoints: SOAP_SINCE_FEBRUARY,
    effectiveFrom: '2026-02-01T00:00:00+08:00',
  });
  const versionId = await app.get(TariffVersions).create(actors.manager, '二倍', {
    ...filmTariff(DAY_MAX),
    rules: [{ ruleId: 'film', itemCode: 'film', unit: 'gram', step: 1000, centipointsPerStep: 200 }],
  });
  const newYear = new Date('2026-01-01T00:00:00+08:00');
  const approvalId = await app.get(TariffSubmissions).submit(actors.manager, versionId, newYear, '新年');
  await app.get(Approvals).approve(commandOf(actors.supervisor), approvalId);
}

/** Two reservations on their last day: one is fetched in its last instant, one is asked for in the instant after. */
async function turnReservations(shop: ZonedShop, counter: Counter, householdId: string, soap: string): Promise<void> {
  const reservations = shop.app.get(Reservations);
  await shop.setClock('2028-03-02 12:00:00+08');
  await counter.weighIn(householdId, 20_000);
  const fetched = await counter.reserve(householdId, soap, SOAP_SINCE_FEBRUARY);
  const late = await counter.reserve(householdId, soap, SOAP_SINCE_FEBRUARY);
  const { lastDay } = await reservations.get(counter.world.communityId, late);
  const dayAfter = addDays(lastDay, 1);
  await shop.setClock(lastInstantBefore(dayAfter));
  await reservations.expireOverdue(randomUUID());
  await counter.pickUp(fetched);
  await shop.setClock(`${dayAfter} 00:00:00+08`);
  await counter.pickUp(late);
  await reservations.expireOverdue(randomUUID());
  await counter.pickUp(late);
}

/** The hour that New York skips in March, and the one it has twice in November: here they are instants like any other. */
async function turnSummerTime(shop: ZonedShop, counter: Counter, householdId: string): Promise<void> {
  for (const instant of ['2028-03-12T07:30:00Z', '2028-11-05T05:30:00Z', '2028-11-05T06:30:00Z']) {
    await shop.setClock(new Date(Date.parse(instant) + 3_600_000).toISOString());
    await counter.weighIn(householdId, 3000, instant);
  }
}

/** The clock of the server is set back by an hour in the middle of a day's work. */
async function turnBack(shop: ZonedShop, counter: Counter, householdId: string, soap: string): Promise<void> {
  const { manager, supervisor } = counter.world.actors;
  await shop.setClock('2028-12-01 12:00:00+08');
  await counter.weighIn(householdId, 4000);
  const reservationId = await counter.reserve(householdId, soap, SOAP_SINCE_FEBRUARY);
  const submitted = await shop.app.get(Ledger).submitAdjustment(commandOf(manager), householdId, 50, '补记');
  await shop.setClock('2028-12-01 11:00:00+08');
  await counter.pickUp(reservationId);
  await counter.weighIn(householdId, 2000);
  const { approvalId } = JSON.parse(submitted.text) as { approvalId: string };
  await shop.app.get(Approvals).approve(commandOf(supervisor), approvalId);
  await shop.setClock('2028-12-01 12:30:00+08');
  await counter.weighIn(householdId, 1000);
}

/** Points that expire after a month: spent by one household in their last instant, refused to another in the next one. */
export async function turnExpiry(shop: ZonedShop): Promise<Turned> {
  await shop.setClock('2026-01-15 10:00:00+08');
  const world = await givenWorld(shop, filmTariff(DAY_MAX));
  await shop.app.get(Settings).change(world.actors.admin, 1, { ...DEFAULT_SETTINGS, expiryMonths: 1 });
  const counter = new Counter(shop, world);
  const early = await givenHousehold(shop, world, '201');
  const late = await givenHousehold(shop, world, '202');
  const basin = await counter.stock({ name: '脸盆', priceCentipoints: BASIN });
  for (const instant of [lastInstantBefore('2026-02-01'), '2026-02-01 00:00:00+08']) {
    await shop.setClock(instant);
    for (const householdId of [early, late]) await counter.weighIn(householdId, 5000);
  }
  await shop.setClock(lastInstantBefore('2026-03-01'));
  await counter.redeem(early, basin, BASIN);
  await shop.setClock('2026-03-01 00:00:00+08');
  await counter.redeem(late, basin, BASIN);
  for (const household of [early, late]) {
    await shop.database.call('commit_expiry', { community: world.communityId, household });
  }
  return { world, households: [early, late], goods: [basin], refusals: counter.refusals };
}
