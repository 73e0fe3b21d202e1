import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { SYSTEM } from '../../src/identity/index.js';
import { Communities } from '../../src/places/index.js';
import { givenCommunity, type GivenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { htmlFaults } from '../support/html-check.js';

const BYTES_MAX = 30 * 1024;
const HOSTILE = `</title><script>alert("1")</script>'&lt;`;

let shop: TestApp;

const get = async (path: string, status = 200) => {
  const reply = await shop.http.get(path).expect(status);
  expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(htmlFaults(reply.text)).toEqual([]);
  return reply;
};

/** The page with the style that it asks for. */
async function bytesOf(page: string): Promise<number> {
  const [, href = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(page) ?? [];
  const style = await shop.http.get(href).expect(200);
  expect(style.headers).toMatchObject({
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  return Buffer.byteLength(page) + Buffer.byteLength(style.text);
}

async function goods({ path, staff }: GivenCommunity, name: string, priceCentipoints: number): Promise<string> {
  const good = { name, unit: '块', category: '洗护', isListed: true, priceCentipoints };
  return ((await staff.manager.post(`${path}/goods`, good).expect(201)).body as { goodsId: string }).goodsId;
}

async function stock({ path, staff, shopId }: GivenCommunity, goodsId: string, quantity: number): Promise<void> {
  const lines = [{ goodsId, quantity, unitCostFen: 200 }];
  await staff['stock-keeper']
    .post(`${path}/sites/${shopId}/receipts`, { origin: 'bought', supplier: '供销社', lines })
    .expect(201);
}

beforeAll(async () => {
  shop = await createTestApp();
  // A Sunday at six in the morning.
  await shop.moveClock(`${(Date.parse('2026-12-05T22:00:00Z') - Date.now()) / 1000} seconds`);
});
afterAll(() => shop.close());

describe('without a community', () => {
  it('says so', async () => {
    expect((await get('/board')).text).toContain('还没有社区');
  });
});

describe('the only community', () => {
  let community: GivenCommunity;

  beforeAll(async () => {
    await shop.close();
    shop = await createTestApp();
    await shop.moveClock(`${(Date.parse('2026-12-05T22:00:00Z') - Date.now()) / 1000} seconds`);
    community = await givenCommunity(shop);
    const { path, staff, dropOffPointId, shopId } = community;
    const rules = [{ kind: 'weekday', day: 7, opensMinute: 330, closesMinute: 660 }];
    await staff.manager.put(`${path}/sites/${dropOffPointId}/opening-rules`, { rules }).expect(200);
    const once = [{ kind: 'open-date', onDate: '2026-12-09', opensMinute: 540, closesMinute: 600 }];
    await staff.manager.put(`${path}/sites/${shopId}/opening-rules`, { rules: once }).expect(200);
    await stock(community, await goods(community, '肥皂', 300), 5);
    await goods(community, '食盐', 250);
    const opened = await staff.manager
      .post(`${path}/households`, {
        door: '3-101',
        members: [{ name: '袁大明' }],
        consents: [{ purpose: 'scheme', version: '2026-12', channel: 'paper' }],
      })
      .expect(201);
    const { householdId } = opened.body as { householdId: string };
    const lines = [
      { itemCode: 'film', netGrams: 3200 },
      { itemCode: 'plastic-bag', pieces: 60 },
    ];
    await staff.collector.post(`${path}/weigh-ins`, { householdId, siteId: dropOffPointId, lines }).expect(201);
  });

  it('is what /board shows, in Chinese, for a minute', async () => {
    const { text, headers } = await get('/board');
    expect(headers['cache-control']).toBe('public, max-age=60');
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(text).toContain('<html lang="zh-CN">');
    expect(text).toContain('<h1>卸巷社区 <span>垃圾分类积分公示</span></h1>');
    expect(plain(text)).toContain('今天 2026-12-06 周日');
    expect(text).toContain('今天开放');
    expect(plain(text)).toContain('东门投放点 05:30–11:00');
    expect(plain(text)).toContain('生态美超市 今天不开');
    expect(plain(text)).toContain('下个兑换日 2026-12-09 周三 生态美超市 09:00–10:00');
    expect(text).toContain('<li>塑料薄膜，每公斤 1 分</li>');
    expect(plain(text)).toContain('食盐 2.5 分 / 块 暂缺');
    expect(plain(text)).toContain('肥皂 3 分 / 块 有货');
    expect(plain(text)).toContain('本月合计 2026-12');
    expect(plain(text)).toContain('可回收物 3.20 公斤 (6.4 斤) 60 件');
    expect(plain(text)).toContain('有害垃圾 无');
    expect(plain(text)).toContain('参与户数 1 户 发出积分 4.4 分 兑换积分 0 分');
    expect(text).toContain('<a href="/">登录查余额</a>');
    expect(text).not.toMatch(/袁|3-101/);
    expect((await get(`/board/${community.communityId}`)).text).toBe(text);
  });

  it('is there in English, with Chinese names marked as Chinese', async () => {
    const { text } = await get('/board?lang=en&from=timeline&isappinstalled=0');
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('Open today');
    expect(text).toContain('<li>Plastic film: 1 point per kg</li>');
    expect(text).toContain('<span lang="zh-CN">肥皂</span>');
    expect(plain(text)).toContain('肥皂 3 / 块 In stock');
    expect(plain(text)).toContain('Recyclables 3.20 kg 60 pieces');
    expect(plain(text)).toContain('Points earned 4.4 points');
    const unmarked = text.replaceAll(/<span lang="zh-CN">.*?<\/span>|<title>.*?<\/title>/g, '');
    expect(plain(unmarked).match(/\p{Script=Han}+/gu)).toEqual(['中文']);
  });

  it('stays below 30 KiB with its style', async () => {
    for (const path of ['/board', '/board?lang=en']) {
      expect(await bytesOf((await get(path)).text)).toBeLessThan(BYTES_MAX / 2);
    }
  });

  it('tells a lost reader the way back', async () => {
    for (const path of ['/board/999', '/board?page=2', `/board/${community.communityId}?page=99`]) {
      const { text, headers } = await get(path, 404);
      expect(text).toContain('没有这个页面');
      expect(text).toContain('href="/board?lang=zh"');
      expect(headers['cache-control']).toBe('no-store');
    }
    await shop.http.get('/board/x').expect(404);
    for (const query of ['page=0', 'page=-1', 'page=1e9', 'page=a&page=b', 'lang=fr', 'lang=en&lang=zh']) {
      await get(`/board?${query}`);
    }
  });

  it('costs one reading a minute, however many look at it, and whatever of it', async () => {
    const { database } = shop;
    const original = database.read.bind(database);
    const names: string[] = [];
    Object.assign(database, {
      read: (name: string, text: string, values: readonly unknown[]) => {
        names.push(name);
        return original(name, text, values);
      },
    });
    const lonely = await givenCommunity(shop, { tariff: null });
    names.length = 0;
    const path = `/board/${lonely.communityId}`;
    await Promise.all(Array.from({ length: 100 }, (_, at) => get(`${path}?lang=${at % 2 === 0 ? 'zh' : 'en'}`)));
    // The task runner looks for work by itself meanwhile.
    expect(names.filter((name) => !name.startsWith('tasks.'))).toEqual(['display.figures']);
    Object.assign(database, { read: original });
  });
});

describe('many communities and many goods', () => {
  let town: GivenCommunity;

  beforeAll(async () => {
    await shop.close();
    shop = await createTestApp();
    town = await givenCommunity(shop, { tariff: null });
  });

  it('are escaped, wherever their names stand', async () => {
    const { path, staff, townId } = town;
    const communityId = await shop.database.transaction((tx) =>
      shop.app.get(Communities).createCommunity(tx, SYSTEM, { townId, name: HOSTILE }),
    );
    const escaped = '&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;lt;';
    const { text } = await get('/board');
    expect(text).toContain(`${escaped} · 银塘镇</a>`);
    const { text: page } = await get(`/board/${communityId}`);
    expect(page).toContain(`<title>${escaped} 垃圾分类积分公示</title>`);

    await goods(town, HOSTILE, 100);
    await staff.manager.post(`${path}/sites`, { kind: 'shop', name: HOSTILE }).expect(201);
    for (const lang of ['zh', 'en']) {
      const { text: board } = await get(`/board/${town.communityId}?lang=${lang}`);
      expect(board.split(escaped)).toHaveLength(3);
    }
  });

  it('go on on the next page, each far below 30 KiB', async () => {
    const crowded = await givenCommunity(shop, { tariff: null });
    const { path, staff } = crowded;
    const rules: object[] = [];
    for (let number = 1; number <= 60; number += 1) {
      await goods(crowded, `${String(number).padStart(2, '0')}号超浓缩家用洗衣液两公斤袋装`, number * 100);
      const code = `item-${number}`;
      const nameZh = `${String(number).padStart(2, '0')}号干净的旧塑料包装`;
      const item = {
        code,
        nameZh,
        nameEn: `Clean old packaging no. ${number}`,
        wasteClass: 'recyclable',
        unit: 'gram',
      };
      if (number <= 40) {
        await staff.manager.post(`${path}/waste-items`, item).expect(201);
        const more = { minimumQuantity: 500, wholeStepsOnly: true };
        rules.push({ ruleId: code, itemCode: code, unit: 'gram', step: 1000, centipointsPerStep: 100, ...more });
      }
      if (number <= 25) {
        const site = { kind: 'drop-off-point', name: `${number}号自然村文化广场流动投放点` };
        const made = await staff.manager.post(`${path}/sites`, site).expect(201);
        const { siteId } = made.body as { siteId: string };
        const hours = { kind: 'weekday', day: (number % 7) + 1 };
        const opening = [
          { ...hours, opensMinute: 330, closesMinute: 660 },
          { ...hours, opensMinute: 840, closesMinute: 1020 },
        ];
        await staff.manager.put(`${path}/sites/${siteId}/opening-rules`, { rules: opening }).expect(200);
      }
    }
    const draft = await staff.manager
      .post(`${path}/tariff-versions`, { name: randomUUID(), document: { rules } })
      .expect(201);
    const { versionId } = draft.body as { versionId: string };
    const submission = { effectiveFrom: null, reason: '启用' };
    const submitted = await staff.manager
      .post(`${path}/tariff-versions/${versionId}/submission`, submission)
      .expect(201);
    const { approvalId } = submitted.body as { approvalId: string };
    await staff.supervisor.post(`${path}/approvals/${approvalId}/approve`).expect(201);

    for (const lang of ['zh', 'en']) {
      const pages = [];
      for (const page of [1, 2]) {
        const { text } = await get(`/board/${crowded.communityId}?lang=${lang}&page=${page}`);
        expect(await bytesOf(text)).toBeLessThan(BYTES_MAX);
        expect(text).toContain(`page=${page}" aria-current="page"`);
        pages.push(text);
      }
      const shown = pages.join('');
      for (let number = 1; number <= 60; number += 1) {
        expect(shown.split(`>${String(number).padStart(2, '0')}号超浓缩`).length).toBe(2);
      }
      await get(`/board/${crowded.communityId}?lang=${lang}&page=3`, 404);
    }
  });

  it('are listed by the hundred', async () => {
    await shop.close();
    shop = await createTestApp();
    const { townId, communityId } = await givenCommunity(shop, { tariff: null });
    await shop.database.transaction(async (tx) => {
      for (let number = 1; number < 120; number += 1) {
        await shop.app.get(Communities).createCommunity(tx, SYSTEM, { townId, name: `${number}号社区` });
      }
    });
    const first = await get('/board');
    expect(first.text.match(/<li>/g)).toHaveLength(100);
    expect(first.text).toContain(`<a href="/board/${communityId}?lang=zh">卸巷社区 · 银塘镇</a>`);
    const second = await get('/board?lang=en&page=2');
    expect(second.text.match(/<li>/g)).toHaveLength(20);
    expect(await bytesOf(first.text)).toBeLessThan(BYTES_MAX);
    await get('/board?page=3', 404);
  });
});

describe('htmlFaults', () => {
  const page = (main: string) =>
    `<!DOCTYPE html>\n<html lang="en"><head><title>t</title></head><body><h1>t</h1><main>${main}</main></body></html>`;

  it('finds nothing in a page that is well formed', () => {
    expect(htmlFaults(page('<p>a &amp; b<br /></p>'))).toEqual([]);
  });

  it.each([
    '<p>',
    '<p></div>',
    '<p title=x></p>',
    'a & b',
    'a < b',
    '<script></script>',
    '<p onclick="x()"></p>',
    '<a href="https://example.com">x</a>',
    '<a href="//example.com">x</a>',
    '<table></table>',
    '<h3>x</h3>',
    '<h1>x</h1>',
  ])('finds what is wrong in %s', (main) => {
    expect(htmlFaults(page(main))).not.toEqual([]);
  });
});

/** The text of a page, as it is read. */
function plain(page: string): string {
  return page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}
