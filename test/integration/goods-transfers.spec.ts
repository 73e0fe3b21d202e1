import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { Client } from '../factories/client.js';
import { givenStaff } from '../factories/community.js';
import {
  batchesOf,
  dayFromNow,
  givenGoods,
  givenGoodsWorld,
  givenStock,
  type GoodsWorld,
  receiptOf,
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

const receipts = (siteId = world.shopId): string => `${path}/sites/${siteId}/receipts`;
const onHand = async (goodsId: string, siteId = world.shopId) => (await shelfOf(world, siteId, goodsId))?.onHand;

async function movementCount(goodsId: string): Promise<number> {
  const { rows } = await world.test.owner.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM stock_movement WHERE goods_id = $1`,
    [goodsId],
  );
  return rows[0]?.count ?? 0;
}

describe('a transfer', () => {
  const transfer = (goodsId: string, quantity: number, from = world.shopId, to = world.secondShopId): object => ({
    fromSiteId: from,
    toSiteId: to,
    goodsId,
    quantity,
  });

  it('carries expiry date, origin and cost along, in two steps', async () => {
    const goodsId = await givenGoods(world);
    const [soon, late] = [await dayFromNow(world, 20), await dayFromNow(world, 200)];
    await givenStock(
      world,
      world.shopId,
      { goodsId, quantity: 4, expiresOn: late, unitCostFen: 30 },
      { goodsId, quantity: 3, expiresOn: soon, unitCostFen: 20 },
    );
    const sent = await keeper.post(`${path}/transfers`, transfer(goodsId, 5)).expect(201);
    expect(sent.body).toMatchObject({ sentQuantity: 5, onHand: 2, toSiteId: world.secondShopId });
    const { transferId } = sent.body;
    expect(await onHand(goodsId, world.secondShopId)).toBe(0);
    const underWay = (await keeper.get(`${path}/transfers?status=under-way`).expect(200)).body;
    expect(underWay).toMatchObject([{ transferId, receivedQuantity: null, differenceQuantity: null }]);
    const { body } = await keeper.post(`${path}/transfers/${transferId}/receive`, { quantity: 5 }).expect(201);
    expect(body).toMatchObject({ transferId, receivedQuantity: 5, sentQuantity: 5, differenceQuantity: 0, onHand: 5 });
    expect(await batchesOf(world, world.shopId, goodsId)).toEqual([[late, 2, 30]]);
    expect(await batchesOf(world, world.secondShopId, goodsId)).toEqual([
      [soon, 3, 20],
      [late, 2, 30],
    ]);
    const again = await keeper.post(`${path}/transfers/${transferId}/receive`, { quantity: 5 }).expect(409);
    expect(again.body.type).toBe('goods.transfer-received');
  });

  it('that arrives short needs a reason and stays visible', async () => {
    const goodsId = await givenGoods(world);
    await givenStock(world, world.shopId, { goodsId, quantity: 9 });
    const { transferId } = (await keeper.post(`${path}/transfers`, transfer(goodsId, 6)).expect(201)).body;
    const url = `${path}/transfers/${transferId}/receive`;
    const more = await keeper.post(url, { quantity: 7 }).expect(409);
    expect(more.body).toMatchObject({ type: 'goods.more-than-sent', params: { sentQuantity: 6, excessQuantity: 1 } });
    const silent = await keeper.post(url, { quantity: 4 }).expect(409);
    expect(silent.body).toMatchObject({
      type: 'goods.difference-unexplained',
      params: { sentQuantity: 6, missingQuantity: 2 },
    });
    await keeper.post(url, { quantity: 4, differenceReason: '途中破损' }).expect(201);
    expect(await onHand(goodsId, world.secondShopId)).toBe(4);
    const short = (await supervisor.get(`${path}/transfers?status=short&limit=1`).expect(200)).body;
    expect(short).toMatchObject([
      { transferId, sentQuantity: 6, receivedQuantity: 4, differenceQuantity: -2, differenceReason: '途中破损' },
    ]);
  });

  it('may lose everything on the way', async () => {
    const goodsId = await givenGoods(world);
    await givenStock(world, world.shopId, { goodsId, quantity: 2 });
    const { transferId } = (await keeper.post(`${path}/transfers`, transfer(goodsId, 2)).expect(201)).body;
    const { body } = await keeper
      .post(`${path}/transfers/${transferId}/receive`, { quantity: 0, differenceReason: '车翻了' })
      .expect(201);
    expect(body).toMatchObject({ differenceQuantity: -2, onHand: 0 });
    expect(await movementCount(goodsId)).toBe(2);
  });

  it('takes neither what is reserved nor what is past its date', async () => {
    const goodsId = await givenGoods(world);
    const soon = await dayFromNow(world, 1);
    await givenStock(world, world.shopId, { goodsId, quantity: 4, expiresOn: soon }, { goodsId, quantity: 6 });
    await reserve(world, world.shopId, goodsId, 2);
    await world.test.moveClock('2 days');
    try {
      const clerk = await givenStaff(world.test, world.community.communityId, 'stock-keeper');
      const refused = await clerk.post(`${path}/transfers`, transfer(goodsId, 5)).expect(409);
      expect(refused.body).toMatchObject({
        type: 'goods.insufficient-stock',
        params: { goodsId, missingQuantity: 1, availableQuantity: 4 },
      });
      await clerk.post(`${path}/transfers`, transfer(goodsId, 4)).expect(201);
      expect(await batchesOf(world, world.shopId, goodsId)).toEqual([
        [soon, 4, 100],
        [null, 2, 100],
      ]);
    } finally {
      await world.test.moveClock('0');
    }
    await reserve(world, world.shopId, goodsId, 0);
  });

  it('goes to another open shop, by who keeps this one, and is counted in by who keeps that one', async () => {
    const goodsId = await givenGoods(world);
    await givenStock(world, world.shopId, { goodsId, quantity: 2 });
    const { test, community, shopId, secondShopId } = world;
    const self = await keeper.post(`${path}/transfers`, transfer(goodsId, 1, shopId, shopId)).expect(409);
    expect(self.body.type).toBe('goods.transfer-to-self');
    await keeper.post(`${path}/transfers`, transfer(goodsId, 1, shopId, community.dropOffPointId)).expect(404);
    await keeper.post(`${path}/transfers`, transfer(goodsId, 1, shopId, uuidv7())).expect(404);
    await keeper.post(`${path}/transfers/${uuidv7()}/receive`, { quantity: 1 }).expect(404);
    const here = await givenStaff(test, community.communityId, 'stock-keeper', shopId);
    const there = await givenStaff(test, community.communityId, 'stock-keeper', secondShopId);
    await there.post(`${path}/transfers`, transfer(goodsId, 1)).expect(404);
    const { transferId } = (await here.post(`${path}/transfers`, transfer(goodsId, 1)).expect(201)).body;
    await here.post(`${path}/transfers/${transferId}/receive`, { quantity: 1 }).expect(404);
    await there.post(`${path}/transfers/${transferId}/receive`, { quantity: 1 }).expect(201);
    const seen = (await there.get(`${path}/transfers?limit=1`).expect(200)).body as { transferId: string }[];
    expect(seen.map((row) => row.transferId)).toEqual([transferId]);
  });

  it('of the last pieces succeeds once, and the other is told what is left', async () => {
    const goodsId = await givenGoods(world);
    await givenStock(world, world.shopId, { goodsId, quantity: 3 }, { goodsId, quantity: 2 });
    const [first, second] = await Promise.all([
      keeper.post(`${path}/transfers`, transfer(goodsId, 4)),
      manager.post(`${path}/transfers`, transfer(goodsId, 4)),
    ]);
    expect(new Set([first.status, second.status])).toEqual(new Set([201, 409]));
    const refused = first.status === 409 ? first : second;
    expect(refused.body).toMatchObject({
      type: 'goods.insufficient-stock',
      params: { goodsId, missingQuantity: 3, availableQuantity: 1 },
    });
    expect(await onHand(goodsId)).toBe(1);
  });

  it('is counted in once, however many do it at once', async () => {
    const goodsId = await givenGoods(world);
    await givenStock(world, world.shopId, { goodsId, quantity: 5 });
    const { transferId } = (await keeper.post(`${path}/transfers`, transfer(goodsId, 5)).expect(201)).body;
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => keeper.post(`${path}/transfers/${transferId}/receive`, { quantity: 5 })),
    );
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
    expect(await onHand(goodsId, world.secondShopId)).toBe(5);
  });

  it('both ways at once, between shelves that stock also comes to, does not lock up', async () => {
    const goodsIds = [await givenGoods(world), await givenGoods(world), await givenGoods(world)];
    const { shopId, secondShopId } = world;
    const deadlocks = async () =>
      (await world.test.owner.query(`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`)).rows;
    const before = await deadlocks();
    for (const siteId of [shopId, secondShopId]) {
      await givenStock(world, siteId, ...goodsIds.map((goodsId) => ({ goodsId, quantity: 30 })));
    }
    const replies = await Promise.all(
      Array.from({ length: 36 }, (_, index) => {
        const goodsId = goodsIds[index % 3] as string;
        const [from, to] = index % 2 === 0 ? [shopId, secondShopId] : [secondShopId, shopId];
        if (index % 4 < 2) return keeper.post(`${path}/transfers`, transfer(goodsId, 1, from, to));
        const order = index % 8 < 4 ? goodsIds : goodsIds.toReversed();
        return manager.post(receipts(from), receiptOf(...order.map((each) => ({ goodsId: each, quantity: 1 }))));
      }),
    );
    expect(replies.map((reply) => reply.status)).toEqual(Array.from({ length: 36 }, () => 201));
    expect(await deadlocks()).toEqual(before);
  });
});

describe('the lists', () => {
  it('show every good of a shop with 现存, 占用 and 可兑', async () => {
    const goodsId = await givenGoods(world);
    await givenStock(world, world.shopId, { goodsId, quantity: 9 });
    await reserve(world, world.shopId, goodsId, 2);
    const found = new Map<string, object>();
    for (let after = ''; ;) {
      const page = (await keeper.get(`${path}/sites/${world.shopId}/shelves?limit=7${after}`).expect(200)).body as {
        goodsId: string;
      }[];
      for (const shelf of page) {
        expect(found.has(shelf.goodsId)).toBe(false);
        found.set(shelf.goodsId, shelf);
      }
      if (page.length < 7) break;
      after = `&after=${page.at(-1)?.goodsId}`;
    }
    expect(found.get(goodsId)).toMatchObject({ onHand: 9, reserved: 2, available: 7, lowStockAt: 0, isLow: false });
    const { rows } = await world.test.owner.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM goods WHERE community_id = $1`,
      [world.community.communityId],
    );
    expect(found.size).toBe(rows[0]?.count);
    await reserve(world, world.shopId, goodsId, 0);
  });

  it('name the shelves that run low, by shop and in pages', async () => {
    const { shopId, secondShopId } = world;
    const [rice, oil] = [await givenGoods(world), await givenGoods(world)];
    const alert = (siteId: string, goodsId: string, lowStockAt: number) =>
      keeper.put(`${path}/sites/${siteId}/shelves/${goodsId}/alert`, { lowStockAt }).expect(200);
    await givenStock(world, shopId, { goodsId: rice, quantity: 6 }, { goodsId: oil, quantity: 5 });
    expect((await alert(shopId, rice, 5)).body).toMatchObject({ onHand: 6, lowStockAt: 5, isLow: false });
    expect((await alert(shopId, oil, 5)).body).toMatchObject({ onHand: 5, isLow: true });
    await alert(secondShopId, rice, 1);
    const low = async (query: string) =>
      (
        (await supervisor.get(`${path}/low-stock?${query}`).expect(200)).body as { goodsId: string; siteId: string }[]
      ).map((row) => `${row.goodsId}.${row.siteId}`);
    const expected = [`${rice}.${secondShopId}`, `${oil}.${shopId}`].toSorted();
    expect(await low('')).toEqual(expected);
    expect(await low('limit=1')).toEqual(expected.slice(0, 1));
    expect(await low(`limit=1&after=${expected[0]}`)).toEqual(expected.slice(1));
    expect(await low(`siteId=${shopId}`)).toEqual([`${oil}.${shopId}`]);
    await reserve(world, shopId, rice, 1);
    expect(await low(`siteId=${shopId}`)).toEqual([`${rice}.${shopId}`, `${oil}.${shopId}`].toSorted());
    await reserve(world, shopId, rice, 0);
    await alert(shopId, oil, 0);
    expect(await low(`siteId=${shopId}`)).toEqual([]);
    await supervisor.get(`${path}/low-stock?after=x`).expect(422);
    await supervisor.put(`${path}/sites/${shopId}/shelves/${rice}/alert`, { lowStockAt: 1 }).expect(403);
  });

  it('name the batches that expire soon, those past their date first', async () => {
    const { test, community, shopId, secondShopId } = world;
    const goodsId = await givenGoods(world);
    await test.owner.query(`UPDATE community_settings SET near_expiry_days = 30 WHERE community_id = $1`, [
      community.communityId,
    ]);
    const days = await Promise.all([1, 5, 32, 33].map((day) => dayFromNow(world, day)));
    await givenStock(
      world,
      shopId,
      ...[days[1], days[3], days[0]].map((expiresOn) => ({ goodsId, quantity: 1, expiresOn: expiresOn as string })),
      { goodsId, quantity: 1 },
    );
    await givenStock(world, secondShopId, { goodsId, quantity: 1, expiresOn: days[2] });
    await test.moveClock('2 days');
    try {
      const clerk = await givenStaff(test, community.communityId, 'cashier');
      type Row = { batchId: string; goodsId: string; expiresOn: string; daysLeft: number; isExpired: boolean };
      const all = (await clerk.get(`${path}/near-expiry?limit=100`).expect(200)).body as Row[];
      expect(all.map((row) => row.expiresOn)).toEqual(all.map((row) => row.expiresOn).toSorted());
      const own = all.filter((row) => row.goodsId === goodsId);
      expect(own.map((row) => [row.expiresOn, row.daysLeft, row.isExpired])).toEqual([
        [days[0], -1, true],
        [days[1], 3, false],
        [days[2], 30, false],
      ]);
      const here = (await clerk.get(`${path}/near-expiry?siteId=${secondShopId}&limit=100`).expect(200)).body as Row[];
      expect(here.filter((row) => row.goodsId === goodsId).map((row) => row.expiresOn)).toEqual([days[2]]);
      const last = own.at(-1)?.batchId;
      const rest = (await clerk.get(`${path}/near-expiry?after=${last}&limit=100`).expect(200)).body as Row[];
      expect(rest).toEqual(all.slice(all.findIndex((row) => row.batchId === last) + 1));
      const local = await givenStaff(test, community.communityId, 'stock-keeper', secondShopId);
      const seen = (await local.get(`${path}/near-expiry?limit=100`).expect(200)).body as { siteId: string }[];
      expect(new Set(seen.map((row) => row.siteId))).toEqual(new Set([secondShopId]));
    } finally {
      await test.moveClock('0');
    }
  });

  it('page through the movements of a shelf, newest first, with what was on hand after each', async () => {
    const goodsId = await givenGoods(world);
    for (const quantity of [5, 1, 2, 4]) await givenStock(world, world.shopId, { goodsId, quantity });
    const url = `${path}/sites/${world.shopId}/shelves/${goodsId}/movements`;
    type Row = { movementId: string; delta: number; onHandAfter: number };
    const first = (await keeper.get(`${url}?limit=3`).expect(200)).body as Row[];
    expect(first.map((row) => [row.delta, row.onHandAfter])).toEqual([
      [4, 12],
      [2, 8],
      [1, 6],
    ]);
    const rest = (await keeper.get(`${url}?limit=3&after=${first.at(-1)?.movementId}`).expect(200)).body as Row[];
    expect(rest.map((row) => [row.delta, row.onHandAfter])).toEqual([[5, 5]]);
  });
});
