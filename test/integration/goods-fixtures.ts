import { randomUUID } from 'node:crypto';
import { Sites } from '../../src/places/index.js';
import type { Client } from '../factories/client.js';
import { givenCommunity, type GivenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';

/** Above it a second person has to allow a receipt or a write-off, in fen. */
export const APPROVAL_LIMIT_FEN = 100_000;

/** An application that listens (a race needs one address for all its requests), with a community of two shops. */
export interface GoodsWorld {
  readonly test: TestApp;
  readonly community: GivenCommunity;
  readonly shopId: string;
  readonly secondShopId: string;
  readonly keeper: Client;
}

export async function givenGoodsWorld(): Promise<GoodsWorld> {
  const test = await createTestApp();
  await test.app.listen(0, '127.0.0.1');
  const community = await givenCommunity(test, { tariff: null });
  const { communityId, system, shopId } = community;
  await test.owner.query(`UPDATE community_settings SET receipt_approval_fen = $2 WHERE community_id = $1`, [
    communityId,
    APPROVAL_LIMIT_FEN,
  ]);
  const secondShopId = await test.database.transaction((tx) =>
    test.app.get(Sites).createSite(tx, system, { kind: 'shop', name: '东门分店' }),
  );
  return { test, community, shopId, secondShopId, keeper: community.staff['stock-keeper'] };
}

/** A good without limits, at 3 points. @returns its id */
export async function givenGoods({ community }: GoodsWorld, extra: object = {}): Promise<string> {
  const body = {
    name: `商品 ${randomUUID()}`,
    unit: '个',
    category: '日用',
    isListed: true,
    priceCentipoints: 300,
    ...extra,
  };
  const reply = await community.staff.manager.post(`${community.path}/goods`, body).expect(201);
  return (reply.body as { goodsId: string }).goodsId;
}

export interface ReceivedLine {
  readonly goodsId: string;
  readonly quantity: number;
  readonly unitCostFen?: number;
  readonly expiresOn?: string;
}

export function receiptOf(...lines: ReceivedLine[]): object {
  const costed = lines.map(({ unitCostFen = 100, goodsId, quantity, expiresOn }) => {
    return { goodsId, quantity, unitCostFen, expiresOn };
  });
  return { origin: 'bought', supplier: '银塘镇供销社', lines: costed };
}

/** Stock that needs no second person. */
export async function givenStock(
  { community, keeper }: GoodsWorld,
  siteId: string,
  ...lines: ReceivedLine[]
): Promise<void> {
  await keeper.post(`${community.path}/sites/${siteId}/receipts`, receiptOf(...lines)).expect(201);
}

/** A day in China so many days from today, by the database's clock. */
export async function dayFromNow({ test }: GoodsWorld, days: number): Promise<string> {
  const { rows } = await test.owner.query<{ day: string }>(
    `SELECT ((app_now() AT TIME ZONE 'Asia/Shanghai')::date + $1::integer)::text AS day`,
    [days],
  );
  return rows[0]?.day ?? '';
}

export async function shelfOf(
  { test }: GoodsWorld,
  siteId: string,
  goodsId: string,
): Promise<{ onHand: number; reserved: number } | undefined> {
  const { rows } = await test.owner.query<{ onHand: number; reserved: number }>(
    `SELECT on_hand AS "onHand", reserved FROM shelf WHERE site_id = $1 AND goods_id = $2`,
    [siteId, goodsId],
  );
  return rows[0];
}

/** As a reservation does. */
export async function reserve({ test }: GoodsWorld, siteId: string, goodsId: string, reserved: number): Promise<void> {
  await test.owner.query(`UPDATE shelf SET reserved = $3 WHERE site_id = $1 AND goods_id = $2`, [
    siteId,
    goodsId,
    reserved,
  ]);
}

/** What is left in the batches of a shelf, first expiring first: expiry day, pieces, cost. */
export async function batchesOf(
  { test }: GoodsWorld,
  siteId: string,
  goodsId: string,
): Promise<(readonly [string | null, number, number])[]> {
  const { rows } = await test.owner.query<{ day: string | null; remaining: number; cost: number }>(
    `SELECT expires_on::text AS day, remaining, unit_cost_fen AS cost FROM stock_batch
     WHERE site_id = $1 AND goods_id = $2 AND remaining > 0 ORDER BY expires_on NULLS LAST, batch_id`,
    [siteId, goodsId],
  );
  return rows.map(({ day, remaining, cost }) => [day, remaining, cost] as const);
}

/** I-8 and what follows from it, each in words of its own; nothing where all is well. */
export async function stockFaults({ test }: GoodsWorld): Promise<string[]> {
  const { rows } = await test.owner.query<{ fault: string }>(`
    SELECT 'on hand is not the sum of movements: ' || s.goods_id AS fault FROM shelf AS s
    WHERE s.on_hand <> (SELECT coalesce(sum(m.delta), 0) FROM stock_movement AS m
      WHERE (m.community_id, m.site_id, m.goods_id) = (s.community_id, s.site_id, s.goods_id))
    UNION ALL
    SELECT 'batches do not make up the shelf: ' || s.goods_id FROM shelf AS s
    WHERE s.on_hand <> (SELECT coalesce(sum(b.remaining), 0) FROM stock_batch AS b
      WHERE (b.community_id, b.site_id, b.goods_id) = (s.community_id, s.site_id, s.goods_id))
    UNION ALL
    SELECT 'a batch is not the sum of its draws: ' || b.batch_id FROM stock_batch AS b
    WHERE b.remaining <> (SELECT coalesce(sum(d.delta), 0) FROM batch_draw AS d
      WHERE (d.community_id, d.batch_id) = (b.community_id, b.batch_id))
    UNION ALL
    SELECT 'a movement is not the sum of its draws: ' || m.movement_id FROM stock_movement AS m
    WHERE m.delta <> (SELECT coalesce(sum(d.delta), 0) FROM batch_draw AS d
      WHERE (d.community_id, d.movement_id) = (m.community_id, m.movement_id))
    UNION ALL
    SELECT 'a running figure is wrong: ' || movement_id FROM (
      SELECT movement_id, on_hand_after, sum(delta) OVER (
        PARTITION BY community_id, site_id, goods_id ORDER BY recorded_at, movement_id) AS running FROM stock_movement) AS r
    WHERE on_hand_after <> running
    UNION ALL
    SELECT 'a transfer arrived larger than it left: ' || transfer_id FROM stock_transfer
    WHERE quantity_received > quantity_sent`);
  return rows.map((row) => row.fault);
}
