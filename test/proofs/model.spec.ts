import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { Approvals } from '../../src/approvals/index.js';
import { Prices } from '../../src/goods/index.js';
import { DomainError } from '../../src/kernel/domain-error.js';
import { Ledger } from '../../src/ledger/index.js';
import { type Command, StoredReply } from '../../src/platform/index.js';
import { Redemptions, Reservations } from '../../src/redemptions/index.js';
import { HouseholdEnds } from '../../src/residents/households/household-ends.service.js';
import { WeighInReversals } from '../../src/weigh-ins/weigh-in-reversals.service.js';
import { WeighIns } from '../../src/weigh-ins/index.js';
import {
  commandOf,
  filmTariff,
  givenGoods,
  givenHousehold,
  givenTariffInForce,
  givenWorld,
  receive,
  type World,
} from '../factories/world.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { snapshot, wrongSums } from '../support/recon.js';
import { expectVerified } from '../support/verify.js';
import { ShopModel } from './model.js';

const RUNS = process.env['PROOF'] === 'full' ? 5000 : 200;
const COMMANDS = process.env['PROOF'] === 'full' ? 60 : 30;
const HOUSEHOLDS = 3;
const GOODS = [
  { price: 300, quantity: 4 },
  { price: 700, quantity: 2 },
];
const DAY_MAX = 1500;
const RESERVATION_DAYS = 7;
const NOON = Date.parse('2026-12-01T04:00:00Z');
const DAY_MS = 86_400_000;

interface Done {
  readonly command: Command;
  readonly again: (command: Command) => Promise<StoredReply>;
  readonly answer: string;
}

/** The real shop, with the ids of what the model counts by position. */
interface Real {
  readonly world: World;
  readonly households: readonly string[];
  readonly goods: readonly string[];
  readonly prices: number[];
  readonly weighIns: string[];
  readonly redemptions: string[];
  readonly reservations: string[];
  readonly done: Done[];
}

describe('T-1: the shop against a page of arithmetic', () => {
  let shop: TestApp;
  /** Days that all runs together have used: the clock never goes back. */
  let daysUsed = 0;

  beforeAll(async () => {
    shop = await createTestApp();
  });
  afterAll(() => shop.close());

  async function setDay(day: number): Promise<void> {
    await shop.moveClock(`${(NOON + day * DAY_MS - Date.now()) / 1000} seconds`);
  }

  async function givenReal(): Promise<Real> {
    daysUsed += 1;
    await setDay(daysUsed);
    const world = await givenWorld(shop, filmTariff(DAY_MAX));
    const households: string[] = [];
    for (let number = 1; number <= HOUSEHOLDS; number += 1) {
      households.push(await givenHousehold(shop, world, `${number}01`));
    }
    const goods: string[] = [];
    for (const [at, one] of GOODS.entries()) {
      goods.push(await givenGoods(shop, world, `商品 ${at}`, one.price, one.quantity));
    }
    return {
      world,
      households,
      goods,
      prices: GOODS.map((one) => one.price),
      weighIns: [],
      redemptions: [],
      reservations: [],
      done: [],
    };
  }

  /** Runs one command on both; they must give the same answer, and a refusal must change nothing. */
  async function agree(
    real: Real,
    expected: string | null,
    command: Command,
    run: (command: Command) => Promise<StoredReply>,
  ): Promise<Record<string, unknown> | null> {
    const before = expected === null ? '' : await snapshot(shop.owner, real.world.communityId);
    const answer = await answerOf(() => run(command));
    real.done.push({ command, again: run, answer: answer.text });
    expect(answer.code).toBe(expected);
    if (expected !== null) expect(await snapshot(shop.owner, real.world.communityId)).toBe(before);
    return answer.reply;
  }

  async function answerOf(
    run: () => Promise<StoredReply>,
  ): Promise<{ code: string | null; text: string; reply: Record<string, unknown> | null }> {
    try {
      const { text } = await run();
      return { code: null, text, reply: JSON.parse(text) as Record<string, unknown> };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { code: error.code, text: JSON.stringify([error.code, error.params]), reply: null };
    }
  }

  /** The shop's own figures, which must be the model's. */
  async function expectSame(model: ShopModel, real: Real): Promise<void> {
    const { rows: accounts } = await shop.owner.query<{ owner: string; kind: string; balance: number; held: number }>(
      `SELECT owner_id AS owner, kind, balance, held FROM ledger_account WHERE community_id = $1 AND owner_id IS NOT NULL`,
      [real.world.communityId],
    );
    const { rows: shelves } = await shop.owner.query<{ goods: string; onHand: number; reserved: number }>(
      `SELECT goods_id AS goods, on_hand AS "onHand", reserved FROM shelf WHERE community_id = $1`,
      [real.world.communityId],
    );
    const of = (owner: string | undefined, kind: string) =>
      accounts.find((one) => one.owner === owner && one.kind === kind);
    expect({
      balance: real.households.map((one) => of(one, 'household')?.balance),
      held: real.households.map((one) => of(one, 'household')?.held),
      debt: real.households.map((one) => 0 - Number(of(one, 'debt')?.balance)),
      shelves: real.goods.map((one) => {
        const shelf = shelves.find((other) => other.goods === one);
        return [shelf?.onHand, shelf?.reserved];
      }),
    }).toEqual({
      balance: model.balance,
      held: model.held,
      debt: model.debt,
      shelves: model.onHand.map((onHand, at) => [onHand, model.reserved[at]]),
    });
    expect(await wrongSums(shop.owner, real.world.communityId)).toEqual([]);
  }

  class Step implements fc.AsyncCommand<ShopModel, Real> {
    constructor(
      private readonly words: string,
      private readonly act: (model: ShopModel, real: Real) => Promise<void>,
    ) {}

    check(): boolean {
      return true;
    }

    async run(model: ShopModel, real: Real): Promise<void> {
      await this.act(model, real);
      await expectSame(model, real);
    }

    toString(): string {
      return this.words;
    }
  }

  const household = fc.nat(HOUSEHOLDS - 1);
  const goods = fc.nat(GOODS.length - 1);
  const lines = fc.array(fc.record({ goods, quantity: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  });
  const at = fc.nat(1000);

  function orderOf(real: Real, asked: readonly { goods: number; quantity: number }[]) {
    return asked.map((line) => ({
      goodsId: real.goods[line.goods]!,
      quantity: line.quantity,
      unitCentipoints: real.prices[line.goods]!,
    }));
  }

  const weighIn = fc.tuple(household, fc.integer({ min: 10, max: 20_000 })).map(
    ([who, grams]) =>
      new Step(`weighIn(${who}, ${grams} g)`, async (model, real) => {
        const reply = await agree(real, model.weighIn(who, grams), commandOf(real.world.actors.collector), (command) =>
          shop.app.get(WeighIns).record(command, {
            householdId: real.households[who]!,
            siteId: real.world.dropOffPointId,
            lines: [{ itemCode: 'film', netGrams: grams, quality: 'pass', weightSource: 'typed' }],
            confirmRepeat: true,
          }),
        );
        if (reply !== null) real.weighIns.push(reply['weighInId'] as string);
      }),
  );

  const reverse = fc.tuple(at, fc.boolean()).map(
    ([which, isApproved]) =>
      new Step(`reverse(${which}, ${isApproved ? 'approved' : 'plain'})`, async (model, real) => {
        if (model.weighIns.length === 0) return;
        const index = which % model.weighIns.length;
        const payload = { weighInId: real.weighIns[index]!, lineNos: null, reason: '称错了' };
        const reversals = shop.app.get(WeighInReversals);
        const one = model.weighIns[index]!;
        if (!isApproved) {
          await agree(real, model.reverse(one, false), commandOf(real.world.actors.manager), (command) =>
            reversals.reverse(command, payload),
          );
          return;
        }
        // Asking for what is reversed already is refused at once.
        if (one.isReversed) {
          await agree(real, 'weigh-ins.already-reversed', commandOf(real.world.actors.manager), (command) =>
            reversals.submit(command, payload),
          );
          return;
        }
        const submitted = await reversals.submit(commandOf(real.world.actors.manager), payload);
        const { approvalId } = JSON.parse(submitted.text) as { approvalId: string };
        await agree(real, model.reverse(one, true), commandOf(real.world.actors.supervisor), (command) =>
          shop.app.get(Approvals).approve(command, approvalId),
        );
      }),
  );

  const redeem = fc.tuple(household, lines).map(
    ([who, asked]) =>
      new Step(`redeem(${who}, ${JSON.stringify(asked)})`, async (model, real) => {
        const reply = await agree(real, model.redeem(who, asked), commandOf(real.world.actors.cashier), (command) =>
          shop.app
            .get(Redemptions)
            .redeem(
              command,
              { householdId: real.households[who]!, siteId: real.world.shopId, lines: orderOf(real, asked) },
              { cardId: null, pin: null, isCheckedByEye: true },
            ),
        );
        if (reply !== null) real.redemptions.push(reply['redemptionId'] as string);
      }),
  );

  const reserve = fc.tuple(household, lines).map(
    ([who, asked]) =>
      new Step(`reserve(${who}, ${JSON.stringify(asked)})`, async (model, real) => {
        const reply = await agree(real, model.reserve(who, asked), commandOf(real.world.actors.cashier), (command) =>
          shop.app.get(Reservations).place(command, {
            householdId: real.households[who]!,
            siteId: real.world.shopId,
            lines: orderOf(real, asked),
          }),
        );
        if (reply !== null) real.reservations.push(reply['reservationId'] as string);
      }),
  );

  const endReservation = fc.tuple(at, fc.constantFrom('confirmed' as const, 'cancelled' as const)).map(
    ([which, outcome]) =>
      new Step(`${outcome}(${which})`, async (model, real) => {
        if (model.reservations.length === 0) return;
        const index = which % model.reservations.length;
        const id = real.reservations[index]!;
        const one = model.reservations[index]!;
        // A household can only be closed when it holds nothing, so its reservations have ended.
        const expected =
          outcome === 'confirmed' && model.closed[one.household]
            ? 'residents.household-closed'
            : model.endReservation(one, outcome);
        const reply = await agree(real, expected, commandOf(real.world.actors.cashier), (command) =>
          outcome === 'confirmed'
            ? shop.app.get(Reservations).pickUp(command, id, { cardId: null, pin: null, isCheckedByEye: true })
            : shop.app.get(Reservations).cancel(command, id),
        );
        if (reply !== null && outcome === 'confirmed') real.redemptions.push(reply['redemptionId'] as string);
      }),
  );

  const cancel = at.map(
    (which) =>
      new Step(`cancel(${which})`, async (model, real) => {
        if (model.redemptions.length === 0) return;
        const index = which % model.redemptions.length;
        const expected = model.cancel(model.redemptions[index]!);
        await agree(real, expected, commandOf(real.world.actors.cashier), (command) =>
          shop.app.get(Redemptions).cancel(command, real.redemptions[index]!, '拿错了'),
        );
      }),
  );

  const giveBack = fc.tuple(at, goods, fc.integer({ min: 1, max: 3 })).map(
    ([which, good, quantity]) =>
      new Step(`giveBack(${which}, ${good}, ${quantity})`, async (model, real) => {
        if (model.redemptions.length === 0) return;
        const index = which % model.redemptions.length;
        const expected = model.giveBackSome(model.redemptions[index]!, good, quantity);
        await agree(real, expected, commandOf(real.world.actors.cashier), (command) =>
          shop.app
            .get(Redemptions)
            .return(command, real.redemptions[index]!, [{ goodsId: real.goods[good]!, quantity }], '坏的'),
        );
      }),
  );

  const adjust = fc
    .tuple(
      household,
      fc.integer({ min: -900, max: 900 }).filter((amount) => amount !== 0),
    )
    .map(
      ([who, amount]) =>
        new Step(`adjust(${who}, ${amount})`, async (model, real) => {
          const submitted = await shop.app
            .get(Ledger)
            .submitAdjustment(commandOf(real.world.actors.manager), real.households[who]!, amount, '补记');
          const { approvalId } = JSON.parse(submitted.text) as { approvalId: string };
          await agree(real, model.adjust(who, amount), commandOf(real.world.actors.supervisor), (command) =>
            shop.app.get(Approvals).approve(command, approvalId),
          );
        }),
    );

  const give = fc.tuple(household, household, fc.integer({ min: 1, max: 900 })).map(
    ([from, to, amount]) =>
      new Step(`give(${from}, ${to}, ${amount})`, async (model, real) => {
        const resident = { ...real.world.actors.cashier, id: real.households[from]!, kind: 'resident' as const };
        await agree(real, model.give(from, to, amount), commandOf(resident), (command) =>
          shop.app.get(Ledger).give(command, real.households[from]!, real.households[to]!, amount),
        );
      }),
  );

  const receipt = fc.tuple(goods, fc.integer({ min: 1, max: 3 })).map(
    ([good, quantity]) =>
      new Step(`receive(${good}, ${quantity})`, async (model, real) => {
        await receive(shop, real.world, real.goods[good]!, quantity);
        model.onHand[good]! += quantity;
      }),
  );

  const changePrice = fc.tuple(goods, fc.integer({ min: 1, max: 900 })).map(
    ([good, price]) =>
      new Step(`changePrice(${good}, ${price})`, async (model, real) => {
        await shop.app.get(Prices).set(real.world.actors.manager, real.goods[good]!, { centipoints: price });
        model.price[good] = price;
        // Whoever still shows the old price is refused with the new one.
        const stale = price === real.prices[good] ? null : { ...real, prices: [...real.prices] };
        real.prices[good] = price;
        if (stale === null || model.closed[0]) return;
        await agree(real, 'redemptions.price-changed', commandOf(real.world.actors.cashier), (command) =>
          shop.app.get(Redemptions).redeem(
            command,
            {
              householdId: real.households[0]!,
              siteId: real.world.shopId,
              lines: orderOf(stale, [{ goods: good, quantity: 1 }]),
            },
            { cardId: null, pin: null, isCheckedByEye: true },
          ),
        );
      }),
  );

  const changeTariff = fc.integer({ min: 1, max: 30 }).map(
    (points) =>
      new Step(`changeTariff(${points})`, async (model, real) => {
        await givenTariffInForce(shop, real.world, filmTariff(points * 100));
        model.changeTariff(points * 100);
      }),
  );

  const nextDay = fc.integer({ min: 1, max: RESERVATION_DAYS + 2 }).map(
    (days) =>
      new Step(`nextDay(${days})`, async (model) => {
        model.day += days;
        daysUsed += days;
        await setDay(daysUsed);
      }),
  );

  const sweep = fc.constant(
    new Step('sweep', async (model) => {
      model.sweep();
      await shop.app.get(Reservations).expireOverdue(randomUUID());
    }),
  );

  const close = household.map(
    (who) =>
      new Step(`close(${who})`, async (model, real) => {
        const expected = model.close(who);
        const answer = await answerOf(async () => {
          await shop.app.get(HouseholdEnds).close(real.world.actors.manager, real.households[who]!, '搬走');
          return new StoredReply('{}');
        });
        expect(answer.code).toBe(expected);
      }),
  );

  const replay = at.map(
    (which) =>
      new Step(`replay(${which})`, async (_, real) => {
        if (real.done.length === 0) return;
        const { command, again, answer } = real.done[which % real.done.length]!;
        expect((await answerOf(() => again(command))).text).toBe(answer);
      }),
  );

  const replayOther = at.map(
    (which) =>
      new Step(`replayOther(${which})`, async (_, real) => {
        if (real.done.length === 0) return;
        const { command, again } = real.done[which % real.done.length]!;
        const other = await answerOf(() => again({ ...command, body: { other: true } }));
        expect(other.code).toBe('platform.key-reused');
      }),
  );

  it(`agrees with the model in ${RUNS} runs of up to ${COMMANDS} commands`, async () => {
    const steps = fc.commands(
      [
        weighIn,
        weighIn,
        redeem,
        redeem,
        reserve,
        endReservation,
        reverse,
        cancel,
        giveBack,
        adjust,
        give,
        receipt,
        changePrice,
        changeTariff,
        nextDay,
        sweep,
        close,
        replay,
        replayOther,
      ],
      { maxCommands: COMMANDS, size: 'max' },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (commands) => {
        const real = await givenReal();
        const model = new ShopModel(HOUSEHOLDS, GOODS, DAY_MAX, RESERVATION_DAYS);
        await fc.asyncModelRun(() => ({ model, real }), commands);
      }),
      { numRuns: RUNS, endOnFailure: process.env['PROOF'] === undefined },
    );
    await expectVerified(shop.ownerUrl);
  }, 3_600_000);
});
