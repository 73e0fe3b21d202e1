import { ENTRY_KINDS } from '../../src/ledger/index.js';
import { chinaDay } from '../../src/kernel/calendar-day.js';
import type { Client } from '../factories/client.js';
import { givenStaff } from '../factories/community.js';
import { type EveryAct, givenEveryAct } from '../factories/every-act.js';
import { createTestApp, type TestApp } from '../support/app.js';

interface Figures extends Record<string, number | string> {
  readonly day: string;
}

interface Overview {
  readonly days: readonly Figures[];
  readonly total: Readonly<Record<string, number>>;
  readonly householdsTakingPart: number;
  readonly householdsOpen: number;
  readonly topGoods: readonly { goodsId: string; pieces: number; centipoints: number }[];
  readonly cover: Readonly<Record<string, number>>;
}

interface Entry {
  readonly kind: number;
  readonly amount: number;
  readonly recordedAt: Date;
}

/** The sums of the overview against sums made here, entry by entry and movement by movement. */
describe('the overview', () => {
  let shop: TestApp;
  let act: EveryAct;
  let path: string;
  /** Signed in after the clock was moved. */
  let supervisor: Client;
  let overview: Overview;
  let entries: Entry[];

  beforeAll(async () => {
    shop = await createTestApp();
    act = await givenEveryAct(shop);
    path = `${act.community.path}/overview`;
    supervisor = await givenStaff(shop, act.community.communityId, 'supervisor');
    entries = await rows<Entry>(
      `SELECT e.kind::int, e.amount, e.recorded_at AS "recordedAt" FROM ledger_entry AS e
       JOIN ledger_account AS a USING (community_id, account_id) WHERE community_id = $1 AND a.kind = 'household'`,
    );
    overview = await see();
  });
  afterAll(() => shop.close());

  async function rows<Row extends object>(text: string): Promise<Row[]> {
    return (await shop.owner.query<Row>(text, [act.community.communityId])).rows;
  }

  async function number(text: string): Promise<number> {
    const [row] = await rows<{ number: string | number | null }>(`SELECT (${text}) AS number`);
    return Number(row?.number ?? 0);
  }

  /** From the first entry to the last. */
  async function see(): Promise<Overview> {
    const days = entries.map(({ recordedAt }) => chinaDay(recordedAt)).toSorted();
    const reply = await supervisor.get(`${path}?from=${days[0]}&to=${days.at(-1)}`).expect(200);
    return reply.body as Overview;
  }

  function posted(kinds: readonly (keyof typeof ENTRY_KINDS)[], day?: string): number {
    return entries
      .filter(({ kind }) => kinds.some((name) => ENTRY_KINDS[name] === kind))
      .filter(({ recordedAt }) => day === undefined || chinaDay(recordedAt) === day)
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  const OTHER = [
    'opening',
    'adjustment',
    'adjustment-reversal',
    'gift-given',
    'gift-received',
    'debt',
    'merge',
  ] as const;

  it('is of the whole community, and so not for who has a single place in it', async () => {
    const keeper = await givenStaff(shop, act.community.communityId, 'manager', act.community.shopId);
    await keeper.get(`${path}?from=2026-01-01&to=2026-01-02`).expect(403);
  });

  it('has seen every act, so that no sum below compares nothing with nothing', () => {
    const kinds = new Set(entries.map(({ kind }) => kind));
    for (const name of ['award', 'award-reversal', 'redemption', 'return', 'expiry', 'debt', 'merge'] as const) {
      expect(kinds).toContain(ENTRY_KINDS[name]);
    }
  });

  it('has the points of every day as the ledger has them', () => {
    for (const { day, ...figures } of overview.days) {
      expect({ day, ...figures }).toMatchObject({
        day,
        creditedCentipoints: posted(['award'], day),
        reversedCentipoints: 0 - posted(['award-reversal'], day),
        redeemedCentipoints: 0 - posted(['redemption'], day),
        returnedCentipoints: posted(['redemption-cancellation', 'return'], day),
        expiredCentipoints: 0 - posted(['expiry'], day),
        otherCentipoints: posted(OTHER, day),
      });
    }
    expect(overview.total).toMatchObject({ creditedCentipoints: posted(['award']) });
  });

  it('adds up to what the households have now', async () => {
    const { creditedCentipoints = 0, reversedCentipoints = 0, redeemedCentipoints = 0 } = overview.total;
    const { returnedCentipoints = 0, expiredCentipoints = 0, otherCentipoints = 0 } = overview.total;
    const change =
      creditedCentipoints -
      reversedCentipoints -
      redeemedCentipoints +
      returnedCentipoints -
      expiredCentipoints +
      otherCentipoints;
    const balances = await number(
      `SELECT sum(balance) FROM ledger_account WHERE community_id = $1 AND kind = 'household'`,
    );
    expect(overview.cover['outstandingCentipoints']).toBe(balances);
    expect(change).toBe(balances);
    expect(overview.cover['owedCentipoints']).toBe(
      await number(`SELECT -sum(balance) FROM ledger_account WHERE community_id = $1 AND kind = 'debt'`),
    );
  });

  it('has the weights of the visits that were not reversed, by class', async () => {
    const kept = `w.community_id = $1 AND w.weigh_in_id NOT IN (
      SELECT weigh_in_id FROM weigh_in_reversal WHERE community_id = $1)`;
    expect(overview.total['visits']).toBe(await number(`SELECT count(*) FROM weigh_in AS w WHERE ${kept}`));
    expect(overview.householdsTakingPart).toBe(
      await number(`SELECT count(DISTINCT household_id) FROM weigh_in AS w WHERE ${kept}`),
    );
    for (const wasteClass of ['recyclable', 'hazardous', 'kitchen', 'other']) {
      expect(overview.total[`${wasteClass}Grams`]).toBe(
        await number(`SELECT sum(net_grams) FROM weigh_in_line AS l JOIN weigh_in AS w USING (community_id, weigh_in_id)
          JOIN waste_item AS i USING (community_id, item_id) WHERE ${kept} AND i.waste_class = '${wasteClass}'`),
      );
    }
    expect(overview.total['recyclableGrams']).toBeGreaterThan(0);
  });

  it('has the goods that went out and did not come back, as the shelves have them', async () => {
    const out = await rows<{ goodsId: string; pieces: number }>(
      `SELECT goods_id AS "goodsId", -sum(delta)::bigint AS pieces FROM stock_movement
       WHERE community_id = $1 AND kind IN ('redemption', 'return') GROUP BY goods_id HAVING sum(delta) <> 0`,
    );
    expect(out.length).toBeGreaterThan(1);
    expect(new Map(overview.topGoods.map(({ goodsId, pieces }) => [goodsId, pieces]))).toEqual(
      new Map(out.map(({ goodsId, pieces }) => [goodsId, pieces])),
    );
    expect(overview.total['pieces']).toBe(out.reduce((sum, { pieces }) => sum + pieces, 0));
    // What goods cost is what was redeemed less what was given back: both ledgers say the same.
    const { redeemedCentipoints = 0, returnedCentipoints = 0 } = overview.total;
    expect(overview.topGoods.reduce((sum, { centipoints }) => sum + centipoints, 0)).toBe(
      redeemedCentipoints - returnedCentipoints,
    );
    expect(overview.total['redemptions']).toBe(
      await number(`SELECT count(*) FROM redemption AS d WHERE community_id = $1 AND NOT EXISTS (
        SELECT 1 FROM redemption_return AS r WHERE r.redemption_id = d.redemption_id AND r.is_cancellation)`),
    );
  });

  it('values the shelves at their prices and at what they cost', async () => {
    const { cover } = overview;
    expect((cover['stockPieces'] ?? 0) + (cover['expiredPieces'] ?? 0)).toBe(
      await number(`SELECT sum(on_hand) FROM shelf WHERE community_id = $1`),
    );
    const prices = new Map(
      (
        await rows<{ goodsId: string; centipoints: number }>(
          `SELECT goods_id AS "goodsId", centipoints FROM goods_price WHERE community_id = $1
           AND effective_from <= app_now() ORDER BY effective_from`,
        )
      ).map(({ goodsId, centipoints }) => [goodsId, centipoints]),
    );
    const batches = await rows<{ goodsId: string; remaining: number; cost: number }>(
      `SELECT goods_id AS "goodsId", remaining, unit_cost_fen AS cost FROM stock_batch WHERE community_id = $1`,
    );
    const sum = (of: (batch: (typeof batches)[number]) => number) =>
      batches.reduce((total, batch) => total + batch.remaining * of(batch), 0);
    expect(cover['stockCentipoints']).toBe(sum(({ goodsId }) => prices.get(goodsId) ?? 0));
    expect(cover['stockCostFen']).toBe(sum(({ cost }) => cost));
    expect(cover['stockFen']).toBe(
      Math.round(((cover['stockCentipoints'] ?? 0) * (cover['pointValueFen'] ?? 0)) / 100),
    );
    expect(cover['stockPieces']).toBeGreaterThan(0);
  });

  it('shows every day of the period, and counts only what fell on them', async () => {
    const empty = await supervisor.get(`${path}?from=2025-01-01&to=2025-01-03`).expect(200);
    const before = empty.body as Overview;
    expect(before.days.map(({ day }) => day)).toEqual(['2025-01-01', '2025-01-02', '2025-01-03']);
    expect(new Set(Object.values(before.total))).toEqual(new Set([0]));
    expect(before).toMatchObject({ householdsTakingPart: 0, topGoods: [], cover: overview.cover });
  });

  it.each([
    ['2026-01-02', '2026-01-01'],
    ['2026-01-01', '2027-01-02'],
    ['2026-02-30', '2026-03-01'],
    ['', '2026-01-01'],
  ])('refuses a period from %s to %s', async (from, to) => {
    await supervisor.get(`${path}?from=${from}&to=${to}`).expect(422);
  });

  it('takes a leap year whole', async () => {
    await supervisor.get(`${path}?from=2024-01-01&to=2024-12-31`).expect(200);
  });
});
