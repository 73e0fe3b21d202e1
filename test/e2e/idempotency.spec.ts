import { randomUUID } from 'node:crypto';
import { givenCommunity, type GivenCommunity } from '../factories/community.js';
import { givenGoods, givenHousehold, type World } from '../factories/world.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { expectVerified } from '../support/verify.js';
import { worldOf } from '../factories/world-of-community.js';

/** T-5: one key, one effect, one answer, byte for byte. */
describe('idempotency over HTTP', () => {
  let shop: TestApp;
  let community: GivenCommunity;
  let world: World;
  let householdId: string;

  beforeAll(async () => {
    shop = await createTestApp({ DATABASE_POOL_MAX: '16' });
    community = await givenCommunity(shop);
    world = worldOf(community);
    householdId = await givenHousehold(shop, world, '101');
  });
  afterAll(async () => {
    await expectVerified(shop.ownerUrl);
    await shop.close();
  });

  const visit = (pieces: number) => ({
    householdId,
    siteId: community.dropOffPointId,
    lines: [{ itemCode: 'plastic-bag', pieces }],
    confirmRepeat: true,
  });
  const weighIns = () => `${community.path}/weigh-ins`;
  const count = async (table: string) => {
    const { rows } = await shop.owner.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM ${table} WHERE community_id = $1`,
      [community.communityId],
    );
    return rows[0]?.count ?? Number.NaN;
  };

  it('gives 50 equal requests at once one effect and 50 equal bodies', async () => {
    const key = randomUUID();
    const before = await count('weigh_in');
    const replies = await Promise.all(
      [...Array(50).keys()].map(() => community.staff.collector.post(weighIns(), visit(60), key)),
    );
    expect(new Set(replies.map((reply) => `${reply.status} ${reply.text}`)).size).toBe(1);
    expect(replies[0]?.status).toBe(201);
    expect(await count('weigh_in')).toBe(before + 1);
  });

  it('gives the same bytes a day later and after a restart', async () => {
    const key = randomUUID();
    const first = await community.staff.collector.post(weighIns(), visit(61), key).expect(201);
    await shop.moveClock('1 day');
    const later = await community.staff.collector.post(weighIns(), visit(61), key);
    // The session of the morning has gone by then; whoever signs in again is the same actor.
    expect([201, 401]).toContain(later.status);
    await shop.moveClock('0');
    const again = await community.staff.collector.post(weighIns(), visit(61), key).expect(201);
    expect(again.text).toBe(first.text);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
  });

  it('refuses the key with another body, and on another route', async () => {
    const key = randomUUID();
    await community.staff.collector.post(weighIns(), visit(62), key).expect(201);
    const other = await community.staff.collector.post(weighIns(), visit(63), key).expect(422);
    expect(other.body).toMatchObject({ type: 'platform.key-reused' });
    const elsewhere = await community.staff.collector
      .post(`${community.path}/weigh-ins/${randomUUID()}/reversal`, { reason: '称错了' }, key)
      .expect(422);
    expect(elsewhere.body).toMatchObject({ type: 'platform.key-reused' });
  });

  it('takes a body whose members stand in another order for the same body', async () => {
    const key = randomUUID();
    const first = await community.staff.collector.post(weighIns(), visit(64), key).expect(201);
    const turned = Object.fromEntries(Object.entries(visit(64)).toReversed());
    const again = await community.staff.collector.post(weighIns(), turned, key).expect(201);
    expect(again.text).toBe(first.text);
  });

  it('keeps the keys of two people apart', async () => {
    const key = randomUUID();
    const first = await community.staff.collector.post(weighIns(), visit(65), key).expect(201);
    const other = await community.staff.manager.post(weighIns(), visit(65), key).expect(201);
    expect((other.body as { weighInId: string }).weighInId).not.toBe((first.body as { weighInId: string }).weighInId);
  });

  it('repeats a refusal, also when the reason for it has gone', async () => {
    const goodsId = await givenGoods(shop, world, '肥皂', 300, 0);
    const key = randomUUID();
    const order = {
      householdId,
      siteId: community.shopId,
      lines: [{ goodsId, quantity: 1, unitCentipoints: 300 }],
      isCheckedByEye: true,
    };
    await community.staff.collector.post(weighIns(), visit(500)).expect(201);
    const first = await community.staff.cashier.post(`${community.path}/redemptions`, order, key).expect(409);
    expect(first.body).toMatchObject({
      type: 'redemptions.out-of-stock',
      params: { short: [{ goodsId, availableQuantity: 0, missingQuantity: 1 }] },
    });
    await community.staff['stock-keeper']
      .post(`${community.path}/sites/${community.shopId}/receipts`, {
        origin: 'bought',
        supplier: '银塘镇供销社',
        lines: [{ goodsId, quantity: 5, unitCostFen: 200 }],
      })
      .expect(201);
    const again = await community.staff.cashier.post(`${community.path}/redemptions`, order, key).expect(409);
    expect(again.text).toBe(first.text);
    await community.staff.cashier.post(`${community.path}/redemptions`, order).expect(201);
  });

  it.each([
    ['no key', undefined],
    ['a key that is no UUID', 'not-a-uuid'],
    ['a key of 256 characters', 'a'.repeat(256)],
  ])('refuses %s', async (_, key) => {
    const before = await count('weigh_in');
    const request = shop.http
      .post(weighIns())
      .set('Authorization', `Bearer ${community.staff.collector.token}`)
      .send(visit(66));
    if (key !== undefined) void request.set('Idempotency-Key', key);
    const refused = await request.expect(400);
    expect(refused.body).toMatchObject({ type: 'platform.key-missing', status: 400 });
    expect(await count('weigh_in')).toBe(before);
  });

  it('credits a record of a device once, under whatever key and by whomever it is sent', async () => {
    const record = { ...visit(70), device: { id: randomUUID(), seq: 1 } };
    const first = await community.staff.collector.post(weighIns(), record).expect(201);
    const { weighInId } = first.body as { weighInId: string };
    for (const person of [community.staff.collector, community.staff.manager]) {
      const again = await person.post(weighIns(), record).expect(409);
      expect(again.body).toMatchObject({ type: 'weigh-ins.already-recorded', params: { weighInId } });
      // That the device was silent for so long that it would be refused now makes it no other record.
      const late = await person.post(weighIns(), { ...record, occurredAt: '2020-01-01T00:00:00.000Z' }).expect(409);
      expect(late.body).toMatchObject({ type: 'weigh-ins.already-recorded', params: { weighInId } });
    }
  });

  it('answers each record of a batch for itself, and the whole batch again with the same answers', async () => {
    const device = randomUUID();
    const record = (seq: number, pieces: number, itemCode = 'plastic-bag') => ({
      key: randomUUID(),
      ...visit(pieces),
      lines: [{ itemCode, pieces }],
      device: { id: device, seq },
    });
    const records = [record(1, 50), record(2, 100, 'no-such-item'), record(3, 150)];
    const send = () => community.staff.collector.post(`${weighIns()}/batch`, { records }).expect(200);
    const first = await send();
    const answers = first.body as { key: string; status: number; body: { type?: string; centipoints?: number } }[];
    expect(answers.map(({ key, status }) => [key, status])).toEqual([
      [records[0]?.key, 201],
      [records[1]?.key, 422],
      [records[2]?.key, 201],
    ]);
    expect(answers.map(({ body }) => body.centipoints ?? body.type)).toEqual([100, 'weigh-ins.item-not-found', 300]);
    const before = await count('weigh_in');
    expect((await send()).text).toBe(first.text);
    expect(await count('weigh_in')).toBe(before);
  });

  it('tells of a faulty record of a batch what a single one would be told', async () => {
    const torn = { ...visit(1), lines: [{ itemCode: 'film', grossGrams: 100 }], device: { id: randomUUID(), seq: 1 } };
    const { collector } = community.staff;
    const single = await collector.post(weighIns(), torn).expect(422);
    const records = [{ key: randomUUID(), ...torn }];
    const batch = await collector.post(`${weighIns()}/batch`, { records }).expect(200);
    const { instance: _, requestId: __, ...told } = single.body as Record<string, unknown>;
    expect(told).toMatchObject({ type: 'fields', title: '填写有误，请检查' });
    expect((batch.body as { body: object }[])[0]?.body).toEqual(told);
  });
});
