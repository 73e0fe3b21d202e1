import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { Sites } from '../../src/places/index.js';
import type { Client } from '../factories/client.js';
import { givenStaff } from '../factories/community.js';
import {
  batchesOf,
  dayFromNow,
  givenGoods,
  givenGoodsWorld,
  givenStock,
  type GoodsWorld,
  reserve,
  shelfOf,
  stockFaults,
} from './goods-fixtures.js';

let world: GoodsWorld;
let path: string;
let keeper: Client;
let manager: Client;
let supervisor: Client;

beforeAll(async () => {
  world = await givenGoodsWorld();
  ({ path } = world.community);
  ({ keeper } = world);
  ({ manager, supervisor } = world.community.staff);
});

afterEach(async () => {
  expect(await stockFaults(world)).toEqual([]);
});

afterAll(async () => {
  await world.test.close();
});

/** A shop that nobody else counts. */
async function givenShop(): Promise<string> {
  const { test, community } = world;
  return test.database.transaction((tx) =>
    test.app.get(Sites).createSite(tx, community.system, { kind: 'shop', name: `店 ${randomUUID()}` }),
  );
}

async function started(siteId: string, client = keeper): Promise<string> {
  const { body } = await client.post(`${path}/sites/${siteId}/stocktakes`).expect(201);
  return `${path}/stocktakes/${(body as { stocktakeId: string }).stocktakeId}`;
}

const count = (stocktake: string, goodsId: string, counted: number, client = keeper) =>
  client.put(`${stocktake}/lines/${goodsId}`, { counted });

/** Starts, counts and submits. @returns the paths of the stocktake and its approval */
async function submitted(
  siteId: string,
  counts: Readonly<Record<string, number>>,
): Promise<{ stocktake: string; approval: string }> {
  const stocktake = await started(siteId);
  for (const [goodsId, counted] of Object.entries(counts)) await count(stocktake, goodsId, counted).expect(200);
  const { body } = await keeper.post(`${stocktake}/submit`, { note: '月末盘点' }).expect(201);
  expect(body.status).toBe('submitted');
  return { stocktake, approval: `${path}/approvals/${body.approvalId}` };
}

describe('a stocktake', () => {
  it('is blind: who counts sees what he counted and nothing else', async () => {
    const siteId = await givenShop();
    const goodsId = await givenGoods(world);
    await givenStock(world, siteId, { goodsId, quantity: 10 });
    const stocktake = await started(siteId, manager);
    const { body: counted } = await count(stocktake, goodsId, 8, manager).expect(200);
    expect(counted).toMatchObject({ status: 'counting', countedGoods: 1, approvalId: null });
    const { body: lines } = await manager.get(`${stocktake}/lines`).expect(200);
    expect(lines).toEqual([
      {
        goodsId,
        name: expect.any(String),
        unit: '个',
        counted: 8,
        countedBy: manager.actorId,
        countedAt: expect.any(String),
      },
    ]);
    const early = await manager.get(`${stocktake}/differences`).expect(409);
    expect(early.body.type).toBe('goods.stocktake-counting');
    await keeper.get(`${stocktake}/differences`).expect(403);
    await count(stocktake, goodsId, 9).expect(200);
    const { body: recounted } = await keeper.get(`${stocktake}/lines`).expect(200);
    expect(recounted).toMatchObject([{ counted: 9, countedBy: keeper.actorId }]);
    const { body: reply } = await keeper.post(`${stocktake}/submit`).expect(201);
    expect(reply).toMatchObject({ status: 'submitted', countedGoods: 1, differentGoods: 1, uncountedGoods: 0 });
    expect(JSON.stringify(reply)).not.toContain('expected');
    const { body: differences } = await supervisor.get(`${stocktake}/differences`).expect(200);
    expect(differences).toMatchObject([{ goodsId, counted: 9, expected: 10, delta: -1 }]);
  });

  it('is open once a shop', async () => {
    const [siteId, otherId] = [await givenShop(), await givenShop()];
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => keeper.post(`${path}/sites/${siteId}/stocktakes`)),
    );
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
    const refused = replies.filter((reply) => reply.status !== 201);
    expect(new Set(refused.map((reply) => reply.body.type))).toEqual(new Set(['goods.stocktake-open']));
    await started(otherId);
    const { body } = await supervisor.get(`${path}/stocktakes?siteId=${siteId}&status=counting`).expect(200);
    expect(body).toMatchObject([{ siteId, status: 'counting', startedBy: keeper.actorId, countedGoods: 0 }]);
    await keeper.post(`${path}/sites/${world.community.dropOffPointId}/stocktakes`).expect(404);
    await supervisor.post(`${path}/sites/${siteId}/stocktakes`).expect(403);
  });

  it('in which all agrees is done at once, without anybody else', async () => {
    const siteId = await givenShop();
    const [rice, oil, salt] = [await givenGoods(world), await givenGoods(world), await givenGoods(world)];
    await givenStock(world, siteId, { goodsId: rice, quantity: 10 }, { goodsId: oil, quantity: 2 });
    const stocktake = await started(siteId);
    const empty = await keeper.post(`${stocktake}/submit`).expect(409);
    expect(empty.body.type).toBe('goods.nothing-counted');
    await count(stocktake, rice, 10).expect(200);
    await count(stocktake, salt, 0).expect(200);
    const key = randomUUID();
    const first = await keeper.post(`${stocktake}/submit`, {}, key).expect(201);
    expect(first.body).toMatchObject({ status: 'posted', approvalId: null, differentGoods: 0, uncountedGoods: 1 });
    expect((await keeper.post(`${stocktake}/submit`, {}, key).expect(201)).text).toBe(first.text);
    expect((await keeper.get(stocktake).expect(200)).body.status).toBe('posted');
    const late = await count(stocktake, oil, 1).expect(409);
    expect(late.body.type).toBe('goods.stocktake-settled');
    await keeper.post(`${stocktake}/cancel`).expect(409);
    expect(await shelfOf(world, siteId, oil)).toEqual({ onHand: 2, reserved: 0 });
    await started(siteId);
  });

  it('puts what differs right once somebody who did not count has allowed it', async () => {
    const siteId = await givenShop();
    const [rice, oil, salt] = [await givenGoods(world), await givenGoods(world), await givenGoods(world)];
    const [soon, late] = [await dayFromNow(world, 10), await dayFromNow(world, 100)];
    await givenStock(world, siteId, { goodsId: rice, quantity: 3, expiresOn: late }, { goodsId: oil, quantity: 2 });
    await givenStock(world, siteId, { goodsId: rice, quantity: 5, expiresOn: soon });
    await givenStock(world, siteId, { goodsId: oil, quantity: 2, unitCostFen: 70, expiresOn: late });
    const stocktake = await started(siteId);
    await count(stocktake, rice, 2).expect(200);
    await count(stocktake, oil, 6, manager).expect(200);
    await count(stocktake, salt, 1).expect(200);
    const { body: reply } = await keeper.post(`${stocktake}/submit`).expect(201);
    const approval = `${path}/approvals/${reply.approvalId}/approve`;
    const waiting = (await supervisor.get(`${path}/approvals?limit=1`).expect(200)).body;
    expect(waiting).toMatchObject([
      { kind: 'goods.stocktake', summary: { siteId, differentGoods: 3, surplusQuantity: 3, shortageQuantity: 6 } },
    ]);
    const counter = await manager.post(approval).expect(403);
    expect(counter.body.type).toBe('goods.own-count');
    expect(await shelfOf(world, siteId, rice)).toEqual({ onHand: 8, reserved: 0 });
    const { body } = await supervisor.post(approval).expect(201);
    expect(body).toMatchObject({ status: 'posted', approvalId: reply.approvalId });
    expect(body.shelves).toEqual(
      [
        { goodsId: rice, delta: -6, onHand: 2 },
        { goodsId: oil, delta: 2, onHand: 6 },
        { goodsId: salt, delta: 1, onHand: 1 },
      ].toSorted((a, b) => (a.goodsId < b.goodsId ? -1 : 1)),
    );
    expect(await batchesOf(world, siteId, rice)).toEqual([[late, 2, 100]]);
    expect(await batchesOf(world, siteId, oil)).toEqual([
      [late, 4, 70],
      [null, 2, 100],
    ]);
    expect(await batchesOf(world, siteId, salt)).toEqual([[null, 1, 0]]);
    expect((await keeper.get(stocktake).expect(200)).body.status).toBe('posted');
    const movements = (await keeper.get(`${path}/sites/${siteId}/shelves/${rice}/movements`).expect(200)).body;
    expect(movements[0]).toMatchObject({ kind: 'stocktake', delta: -6, onHandAfter: 2, approvalId: reply.approvalId });
  });

  it('leaves what moved since the counting moved', async () => {
    const siteId = await givenShop();
    const goodsId = await givenGoods(world);
    await givenStock(world, siteId, { goodsId, quantity: 10 });
    const { approval } = await submitted(siteId, { [goodsId]: 8 });
    await keeper.post(`${path}/sites/${siteId}/write-offs`, { goodsId, quantity: 3, reason: '破损' }).expect(201);
    await givenStock(world, siteId, { goodsId, quantity: 4 });
    const { body } = await supervisor.post(`${approval}/approve`).expect(201);
    expect(body.shelves).toEqual([{ goodsId, delta: -2, onHand: 9 }]);
  });

  it('takes nothing that is reserved, changes nothing then, and may be allowed later', async () => {
    const siteId = await givenShop();
    const [rice, oil] = [await givenGoods(world), await givenGoods(world)];
    await givenStock(world, siteId, { goodsId: rice, quantity: 5 }, { goodsId: oil, quantity: 5 });
    const { approval } = await submitted(siteId, { [rice]: 4, [oil]: 3 });
    await reserve(world, siteId, oil, 4);
    const refused = await supervisor.post(`${approval}/approve`).expect(409);
    expect(refused.body).toMatchObject({
      type: 'goods.insufficient-stock',
      params: { goodsId: oil, missingQuantity: 1, availableQuantity: 1 },
    });
    expect(await shelfOf(world, siteId, rice)).toEqual({ onHand: 5, reserved: 0 });
    await reserve(world, siteId, oil, 3);
    await supervisor.post(`${approval}/approve`).expect(201);
    expect(await shelfOf(world, siteId, oil)).toEqual({ onHand: 3, reserved: 3 });
    await reserve(world, siteId, oil, 0);
  });

  it('is given up while it is counted, or after its approval was refused', async () => {
    const siteId = await givenShop();
    const goodsId = await givenGoods(world);
    await givenStock(world, siteId, { goodsId, quantity: 5 });
    const first = await started(siteId);
    expect((await keeper.post(`${first}/cancel`).expect(200)).body.status).toBe('cancelled');
    await count(first, goodsId, 5).expect(409);
    await keeper.post(`${first}/submit`).expect(409);
    const { stocktake, approval } = await submitted(siteId, { [goodsId]: 4 });
    const waiting = await keeper.post(`${stocktake}/cancel`).expect(409);
    expect(waiting.body.type).toBe('goods.stocktake-awaits-approval');
    await keeper.post(`${approval}/close`, { decision: 'withdrawn', reason: '数错了' }).expect(201);
    const open = await keeper.post(`${path}/sites/${siteId}/stocktakes`).expect(409);
    expect(open.body.type).toBe('goods.stocktake-open');
    expect((await keeper.post(`${stocktake}/cancel`).expect(200)).body.status).toBe('cancelled');
    const late = await supervisor.post(`${approval}/approve`).expect(409);
    expect(late.body.type).toBe('goods.stocktake-not-submitted');
    expect(await shelfOf(world, siteId, goodsId)).toEqual({ onHand: 5, reserved: 0 });
    await started(siteId);
  });

  it('whose approval has expired cannot be allowed any more, and is given up', async () => {
    const siteId = await givenShop();
    const goodsId = await givenGoods(world);
    const { stocktake, approval } = await submitted(siteId, { [goodsId]: 1 });
    await world.test.moveClock('8 days');
    try {
      const { communityId } = world.community;
      const late = await givenStaff(world.test, communityId, 'supervisor');
      expect((await late.post(`${approval}/approve`).expect(409)).body.type).toBe('approvals.expired');
      const clerk = await givenStaff(world.test, communityId, 'stock-keeper');
      await clerk.post(`${stocktake}/cancel`).expect(200);
    } finally {
      await world.test.moveClock('0');
    }
    expect(await shelfOf(world, siteId, goodsId)).toEqual({ onHand: 0, reserved: 0 });
  });

  it('belongs to who keeps that shop', async () => {
    const [siteId, otherId] = [await givenShop(), await givenShop()];
    const goodsId = await givenGoods(world);
    const stocktake = await started(siteId);
    const { test, community } = world;
    const foreign = await givenStaff(test, community.communityId, 'stock-keeper', otherId);
    await foreign.get(stocktake).expect(404);
    await count(stocktake, goodsId, 1, foreign).expect(404);
    await foreign.post(`${stocktake}/submit`).expect(404);
    await foreign.post(`${stocktake}/cancel`).expect(404);
    expect((await foreign.get(`${path}/stocktakes`).expect(200)).body).toEqual([]);
    await count(stocktake, uuidv7(), 1).expect(404);
    await count(stocktake, goodsId, -1).expect(422);
    await keeper.get(`${path}/stocktakes/${uuidv7()}`).expect(404);
  });
});

describe('at the same time', () => {
  it('a stocktake is posted once and what else leaves the shelf leaves it too', async () => {
    const siteId = await givenShop();
    const goodsId = await givenGoods(world);
    await givenStock(world, siteId, { goodsId, quantity: 30 }, { goodsId, quantity: 10 });
    const { approval } = await submitted(siteId, { [goodsId]: 35 });
    const { admin } = world.community.staff;
    const [posted, written] = await Promise.all([
      Promise.all([supervisor, manager, admin, supervisor].map((client) => client.post(`${approval}/approve`))),
      Promise.all(
        Array.from({ length: 10 }, () =>
          keeper.post(`${path}/sites/${siteId}/write-offs`, { goodsId, quantity: 2, reason: '破损' }),
        ),
      ),
    ]);
    expect(posted.filter((reply) => reply.status === 201)).toHaveLength(1);
    expect(new Set(posted.filter((reply) => reply.status !== 201).map((reply) => reply.body.type))).toEqual(
      new Set(['approvals.already-decided']),
    );
    expect(written.map((reply) => reply.status)).toEqual(Array.from({ length: 10 }, () => 201));
    expect(await shelfOf(world, siteId, goodsId)).toEqual({ onHand: 15, reserved: 0 });
  });

  it('no count comes in behind the submission', async () => {
    const siteId = await givenShop();
    const [rice, oil] = [await givenGoods(world), await givenGoods(world)];
    await givenStock(world, siteId, { goodsId: rice, quantity: 3 }, { goodsId: oil, quantity: 3 });
    const stocktake = await started(siteId);
    await count(stocktake, rice, 2).expect(200);
    const [submission, ...counts] = await Promise.all([
      keeper.post(`${stocktake}/submit`),
      ...Array.from({ length: 8 }, () => count(stocktake, oil, 1, manager)),
    ]);
    expect(submission.status).toBe(201);
    for (const reply of counts) expect([200, 409]).toContain(reply.status);
    const { body: differences } = await supervisor.get(`${stocktake}/differences`).expect(200);
    expect(differences).toHaveLength(submission.body.countedGoods);
    const { body } = await supervisor.post(`${path}/approvals/${submission.body.approvalId}/approve`).expect(201);
    expect(body.shelves).toHaveLength(submission.body.differentGoods);
  });
});
