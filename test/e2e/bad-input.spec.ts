import { randomUUID } from 'node:crypto';
import { createTestApp, type TestApp } from '../support/app.js';
import { BusyCommunity, unique } from '../support/fuzz/busy-community.js';
import { stateOf } from '../support/fuzz/business-tables.js';
import { jsonOf, Wire, type WireReply } from '../support/fuzz/wire.js';

const MEGABYTE = 1024 * 1024;
/** Two to the power of 53: the first whole number that is not kept exactly. */
const TOO_LARGE = '9007199254740992';
const BACKSLASH = '\\';

interface Fault {
  readonly name: string;
  /** @param valid the body that would be served, as JSON */
  readonly body: (valid: string) => string;
  readonly status: number;
  /** Where the reply says that the fault is. */
  readonly pointer?: string;
}

/** Puts another value in the place of the weight; as text, since not all of it is JSON. */
const weighing = (value: string) => (valid: string) => valid.replace('"netGrams":1000', `"netGrams":${value}`);
/** Puts a member before the others. */
const with_ = (member: string) => (valid: string) => valid.replace('{', `{${member},`);
const instead = (text: string) => () => text;

const WEIGHT = '/lines/0/netGrams';

const FAULTS: readonly Fault[] = [
  { name: 'a field that nobody asked for', body: with_('"points":5'), status: 422, pointer: '/points' },
  { name: 'a balance', body: with_('"balance":5'), status: 422, pointer: '/balance' },
  { name: 'a role', body: with_('"role":"admin"'), status: 422, pointer: '/role' },
  { name: 'a field with a slash in its name', body: with_('"a/b~":1'), status: 422, pointer: '/a~1b~0' },
  {
    name: 'an unknown field of a line',
    body: (valid) => valid.replace('"netGrams"', '"centipoints":1,"netGrams"'),
    status: 422,
    pointer: '/lines/0/centipoints',
  },
  {
    name: 'a layout that no scale has',
    body: (valid) => valid.replace('"netGrams"', '"scaleProfile":"Z9","netGrams"'),
    status: 422,
    pointer: '/lines/0/scaleProfile',
  },
  {
    name: 'a number for an id',
    body: (valid) => valid.replace(/"householdId":"[^"]+"/, '"householdId":7'),
    status: 422,
    pointer: '/householdId',
  },
  {
    name: 'an id left out',
    body: (valid) => valid.replace(/"householdId":"[^"]+",/, ''),
    status: 422,
    pointer: '/householdId',
  },
  { name: 'a text for a number', body: weighing('"1000"'), status: 422, pointer: WEIGHT },
  { name: 'a truth for a number', body: weighing('true'), status: 422, pointer: WEIGHT },
  { name: 'an array for a number', body: weighing('[1000]'), status: 422, pointer: WEIGHT },
  { name: 'an object for a number', body: weighing('{"valueOf":1000}'), status: 422, pointer: WEIGHT },
  { name: 'a fraction of a gram', body: weighing('0.5'), status: 422, pointer: WEIGHT },
  { name: 'a negative weight', body: weighing('-1'), status: 422, pointer: WEIGHT },
  { name: 'minus zero', body: weighing('-0'), status: 422, pointer: WEIGHT },
  { name: '2^53', body: weighing(TOO_LARGE), status: 422, pointer: WEIGHT },
  { name: 'a number beyond all numbers', body: weighing('1e309'), status: 422, pointer: WEIGHT },
  { name: 'NaN as text', body: weighing('"NaN"'), status: 422, pointer: WEIGHT },
  { name: 'NaN', body: weighing('NaN'), status: 400 },
  { name: 'Infinity', body: weighing('Infinity'), status: 400 },
  {
    name: 'half a character',
    body: (valid) => valid.replace('"film"', `"${BACKSLASH}ud800"`),
    status: 422,
    pointer: '/lines/0/itemCode',
  },
  {
    name: 'half a character in a name',
    body: with_(`"${BACKSLASH}udc00":1`),
    status: 422,
  },
  {
    name: 'a NUL',
    body: (valid) => valid.replace('"film"', `"film${BACKSLASH}u0000"`),
    status: 422,
    pointer: '/lines/0/itemCode',
  },
  {
    name: 'ten thousand lines',
    body: (valid) => valid.replace(/"lines":\[.*\]/, `"lines":[${Array.from({ length: 10_000 }, () => '{}').join()}]`),
    status: 422,
    pointer: '/lines',
  },
  { name: 'no lines', body: (valid) => valid.replace(/"lines":\[.*\]/, '"lines":[]'), status: 422, pointer: '/lines' },
  {
    name: 'null for lines',
    body: (valid) => valid.replace(/"lines":\[.*\]/, '"lines":null'),
    status: 422,
    pointer: '/lines',
  },
  { name: 'a null among the lines', body: (valid) => valid.replace('"lines":[', '"lines":[null,'), status: 422 },
  {
    name: 'an object for an array',
    body: (valid) => valid.replace(/"lines":\[.*\]/, '"lines":{"0":{}}'),
    status: 422,
    pointer: '/lines',
  },
  { name: 'deep nesting', body: with_(`"deep":${'['.repeat(1000)}${']'.repeat(1000)}`), status: 422 },
  {
    name: 'nesting as deep as a body can hold',
    body: instead(`${'['.repeat(49_000)}${']'.repeat(49_000)}`),
    status: 422,
  },
  { name: '__proto__', body: with_('"__proto__":{"isAdmin":true}'), status: 400 },
  { name: 'constructor.prototype', body: with_('"constructor":{"prototype":{"isAdmin":true}}'), status: 400 },
  {
    name: 'the same field twice',
    body: (valid) => valid.replace('"netGrams":1000', '"netGrams":1000,"netGrams":2000'),
    status: 422,
    pointer: WEIGHT,
  },
  {
    name: 'the same field twice, once in disguise',
    body: (valid) => valid.replace('"netGrams":1000', `"netGrams":1000,"net${BACKSLASH}u0047rams":2000`),
    status: 422,
    pointer: WEIGHT,
  },
  { name: 'an array for the body', body: (valid) => `[${valid}]`, status: 422 },
  { name: 'a text for the body', body: instead('"x"'), status: 422 },
  { name: 'a number for the body', body: instead('1'), status: 422 },
  { name: 'null for the body', body: instead('null'), status: 422 },
  { name: 'nothing for the body', body: instead(''), status: 400 },
  { name: 'half a body', body: (valid) => valid.slice(0, -10), status: 400 },
  { name: 'two bodies', body: (valid) => `${valid}${valid}`, status: 400 },
  { name: 'a body of 1 MB', body: with_(`"reason":"${'x'.repeat(MEGABYTE)}"`), status: 413 },
  {
    name: 'ten thousand whole lines',
    body: (valid) => {
      const [line = ''] = /\{"itemCode"[^}]*\}/.exec(valid) ?? [];
      return valid.replace(line, Array.from({ length: 10_000 }, () => line).join());
    },
    status: 413,
  },
];

const TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/xml',
  'text/html',
  'application/octet-stream',
];

describe('bad input', () => {
  let shop: TestApp;
  let wire: Wire;
  let here: BusyCommunity;
  let valid: string;

  beforeAll(async () => {
    shop = await createTestApp();
    wire = await Wire.to(shop.app);
    here = await BusyCommunity.found(shop);
    valid = JSON.stringify({
      householdId: here.home.householdId,
      siteId: here.given.dropOffPointId,
      lines: [{ itemCode: 'film', netGrams: 1000 }],
      confirmRepeat: true,
    });
  });
  afterAll(async () => {
    wire.close();
    await shop.close();
  });

  const JSON_TYPE = { 'Content-Type': 'application/json' };

  function weighIn(
    body: string,
    headers: Readonly<Record<string, string>> = JSON_TYPE,
    key: string | null = randomUUID(),
  ) {
    return wire.send({
      method: 'POST',
      path: `${here.path}/weigh-ins`,
      headers: {
        Authorization: `Bearer ${here.given.staff.collector.token}`,
        ...(key === null ? {} : { 'Idempotency-Key': key }),
        ...headers,
      },
      body,
    });
  }

  const get = (path: string) =>
    wire.send({ method: 'GET', path, headers: { Authorization: `Bearer ${here.manager.token}` } });

  /** Sends it, and makes sure that nothing came of it. */
  async function refused(ask: () => Promise<WireReply>): Promise<WireReply> {
    const before = await stateOf(shop.owner);
    const reply = await ask();
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(jsonOf(reply)).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status: reply.status,
      instance: expect.stringMatching(/^\//),
      requestId: reply.headers['x-request-id'],
    });
    expect(await stateOf(shop.owner)).toEqual(before);
    return reply;
  }

  it('serves the body that every fault is put into', async () => {
    expect((await weighIn(valid)).status).toBe(201);
  });

  it.each(FAULTS)('refuses $name', async ({ body, status, pointer }) => {
    const sent = body(valid);
    expect(sent).not.toBe(valid);
    const reply = await refused(() => weighIn(sent));
    expect(reply.status).toBe(status);
    if (pointer !== undefined) {
      const { errors } = jsonOf(reply) as { errors: { pointer: string; detail: string }[] };
      expect(errors.map((error) => error.pointer)).toContain(pointer);
    }
  });

  it.each(TYPES)('refuses %s', async (type) => {
    expect((await refused(() => weighIn(valid, { 'Content-Type': type }))).status).toBe(415);
  });

  it('refuses a body without a type', async () => {
    expect((await refused(() => weighIn(valid, {}))).status).toBe(415);
  });

  it('refuses a form where JSON is asked for', async () => {
    const form = { 'Content-Type': 'multipart/form-data; boundary=x' };
    const reply = await refused(() =>
      weighIn('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n', form),
    );
    expect([400, 415, 422]).toContain(reply.status);
  });

  it.each([
    ['a word', 'not-a-uuid'],
    ['a figure', '1'],
    ['256 characters', 'x'.repeat(256)],
    ['an id and a figure', '0191a1f0-0000-7000-8000-0000000000010'],
    ['an id in braces', '{0191a1f0-0000-7000-8000-000000000001}'],
  ])('refuses %s for a key', async (_name, key) => {
    const reply = await refused(() => weighIn(valid, JSON_TYPE, key));
    expect(reply.status).toBe(400);
    expect(jsonOf(reply)['type']).toBe('platform.key-missing');
  });

  it('refuses a request without a key', async () => {
    const reply = await refused(() => weighIn(valid, JSON_TYPE, null));
    expect(reply.status).toBe(400);
    expect(jsonOf(reply)['type']).toBe('platform.key-missing');
  });

  it('refuses a key that was used for another body, or another route', async () => {
    const key = randomUUID();
    expect((await weighIn(valid, JSON_TYPE, key)).status).toBe(201);
    const otherBody = await refused(() => weighIn(valid.replace('1000', '1001'), JSON_TYPE, key));
    expect(otherBody.status).toBe(422);
    expect(jsonOf(otherBody)['type']).toBe('platform.key-reused');
    const weighInId = await here.weighIn(here.home.householdId);
    const otherRoute = await refused(() =>
      wire.send({
        method: 'POST',
        path: `${here.path}/weigh-ins/${weighInId}/reversal`,
        headers: {
          Authorization: `Bearer ${here.given.staff.collector.token}`,
          'Idempotency-Key': key,
          ...JSON_TYPE,
        },
        body: valid,
      }),
    );
    expect(otherRoute.status).toBe(422);
  });

  it('knows a key again whatever the order of the fields', async () => {
    const key = randomUUID();
    const first = await weighIn(valid, JSON_TYPE, key);
    const { lines, ...others } = JSON.parse(valid) as Record<string, unknown>;
    const again = await weighIn(JSON.stringify({ lines, ...others }), JSON_TYPE, key.toUpperCase());
    expect(again.status).toBe(201);
    expect(again.text).toBe(first.text);
  });

  describe('in what a list is asked for', () => {
    it.each([
      ['households?limit=0', '/limit'],
      ['households?limit=101', '/limit'],
      ['households?limit=ten', '/limit'],
      ['households?limit=1&limit=2', '/limit'],
      ['households?limit=1.5', '/limit'],
      ['households?after=1', '/after'],
      ['households?q=', '/q'],
      ['households?order=door', '/order'],
      ['weigh-ins', '/day'],
      ['weigh-ins?day=2026-02-30', '/day'],
      ['weigh-ins?day=20261122', '/day'],
      ['weigh-ins?day[]=2026-11-22', undefined],
      ['goods?isListed=maybe', '/isListed'],
      ['tariff-versions?limit=-0', '/limit'],
      ['reservations/by-code?code=1234567', '/code'],
      ['reservations?householdId=3-101', '/householdId'],
      ['near-expiry?siteId=null', '/siteId'],
    ])('refuses %s', async (query, pointer) => {
      const reply = await refused(() => get(`${here.path}/${query}`));
      expect(reply.status).toBe(422);
      const { errors } = jsonOf(reply) as { errors: { pointer: string }[] };
      if (pointer !== undefined) expect(errors.map((error) => error.pointer)).toContain(pointer);
    });

    it.each(['households?q=a%00b', 'goods?search=%00', 'goods?category=%00', 'households?by=%00'])(
      'refuses a NUL: %s',
      async (query) => {
        expect((await refused(() => get(`${here.path}/${query}`))).status).toBe(422);
      },
    );

    it.each(['+275760-09-12T00:00:00Z', '-271821-04-20T00:00:00Z', '0000-01-01T00:00:00Z', 'yesterday', '9e15'])(
      'does not break on the instant %s',
      async (at) => {
        const { householdId } = here.home;
        const reply = await get(`${here.path}/households/${householdId}/balance?at=${encodeURIComponent(at)}`);
        expect(reply.status).toBeLessThan(500);
      },
    );
  });

  describe('in a path', () => {
    it.each(['0', '-1', '1e3', '1.5', 'x', '%00', '9007199254740993', '99999999999999999999', '01000001x', '..%2f1'])(
      'does not know the community %s',
      async (id) => {
        expect((await refused(() => get(`/api/communities/${id}/sites`))).status).toBe(404);
      },
    );

    it.each([
      ['one figure', '1'],
      ['null', 'null'],
      ['a NUL', '%00'],
      ['dots', '%2e%2e'],
      ['more than any id', 'x'.repeat(201)],
      ['zeros', '0'.repeat(36)],
      ['an apple', '%F0%9F%8D%8E'],
    ])('does not know a household by %s', async (_name, id) => {
      const reply = await refused(() => get(`${here.path}/households/${id}/balance`));
      expect([404, 414]).toContain(reply.status);
    });

    it('refuses a path that is not encoded as one', async () => {
      expect((await refused(() => get('/api/communities/%zz/sites'))).status).toBe(400);
    });
  });

  it('does not know the household of another community, whatever it is wanted for', async () => {
    const elsewhere = await BusyCommunity.found(shop);
    const { householdId, cardId } = elsewhere.home;
    const { staff } = here.given;
    const reason = '本人要求';
    const asked: [string, () => Promise<WireReply>][] = [
      ['weigh-in', () => weighIn(valid.replace(here.home.householdId, householdId))],
      ...(
        [
          [staff.cashier, 'redemptions', { ...here.order(), householdId }],
          [staff.cashier, 'reservations', { ...here.order(), householdId }],
          [staff.manager, 'adjustments', { householdId, amountCentipoints: 1, reason }],
          [staff.manager, `households/${here.home.householdId}/merge`, { intoHouseholdId: householdId, reason }],
          [staff.manager, `households/${householdId}/freeze`, { reason }],
          [staff.manager, `households/${householdId}/members`, { name: '袁小宝' }],
          [staff.manager, `cards/${cardId}/report-lost`, { reason }],
        ] as const
      ).map(([client, path, body]): [string, () => Promise<WireReply>] => [
        path,
        () =>
          wire.send({
            method: 'POST',
            path: `${here.path}/${path}`,
            headers: { Authorization: `Bearer ${client.token}`, 'Idempotency-Key': randomUUID(), ...JSON_TYPE },
            body: JSON.stringify(body),
          }),
      ]),
    ];
    for (const [name, ask] of asked) {
      const reply = await refused(ask);
      expect({ name, status: reply.status }).toEqual({ name, status: 404 });
    }
  });

  it('keeps names whole that look dangerous and are not', async () => {
    for (const name of ['𠮷田', 'José', "O'Brien", 'x; DROP TABLE goods --', '${7*7}', '<b>皂</b>', '👨‍👩‍👧']) {
      const good = {
        name: `${name} ${unique('')}`,
        unit: '块',
        category: '洗护',
        isListed: false,
        priceCentipoints: 1,
      };
      const made = await here.manager.post(`${here.path}/goods`, good);
      if (made.status === 422) continue;
      expect((made.body as { name: string }).name).toBe(good.name);
    }
  });
});
