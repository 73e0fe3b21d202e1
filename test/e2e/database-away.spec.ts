import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Client } from '../factories/client.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { BusyCommunity } from '../support/fuzz/busy-community.js';
import { DatabaseLine } from '../support/fuzz/database-line.js';
import { jsonOf, Wire, type WireReply } from '../support/fuzz/wire.js';

/** The application reaches its database by a line that the test cuts: to it the server is gone, and then it is back. */
describe('with the database away', () => {
  let line: DatabaseLine;
  let shop: TestApp;
  let wire: Wire;
  let here: BusyCommunity;
  let collector: Client;
  /** Past the line, for looking while it is cut. */
  let aside: pg.Pool;

  beforeAll(async () => {
    const server = process.env['TEST_POSTGRES_URL'] ?? '';
    line = await DatabaseLine.to(server);
    process.env['TEST_POSTGRES_URL'] = line.url;
    shop = await createTestApp();
    process.env['TEST_POSTGRES_URL'] = server;
    shop.owner.on('error', () => undefined);
    const direct = new URL(server);
    direct.pathname = new URL(shop.ownerUrl).pathname;
    aside = new pg.Pool({ connectionString: direct.href, max: 1 });
    wire = await Wire.to(shop.app);
    here = await BusyCommunity.found(shop);
    collector = here.given.staff.collector;
  });
  afterEach(() => line.mend());
  afterAll(async () => {
    wire.close();
    await shop.close();
    await aside.end();
    await line.cut();
  });

  function weighIn(key: string): Promise<WireReply> {
    return wire.send({
      method: 'POST',
      path: `${here.path}/weigh-ins`,
      headers: {
        Authorization: `Bearer ${collector.token}`,
        'Idempotency-Key': key,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(here.visit(here.home.householdId)),
    });
  }

  const get = (path: string) =>
    wire.send({ method: 'GET', path, headers: { Authorization: `Bearer ${collector.token}` } });

  /** How many weigh-ins and ledger entries there are for the keys. */
  async function recorded(keys: readonly string[]): Promise<{ requests: number; visits: number }> {
    const { rows } = await aside.query<{ requests: number; visits: number }>(
      `SELECT count(*)::integer AS requests, count(w.weigh_in_id)::integer AS visits
       FROM request AS r LEFT JOIN weigh_in AS w
         ON w.community_id = r.community_id AND w.weigh_in_id = (r.reply::json ->> 'weighInId')::uuid
       WHERE r.community_id = $1 AND r.idem_key = ANY ($2::uuid[])`,
      [here.given.communityId, keys],
    );
    return rows[0] ?? { requests: 0, visits: 0 };
  }

  function expectAway(reply: WireReply): void {
    expect(reply.status).toBe(503);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(Number(reply.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(jsonOf(reply)).toMatchObject({ type: 'platform.database-away', status: 503 });
    expect(reply.text).not.toMatch(/ECONN|5432|postgres|\bat /i);
  }

  it('answers 503 and when to come back, lives on, and carries the same key out afterwards', async () => {
    const key = randomUUID();
    await line.cut();
    expectAway(await weighIn(key));
    expectAway(await get(`${here.path}/households`));
    expectAway(await get('/readyz'));
    expect((await wire.send({ method: 'GET', path: '/healthz' })).status).toBe(200);

    await line.mend();
    expect((await get('/readyz')).status).toBe(200);
    const done = await weighIn(key);
    expect(done.status).toBe(201);
    expect((await weighIn(key)).text).toBe(done.text);
    expect(await recorded([key])).toEqual({ requests: 1, visits: 1 });
  });

  it('loses and doubles nothing of what is under way when it goes', async () => {
    const keys = Array.from({ length: 16 }, () => randomUUID());
    const underWay = keys.map((key) => weighIn(key));
    await line.cut();
    const replies = await Promise.all(underWay);
    for (const reply of replies) if (reply.status !== 201) expectAway(reply);

    await line.mend();
    for (const [at, key] of keys.entries()) {
      const again = await weighIn(key);
      expect(again.status).toBe(201);
      if (replies[at]?.status === 201) expect(again.text).toBe(replies[at].text);
    }
    expect(await recorded(keys)).toEqual({ requests: keys.length, visits: keys.length });
  });

  it('mends the connections that it finds broken by itself', async () => {
    expect((await get(`${here.path}/households`)).status).toBe(200);
    await line.cut();
    await line.mend();
    expect((await get(`${here.path}/households`)).status).toBe(200);
    expect((await weighIn(randomUUID())).status).toBe(201);
  });
});
