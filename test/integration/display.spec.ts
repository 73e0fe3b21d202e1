import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { STAFF_ROLES } from '../../src/identity/index.js';
import { WallChannels } from '../../src/display/wall/wall-channels.js';
import { givenCommunity, type GivenCommunity, givenStaff } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { EventStream } from '../support/event-stream.js';

const EVENTS = '/api/display/events';
/** A tick of the wall, and some time for a slow machine. */
const WITHIN_MS = 8000;

let shop: TestApp;
let community: GivenCommunity;
let elsewhere: GivenCommunity;
let householdId: string;
let neighbourId: string;

beforeAll(async () => {
  shop = await createTestApp();
  await shop.app.listen(0, '127.0.0.1');
  await at('2026-11-29T22:00:00Z');
  const founded = await givenCommunity(shop);
  householdId = await household(founded, '袁大明');
  neighbourId = await household(founded, '欧阳修');
  await weighIn(founded, householdId, [film(9000)]);
  await at('2026-12-01T00:00:00Z');
  const collector = await givenStaff(shop, founded.communityId, 'collector');
  const staff = { ...founded.staff, collector };
  await weighIn({ ...founded, staff }, neighbourId, [film(4000), { itemCode: 'plastic-bag', pieces: 50 }]);
  // A Sunday, at six in the morning.
  await at('2026-12-05T22:00:00Z');
  const signedIn = await Promise.all(
    STAFF_ROLES.map(async (role) => [role, await givenStaff(shop, founded.communityId, role)] as const),
  );
  community = { ...founded, staff: Object.fromEntries(signedIn) as GivenCommunity['staff'] };
  elsewhere = await givenCommunity(shop);
});
afterAll(() => shop.close());

/** Puts the clock of the database to an instant; sessions that were open before it have run out by then. */
async function at(instant: string): Promise<void> {
  await shop.moveClock(`${(Date.parse(instant) - Date.now()) / 1000} seconds`);
}

async function household({ path, staff }: GivenCommunity, name: string): Promise<string> {
  const opened = await staff.manager
    .post(`${path}/households`, {
      door: randomUUID().slice(0, 8),
      members: [{ name }],
      consents: [{ purpose: 'scheme', version: '2026-12', channel: 'paper' }],
    })
    .expect(201);
  return (opened.body as { householdId: string }).householdId;
}

async function weighIn({ path, staff, dropOffPointId: siteId }: GivenCommunity, of: string, lines: object[]) {
  const visit = { householdId: of, siteId, lines, confirmRepeat: true };
  const reply = await staff.collector.post(`${path}/weigh-ins`, visit).expect(201);
  return (reply.body as { weighInId: string }).weighInId;
}

async function display(
  { path, staff }: GivenCommunity,
  name = '社区大厅',
): Promise<{ tokenId: string; token: string }> {
  return (await staff.manager.post(`${path}/displays`, { name }).expect(201)).body as {
    tokenId: string;
    token: string;
  };
}

const board = (token: string) => shop.http.get('/api/display/board').set('Authorization', `Bearer ${token}`);
const film = (netGrams: number) => ({ itemCode: 'film', netGrams });

describe('a display', () => {
  it('is told its token once, is listed without it, and is audited', async () => {
    const { staff, path, shopId } = community;
    const made = await staff.manager.post(`${path}/displays`, { name: '社区大厅', siteId: shopId }).expect(201);
    const { token, ...told } = made.body as { token: string; tokenId: string };
    expect(token).toMatch(new RegExp(`^${community.communityId}\\.[\\w-]{43}$`));
    expect(told).toMatchObject({ name: '社区大厅', siteId: shopId, revokedAt: null, lastSeenAt: null });
    const listed = await staff.admin.get(`${path}/displays`).expect(200);
    expect(listed.body).toEqual([told]);
    const second = await display(community, '东门');
    const page = await staff.admin.get(`${path}/displays?limit=1&after=${second.tokenId}`).expect(200);
    expect(page.body).toEqual([told]);

    const { rows } = await shop.owner.query(
      `SELECT action, detail FROM audit_record WHERE subject_kind = 'display' AND subject_id = $1`,
      [told.tokenId],
    );
    expect(rows).toEqual([{ action: 'display.create-token', detail: { siteId: shopId } }]);
    const kept = await shop.owner.query<{ row: string }>(`SELECT d::text AS row FROM display_token AS d`);
    for (const { row } of kept.rows) expect(row).not.toContain(token.split('.')[1]);
  });

  it('hangs in a place that the community has, by the word of whoever speaks for all of it', async () => {
    const { staff, path, communityId, shopId } = community;
    await staff.manager.post(`${path}/displays`, { name: '外村', siteId: elsewhere.shopId }).expect(404);
    await staff.manager.post(`${path}/displays`, { name: ' 大厅' }).expect(422);
    const ofShop = await givenStaff(shop, communityId, 'manager', shopId);
    const refused = await ofShop.post(`${path}/displays`, { name: '超市' }).expect(403);
    expect(refused.body).toMatchObject({ type: 'display.scope-too-narrow' });
    const { tokenId } = await display(community);
    await ofShop.post(`${path}/displays/${tokenId}/revoke`).expect(403);
    await elsewhere.staff.manager.post(`${elsewhere.path}/displays/${tokenId}/revoke`).expect(404);
  });

  it('sees nothing with a token that is revoked, of another community, made up, or of a session', async () => {
    const { token, tokenId } = await display(community);
    await board(token).expect(200);
    const { rows } = await shop.owner.query<{ seen: Date }>(
      `SELECT last_seen_at AS seen FROM display_token WHERE token_id = $1`,
      [tokenId],
    );
    expect(rows[0]?.seen).not.toBeNull();
    await board(token).expect(200);
    const again = await shop.owner.query(`SELECT last_seen_at AS seen FROM display_token WHERE token_id = $1`, [
      tokenId,
    ]);
    expect(again.rows).toEqual(rows);

    const secret = token.split('.')[1] ?? '';
    const wrong = [
      `${elsewhere.communityId}.${secret}`,
      `${community.communityId}.${'a'.repeat(43)}`,
      secret,
      `0.${secret}`,
      `9007199254740993.${secret}`,
      community.staff.admin.token,
    ];
    for (const text of wrong) {
      const refused = await board(text).expect(401);
      expect(refused.body).toMatchObject({ type: 'display.unknown' });
    }
    await shop.http.get(`/api/display/board?token=${token}`).expect(401);
    await shop.http.get(EVENTS).expect(401);

    const revoked = await community.staff.manager.post(`${community.path}/displays/${tokenId}/revoke`).expect(200);
    expect((revoked.body as { revokedAt: string }).revokedAt).toMatch(/^2026-12-0/);
    await board(token).expect(401);
    const once = await community.staff.manager.post(`${community.path}/displays/${tokenId}/revoke`).expect(200);
    expect(once.body).toEqual(revoked.body);
    const audited = await shop.owner.query(`SELECT action FROM audit_record WHERE subject_id = $1 ORDER BY action`, [
      tokenId,
    ]);
    expect(audited.rows).toEqual([{ action: 'display.create-token' }, { action: 'display.revoke-token' }]);
  });
});

describe('the board', () => {
  it('tells of an empty community', async () => {
    const empty = await givenCommunity(shop, { tariff: null });
    const { body } = await board((await display(empty)).token).expect(200);
    const nothing = { visits: 0, households: 0, grams: 0, creditedCentipoints: 0, redeemedCentipoints: 0 };
    expect(body).toMatchObject({
      communityName: '卸巷社区',
      today: '2026-12-06',
      isOpenToday: false,
      nextExchangeDay: null,
      todayTotals: nothing,
      monthTotals: { ...nothing, month: '2026-12' },
      recent: [],
      goods: [],
      tariff: null,
    });
  });

  it('adds up the day and the month, without what was reversed, of another month or of another community', async () => {
    const { staff, path } = community;
    await weighIn(community, householdId, [film(12_000)]);
    await weighIn(community, householdId, [film(1500)]);
    const wrong = await weighIn(community, neighbourId, [film(7000)]);
    await staff.manager.post(`${path}/weigh-ins/${wrong}/reversal`, { reason: '称错了' }).expect(201);
    await weighIn(elsewhere, await household(elsewhere, '王芳'), [film(3000)]);

    const goods = await staff.manager
      .post(`${path}/goods`, { name: '肥皂', unit: '块', category: '洗护', isListed: true, priceCentipoints: 300 })
      .expect(201);
    const { goodsId } = goods.body as { goodsId: string };
    for (const [name, more] of [
      ['春联', { season: { from: '01-01', to: '02-15' } }],
      ['样品', { isListed: false }],
    ] as const) {
      const good = { name, unit: '副', category: '节日', isListed: true, priceCentipoints: 100, ...more };
      await staff.manager.post(`${path}/goods`, good).expect(201);
    }
    const lines = [{ goodsId, quantity: 10, unitCostFen: 200 }];
    await staff['stock-keeper']
      .post(`${path}/sites/${community.shopId}/receipts`, { origin: 'bought', supplier: '供销社', lines })
      .expect(201);
    const order = { householdId, siteId: community.shopId, isCheckedByEye: true };
    const taken = await staff.cashier
      .post(`${path}/redemptions`, { ...order, lines: [{ goodsId, quantity: 3, unitCentipoints: 300 }] })
      .expect(201);
    const { redemptionId } = taken.body as { redemptionId: string };
    await staff.cashier
      .post(`${path}/redemptions/${redemptionId}/returns`, { reason: '拿错了', lines: [{ goodsId, quantity: 1 }] })
      .expect(201);

    const { body } = await board((await display(community)).token).expect(200);
    expect(body.todayTotals).toEqual({
      visits: 2,
      households: 1,
      grams: 13_500,
      creditedCentipoints: 1350,
      redeemedCentipoints: 600,
    });
    expect(body.monthTotals).toEqual({
      month: '2026-12',
      visits: 3,
      households: 2,
      grams: 17_500,
      creditedCentipoints: 1850,
      redeemedCentipoints: 600,
      classes: [
        { wasteClass: 'recyclable', zh: '可回收物', en: 'Recyclables', grams: 17_500, pieces: 50 },
        { wasteClass: 'hazardous', zh: '有害垃圾', en: 'Hazardous waste', grams: 0, pieces: 0 },
        { wasteClass: 'kitchen', zh: '厨余垃圾', en: 'Food waste', grams: 0, pieces: 0 },
        { wasteClass: 'other', zh: '其他垃圾', en: 'Residual waste', grams: 0, pieces: 0 },
      ],
    });
    expect(body.recent).toMatchObject([
      { name: '袁**', centipoints: 150, lines: [{ zh: '塑料薄膜', grams: 1500, pieces: null }] },
      { name: '袁**', centipoints: 1200 },
      { name: '欧阳*', centipoints: 500, lines: [{ grams: 4000 }, { grams: null, pieces: 50 }] },
      { name: '袁**', centipoints: 900 },
    ]);
    expect(JSON.stringify(body)).not.toContain('大明');
    expect(body.goods).toEqual([
      { goodsId, name: '肥皂', unit: '块', category: '洗护', centipoints: 300, available: 8, photoUrl: null },
    ]);
    expect(body.tariff.zh).toContain('塑料薄膜，每公斤 1 分');
    expect(body.tariff.en).toContain('Plastic film: 1 point per kg');
    expect(body.generatedAt).toMatch(/^2026-12-05T22:0/);
  });

  it('tells what is open today, and the next day on which anything is', async () => {
    const { staff, path, shopId, dropOffPointId } = community;
    const open = (siteId: string, rules: object[]) =>
      staff.manager.put(`${path}/sites/${siteId}/opening-rules`, { rules }).expect(200);
    await open(dropOffPointId, [{ kind: 'weekday', day: 7, opensMinute: 300, closesMinute: 660 }]);
    await open(shopId, [{ kind: 'open-date', onDate: '2026-12-09', opensMinute: 540, closesMinute: 600 }]);
    const { body } = await board((await display(community)).token).expect(200);
    expect(body.isOpenToday).toBe(true);
    expect(body.sites).toEqual([
      {
        siteId: dropOffPointId,
        kind: 'drop-off-point',
        name: '东门投放点',
        isOpenNow: true,
        hoursToday: [{ opensMinute: 300, closesMinute: 660 }],
      },
      { siteId: shopId, kind: 'shop', name: '生态美超市', isOpenNow: false, hoursToday: [] },
    ]);
    expect(body.nextExchangeDay).toEqual({
      day: '2026-12-09',
      sites: [{ name: '生态美超市', hours: [{ opensMinute: 540, closesMinute: 600 }] }],
    });
  });
});

describe('the stream of a display', () => {
  const channels = () => shop.app.get(WallChannels, { strict: false });
  const open = (token: string) => EventStream.open(shop.app, EVENTS, token);

  const displays = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, nth) => display(community, `墙 ${nth}`)));

  async function untilNobodyIsLeft(): Promise<void> {
    const deadline = performance.now() + WITHIN_MS;
    while (channels().size > 0 && performance.now() < deadline) await new Promise((done) => setTimeout(done, 20));
    expect({ streams: channels().size, communities: channels().communities }).toEqual({ streams: 0, communities: 0 });
  }

  it('begins with the board, goes on with what changes, and says nothing otherwise', async () => {
    const { token } = await display(community);
    const stream = await open(token);
    expect(stream.reply.statusCode).toBe(200);
    expect(stream.reply.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    expect(stream.reply.headers['set-cookie']).toBeUndefined();
    const first = await stream.next();
    expect(first.name).toBe('board');
    const { body } = await board(token).expect(200);
    expect({ ...JSON.parse(first.data), generatedAt: '' }).toEqual({ ...body, generatedAt: '' });

    await expect(stream.next(5000)).rejects.toThrow('no event within');
    await weighIn(community, householdId, [film(3210)]);
    const second = await stream.next(WITHIN_MS);
    expect(second.name).toBe('board');
    expect(second.id).not.toBe(first.id);
    expect(JSON.parse(second.data).recent[0]).toMatchObject({ name: '袁**', centipoints: 321 });
    stream.close();
    await untilNobodyIsLeft();
  });

  it('asks the database once a tick, however many displays look on, and again for nobody', async () => {
    const walls = await displays(12);
    const read = jestSpy();
    const streams = await Promise.all(walls.map(({ token }) => open(token)));
    await Promise.all(streams.map((stream) => stream.next()));
    read.count = 0;
    await new Promise((done) => setTimeout(done, 6500));
    expect(read.count).toBeGreaterThanOrEqual(2);
    expect(read.count).toBeLessThanOrEqual(3);
    for (const stream of streams) stream.close();
    await untilNobodyIsLeft();
    read.count = 0;
    await new Promise((done) => setTimeout(done, 3500));
    expect(read.count).toBe(0);
    read.restore();
  });

  it('shows that the line is alive every fifteen seconds', async () => {
    const stream = await open((await display(community)).token);
    await stream.next();
    await new Promise((done) => setTimeout(done, 15_500));
    expect(stream.raw).toContain(':\n\n');
    stream.close();
    await untilNobodyIsLeft();
  });

  it('ends when its token is revoked, and goes on for the others', async () => {
    const [revoked, kept] = [await display(community, '东门'), await display(community, '西门')];
    const [ending, staying] = [await open(revoked.token), await open(kept.token)];
    await Promise.all([ending.next(), staying.next()]);
    await community.staff.admin.post(`${community.path}/displays/${revoked.tokenId}/revoke`).expect(200);
    expect(await ending.next(WITHIN_MS)).toEqual({ name: 'revoked', id: '', data: '{}' });
    await ending.ended(2000);
    expect(channels().size).toBe(1);
    staying.close();
    await untilNobodyIsLeft();
  });

  it('leaves nothing behind, sixty times over', async () => {
    const { token } = await display(community);
    for (let round = 0; round < 6; round += 1) {
      const streams = await Promise.all(Array.from({ length: 10 }, () => open(token)));
      for (const stream of streams) stream.close();
    }
    await untilNobodyIsLeft();
  });

  it('is refused to the fifty-first display of a community', async () => {
    const walls = await displays(50);
    const streams = await Promise.all(walls.map(({ token }) => open(token)));
    expect(streams.map(({ reply }) => reply.statusCode)).toEqual(Array(50).fill(200));
    const { token } = await display(community);
    const refused = await shop.http.get(EVENTS).set('Authorization', `Bearer ${token}`).expect(429);
    expect(refused.body).toMatchObject({ type: 'display.too-many', params: { max: 50 } });
    expect(refused.headers['retry-after']).toBe('60');
    const other = await open((await display(elsewhere)).token);
    expect(other.reply.statusCode).toBe(200);
    for (const stream of [...streams, other]) stream.close();
    await untilNobodyIsLeft();
  });

  it('gives one display five places: the oldest makes room', async () => {
    const { token } = await display(community);
    const streams: EventStream[] = [];
    for (let nth = 0; nth < 7; nth += 1) {
      const stream = await open(token);
      await stream.next();
      streams.push(stream);
    }
    await streams[0]?.ended(WITHIN_MS);
    await streams[1]?.ended(WITHIN_MS);
    expect(channels().size).toBe(5);
    for (const stream of streams) stream.close();
    await untilNobodyIsLeft();
  });

  it('answers HEAD without a stream', async () => {
    const { token } = await display(community);
    const head = await shop.http.head(EVENTS).set('Authorization', `Bearer ${token}`).expect(200);
    expect(head.headers['content-type']).toContain('text/event-stream');
    expect(channels().size).toBe(0);
  });

  /** Counts how often the figures are read. */
  function jestSpy(): { count: number; restore: () => void } {
    const { database } = shop;
    const original = database.read.bind(database);
    const counter = { count: 0, restore: () => Object.assign(database, { read: original }) };
    Object.assign(database, {
      read: (name: string, text: string, values: readonly unknown[]) => {
        if (name.startsWith('display.')) counter.count += 1;
        return original(name, text, values);
      },
    });
    return counter;
  }
});

describe('shutting down', () => {
  it('waits for no display, not even for one that does not read', async () => {
    const closing = await createTestApp();
    await closing.app.listen(0, '127.0.0.1');
    const here = await givenCommunity(closing, { tariff: null });
    const made = await here.staff.manager.post(`${here.path}/displays`, { name: '社区大厅' }).expect(201);
    const { token } = made.body as { token: string };
    const streams = await Promise.all(Array.from({ length: 3 }, () => EventStream.open(closing.app, EVENTS, token)));
    await streams[0]?.next();
    streams[2]?.stall();
    const startedAt = performance.now();
    await closing.close();
    expect(performance.now() - startedAt).toBeLessThan(3000);
    await streams[0]?.ended(1000);
  });
});
