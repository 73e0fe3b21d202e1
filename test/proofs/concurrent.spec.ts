import { randomUUID } from 'node:crypto';
import { DomainError } from '../../src/kernel/domain-error.js';
import { Ledger } from '../../src/ledger/index.js';
import type { StoredReply } from '../../src/platform/index.js';
import { Redemptions, Reservations } from '../../src/redemptions/index.js';
import { WeighInReversals } from '../../src/weigh-ins/weigh-in-reversals.service.js';
import { WeighIns } from '../../src/weigh-ins/index.js';
import { Chance } from '../../src/app/demonstration/chance.js';
import {
  commandOf,
  filmTariff,
  givenGoods,
  givenHousehold,
  givenWorld,
  receive,
  type World,
} from '../factories/world.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { wrongSums } from '../support/recon.js';
import { expectVerified } from '../support/verify.js';

const WORKERS = 8;
const HOUSEHOLDS = 6;
const GOODS = 4;
const PRICE = 100;
const ROUNDS = process.env['PROOF'] === 'full' ? 60 : 4;
const COMMANDS_A_ROUND = 40;
const SEED = Number(process.env['SEED'] ?? 20_261_122);

/** What each kind of command may be refused with when others are at work; anything else is a defect. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  weighIn: ['platform.stale-plan'],
  redeem: ['redemptions.insufficient-points', 'redemptions.out-of-stock'],
  reserve: ['redemptions.insufficient-points', 'redemptions.out-of-stock'],
  pickUp: ['redemptions.reservation-ended'],
  cancelReservation: ['redemptions.reservation-ended'],
  reverse: ['weigh-ins.already-reversed', 'weigh-ins.points-spent'],
  cancel: ['redemptions.already-returned'],
  giveBack: ['redemptions.already-returned'],
  give: ['ledger.insufficient-points'],
  receive: [],
  balance: [],
};

describe('T-2: many at once, without an oracle', () => {
  let shop: TestApp;
  let world: World;
  const households: string[] = [];
  const goods: string[] = [];
  const weighIns: string[] = [];
  const redemptions: string[] = [];
  const reservations: string[] = [];

  beforeAll(async () => {
    shop = await createTestApp({ DATABASE_POOL_MAX: '16' });
    world = await givenWorld(shop, filmTariff(1_000_000));
    for (let at = 0; at < HOUSEHOLDS; at += 1) households.push(await givenHousehold(shop, world, `${at}01`));
    for (let at = 0; at < GOODS; at += 1) goods.push(await givenGoods(shop, world, `商品 ${at}`, PRICE, 20));
  });
  afterAll(() => shop.close());

  function remember(list: string[], reply: StoredReply, field: string): void {
    const id = (JSON.parse(reply.text) as Record<string, string | null>)[field];
    if (typeof id === 'string') list.push(id);
  }

  async function weighIn(chance: Chance): Promise<void> {
    const reply = await shop.app.get(WeighIns).record(commandOf(world.actors.collector), {
      householdId: chance.oneOf(households),
      siteId: world.dropOffPointId,
      lines: [{ itemCode: 'film', netGrams: chance.between(500, 9000), quality: 'pass', weightSource: 'typed' }],
      confirmRepeat: true,
    });
    remember(weighIns, reply, 'weighInId');
  }

  function order(chance: Chance) {
    const lines = [...Array(chance.between(1, 4)).keys()].map(() => ({
      goodsId: chance.oneOf(goods),
      quantity: chance.between(1, 3),
      unitCentipoints: PRICE,
    }));
    return { householdId: chance.oneOf(households), siteId: world.shopId, lines };
  }

  const presented = { cardId: null, pin: null, isCheckedByEye: true };

  const commands: Readonly<Record<string, (chance: Chance) => Promise<unknown>>> = {
    weighIn,
    redeem: async (chance) =>
      remember(
        redemptions,
        await shop.app.get(Redemptions).redeem(commandOf(world.actors.cashier), order(chance), presented),
        'redemptionId',
      ),
    reserve: async (chance) =>
      remember(
        reservations,
        await shop.app.get(Reservations).place(commandOf(world.actors.cashier), order(chance)),
        'reservationId',
      ),
    pickUp: async (chance) =>
      reservations.length > 0 &&
      remember(
        redemptions,
        await shop.app.get(Reservations).pickUp(commandOf(world.actors.cashier), chance.oneOf(reservations), presented),
        'redemptionId',
      ),
    cancelReservation: async (chance) =>
      reservations.length > 0 &&
      shop.app.get(Reservations).cancel(commandOf(world.actors.cashier), chance.oneOf(reservations)),
    reverse: async (chance) =>
      weighIns.length > 0 &&
      shop.app.get(WeighInReversals).reverse(commandOf(world.actors.manager), {
        weighInId: chance.oneOf(weighIns),
        lineNos: null,
        reason: '称错了',
      }),
    cancel: async (chance) =>
      redemptions.length > 0 &&
      shop.app.get(Redemptions).cancel(commandOf(world.actors.cashier), chance.oneOf(redemptions), '拿错了'),
    giveBack: async (chance) => {
      if (redemptions.length === 0) return;
      const redemption = await shop.app.get(Redemptions).get(world.communityId, chance.oneOf(redemptions));
      const { goodsId } = chance.oneOf(redemption.lines);
      await shop.app
        .get(Redemptions)
        .return(commandOf(world.actors.cashier), redemption.redemptionId, [{ goodsId, quantity: 1 }], '坏的');
    },
    give: async (chance) => {
      const from = chance.oneOf(households);
      const to = chance.oneOf(households.filter((one) => one !== from));
      const resident = { ...world.actors.cashier, id: from, kind: 'resident' as const };
      await shop.app.get(Ledger).give(commandOf(resident), from, to, chance.between(1, 300));
    },
    receive: async (chance) => receive(shop, world, chance.oneOf(goods), chance.between(1, 5)),
    balance: async (chance) => shop.app.get(Ledger).balance(world.communityId, chance.oneOf(households)),
  };

  async function work(chance: Chance): Promise<string[]> {
    const unexpected: string[] = [];
    for (let count = 0; count < COMMANDS_A_ROUND; count += 1) {
      const name = chance.oneOf(['weighIn', 'weighIn', 'redeem', 'redeem', ...Object.keys(commands)]);
      try {
        await commands[name]?.(chance);
      } catch (error) {
        const code = error instanceof DomainError ? error.code : String(error);
        if (ALLOWED[name]?.includes(code) !== true) unexpected.push(`${name}: ${code}`);
      }
    }
    return unexpected;
  }

  it(`keeps every sum through ${ROUNDS} rounds of ${WORKERS} workers (seed ${SEED})`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const workers = [...Array(WORKERS).keys()].map((at) => work(new Chance(SEED + round * WORKERS + at)));
      expect((await Promise.all(workers)).flat()).toEqual([]);
      expect(await wrongSums(shop.owner, world.communityId)).toEqual([]);
    }
    const { rows } = await shop.owner.query<{ deadlocks: number }>(
      `SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()`,
    );
    expect(rows).toEqual([{ deadlocks: 0 }]);
    expect([weighIns.length > 0, redemptions.length > 0, reservations.length > 0]).toEqual([true, true, true]);
    await expectVerified(shop.ownerUrl);
  }, 3_600_000);

  it('gives one plan-made-anew answer under a key that two servers would race for', async () => {
    const key = randomUUID();
    const visit = {
      householdId: households[0] as string,
      siteId: world.dropOffPointId,
      lines: [{ itemCode: 'film', netGrams: 1000, quality: 'pass', weightSource: 'typed' as const }],
      confirmRepeat: true,
    };
    const record = () => shop.app.get(WeighIns).record(commandOf(world.actors.collector, { key }), visit);
    const first = await record();
    await weighIn(new Chance(1));
    expect((await record()).text).toBe(first.text);
  });
});
