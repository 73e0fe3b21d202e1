import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deflateSync } from 'node:zlib';
import { v7 as uuidv7 } from 'uuid';
import { Sessions } from '../../src/identity/index.js';
import { Client } from '../factories/client.js';
import { givenCommunity, givenStaff } from '../factories/community.js';
import {
  dayFromNow,
  givenGoods,
  givenGoodsWorld,
  givenStock,
  type GoodsWorld,
  reserve,
  shelfOf,
} from './goods-fixtures.js';

let world: GoodsWorld;
let goodsPath: string;
let manager: Client;

beforeAll(async () => {
  world = await givenGoodsWorld();
  goodsPath = `${world.community.path}/goods`;
  manager = world.community.staff.manager;
});

afterAll(async () => {
  await world.test.close();
});

const SOAP = { name: '肥皂', unit: '块', category: '洗护', isListed: true, priceCentipoints: 300 };

describe('the catalogue', () => {
  it('takes a good with its first price, in force at once, and a shelf in every open shop', async () => {
    const body = {
      ...SOAP,
      barcode: '6901234567892',
      limit: { quantity: 2, period: 'month' },
      season: { from: '11-15', to: '02-28' },
    };
    const { body: goods } = await world.keeper.post(goodsPath, body).expect(201);
    expect(goods).toMatchObject({
      name: '肥皂',
      barcode: '6901234567892',
      limit: { quantity: 2, period: 'month' },
      season: { from: '11-15', to: '02-28' },
      isListed: true,
      photoUrl: null,
      price: { centipoints: 300, setBy: world.keeper.actorId },
      nextPrice: null,
    });
    for (const siteId of [world.shopId, world.secondShopId]) {
      expect(await shelfOf(world, siteId, goods.goodsId)).toEqual({ onHand: 0, reserved: 0 });
    }
    expect(await shelfOf(world, world.community.dropOffPointId, goods.goodsId)).toBeUndefined();
    const cashier = world.community.staff.cashier;
    expect((await cashier.get(`${goodsPath}/${goods.goodsId}`).expect(200)).body).toEqual(goods);
  });

  it('has each name and each barcode once in a community, and again in another one', async () => {
    const { goodsId } = (await manager.post(goodsPath, { ...SOAP, name: '香皂', barcode: '96385074' }).expect(201))
      .body;
    const sameName = await manager.post(goodsPath, { ...SOAP, name: '香皂' }).expect(409);
    expect(sameName.body.type).toBe('goods.name-taken');
    const sameCode = await manager.post(goodsPath, { ...SOAP, name: '药皂', barcode: '96385074' }).expect(409);
    expect(sameCode.body.type).toBe('goods.barcode-taken');
    const other = await givenGoods(world);
    const changed = await manager.patch(`${goodsPath}/${other}`, { name: '香皂' }).expect(409);
    expect(changed.body.type).toBe('goods.name-taken');
    const elsewhere = await givenCommunity(world.test, { tariff: null });
    await elsewhere.staff.manager
      .post(`${elsewhere.path}/goods`, { ...SOAP, name: '香皂', barcode: '96385074' })
      .expect(201);
    const foreign = await elsewhere.staff.manager.get(`${elsewhere.path}/goods/${goodsId}`).expect(404);
    expect(foreign.body.type).toBe('goods.not-found');
    await elsewhere.staff.manager.get(`${goodsPath}/${goodsId}`).expect(404);
  });

  it.each([
    ['a wrong check digit', { barcode: '6901234567893' }, '/barcode'],
    ['a blank at an end', { name: ' 肥皂' }, '/name'],
    ['a name too long', { name: '皂'.repeat(61) }, '/name'],
    ['30 February', { season: { from: '02-30', to: '03-01' } }, '/season/from'],
    ['a limit of nothing', { limit: { quantity: 0, period: 'day' } }, '/limit/quantity'],
    ['a list of limits', { limit: [{ quantity: 1, period: 'day' }] }, '/limit'],
    ['a price of nothing', { priceCentipoints: 0 }, '/priceCentipoints'],
    ['half a centipoint', { priceCentipoints: 0.5 }, '/priceCentipoints'],
    ['an unknown field', { colour: 'red' }, '/colour'],
  ])('refuses %s', async (_name, wrong, pointer) => {
    const { body } = await manager.post(goodsPath, { ...SOAP, name: '错误', ...wrong }).expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('changes what is named, clears what is null, and leaves the rest', async () => {
    const goodsId = await givenGoods(world, {
      barcode: '73513537',
      limit: { quantity: 1, period: 'week' },
      season: { from: '06-01', to: '08-31' },
    });
    const before = (await manager.get(`${goodsPath}/${goodsId}`).expect(200)).body;
    const { body: listed } = await world.keeper.patch(`${goodsPath}/${goodsId}`, { isListed: false }).expect(200);
    expect(listed).toEqual({ ...before, isListed: false, updatedAt: listed.updatedAt });
    const { body: cleared } = await world.keeper
      .patch(`${goodsPath}/${goodsId}`, { barcode: null, limit: null, season: null })
      .expect(200);
    expect(cleared).toEqual({ ...listed, barcode: null, limit: null, season: null, updatedAt: cleared.updatedAt });
    await world.keeper.patch(`${goodsPath}/${goodsId}`, { name: null }).expect(422);
    await world.keeper.patch(`${goodsPath}/${uuidv7()}`, { isListed: true }).expect(404);
  });

  it('proposes in-store barcodes one after another', async () => {
    const { barcode: first } = (await world.keeper.get(`${goodsPath}/next-barcode`).expect(200)).body;
    expect(first).toBe('2000000000015');
    await givenGoods(world, { barcode: '2999999999991' });
    await givenGoods(world, { barcode: first });
    expect((await world.keeper.get(`${goodsPath}/next-barcode`).expect(200)).body.barcode).toBe('2000000000022');
  });

  it('is searched by name and barcode and paged without a gap', async () => {
    const category = '翻页';
    const ids = [];
    for (let index = 0; index < 5; index += 1) ids.push(await givenGoods(world, { category, name: `毛巾 ${index}` }));
    await manager.patch(`${goodsPath}/${ids[3]}`, { isListed: false, barcode: '4006381333931' }).expect(200);
    const found: string[] = [];
    for (let after = ''; ;) {
      const query = `category=${encodeURIComponent(category)}&limit=2${after}`;
      const page = (await manager.get(`${goodsPath}?${query}`).expect(200)).body as { goodsId: string }[];
      found.push(...page.map((goods) => goods.goodsId));
      if (page.length < 2) break;
      after = `&after=${page.at(-1)?.goodsId}`;
    }
    expect(found).toEqual(ids);
    const search = async (query: string) =>
      ((await manager.get(`${goodsPath}?${query}`).expect(200)).body as { goodsId: string }[]).map(
        (row) => row.goodsId,
      );
    expect(await search('search=4006381333931')).toEqual([ids[3]]);
    expect(await search(`search=${encodeURIComponent('毛巾 2')}`)).toEqual([ids[2]]);
    expect(await search(`search=${encodeURIComponent('%')}`)).toEqual([]);
    expect(await search(`category=${encodeURIComponent(category)}&isListed=false`)).toEqual([ids[3]]);
    await manager.get(`${goodsPath}?limit=101`).expect(422);
    await manager.get(`${goodsPath}?search=%00`).expect(422);
  });

  it('is written by keepers, managers and admins only', async () => {
    for (const role of ['collector', 'cashier', 'supervisor'] as const) {
      const refused = await world.community.staff[role].post(goodsPath, { ...SOAP, name: role }).expect(403);
      expect(refused.body.type).toBe('identity.role-missing');
    }
  });
});

describe('a price', () => {
  it('is dated, and takes over when its instant comes', async () => {
    const goodsId = await givenGoods(world);
    const prices = `${goodsPath}/${goodsId}/prices`;
    const { body: now } = await manager.post(prices, { centipoints: 400 }).expect(201);
    expect(now).toMatchObject({ centipoints: 400, setBy: manager.actorId, effectiveFrom: now.recordedAt });
    const effectiveFrom = `${await dayFromNow(world, 2)}T00:00:00+08:00`;
    await manager.post(prices, { centipoints: 500, effectiveFrom }).expect(201);
    const again = await manager.post(prices, { centipoints: 600, effectiveFrom }).expect(409);
    expect(again.body.type).toBe('goods.price-taken');
    const shown = async () => (await manager.get(`${goodsPath}/${goodsId}`).expect(200)).body;
    expect(await shown()).toMatchObject({ price: { centipoints: 400 }, nextPrice: { centipoints: 500 } });
    const history = (await manager.get(prices).expect(200)).body as { centipoints: number; priceId: string }[];
    expect(history.map((price) => price.centipoints)).toEqual([500, 400, 300]);
    const rest = (await manager.get(`${prices}?limit=5&after=${history[0]?.priceId}`).expect(200)).body;
    expect(rest).toEqual(history.slice(1));
    await world.test.moveClock('3 days');
    try {
      const cashier = await givenStaff(world.test, world.community.communityId, 'cashier');
      const { body } = await cashier.get(`${goodsPath}/${goodsId}`).expect(200);
      expect(body).toMatchObject({ price: { centipoints: 500 }, nextPrice: null });
    } finally {
      await world.test.moveClock('0');
    }
  });

  it('never begins in the past, and never changes', async () => {
    const goodsId = await givenGoods(world);
    const prices = `${goodsPath}/${goodsId}/prices`;
    const effectiveFrom = `${await dayFromNow(world, 0)}T00:00:00+08:00`;
    const late = await manager.post(prices, { centipoints: 1, effectiveFrom }).expect(409);
    expect(late.body.type).toBe('goods.price-in-past');
    for (const text of ['2026-02-31', '2026-12-01T00:00:00', '1e3', 5, null]) {
      await manager.post(prices, { centipoints: 1, effectiveFrom: text }).expect(422);
    }
    await expect(
      world.test.owner.query(`UPDATE goods_price SET centipoints = 1 WHERE goods_id = $1`, [goodsId]),
    ).rejects.toMatchObject({ code: 'EM009' });
    await expect(
      world.test.database.read('test.delete', `DELETE FROM goods_price WHERE community_id = $1 AND goods_id = $2`, [
        world.community.communityId,
        goodsId,
      ]),
    ).rejects.toMatchObject({ code: 'EM009' });
  });

  it('is set by a manager or admin of the whole community', async () => {
    const goodsId = await givenGoods(world);
    const prices = `${goodsPath}/${goodsId}/prices`;
    expect((await world.keeper.post(prices, { centipoints: 1 }).expect(403)).body.type).toBe('identity.role-missing');
    const { communityId } = world.community;
    const shopManager = await givenStaff(world.test, communityId, 'manager', world.shopId);
    const refused = await shopManager.post(prices, { centipoints: 1 }).expect(403);
    expect(refused.body.type).toBe('goods.price-scope');
    const { rows } = await world.test.owner.query(
      `SELECT action, result FROM audit_record WHERE actor_id = $1 ORDER BY at DESC LIMIT 1`,
      [shopManager.actorId],
    );
    expect(rows).toEqual([{ action: 'goods.price', result: 'refused' }]);
    await manager.post(`${goodsPath}/${uuidv7()}/prices`, { centipoints: 1 }).expect(404);
  });
});

/** A JPEG in little: a frame of one pixel, a scan of one byte, and where it was taken. */
function jpeg(comment: string): Buffer {
  const exif = Buffer.from(`\0\0Exif\0\0${comment}`);
  exif.writeUInt16BE(exif.length, 0);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe1]),
    exif,
    Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 7, 0xff, 0xd9]),
  ]);
}

function png(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const framed = Buffer.alloc(data.length + 12);
    framed.writeUInt32BE(data.length, 0);
    framed.write(type, 4, 'latin1');
    data.copy(framed, 8);
    return framed;
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('a photo', () => {
  const upload = (client: Client, goodsId: string, bytes: Buffer, field = 'file') =>
    world.test.http
      .post(`${goodsPath}/${goodsId}/photo`)
      .set('Authorization', `Bearer ${client.token}`)
      .attach(field, bytes, { filename: 'a.jpg', contentType: 'image/jpeg' });

  it('is shown to everybody without its metadata, and may be kept by every cache', async () => {
    const goodsId = await givenGoods(world);
    const { body } = await upload(world.keeper, goodsId, jpeg('GPS 31.66N')).expect(201);
    expect(body.photoUrl).toMatch(
      new RegExp(`^/api/public/communities/${world.community.communityId}/photos/[0-9a-f-]{14}4[0-9a-f-]{21}$`),
    );
    const shown = await world.test.http.get(body.photoUrl).expect(200);
    expect(shown.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    const bytes = shown.body as Buffer;
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    expect(bytes.includes('GPS')).toBe(false);
    const elsewhere = body.photoUrl.replace(String(world.community.communityId), '1000999');
    await world.test.http.get(elsewhere).expect(404);
    await world.test.http.get(elsewhere.replace('1000999', 'x')).expect(404);
  });

  it('is told by its bytes, and replaces the one before', async () => {
    const goodsId = await givenGoods(world);
    const { photoUrl: first } = (await upload(world.keeper, goodsId, jpeg('')).expect(201)).body;
    const { photoUrl: second } = (await upload(world.keeper, goodsId, png()).expect(201)).body;
    expect((await world.test.http.get(second).expect(200)).headers['content-type']).toBe('image/png');
    expect((await world.test.http.get(first).expect(404)).body.type).toBe('goods.photo-not-found');
    const { body: gone } = await world.keeper.delete(`${goodsPath}/${goodsId}/photo`).expect(200);
    expect(gone.photoUrl).toBeNull();
    await world.test.http.get(second).expect(404);
  });

  it('is refused where it is none, is too large, or comes the wrong way', async () => {
    const goodsId = await givenGoods(world);
    const none = await upload(world.keeper, goodsId, Buffer.from('<svg/>')).expect(422);
    expect(none.body.type).toBe('goods.photo-unreadable');
    await upload(world.keeper, goodsId, Buffer.alloc(5 * 1024 * 1024 + 1)).expect(413);
    await upload(world.keeper, goodsId, jpeg(''), 'photo').expect(422);
    await world.keeper.post(`${goodsPath}/${goodsId}/photo`, {}).expect(415);
    for (const [type, body] of [
      ['multipart/form-data', 'x'],
      ['multipart/form-data; boundary=y', '--y\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx'],
      ['multipart/form-data; boundary=y', 'nothing of the kind'],
    ] as const) {
      const broken = await world.test.http
        .post(`${goodsPath}/${goodsId}/photo`)
        .set('Authorization', `Bearer ${world.keeper.token}`)
        .set('Content-Type', type)
        .send(body);
      expect([type, broken.status]).toEqual([type, 400]);
    }
    await upload(world.keeper, uuidv7(), jpeg('')).expect(404);
    await upload(world.community.staff.cashier, goodsId, jpeg('')).expect(403);
    expect((await world.keeper.get(`${goodsPath}/${goodsId}`).expect(200)).body.photoUrl).toBeNull();
  });
});

describe('what a resident sees', () => {
  it('is what is listed, with its price and what each open shop can hand out today', async () => {
    const { test, community, shopId, secondShopId } = world;
    const listed = await givenGoods(world, { category: '居民', season: { from: '01-01', to: '12-31' } });
    const hidden = await givenGoods(world, { isListed: false });
    const today = await dayFromNow(world, 0);
    await givenStock(
      world,
      shopId,
      { goodsId: listed, quantity: 4, expiresOn: today },
      { goodsId: listed, quantity: 6 },
    );
    await reserve(world, shopId, listed, 3);
    const { token } = await test.database.transaction((tx) =>
      test.app.get(Sessions).open(tx, {
        kind: 'resident',
        actorId: uuidv7(),
        communityId: community.communityId,
        origin: 'test',
        lifetime: 'resident',
      }),
    );
    const resident = new Client(test, token, '');
    const { body } = await resident.get('/api/me/goods?limit=100').expect(200);
    const offers = body as { goodsId: string }[];
    expect(offers.map((offer) => offer.goodsId)).not.toContain(hidden);
    expect(offers.find((offer) => offer.goodsId === listed)).toMatchObject({
      centipoints: 300,
      isInSeason: true,
      shops: [
        { siteId: shopId, name: '生态美超市', available: 7 },
        { siteId: secondShopId, name: '东门分店', available: 0 },
      ],
    });
    const rest = (await resident.get(`/api/me/goods?after=${listed}`).expect(200)).body as { goodsId: string }[];
    expect(rest.map((offer) => offer.goodsId)).not.toContain(listed);
    await world.keeper.get('/api/me/goods').expect(403);
  });
});
