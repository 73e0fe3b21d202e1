import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { Sites } from '../../src/places/index.js';
import type { Client } from '../factories/client.js';
import { givenStaff } from '../factories/community.js';
import {
  APPROVAL_LIMIT_FEN,
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
let admin: Client;

beforeAll(async () => {
  world = await givenGoodsWorld();
  ({ path } = world.community);
  ({ keeper } = world);
  ({ manager, supervisor, admin } = world.community.staff);
});

afterEach(async () => {
  expect(await stockFaults(world)).toEqual([]);
});

afterAll(async () => {
  await world.test.close();
});

const receipts = (siteId = world.shopId): string => `${path}/sites/${siteId}/receipts`;
const writeOffs = (siteId = world.shopId): string => `${path}/sites/${siteId}/write-offs`;
const onHand = async (goodsId: string, siteId = world.shopId) => (await shelfOf(world, siteId, goodsId))?.onHand;

/** Submits what needs a second person. @returns its approval's path */
async function submitted(client: Client, url: string, body: object): Promise<string> {
  const reply = await client.post(url, body).expect(201);
  expect(reply.body).toMatchObject({ status: 'pending' });
  return `${path}/approvals/${reply.body.approvalId}`;
}

async function movementCount(goodsId: string): Promise<number> {
  const { rows } = await world.test.owner.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM stock_movement WHERE goods_id = $1`,
    [goodsId],
  );
  return rows[0]?.count ?? 0;
}

describe('a receipt', () => {
  it('is one movement a shelf and one batch a line', async () => {
    const [rice, oil] = [await givenGoods(world), await givenGoods(world)];
    const [soon, late] = [await dayFromNow(world, 40), await dayFromNow(world, 400)];
    const { body } = await keeper
      .post(
        receipts(),
        receiptOf(
          { goodsId: rice.toUpperCase(), quantity: 5, expiresOn: late },
          { goodsId: oil, quantity: 3, unitCostFen: 5000 },
          { goodsId: rice, quantity: 7, unitCostFen: 90, expiresOn: soon },
        ),
      )
      .expect(201);
    expect(body).toMatchObject({ status: 'posted', approvalId: null, siteId: world.shopId, costFen: 16_130 });
    expect(body.shelves).toEqual(
      [
        { goodsId: rice, quantity: 12, onHand: 12 },
        { goodsId: oil, quantity: 3, onHand: 3 },
      ].toSorted((a, b) => (a.goodsId < b.goodsId ? -1 : 1)),
    );
    const batches = (await keeper.get(`${path}/sites/${world.shopId}/shelves/${rice}/batches`).expect(200)).body;
    expect(batches).toMatchObject([
      { expiresOn: soon, daysLeft: 40, isExpired: false, remaining: 7, unitCostFen: 90, supplier: '银塘镇供销社' },
      { expiresOn: late, remaining: 5, unitCostFen: 100, origin: 'bought' },
    ]);
    const after = batches[0].batchId;
    const rest = await keeper.get(`${path}/sites/${world.shopId}/shelves/${rice}/batches?after=${after}`).expect(200);
    expect(rest.body).toEqual([batches[1]]);
    expect(await movementCount(rice)).toBe(1);
  });

  it('is answered byte for byte the same to fifty equal keys at once, and happens once', async () => {
    const goodsId = await givenGoods(world);
    const key = randomUUID();
    const body = receiptOf({ goodsId, quantity: 5 });
    const replies = await Promise.all(Array.from({ length: 50 }, () => keeper.post(receipts(), body, key)));
    expect(new Set(replies.map((reply) => `${reply.status} ${reply.text}`)).size).toBe(1);
    expect(replies[0]?.status).toBe(201);
    expect(await onHand(goodsId)).toBe(5);
    const other = await keeper.post(receipts(), receiptOf({ goodsId, quantity: 6 }), key).expect(422);
    expect(other.body.type).toBe('platform.key-reused');
    expect(await movementCount(goodsId)).toBe(1);
  });

  it('is refused for goods past their date, unknown goods and wrong places, the same way again under the same key', async () => {
    const goodsId = await givenGoods(world);
    const expiresOn = await dayFromNow(world, -1);
    const key = randomUUID();
    const refused = await keeper.post(receipts(), receiptOf({ goodsId, quantity: 1, expiresOn }), key).expect(409);
    expect(refused.body).toMatchObject({ type: 'goods.received-expired', params: { goodsId, expiresOn } });
    const again = await keeper.post(receipts(), receiptOf({ goodsId, quantity: 1, expiresOn }), key).expect(409);
    expect(again.text).toBe(refused.text);
    await keeper
      .post(receipts(), receiptOf({ goodsId, quantity: 1, expiresOn: await dayFromNow(world, 0) }))
      .expect(201);
    const unknown = await keeper.post(receipts(), receiptOf({ goodsId: uuidv7(), quantity: 1 })).expect(404);
    expect(unknown.body.type).toBe('goods.not-found');
    for (const siteId of [uuidv7(), world.community.dropOffPointId]) {
      await keeper.post(receipts(siteId), receiptOf({ goodsId, quantity: 1 })).expect(404);
    }
    await supervisor.post(receipts(), receiptOf({ goodsId, quantity: 1 })).expect(403);
    expect(await onHand(goodsId)).toBe(1);
  });

  it('is checked line by line', async () => {
    const goodsId = await givenGoods(world);
    const wrong = [
      [{ goodsId, quantity: 0, unitCostFen: 1 }, '/lines/0/quantity'],
      [{ goodsId, quantity: 1, unitCostFen: -1 }, '/lines/0/unitCostFen'],
      [{ goodsId, quantity: 1, unitCostFen: 1, expiresOn: '2027-02-29' }, '/lines/0/expiresOn'],
      [{ goodsId: 'x', quantity: 1, unitCostFen: 1 }, '/lines/0/goodsId'],
    ] as const;
    for (const [line, pointer] of wrong) {
      const { body } = await keeper.post(receipts(), { origin: 'bought', supplier: '某店', lines: [line] }).expect(422);
      expect(body.errors).toMatchObject([{ pointer }]);
    }
    await keeper.post(receipts(), { origin: 'bought', supplier: '某店', lines: [] }).expect(422);
    await keeper.post(receipts(), { origin: 'found', supplier: '某店', lines: [wrong[0][0]] }).expect(422);
  });

  it('opens the shelf of a shop that is younger than the good, and none in a shop that has closed', async () => {
    const goodsId = await givenGoods(world);
    const { test, community } = world;
    const sites = test.app.get(Sites);
    const siteId = await test.database.transaction((tx) =>
      sites.createSite(tx, community.system, { kind: 'shop', name: '西门分店' }),
    );
    expect(await shelfOf(world, siteId, goodsId)).toBeUndefined();
    await givenStock(world, siteId, { goodsId, quantity: 2 });
    expect(await onHand(goodsId, siteId)).toBe(2);
    await sites.close(community.system, siteId);
    const closed = await keeper.post(receipts(siteId), receiptOf({ goodsId, quantity: 1 })).expect(409);
    expect(closed.body.type).toBe('places.site-closed');
    await keeper.post(writeOffs(siteId), { goodsId, quantity: 2, reason: '清空' }).expect(201);
  });

  it('belongs to who keeps that shop', async () => {
    const goodsId = await givenGoods(world);
    const { test, community, shopId, secondShopId } = world;
    const own = await givenStaff(test, community.communityId, 'stock-keeper', secondShopId);
    await own.post(receipts(secondShopId), receiptOf({ goodsId, quantity: 4 })).expect(201);
    await own.post(receipts(shopId), receiptOf({ goodsId, quantity: 4 })).expect(404);
    await own.get(`${path}/sites/${shopId}/shelves`).expect(404);
    await own.get(`${path}/sites/${secondShopId}/shelves`).expect(200);
  });
});

describe('a receipt above the limit', () => {
  const dear = (goodsId: string) => receiptOf({ goodsId, quantity: 11, unitCostFen: APPROVAL_LIMIT_FEN / 10 });

  it('waits for a second person, and is carried out as it was asked for', async () => {
    const goodsId = await givenGoods(world);
    const atLimit = receiptOf({ goodsId, quantity: 10, unitCostFen: APPROVAL_LIMIT_FEN / 10 });
    expect((await keeper.post(receipts(), atLimit).expect(201)).body.status).toBe('posted');
    const key = randomUUID();
    const first = await keeper.post(receipts(), dear(goodsId), key).expect(201);
    expect(first.body).toMatchObject({ status: 'pending', costFen: 110_000 });
    expect((await keeper.post(receipts(), dear(goodsId), key).expect(201)).text).toBe(first.text);
    expect(await onHand(goodsId)).toBe(10);
    const { body } = await supervisor.post(`${path}/approvals/${first.body.approvalId}/approve`).expect(201);
    expect(body).toMatchObject({
      receiptId: first.body.receiptId,
      approvalId: first.body.approvalId,
      status: 'posted',
      shelves: [{ goodsId, quantity: 11, onHand: 21 }],
    });
    const movements = await keeper.get(`${path}/sites/${world.shopId}/shelves/${goodsId}/movements`).expect(200);
    expect(movements.body).toMatchObject([
      { kind: 'receipt', delta: 11, approvalId: first.body.approvalId, actorId: supervisor.actorId },
      { kind: 'receipt', delta: 10, approvalId: null, actorId: keeper.actorId },
    ]);
  });

  it('is not approved by who asked for it, nor by who answers for one shop only', async () => {
    const goodsId = await givenGoods(world);
    const approval = await submitted(manager, receipts(), dear(goodsId));
    const own = await manager.post(`${approval}/approve`).expect(403);
    expect(own.body.type).toBe('approvals.own-submission');
    const { test, community, shopId } = world;
    const shopManager = await givenStaff(test, community.communityId, 'manager', shopId);
    for (const client of [shopManager, keeper]) {
      const refused = await client.post(`${approval}/approve`).expect(403);
      expect(refused.body.type).toBe('identity.role-missing');
    }
    expect(await onHand(goodsId)).toBe(0);
    await supervisor.post(`${approval}/close`, { decision: 'refused', reason: '太多了' }).expect(201);
    const late = await admin.post(`${approval}/approve`).expect(409);
    expect(late.body.type).toBe('approvals.already-decided');
    expect(await onHand(goodsId)).toBe(0);
  });

  it('is carried out once, however many approve at once', async () => {
    const goodsId = await givenGoods(world);
    const approval = await submitted(keeper, receipts(), dear(goodsId));
    const approvers = [supervisor, manager, admin];
    const replies = await Promise.all(
      Array.from({ length: 24 }, (_, index) => (approvers[index % 3] as Client).post(`${approval}/approve`)),
    );
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
    const refused = replies.filter((reply) => reply.status !== 201);
    expect(new Set(refused.map((reply) => reply.body.type))).toEqual(new Set(['approvals.already-decided']));
    expect(await onHand(goodsId)).toBe(11);
    expect(await movementCount(goodsId)).toBe(1);
  });

  it('cannot be smuggled past the commit functions', async () => {
    const goodsId = await givenGoods(world);
    await givenStock(world, world.shopId, { goodsId, quantity: 5 });
    const envelope = (key: string) => ({
      community: world.community.communityId,
      actor: keeper.actorId,
      role: 'stock-keeper',
      session: null,
      request: randomUUID(),
      key,
      route: 'POST /x',
      bodyHash: Buffer.alloc(32),
    });
    const shelf = { goodsId, movementId: uuidv7(), quantity: 1 };
    const batch = { batchId: uuidv7(), quantity: 1, unitCostFen: APPROVAL_LIMIT_FEN + 1, expiresOn: null };
    const { database } = world.test;
    await expect(
      database.call('commit_stock_receipt', {
        ...envelope(randomUUID()),
        receipt: uuidv7(),
        site: world.shopId,
        origin: 'bought',
        supplier: '某店',
        lines: [{ ...shelf, batches: [batch] }],
        approval: null,
        payloadHash: null,
        view: {},
      }),
    ).rejects.toMatchObject({ code: 'EM001' });
    await expect(
      database.read('test.shelf', `UPDATE shelf SET on_hand = 100 WHERE goods_id = $1`, [goodsId]),
    ).rejects.toMatchObject({ code: '42501' });
    expect(await onHand(goodsId)).toBe(5);
  });
});

describe('a write-off', () => {
  it('takes what expires first, past or not, unless a batch is named', async () => {
    const [goodsId, other] = [await givenGoods(world), await givenGoods(world)];
    const [soon, late] = [await dayFromNow(world, 1), await dayFromNow(world, 300)];
    await givenStock(
      world,
      world.shopId,
      { goodsId, quantity: 3, expiresOn: late },
      { goodsId, quantity: 2, expiresOn: soon, unitCostFen: 70 },
      { goodsId, quantity: 4 },
    );
    await world.test.moveClock('2 days');
    try {
      const clerk = await givenStaff(world.test, world.community.communityId, 'stock-keeper');
      const first = await clerk.post(writeOffs(), { goodsId, quantity: 3, reason: '过期' }).expect(201);
      expect(first.body).toMatchObject({ status: 'posted', quantity: 3, onHand: 6, costFen: 240 });
      expect(await batchesOf(world, world.shopId, goodsId)).toEqual([
        [late, 2, 100],
        [null, 4, 100],
      ]);
      const shelves = `${path}/sites/${world.shopId}/shelves/${goodsId}`;
      const batches = (await clerk.get(`${shelves}/batches`).expect(200)).body as { batchId: string }[];
      const batchId = batches[1]?.batchId;
      await clerk.post(writeOffs(), { goodsId, quantity: 1, batchId, reason: '破损' }).expect(201);
      expect(await batchesOf(world, world.shopId, goodsId)).toEqual([
        [late, 2, 100],
        [null, 3, 100],
      ]);
      const short = await clerk.post(writeOffs(), { goodsId, quantity: 4, batchId, reason: '破损' }).expect(409);
      expect(short.body).toMatchObject({
        type: 'goods.insufficient-stock',
        params: { goodsId, missingQuantity: 1, availableQuantity: 3 },
      });
      const foreign = await clerk.post(writeOffs(), { goodsId: other, quantity: 1, batchId, reason: '错' }).expect(404);
      expect(foreign.body.type).toBe('goods.batch-not-found');
      const { body } = await clerk.get(`${shelves}/movements`).expect(200);
      expect(body).toMatchObject([
        { kind: 'write-off', delta: -1, onHandAfter: 5, reason: '破损' },
        { kind: 'write-off', delta: -3, onHandAfter: 6, reason: '过期' },
        { kind: 'receipt', delta: 9, onHandAfter: 9, reason: null },
      ]);
    } finally {
      await world.test.moveClock('0');
    }
  });

  it('leaves what is reserved, and what of it has not expired', async () => {
    const goodsId = await givenGoods(world);
    const soon = await dayFromNow(world, 1);
    await givenStock(world, world.shopId, { goodsId, quantity: 4, expiresOn: soon }, { goodsId, quantity: 6 });
    await reserve(world, world.shopId, goodsId, 5);
    await world.test.moveClock('3 days');
    try {
      const clerk = await givenStaff(world.test, world.community.communityId, 'stock-keeper');
      const shelves = `${path}/sites/${world.shopId}/shelves/${goodsId}`;
      const batches = (await clerk.get(`${shelves}/batches`).expect(200)).body as { batchId: string }[];
      const fresh = batches[1]?.batchId;
      const promised = await clerk
        .post(writeOffs(), { goodsId, quantity: 2, batchId: fresh, reason: '破' })
        .expect(409);
      expect(promised.body.params).toEqual({ goodsId, missingQuantity: 1, availableQuantity: 1 });
      const tooMany = await clerk.post(writeOffs(), { goodsId, quantity: 6, reason: '过期' }).expect(409);
      expect(tooMany.body.params).toEqual({ goodsId, missingQuantity: 1, availableQuantity: 5 });
      await clerk.post(writeOffs(), { goodsId, quantity: 5, reason: '过期' }).expect(201);
      expect(await shelfOf(world, world.shopId, goodsId)).toEqual({ onHand: 5, reserved: 5 });
      expect(await batchesOf(world, world.shopId, goodsId)).toEqual([[null, 5, 100]]);
    } finally {
      await world.test.moveClock('0');
    }
    await reserve(world, world.shopId, goodsId, 0);
  });

  it('above the limit waits for a second person, who is told no where the goods have gone meanwhile', async () => {
    const goodsId = await givenGoods(world);
    for (let index = 0; index < 2; index += 1) {
      await givenStock(world, world.shopId, { goodsId, quantity: 10, unitCostFen: APPROVAL_LIMIT_FEN / 10 });
    }
    const tooMany = await keeper.post(writeOffs(), { goodsId, quantity: 21, reason: '水浸' }).expect(409);
    expect(tooMany.body.params).toEqual({ goodsId, missingQuantity: 1, availableQuantity: 20 });
    const approval = await submitted(keeper, writeOffs(), { goodsId, quantity: 15, reason: '水浸' });
    expect(await onHand(goodsId)).toBe(20);
    await keeper.post(writeOffs(), { goodsId, quantity: 10, reason: '水浸' }).expect(201);
    const short = await supervisor.post(`${approval}/approve`).expect(409);
    expect(short.body).toMatchObject({ type: 'goods.insufficient-stock', params: { missingQuantity: 5 } });
    await givenStock(world, world.shopId, { goodsId, quantity: 10, unitCostFen: APPROVAL_LIMIT_FEN / 10 });
    const { body } = await supervisor.post(`${approval}/approve`).expect(201);
    expect(body).toMatchObject({ status: 'posted', quantity: 15, onHand: 5, costFen: 150_000 });
  });

  it('of the last pieces happens as often as there are pieces', async () => {
    const goodsId = await givenGoods(world);
    await givenStock(world, world.shopId, { goodsId, quantity: 4 }, { goodsId, quantity: 3 });
    const replies = await Promise.all(
      Array.from({ length: 16 }, () => keeper.post(writeOffs(), { goodsId, quantity: 2, reason: '破损' })),
    );
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(3);
    const refused = replies.filter((reply) => reply.status !== 201);
    for (const { body } of refused) expect(body.params).toEqual({ goodsId, missingQuantity: 1, availableQuantity: 1 });
    expect(await onHand(goodsId)).toBe(1);
  });
});

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
    expect([first.status, second.status].toSorted()).toEqual([201, 409]);
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
    await givenStock(world, secondShopId, { goodsId, quantity: 1, expiresOn: days[2] as string });
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
