import { randomUUID } from 'node:crypto';
import { Approvals } from '../../../src/approvals/index.js';
import { Catalogue, Prices, Receipts } from '../../../src/goods/index.js';
import { DomainError } from '../../../src/kernel/domain-error.js';
import { Ledger } from '../../../src/ledger/index.js';
import { PlacesReader, Settings } from '../../../src/places/index.js';
import type { StoredReply } from '../../../src/platform/index.js';
import { Redemptions, Reservations } from '../../../src/redemptions/index.js';
import { TariffSubmissions, TariffVersions } from '../../../src/tariff/index.js';
import { WeighIns } from '../../../src/weigh-ins/index.js';
import { commandOf, filmTariff, givenHousehold, givenWorld, type World } from '../../factories/world.js';
import type { ZonedShop } from './zoned-shop.js';

/** Midnights in China at which a month, a year, or a February of either length ends. */
export const MIDNIGHTS = ['2026-01-01', '2026-02-01', '2026-03-01', '2028-02-29', '2028-03-01'] as const;

const DAY_MAX = 1500;
const SOAP = 300;
const SOAP_SINCE_FEBRUARY = 350;
const TOWEL = 100;
const MILK = 100;

/** A community after its turning points, and what was refused at them. */
export interface Turned {
  readonly world: World;
  readonly households: readonly string[];
  readonly goods: readonly string[];
  readonly refusals: readonly string[];
}

/** The last microsecond before a day begins in China. */
export function lastInstantBefore(day: string): string {
  return `${new Date(Date.parse(`${day}T00:00:00Z`) - 1).toISOString().slice(0, 10)} 23:59:59.999999+08`;
}

/** Somebody at the counter: what he asks for is done, or the refusal is written down. */
class Counter {
  readonly refusals: string[] = [];

  constructor(
    private readonly shop: ZonedShop,
    readonly world: World,
  ) {}

  async weighIn(householdId: string, netGrams: number, occurredAt?: string): Promise<void> {
    await this.ask(`weigh-in of ${netGrams} g`, () =>
      this.shop.app.get(WeighIns).record(commandOf(this.world.actors.collector), {
        householdId,
        siteId: this.world.dropOffPointId,
        lines: [{ itemCode: 'film', netGrams, quality: 'pass', weightSource: 'typed' }],
        confirmRepeat: true,
        ...(occurredAt === undefined ? {} : { occurredAt: new Date(occurredAt) }),
      }),
    );
  }

  async redeem(householdId: string, goodsId: string, unitCentipoints: number): Promise<void> {
    await this.ask('redemption', () =>
      this.shop.app
        .get(Redemptions)
        .redeem(commandOf(this.world.actors.cashier), this.order(householdId, goodsId, unitCentipoints), {
          cardId: null,
          pin: null,
          isCheckedByEye: true,
        }),
    );
  }

  async reserve(householdId: string, goodsId: string, unitCentipoints: number): Promise<string> {
    const placed = await this.shop.app
      .get(Reservations)
      .place(commandOf(this.world.actors.cashier), this.order(householdId, goodsId, unitCentipoints));
    return (JSON.parse(placed.text) as { reservationId: string }).reservationId;
  }

  async pickUp(reservationId: string): Promise<void> {
    await this.ask('pick-up', () =>
      this.shop.app.get(Reservations).pickUp(commandOf(this.world.actors.cashier), reservationId, {
        cardId: null,
        pin: null,
        isCheckedByEye: true,
      }),
    );
  }

  private order(householdId: string, goodsId: string, unitCentipoints: number) {
    return { householdId, siteId: this.world.shopId, lines: [{ goodsId, quantity: 1, unitCentipoints }] };
  }

  private async ask(what: string, work: () => Promise<StoredReply>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.refusals.push(`${what}: ${error.code} ${JSON.stringify(error.params)}`);
    }
  }
}

/** Days, months and years that turn while somebody stands at the counter: the last instant of each, and its first. */
export async function turnDays(shop: ZonedShop): Promise<Turned> {
  const { app } = shop;
  await shop.setClock('2025-12-15 10:00:00+08');
  const world = await givenWorld(shop, filmTariff(DAY_MAX));
  const { manager, supervisor } = world.actors;
  const [saver = '', spender = ''] = [
    await givenHousehold(shop, world, '101'),
    await givenHousehold(shop, world, '102'),
  ];
  const goods = [];
  for (const [name, priceCentipoints, limit, expiresOn] of [
    ['肥皂', SOAP, null, null],
    ['毛巾', TOWEL, { quantity: 1, period: 'day' as const }, null],
    ['牛奶', MILK, null, '2026-02-28'],
  ] as const) {
    const { goodsId } = await app.get(Catalogue).create(manager, {
      name,
      unit: '件',
      category: '日用',
      priceCentipoints,
      isListed: true,
      ...(limit === null ? {} : { limit }),
    });
    await app.get(Receipts).receive(commandOf(world.actors['stock-keeper']), world.shopId, {
      origin: 'bought',
      supplier: '供销社',
      lines: [{ goodsId, quantity: 40, unitCostFen: 10, expiresOn }],
    });
    goods.push(goodsId);
  }
  const [soap = '', towel = '', milk = ''] = goods;
  // Both come into force with the first instant of their day.
  await app
    .get(Prices)
    .set(manager, soap, { centipoints: SOAP_SINCE_FEBRUARY, effectiveFrom: '2026-02-01T00:00:00+08:00' });
  const doubled = {
    ...filmTariff(DAY_MAX),
    rules: [{ ruleId: 'film', itemCode: 'film', unit: 'gram' as const, step: 1000, centipointsPerStep: 200 }],
  };
  const versionId = await app.get(TariffVersions).create(manager, '二倍', doubled);
  const approvalId = await app
    .get(TariffSubmissions)
    .submit(manager, versionId, new Date('2026-01-01T00:00:00+08:00'), '新年');
  await app.get(Approvals).approve(commandOf(supervisor), approvalId);

  const counter = new Counter(shop, world);
  for (const midnight of MIDNIGHTS) {
    for (const instant of [lastInstantBefore(midnight), `${midnight} 00:00:00+08`]) {
      await shop.setClock(instant);
      // Five kilograms tell the tariffs apart; with twenty more the cap of the day is reached, and cuts only once a day.
      await counter.weighIn(saver, 5000);
      await counter.weighIn(saver, 20_000);
      const soapCosts = instant < '2026-01-31 23:59:59.9999995' ? SOAP : SOAP_SINCE_FEBRUARY;
      await counter.redeem(saver, soap, soapCosts);
      await counter.redeem(saver, towel, TOWEL);
      await counter.redeem(saver, milk, MILK);
    }
    await counter.redeem(saver, towel, TOWEL);
    // Brought on the day before, written down ten minutes after midnight.
    await shop.setClock(`${midnight} 00:10:00+08`);
    await counter.weighIn(
      spender,
      1000,
      lastInstantBefore(midnight).replace(' ', 'T').replace('.999999+08', '.999+08:00'),
    );
  }
  await turnReservations(shop, counter, spender, soap);
  await turnSummerTime(counter, shop, spender);
  await turnBack(shop, counter, saver, soap);
  return { world, households: [saver, spender], goods, refusals: counter.refusals };
}

/** Four reservations on their last day: fetched in its last instant; fetched, swept and found expired an instant later. */
async function turnReservations(shop: ZonedShop, counter: Counter, householdId: string, soap: string): Promise<void> {
  await shop.setClock('2028-03-02 12:00:00+08');
  await counter.weighIn(householdId, 20_000);
  const [fetched = '', late = ''] = [
    await counter.reserve(householdId, soap, SOAP_SINCE_FEBRUARY),
    await counter.reserve(householdId, soap, SOAP_SINCE_FEBRUARY),
    await counter.reserve(householdId, soap, SOAP_SINCE_FEBRUARY),
  ];
  const { lastDay } = await shop.app.get(Reservations).get(counter.world.communityId, late);
  const dayAfter = new Date(Date.parse(`${lastDay}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  await shop.setClock(lastInstantBefore(dayAfter));
  await shop.app.get(Reservations).expireOverdue(randomUUID());
  await counter.pickUp(fetched);
  await shop.setClock(`${dayAfter} 00:00:00+08`);
  await counter.pickUp(late);
  await shop.app.get(Reservations).expireOverdue(randomUUID());
  await counter.pickUp(late);
}

/** The hour that New York skips in March, and the one it has twice in November: there they are nothing but instants. */
async function turnSummerTime(counter: Counter, shop: ZonedShop, householdId: string): Promise<void> {
  for (const instant of ['2028-03-12T07:30:00Z', '2028-11-05T05:30:00Z', '2028-11-05T06:30:00Z']) {
    await shop.setClock(new Date(Date.parse(instant) + 3_600_000).toISOString());
    await counter.weighIn(householdId, 3000, instant);
  }
}

/** The clock of the server is set back by an hour in the middle of a day's work. */
async function turnBack(shop: ZonedShop, counter: Counter, householdId: string, soap: string): Promise<void> {
  const { app } = shop;
  const { world } = counter;
  await shop.setClock('2028-12-01 12:00:00+08');
  await counter.weighIn(householdId, 4000);
  const reservationId = await counter.reserve(householdId, soap, SOAP_SINCE_FEBRUARY);
  const submitted = await app.get(Ledger).submitAdjustment(commandOf(world.actors.manager), householdId, 50, '补记');
  await shop.setClock('2028-12-01 11:00:00+08');
  await counter.pickUp(reservationId);
  await counter.weighIn(householdId, 2000);
  const { approvalId } = JSON.parse(submitted.text) as { approvalId: string };
  await app.get(Approvals).approve(commandOf(world.actors.supervisor), approvalId);
  await shop.setClock('2028-12-01 12:30:00+08');
  await counter.weighIn(householdId, 1000);
}

/** Points that expire after a month, spent in their last instant and refused in the next one. */
export async function turnExpiry(shop: ZonedShop): Promise<Turned> {
  const { app } = shop;
  await shop.setClock('2026-01-15 10:00:00+08');
  const world = await givenWorld(shop, filmTariff(DAY_MAX));
  const settings = await app.get(PlacesReader).settings(world.communityId);
  await app.get(Settings).change(world.actors.admin, settings.version, { ...settings, expiryMonths: 1 });
  const [spent = '', kept = ''] = [await givenHousehold(shop, world, '201'), await givenHousehold(shop, world, '202')];
  const { goodsId } = await app.get(Catalogue).create(world.actors.manager, {
    name: '脸盆',
    unit: '个',
    category: '日用',
    priceCentipoints: 600,
    isListed: true,
  });
  await app.get(Receipts).receive(commandOf(world.actors['stock-keeper']), world.shopId, {
    origin: 'donated',
    supplier: '村民',
    lines: [{ goodsId, quantity: 5, unitCostFen: 0, expiresOn: null }],
  });
  const counter = new Counter(shop, world);
  for (const instant of [lastInstantBefore('2026-02-01'), '2026-02-01 00:00:00+08']) {
    await shop.setClock(instant);
    for (const householdId of [spent, kept]) await counter.weighIn(householdId, 5000);
  }
  await shop.setClock(lastInstantBefore('2026-03-01'));
  await counter.redeem(spent, goodsId, 600);
  await shop.setClock('2026-03-01 00:00:00+08');
  await counter.redeem(kept, goodsId, 600);
  for (const household of [spent, kept]) {
    await shop.database.call('commit_expiry', { community: world.communityId, household });
  }
  return { world, households: [spent, kept], goods: [goodsId], refusals: counter.refusals };
}
