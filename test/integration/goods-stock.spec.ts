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

  it('of more than a shelf is kept for is refused with the excess', async () => {
    const goodsId = await givenGoods(world);
    const lines = Array.from({ length: 10 }, () => ({ goodsId, quantity: 100_000, unitCostFen: 0 }));
    await keeper.post(receipts(), receiptOf(...lines)).expect(201);
    const full = await keeper.post(receipts(), receiptOf({ goodsId, quantity: 3 })).expect(409);
    expect(full.body).toMatchObject({
      type: 'goods.shelf-full',
      params: { goodsId, onHandQuantity: 1_000_000, excessQuantity: 3 },
    });
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
      database.read('test.shelf', `UPDATE shelf SET on_hand = 100 WHERE community_id = $1 AND goods_id = $2`, [
        world.community.communityId,
        goodsId,
      ]),
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

  it('that is refused opens no shelf where there never was one', async () => {
    const goodsId = await givenGoods(world);
    const made = await manager.post(`${path}/sites`, { kind: 'shop', name: `新店 ${randomUUID()}` }).expect(201);
    const shelves = async () =>
      (await world.test.owner.query(`SELECT 1 FROM shelf WHERE goods_id = $1`, [goodsId])).rows.length;
    const before = await shelves();
    const refused = await manager
      .post(writeOffs(made.body.siteId), { goodsId, quantity: 1, reason: '破损' })
      .expect(409);
    expect(refused.body).toMatchObject({ type: 'goods.insufficient-stock', params: { availableQuantity: 0 } });
    const nowhere = { goodsId, quantity: 1, batchId: randomUUID(), reason: '破损' };
    await manager.post(writeOffs(made.body.siteId), nowhere).expect(404);
    expect(await shelves()).toBe(before);
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
