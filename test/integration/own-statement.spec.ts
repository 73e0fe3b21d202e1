import { v7 as uuidv7 } from 'uuid';
import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { givenFamily, givenFilm, givenOffer, type GivenFamily } from '../factories/family.js';
import { createTestApp, type TestApp } from '../support/app.js';

interface Line {
  seq: number;
  kind: string;
  sourceId: string;
  occurredAt: string;
}

let shop: TestApp;
let home: GivenCommunity;
let family: GivenFamily;
let neighbour: GivenFamily;

beforeAll(async () => {
  shop = await createTestApp();
  home = await givenCommunity(shop);
  family = await givenFamily(shop, home);
  neighbour = await givenFamily(shop, home);
});
afterAll(() => shop.close());

describe('a month of the statement', () => {
  const month = async (of: string, query = '') => {
    const { body } = await family.resident.get(`/api/me/statement?month=${of}${query}`).expect(200);
    return body as Line[];
  };

  it('holds what happened in it in China, whenever it was recorded', async () => {
    const here = await givenCommunity(shop);
    const own = await givenFamily(shop, here);
    const read = async (of: string) =>
      ((await own.resident.get(`/api/me/statement?month=${of}`).expect(200)).body as Line[]).map(({ seq }) => seq);
    const today = new Date();
    const [year, number] = [today.getUTCFullYear(), today.getUTCMonth()];
    // The last second of this month in China, and the first of the next one.
    const border = Date.UTC(year, number + 1, 1) - 8 * 3_600_000;
    const ids = [await givenFilm(here, own.householdId, 1000), await givenFilm(here, own.householdId, 2000)];
    await shop.owner.query(`ALTER TABLE ledger_entry DISABLE TRIGGER USER`);
    for (const [index, weighInId] of ids.entries()) {
      await shop.owner.query(`UPDATE ledger_entry SET occurred_at = $1 WHERE source_id = $2`, [
        new Date(border - 1000 + index * 1000),
        weighInId,
      ]);
    }
    await shop.owner.query(`ALTER TABLE ledger_entry ENABLE TRIGGER USER`);
    const name = (of: number) => new Date(Date.UTC(year, of, 1)).toISOString().slice(0, 7);
    expect(await read(name(number))).toEqual([1]);
    expect(await read(name(number + 1))).toEqual([2]);
    expect(await read(name(number + 2))).toEqual([]);
  });

  it('is read in pages, newest first', async () => {
    for (const grams of [1000, 2000, 3000]) await givenFilm(home, family.householdId, grams);
    const { body } = await family.resident.get('/api/me/statement').expect(200);
    const all = body as Line[];
    const of = new Date(Date.parse(all[0]?.occurredAt ?? '') + 8 * 3_600_000).toISOString().slice(0, 7);
    const first = await month(of, '&limit=2');
    expect(first.map(({ seq }) => seq)).toEqual([3, 2]);
    expect((await month(of, '&limit=2&beforeSeq=2')).map(({ seq }) => seq)).toEqual([1]);
  });

  it.each(['2026-13', '2026-1', '26-01', '2026', "2026-01'"])('is never %s', async (of) => {
    await family.resident.get(`/api/me/statement?month=${encodeURIComponent(of)}`).expect(422);
  });
});

describe('what stands behind the lines', () => {
  it('is told with what was weighed, and how it came to its points', async () => {
    const own = await givenFilm(home, family.householdId, 3200);
    const foreign = await givenFilm(home, neighbour.householdId, 1000);
    const reply = await family.resident.get(`/api/me/weigh-ins?ids=${own},${foreign},${uuidv7()}`).expect(200);
    expect(reply.body).toHaveLength(1);
    expect(reply.body).toMatchObject([
      {
        weighInId: own,
        lines: [{ nameZh: '塑料薄膜', netGrams: 3200, centipoints: 320 }],
        sentences: { zh: [expect.stringContaining('3.20 公斤'), '合计 3.2 分'] },
      },
    ]);
    const one = await family.resident.get(`/api/me/weigh-ins/${own}`).expect(200);
    expect(one.body).toEqual((reply.body as object[])[0]);
  });

  it('is told with what was taken, of the own household only', async () => {
    const goodsId = await givenOffer(home, { name: '肥皂', unit: '块', priceCentipoints: 300 }, 10);
    const taken = async (householdId: string) => {
      await givenFilm(home, householdId, 5000);
      const { body } = await home.staff.cashier
        .post(`${home.path}/redemptions`, {
          householdId,
          siteId: home.shopId,
          lines: [{ goodsId, quantity: 1, unitCentipoints: 300 }],
          isCheckedByEye: true,
        })
        .expect(201);
      return (body as { redemptionId: string }).redemptionId;
    };
    const own = await taken(family.householdId);
    const foreign = await taken(neighbour.householdId);
    const reply = await family.resident.get(`/api/me/redemptions?ids=${foreign},${own}`).expect(200);
    expect(reply.body).toMatchObject([{ redemptionId: own, lines: [{ name: '肥皂', quantity: 1 }] }]);
    expect(reply.body).toHaveLength(1);
  });

  it.each(['', 'x', `${uuidv7()},`, Array.from({ length: 51 }, () => uuidv7()).join(',')])(
    'is not asked for by %s',
    async (ids) => {
      await family.resident.get(`/api/me/weigh-ins?ids=${ids}`).expect(422);
      await family.resident.get(`/api/me/redemptions?ids=${ids}`).expect(422);
    },
  );
});
