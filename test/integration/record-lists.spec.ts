import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { givenCommunity, type GivenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';

/** What the lists of records and approvals say beside ids. */
let shop: TestApp;
let community: GivenCommunity;
const households: Record<string, string> = {};

beforeAll(async () => {
  shop = await createTestApp();
  community = await givenCommunity(shop);
  for (const [door, name] of [
    ['3-101', '袁大明'],
    ['3-102', '王桂兰'],
  ] as const) {
    const consents = [{ purpose: 'scheme', version: '2026-01', channel: 'paper' }];
    const body = { door, members: [{ name }], consents };
    const opened = await community.staff.manager.post(`${community.path}/households`, body).expect(201);
    households[door] = (opened.body as { householdId: string }).householdId;
    const lines = [{ itemCode: 'film', netGrams: 5000 }];
    const visit = { householdId: households[door], siteId: community.dropOffPointId, lines };
    await community.staff.collector.post(`${community.path}/weigh-ins`, visit).expect(201);
  }
});
afterAll(() => shop.close());

it('lists the weigh-ins of a household without a day, each with its door and head', async () => {
  const { collector } = community.staff;
  const listed = await collector.get(`${community.path}/weigh-ins?householdId=${households['3-101']}`).expect(200);
  expect(listed.body).toMatchObject([{ door: '3-101', headName: '袁大明', centipoints: 500 }]);
  const today = new Date((await shop.database.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const ofDay = await collector.get(`${community.path}/weigh-ins?day=${today}`).expect(200);
  expect((ofDay.body as { door: string }[]).map(({ door }) => door)).toEqual(['3-102', '3-101']);
  const both = `${community.path}/weigh-ins?day=2020-01-01&householdId=${households['3-101']}`;
  expect((await collector.get(both).expect(200)).body).toEqual([]);
});

it('lists the redemptions of a household without a day', async () => {
  const { manager, cashier } = community.staff;
  const good = { name: '肥皂', unit: '块', category: '日用', isListed: true, priceCentipoints: 300 };
  const made = await manager.post(`${community.path}/goods`, good).expect(201);
  const { goodsId } = made.body as { goodsId: string };
  const receipt = { origin: 'bought', supplier: '供销社', lines: [{ goodsId, quantity: 5, unitCostFen: 100 }] };
  await manager.post(`${community.path}/sites/${community.shopId}/receipts`, receipt).expect(201);
  const lines = [{ goodsId, quantity: 1, unitCentipoints: 300 }];
  const order = { householdId: households['3-102'], siteId: community.shopId, lines, isCheckedByEye: true };
  await cashier.post(`${community.path}/redemptions`, order).expect(201);
  const listed = await cashier.get(`${community.path}/redemptions?householdId=${households['3-102']}`).expect(200);
  expect(listed.body).toMatchObject([{ door: '3-102', headName: '王桂兰', totalCentipoints: 300 }]);
  const others = await cashier.get(`${community.path}/redemptions?householdId=${households['3-101']}`).expect(200);
  expect(others.body).toEqual([]);
});

it.each(['weigh-ins', 'redemptions'])('asks for a day or a household: %s', async (list) => {
  const refused = await community.staff.manager.get(`${community.path}/${list}`).expect(422);
  expect(refused.body).toMatchObject({ errors: [{ pointer: '/day' }] });
});

it('says who asked for an approval, and for whom', async () => {
  const { manager, supervisor } = community.staff;
  const asked = { householdId: households['3-101'], amountCentipoints: 150, reason: '补记' };
  const reply = await manager.post(`${community.path}/adjustments`, asked).expect(201);
  const pending = await supervisor.get(`${community.path}/approvals`).expect(200);
  const expected = { makerName: 'manager', door: '3-101', headName: '袁大明', decidedByName: null };
  expect(pending.body).toMatchObject([expected]);
  const { approvalId } = reply.body as { approvalId: string };
  await supervisor.post(`${community.path}/approvals/${approvalId}/approve`).expect(201);
  const approved = await supervisor.get(`${community.path}/approvals?status=approved`).expect(200);
  expect(approved.body).toContainEqual(expect.objectContaining({ approvalId, decidedByName: 'supervisor' }));
});
