import { randomUUID } from 'node:crypto';
import { DomainError } from '../../src/kernel/domain-error.js';
import { Ledger } from '../../src/ledger/index.js';
import { Redemptions, Reservations } from '../../src/redemptions/index.js';
import { WeighInReversals } from '../../src/weigh-ins/weigh-in-reversals.service.js';
import { WeighIns } from '../../src/weigh-ins/index.js';
import { commandOf, filmTariff, givenGoods, givenHousehold, givenWorld, type World } from '../factories/world.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { wrongSums } from '../support/recon.js';
import { expectVerified } from '../support/verify.js';

/** Everybody at once, and exact counts afterwards. */
describe('races', () => {
  let shop: TestApp;
  let world: World;

  beforeAll(async () => {
    shop = await createTestApp({ DATABASE_POOL_MAX: '16' });
    world = await givenWorld(shop, filmTariff(1_000_000));
  });
  afterAll(async () => {
    expect(await wrongSums(shop.owner, world.communityId)).toEqual([]);
    await expectVerified(shop.ownerUrl);
    const { rows } = await shop.owner.query<{ deadlocks: number }>(
      `SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()`,
    );
    expect(rows).toEqual([{ deadlocks: 0 }]);
    await shop.close();
  });

  /** Runs them all at once and counts the answers: `done`, or the code of the refusal. */
  async function outcomes(works: readonly (() => Promise<unknown>)[]): Promise<Record<string, number>> {
    const settled = await Promise.allSettled(works.map((work) => work()));
    const counts: Record<string, number> = {};
    for (const one of settled) {
      if (one.status === 'rejected' && !(one.reason instanceof DomainError)) throw one.reason;
      const code = one.status === 'fulfilled' ? 'done' : (one.reason as DomainError).code;
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return counts;
  }

  const times = <T>(count: number, make: (at: number) => T): T[] => [...Array(count).keys()].map(make);

  async function weighIn(householdId: string, grams: number, key: string = randomUUID()): Promise<string> {
    const reply = await shop.app.get(WeighIns).record(commandOf(world.actors.collector, { key }), {
      householdId,
      siteId: world.dropOffPointId,
      lines: [{ itemCode: 'film', netGrams: grams, quality: 'pass', weightSource: 'typed' }],
      confirmRepeat: true,
    });
    return reply.text;
  }

  const redeem = (householdId: string, goodsIds: readonly string[], price: number) => () =>
    shop.app.get(Redemptions).redeem(
      commandOf(world.actors.cashier),
      {
        householdId,
        siteId: world.shopId,
        lines: goodsIds.map((goodsId) => ({ goodsId, quantity: 1, unitCentipoints: price })),
      },
      { cardId: null, pin: null, isCheckedByEye: true },
    );

  async function balanceOf(householdId: string): Promise<number> {
    return (await shop.app.get(Ledger).balance(world.communityId, householdId)).balance;
  }

  async function onHandOf(goodsId: string): Promise<number> {
    const { rows } = await shop.owner.query<{ onHand: number }>(
      `SELECT on_hand AS "onHand" FROM shelf WHERE community_id = $1 AND goods_id = $2`,
      [world.communityId, goodsId],
    );
    return rows[0]?.onHand ?? Number.NaN;
  }

  it('gives the last piece on the shelf to one of 64', async () => {
    const goodsId = await givenGoods(shop, world, '最后一块肥皂', 100, 1);
    const households: string[] = [];
    for (const at of times(64, (one) => one)) {
      const householdId = await givenHousehold(shop, world, `L${at}`);
      await weighIn(householdId, 1000);
      households.push(householdId);
    }
    const counts = await outcomes(households.map((householdId) => redeem(householdId, [goodsId], 100)));
    expect(counts).toEqual({ done: 1, 'redemptions.out-of-stock': 63 });
    expect(await onHandOf(goodsId)).toBe(0);
  });

  it('lets one balance be spent once by 32 at the same time', async () => {
    const goodsId = await givenGoods(shop, world, '牙膏', 500, 100);
    const householdId = await givenHousehold(shop, world, 'B1');
    await weighIn(householdId, 5000);
    const counts = await outcomes(times(32, () => redeem(householdId, [goodsId], 500)));
    expect(counts).toEqual({ done: 1, 'redemptions.insufficient-points': 31 });
    expect(await balanceOf(householdId)).toBe(0);
    expect(await onHandOf(goodsId)).toBe(99);
  });

  it('ends a reservation once, confirmed or cancelled, by 30 at the same time', async () => {
    const goodsId = await givenGoods(shop, world, '毛巾', 500, 10);
    const householdId = await givenHousehold(shop, world, 'R1');
    await weighIn(householdId, 5000);
    const reservations = shop.app.get(Reservations);
    const placed = await reservations.place(commandOf(world.actors.cashier), {
      householdId,
      siteId: world.shopId,
      lines: [{ goodsId, quantity: 1, unitCentipoints: 500 }],
    });
    const { reservationId } = JSON.parse(placed.text) as { reservationId: string };
    const { cashier } = world.actors;
    const counts = await outcomes([
      ...times(
        15,
        () => () =>
          reservations.pickUp(commandOf(cashier), reservationId, { cardId: null, pin: null, isCheckedByEye: true }),
      ),
      ...times(15, () => () => reservations.cancel(commandOf(cashier), reservationId)),
    ]);
    expect(counts).toEqual({ done: 1, 'redemptions.reservation-ended': 29 });
    const wasFetched = (await reservations.get(world.communityId, reservationId)).status === 'confirmed';
    expect(await balanceOf(householdId)).toBe(wasFetched ? 0 : 500);
    expect(await onHandOf(goodsId)).toBe(wasFetched ? 9 : 10);
  });

  it('lets an overdue reservation only expire, once, whoever confirms, cancels and sweeps at the same time', async () => {
    const goodsId = await givenGoods(shop, world, '酱油', 500, 10);
    const householdId = await givenHousehold(shop, world, 'R2');
    await weighIn(householdId, 5000);
    const reservations = shop.app.get(Reservations);
    const placed = await reservations.place(commandOf(world.actors.cashier), {
      householdId,
      siteId: world.shopId,
      lines: [{ goodsId, quantity: 1, unitCentipoints: 500 }],
    });
    const { reservationId } = JSON.parse(placed.text) as { reservationId: string };
    await shop.moveClock('9 days');
    const { cashier } = world.actors;
    const counts = await outcomes([
      ...times(
        8,
        () => () =>
          reservations.pickUp(commandOf(cashier), reservationId, { cardId: null, pin: null, isCheckedByEye: true }),
      ),
      ...times(8, () => () => reservations.cancel(commandOf(cashier), reservationId)),
      ...times(8, () => () => reservations.expireOverdue(randomUUID())),
    ]);
    await shop.moveClock('0');
    const refused = (counts['redemptions.reservation-expired'] ?? 0) + (counts['redemptions.reservation-ended'] ?? 0);
    expect([refused, counts['done']]).toEqual([16, 8]);
    expect((await reservations.get(world.communityId, reservationId)).status).toBe('expired');
    expect(await balanceOf(householdId)).toBe(500);
    expect(await onHandOf(goodsId)).toBe(10);
  });

  it('answers 50 equal keys at once with one effect and 50 equal replies', async () => {
    const householdId = await givenHousehold(shop, world, 'K1');
    const key = randomUUID();
    const replies = await Promise.all(times(50, () => weighIn(householdId, 1230, key)));
    expect(new Set(replies).size).toBe(1);
    expect(await balanceOf(householdId)).toBe(123);
  });

  it('reverses one weigh-in once, however many ask', async () => {
    const householdId = await givenHousehold(shop, world, 'V1');
    await weighIn(householdId, 2000);
    const { weighInId } = JSON.parse(await weighIn(householdId, 3000)) as { weighInId: string };
    const counts = await outcomes(
      times(
        50,
        () => () =>
          shop.app
            .get(WeighInReversals)
            .reverse(commandOf(world.actors.manager), { weighInId, lineNos: null, reason: '称错了' }),
      ),
    );
    expect(counts).toEqual({ done: 1, 'weigh-ins.already-reversed': 49 });
    expect(await balanceOf(householdId)).toBe(200);
  });

  it('never credits more than the cap of the day, however many weigh in at the same time', async () => {
    const capped = await givenWorld(shop, filmTariff(500));
    const householdId = await givenHousehold(shop, capped, 'C1');
    const results = await outcomes(
      times(
        12,
        () => () =>
          shop.app.get(WeighIns).record(commandOf(capped.actors.collector), {
            householdId,
            siteId: capped.dropOffPointId,
            lines: [{ itemCode: 'film', netGrams: 2000, quality: 'pass', weightSource: 'typed' }],
            confirmRepeat: true,
          }),
      ),
    );
    expect((results['done'] ?? 0) + (results['platform.stale-plan'] ?? 0)).toBe(12);
    const { balance } = await shop.app.get(Ledger).balance(capped.communityId, householdId);
    expect(balance).toBe(Math.min(500, 200 * (results['done'] ?? 0)));
  });

  it('moves gifts in both directions at once without a deadlock', async () => {
    const one = await givenHousehold(shop, world, 'G1');
    const other = await givenHousehold(shop, world, 'G2');
    await weighIn(one, 10_000);
    await weighIn(other, 10_000);
    const give = (from: string, to: string) => () =>
      shop.app.get(Ledger).give(commandOf({ ...world.actors.cashier, id: from, kind: 'resident' }), from, to, 10);
    const counts = await outcomes(times(40, (at) => (at % 2 === 0 ? give(one, other) : give(other, one))));
    expect(counts).toEqual({ done: 40 });
    expect([await balanceOf(one), await balanceOf(other)]).toEqual([1000, 1000]);
  });

  it('takes goods in any order of lines without a deadlock', async () => {
    const goods = [
      await givenGoods(shop, world, '洗衣粉', 100, 200),
      await givenGoods(shop, world, '洗手液', 100, 200),
      await givenGoods(shop, world, '食盐', 100, 200),
    ];
    const households = await Promise.all(times(8, (at) => givenHousehold(shop, world, `O${at}`)));
    for (const householdId of households) await weighIn(householdId, 60_000);
    const counts = await outcomes(
      times(80, (at) => {
        const turned = [...goods.slice(at % 3), ...goods.slice(0, at % 3)];
        return redeem(households[at % 8] as string, at % 2 === 0 ? turned : turned.toReversed(), 100);
      }),
    );
    expect(counts).toEqual({ done: 80 });
    expect(await Promise.all(goods.map(onHandOf))).toEqual([120, 120, 120]);
  });
});
