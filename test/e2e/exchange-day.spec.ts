import { givenCommunity, type GivenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { expectVerified } from '../support/verify.js';

const VISITS = 40;
const GOODS_OUT = 31;
const SCALE = { weightSource: 'scale', rawFrame: '0255', scaleProfile: 'T1' };

interface Household {
  readonly householdId: string;
  readonly cardId: string;
  readonly cardNumber: string;
  expected: number;
}

/** An exchange day (兑换日) as its people live it: over HTTP only, and added up independently of the shop. */
describe('an exchange day', () => {
  let shop: TestApp;
  let community: GivenCommunity;
  let today: string;
  const households: Household[] = [];
  const soap = { goodsId: '', unitCentipoints: 300 };
  const salt = { goodsId: '', unitCentipoints: 200 };
  const weighInIds: string[] = [];
  const brought = { filmGrams: 0, bags: 0, centipoints: 0 };
  const taken = { soap: 0, salt: 0, centipoints: 0 };

  beforeAll(async () => {
    shop = await createTestApp();
    // A Saturday at six in the morning.
    await shop.moveClock(`${(Date.parse('2026-12-05T22:00:00Z') - Date.now()) / 1000} seconds`);
    community = await givenCommunity(shop);
    today = '2026-12-06';
  });
  afterAll(() => shop.close());

  it('opens: the calendar says so to everybody', async () => {
    const { manager } = community.staff;
    for (const siteId of [community.dropOffPointId, community.shopId]) {
      await manager
        .put(`${community.path}/sites/${siteId}/opening-rules`, {
          rules: [{ kind: 'weekday', day: 7, opensMinute: 330, closesMinute: 720 }],
        })
        .expect(200);
    }
    const opening = await shop.http.get(`/api/public/communities/${community.communityId}/opening`).expect(200);
    expect(opening.text).toContain('生态美超市');
    expect(opening.text).toContain('"isOpenNow":true');
  });

  it('fills the shelves and hands out the cards', async () => {
    const { manager, 'stock-keeper': keeper } = community.staff;
    for (const [good, name] of [
      [soap, '肥皂'],
      [salt, '食盐'],
    ] as const) {
      const created = await manager
        .post(`${community.path}/goods`, {
          name,
          unit: '块',
          category: '日用',
          isListed: true,
          priceCentipoints: good.unitCentipoints,
        })
        .expect(201);
      good.goodsId = (created.body as { goodsId: string }).goodsId;
      await keeper
        .post(`${community.path}/sites/${community.shopId}/receipts`, {
          origin: 'donated',
          supplier: '银塘镇供销社',
          lines: [{ goodsId: good.goodsId, quantity: 40, unitCostFen: 200 }],
        })
        .expect(201);
    }
    for (let door = 1; door <= VISITS; door += 1) {
      const opened = await manager
        .post(`${community.path}/households`, {
          door: `${door}号`,
          members: [{ name: '袁大明' }],
          consents: [{ purpose: 'scheme', version: '2026-12', channel: 'paper' }],
          withCard: true,
        })
        .expect(201);
      const { householdId, card } = opened.body as { householdId: string; card: { cardId: string; number: string } };
      households.push({ householdId, cardId: card.cardId, cardNumber: card.number, expected: 0 });
    }
  });

  it('serves a queue of 40 visits by the 潜口 tariff', async () => {
    for (const [at, household] of households.entries()) {
      const found = await community.staff.collector
        .get(`${community.path}/households?q=${household.cardNumber}`)
        .expect(200);
      expect((found.body as { householdId: string }[]).map((line) => line.householdId)).toEqual([
        household.householdId,
      ]);
      // 1 point a kilogram of film, 1 point for 50 bags; the hundredth is floored once, over the whole visit.
      const filmGrams = 3000 + at * 130;
      const bags = 100 + at;
      const credited = Math.floor(filmGrams / 10 + bags * 2);
      const reply = await community.staff.collector
        .post(`${community.path}/weigh-ins`, {
          householdId: household.householdId,
          siteId: community.dropOffPointId,
          cardId: household.cardId,
          lines: [
            { itemCode: 'film', grossGrams: filmGrams + 500, tareGrams: 500, ...SCALE },
            { itemCode: 'plastic-bag', pieces: bags },
          ],
        })
        .expect(201);
      expect(reply.body).toMatchObject({ centipoints: credited, balanceCentipoints: credited });
      weighInIds.push((reply.body as { weighInId: string }).weighInId);
      household.expected = credited;
      brought.filmGrams += filmGrams;
      brought.bags += bags;
      brought.centipoints += credited;
    }
  });

  it('keeps with a line in which layout its scale was read', async () => {
    const { body } = await community.staff.collector.get(`${community.path}/weigh-ins/${weighInIds[0]}`).expect(200);
    expect((body as { lines: object[] }).lines).toMatchObject([
      { lineNo: 1, weightSource: 'scale', scaleProfile: 'T1' },
      { lineNo: 2, weightSource: 'typed', scaleProfile: null },
    ]);
  });

  it('asks before it records the same bag twice', async () => {
    const [first] = households;
    const bag = {
      householdId: first?.householdId,
      siteId: community.dropOffPointId,
      lines: [{ itemCode: 'film', netGrams: 777 }],
    };
    const recorded = await community.staff.collector.post(`${community.path}/weigh-ins`, bag).expect(201);
    const repeated = await community.staff.collector.post(`${community.path}/weigh-ins`, bag).expect(409);
    expect(repeated.body).toMatchObject({ type: 'weigh-ins.repeat' });
    const { weighInId } = recorded.body as { weighInId: string };
    await community.staff.collector
      .post(`${community.path}/weigh-ins/${weighInId}/reversal`, { reason: '试秤' })
      .expect(201);
  });

  it('reverses one weigh-in that was wrong', async () => {
    const [weighInId] = weighInIds;
    const [household] = households;
    const reversal = await community.staff.collector
      .post(`${community.path}/weigh-ins/${weighInId}/reversal`, { reason: '称错了' })
      .expect(201);
    expect(reversal.body).toMatchObject({ balanceCentipoints: 0, debtCentipoints: 0 });
    brought.filmGrams -= 3000;
    brought.bags -= 100;
    brought.centipoints -= household?.expected ?? 0;
    if (household !== undefined) household.expected = 0;
  });

  it('replaces a lost card: the old one is dead at once', async () => {
    const household = households[1] as Household;
    await community.staff.manager
      .post(`${community.path}/cards/${household.cardId}/report-lost`, { reason: '集市上丢的' })
      .expect(204);
    const order = {
      householdId: household.householdId,
      siteId: community.shopId,
      cardId: household.cardId,
      isCheckedByEye: true,
      lines: [{ ...soap, quantity: 1 }],
    };
    const refused = await community.staff.cashier.post(`${community.path}/redemptions`, order).expect(409);
    expect(refused.body).toMatchObject({ type: 'residents.card-not-active' });
    const replaced = await community.staff.manager
      .post(`${community.path}/cards/${household.cardId}/replace`, { reason: '补卡' })
      .expect(201);
    const { cardId } = replaced.body as { cardId: string };
    const reply = await community.staff.cashier.post(`${community.path}/redemptions`, { ...order, cardId }).expect(201);
    household.expected -= soap.unitCentipoints;
    taken.soap += 1;
    taken.centipoints += soap.unitCentipoints;
    expect(reply.body).toMatchObject({ balanceCentipoints: household.expected });
  });

  it('hands out 31 goods', async () => {
    for (const household of households.slice(2, 2 + (GOODS_OUT - 1) / 2)) {
      const reply = await community.staff.cashier
        .post(`${community.path}/redemptions`, {
          householdId: household.householdId,
          siteId: community.shopId,
          cardId: household.cardId,
          lines: [
            { ...soap, quantity: 1 },
            { ...salt, quantity: 1 },
          ],
        })
        .expect(201);
      household.expected -= 500;
      taken.soap += 1;
      taken.salt += 1;
      taken.centipoints += 500;
      expect(reply.body).toMatchObject({ totalCentipoints: 500, balanceCentipoints: household.expected });
    }
    expect(taken.soap + taken.salt).toBe(GOODS_OUT);
  });

  it('refuses who cannot pay, and says by how much', async () => {
    const [household] = households;
    const refused = await community.staff.cashier
      .post(`${community.path}/redemptions`, {
        householdId: household?.householdId,
        siteId: community.shopId,
        lines: [{ ...salt, quantity: 1 }],
      })
      .expect(409);
    expect(refused.body).toMatchObject({
      type: 'redemptions.insufficient-points',
      title: '积分不够',
      params: { missingCentipoints: 200, availableCentipoints: 0 },
    });
  });

  it('closes: kilograms, points and goods reconcile to the last one', async () => {
    const { supervisor } = community.staff;
    const summary = await supervisor.get(`${community.path}/weigh-ins/summary?day=${today}`).expect(200);
    expect(summary.body).toEqual([
      expect.objectContaining({ itemCode: 'film', grams: brought.filmGrams, visits: VISITS - 1 }),
      expect.objectContaining({ itemCode: 'plastic-bag', pieces: brought.bags, visits: VISITS - 1 }),
    ]);
    const credited = (summary.body as { centipoints: number }[]).reduce((sum, line) => sum + line.centipoints, 0);
    expect(credited).toBe(brought.centipoints);

    const out = await supervisor.get(`${community.path}/redemptions/goods-out?day=${today}`).expect(200);
    expect(
      (out.body as { name: string; quantity: number; centipoints: number }[]).map(({ name, quantity }) => [
        name,
        quantity,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['肥皂', taken.soap],
        ['食盐', taken.salt],
      ]),
    );

    const shelves = await supervisor.get(`${community.path}/sites/${community.shopId}/shelves`).expect(200);
    expect(
      Object.fromEntries(
        (shelves.body as { name: string; onHand: number }[]).map(({ name, onHand }) => [name, onHand]),
      ),
    ).toEqual({ 肥皂: 40 - taken.soap, 食盐: 40 - taken.salt });

    const accounts = await supervisor.get(`${community.path}/ledger/accounts`).expect(200);
    const of = (account: string) =>
      (accounts.body as { account: string; balanceCentipoints: number }[]).find((one) => one.account === account)
        ?.balanceCentipoints;
    expect(of('issuance')).toBe(-brought.centipoints);
    expect(of('redemption')).toBe(taken.centipoints);

    let left = 0;
    for (const household of households) {
      const balance = await supervisor.get(`${community.path}/households/${household.householdId}/balance`).expect(200);
      expect(balance.body).toMatchObject({ balanceCentipoints: household.expected, heldCentipoints: 0 });
      left += household.expected;
    }
    expect(left).toBe(brought.centipoints - taken.centipoints);
    await expectVerified(shop.ownerUrl);
  });
});
