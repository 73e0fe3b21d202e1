import { randomUUID } from 'node:crypto';
import { Sessions } from '../../src/identity/index.js';
import { givenCommunity, type GivenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Wire, jsonOf, type WireReply } from '../support/fuzz/wire.js';

/** Requests a minute, as S-15 has them. */
const PER_MINUTE = { anonymous: 30, resident: 60, staff: 120 };
const EXPORTS_PER_HOUR = 5;

describe('rate limits', () => {
  let shop: TestApp;
  let wire: Wire;
  let community: GivenCommunity;

  beforeAll(async () => {
    shop = await createTestApp({ ECOMART_RATE_FACTOR: '1' });
    wire = await Wire.to(shop.app);
    community = await givenCommunity(shop, { tariff: null });
  });
  afterAll(async () => {
    wire.close();
    await shop.close();
  });

  async function resident(householdId: string): Promise<string> {
    const { token } = await shop.database.transaction((tx) =>
      shop.app.get(Sessions).open(tx, {
        kind: 'resident',
        actorId: householdId,
        communityId: community.communityId,
        origin: '127.0.0.1',
        lifetime: 'resident',
      }),
    );
    return token;
  }

  async function openHousehold(): Promise<string> {
    const opened = await community.staff.manager.post(`${community.path}/households`, {
      door: '3-2-201',
      members: [{ name: '袁大明' }],
      consents: [{ purpose: 'scheme', version: '2026-10', channel: 'paper' }],
    });
    return (opened.body as { householdId: string }).householdId;
  }

  const ask = (headers: Readonly<Record<string, string>>, path = '/api/session') =>
    wire.send({ method: 'GET', path, headers });
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

  /** Asks so many times, all of them served, and once more. */
  async function oneTooMany(
    limit: number,
    headers: Readonly<Record<string, string>>,
    path?: string,
  ): Promise<WireReply> {
    for (let count = 1; count <= limit; count += 1) expect((await ask(headers, path)).status).not.toBe(429);
    return ask(headers, path);
  }

  function expectRefused(reply: WireReply, secondsMax = 60): void {
    expect(reply.status).toBe(429);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(jsonOf(reply)['type']).toBe('platform.too-many-requests');
    expect(Number(reply.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(reply.headers['retry-after'])).toBeLessThanOrEqual(secondsMax);
  }

  it('lets an address without a session ask 30 times a minute, whatever it says where it comes from', async () => {
    expectRefused(await oneTooMany(PER_MINUTE.anonymous, {}));
    expectRefused(await ask({ 'X-Forwarded-For': '203.0.113.9' }));
    expectRefused(await ask({ 'X-Forwarded-For': '203.0.113.9, 198.51.100.7', Forwarded: 'for=203.0.113.9' }));
    expectRefused(await ask(bearer('a'.repeat(43))));
  });

  it('goes on serving those who are signed in at the same address', async () => {
    expect((await ask(bearer(community.staff.cashier.token))).status).toBe(200);
  });

  it('lets a resident ask 60 times a minute', async () => {
    expectRefused(await oneTooMany(PER_MINUTE.resident, bearer(await resident(randomUUID()))));
  });

  it('lets a member of the staff ask 120 times a minute', async () => {
    expectRefused(await oneTooMany(PER_MINUTE.staff, bearer(community.staff.collector.token)));
  });

  it('lets a household take a copy of its data five times an hour, however often it signs in', async () => {
    const householdId = await openHousehold();
    expectRefused(await oneTooMany(EXPORTS_PER_HOUR, bearer(await resident(householdId)), '/api/me/export'), 3600);
    expectRefused(await ask(bearer(await resident(householdId)), '/api/me/export'), 3600);
  });
});

describe('rate limits behind a proxy', () => {
  let shop: TestApp;
  let wire: Wire;

  beforeAll(async () => {
    shop = await createTestApp({ ECOMART_RATE_FACTOR: '1', ECOMART_PROXIES: '1' });
    wire = await Wire.to(shop.app);
  });
  afterAll(async () => {
    wire.close();
    await shop.close();
  });

  const statusFrom = async (forwardedFor: string) =>
    (await wire.send({ method: 'GET', path: '/api/session', headers: { 'X-Forwarded-For': forwardedFor } })).status;

  it('counts each address that the proxy names by itself, and believes nothing that stands before it', async () => {
    for (let count = 1; count <= PER_MINUTE.anonymous; count += 1) {
      expect(await statusFrom(`198.51.100.${count}, 203.0.113.1`)).toBe(401);
    }
    expect(await statusFrom('198.51.100.200, 203.0.113.1')).toBe(429);
    expect(await statusFrom('203.0.113.2')).toBe(401);
  });
});
