import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { Sites } from '../../src/places/index.js';
import type { Client } from '../factories/client.js';
import { givenCommunity, givenStaff, type GivenCommunity } from '../factories/community.js';
import { describeInBrowser, openShopfront, type Shopfront } from '../support/browser.js';

const PICTURES = join(import.meta.dirname, 'pictures');
const NARROW = { width: 1024, height: 768 };
const SOAP_CODE = '6901234567892';
const NEW_CODE = '6909999999996';

describeInBrowser("the admin's shop", () => {
  let front: Shopfront;
  let community: GivenCommunity;
  let secondShopId: string;
  let keeper: Client;
  let soapId: string;

  beforeAll(async () => {
    front = await openShopfront();
    community = await givenCommunity(front.shop, { tariff: null });
    keeper = community.staff['stock-keeper'];
    secondShopId = await front.shop.database.transaction((tx) =>
      front.shop.app.get(Sites).createSite(tx, community.system, { kind: 'shop', name: '东门分店' }),
    );
    soapId = await givenGoods('肥皂', SOAP_CODE);
  });
  afterAll(() => front.close());

  async function givenGoods(name: string, barcode: string | null = null): Promise<string> {
    const body = { name, unit: '块', category: '洗护', isListed: true, priceCentipoints: 300, barcode };
    const reply = await community.staff.manager.post(`${community.path}/goods`, body).expect(201);
    return (reply.body as { goodsId: string }).goodsId;
  }

  async function receive(goodsId: string, quantity: number, expiresOn?: string, siteId = community.shopId) {
    const lines = [{ goodsId, quantity, unitCostFen: 150, expiresOn }];
    const body = { origin: 'bought', supplier: '银塘镇供销社', lines };
    await keeper.post(`${community.path}/sites/${siteId}/receipts`, body).expect(201);
  }

  async function shelf(goodsId: string, siteId = community.shopId) {
    const { body } = await keeper.get(`${community.path}/sites/${siteId}/shelves?limit=100`).expect(200);
    const found = (body as { goodsId: string; onHand: number; available: number }[]).find(
      (row) => row.goodsId === goodsId,
    );
    return [found?.onHand, found?.available];
  }

  /** A gun types fast and ends with Enter, into the field that has the focus. */
  async function scan(page: Page, code: string): Promise<void> {
    await page.keyboard.type(code, { delay: 5 });
    await page.keyboard.press('Enter');
  }

  const row = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name });
  const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

  it('makes a good, says every fault at its field, prices it and shows its photo', async () => {
    const { page, picture, complaints } = await front.open({ token: community.staff.manager.token });
    await page.goto('/admin/goods');
    await page.getByRole('link', { name: '新建商品' }).click();
    await page.getByLabel('条码').fill('123');
    await page.getByRole('button', { name: '保存' }).click();
    for (const fault of ['请写名称', '请写单位', '请写分类', '条码不对', '请写大于 0 的分数']) {
      await page.locator('.k-field-fault').filter({ hasText: fault }).waitFor();
    }
    await picture('admin-goods-faults');
    await page.getByLabel('名称').fill('肥皂');
    await page.getByLabel('单位').fill('袋');
    await page.getByLabel('分类').fill('洗护');
    await page.getByRole('button', { name: '取店内码' }).click();
    await expect(page.getByLabel('条码').inputValue()).resolves.not.toBe('');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('input')].some((input) => input.value.startsWith('20000')),
    );
    await page.getByLabel('价格（分）').fill('20');
    await page.getByLabel('每户限兑').check();
    await page.getByLabel('每户最多').fill('2');
    await page.getByRole('button', { name: '保存' }).click();
    await page.locator('.k-field-fault').filter({ hasText: '已有同名商品' }).waitFor();
    await page.getByLabel('名称').fill('洗衣粉');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('heading', { name: '洗衣粉', level: 1 }).waitFor();

    await page.getByLabel('新价格（分）').fill('0');
    await page.getByRole('button', { name: '定价' }).click();
    await page.locator('.k-field-fault').filter({ hasText: '请写大于 0 的分数' }).waitFor();
    await page.getByLabel('新价格（分）').fill('18.5');
    await page.getByRole('button', { name: '定价' }).click();
    await page.getByText('现价 18.5 分').waitFor();
    await page.getByLabel('新价格（分）').fill('19');
    await page.getByLabel('生效', { exact: true }).selectOption('day');
    await page.getByRole('button', { name: '定价' }).click();
    await row(page, '未生效').waitFor();
    expect(await page.getByRole('region', { name: '价格记录' }).getByRole('row').count()).toBe(4);

    await page.getByLabel('选择照片').setInputFiles({ name: '照片.png', mimeType: 'image/png', buffer: tinyPng() });
    await page.getByAltText('新照片预览').waitFor();
    await page.getByRole('button', { name: '上传' }).click();
    const photo = page.getByAltText('洗衣粉的照片');
    await photo.waitFor();
    await page.waitForFunction(() => [...document.images].every(({ naturalWidth }) => naturalWidth === 32));
    await picture('admin-goods-one');
    await page.getByRole('button', { name: '删除照片' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '删除照片' }).click();
    await page.getByText('无照片').waitFor();
    await page.getByRole('link', { name: '返回列表' }).click();
    await page.getByRole('searchbox').fill('洗衣');
    await row(page, '洗衣粉').getByText('18.5 / 袋').waitFor();
    await row(page, '肥皂').waitFor({ state: 'detached' });
    await picture('admin-goods-list');
    expect(complaints).toEqual([]);
  });

  it('receives a good in three inputs: scan, quantity, Enter; and a new one right there', async () => {
    const { page, picture, complaints } = await front.open({ token: keeper.token });
    await page.goto('/admin/receipts');
    await page.getByLabel('供货人').fill('银塘镇供销社');
    await page.getByLabel('扫条码').focus();
    for (const [quantity, onHand] of [
      ['12', 12],
      ['30', 42],
    ] as const) {
      let inputs = 0;
      inputs += 1;
      await scan(page, SOAP_CODE);
      await page.getByLabel('数量（块）').waitFor();
      inputs += 1;
      await page.keyboard.type(quantity);
      inputs += 1;
      await page.keyboard.press('Enter');
      await page.getByText(`现存 ${onHand}`).waitFor();
      expect(inputs).toBe(3);
      expect(await page.evaluate(() => document.activeElement?.getAttribute('enterkeyhint'))).toBe('go');
    }
    await scan(page, NEW_CODE);
    await page.getByRole('button', { name: '新建这个商品' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('条码').inputValue()).toBe(NEW_CODE);
    await dialog.getByLabel('名称').fill('毛巾');
    await dialog.getByLabel('单位').fill('条');
    await dialog.getByLabel('分类').fill('洗护');
    await dialog.getByLabel('价格（分）').fill('8');
    await picture('admin-receipt-new-goods');
    await dialog.getByRole('button', { name: '保存' }).click();
    await page.getByLabel('填单价和保质期').check();
    await page.getByLabel('数量（条）').fill('5');
    await page.getByLabel('单价（元）').fill('6.50');
    await page.getByLabel('保质期到').fill('2000-01-01');
    await page.getByLabel('数量（条）').press('Enter');
    await page.getByText('已过期，不能入库').waitFor();
    await page.getByRole('button', { name: '改正' }).click();
    await page.getByLabel('保质期到').fill('2099-05-31');
    await page.getByLabel('数量（条）').press('Enter');
    await page.getByText('现存 5').waitFor();
    await picture('admin-receipts');
    await page.reload();
    expect(await page.getByLabel('供货人').inputValue()).toBe('银塘镇供销社');
    expect(await page.getByLabel('填单价和保质期').isChecked()).toBe(true);
    expect(await shelf(soapId)).toEqual([42, 42]);
    expect(complaints).toEqual([]);
  });

  it('loses no line and doubles none when the reply to a receipt is lost', async () => {
    const goodsId = await givenGoods('牙膏');
    const soapBefore = await shelf(soapId);
    const { page, picture } = await front.open({ token: keeper.token });
    await page.goto('/admin/receipts');
    await page.getByLabel('供货人').fill('银塘镇供销社');
    await page.getByLabel('扫条码').focus();
    let isCut = true;
    await page.route('**/api/**/receipts', async (route) => {
      if (isCut) {
        await route.fetch();
        await route.abort();
      } else await route.continue();
    });
    await scan(page, '牙膏');
    await page.getByLabel('数量（块）').waitFor();
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    await scan(page, '肥皂');
    await page.getByLabel('数量（块）').waitFor();
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await page.getByText('入库 牙膏 × 7：结果未知').waitFor({ timeout: 30_000 });
    await picture('admin-receipt-unknown');
    // The next line has waited in the form; after a reload the one in doubt is still asked for.
    expect(await page.getByLabel('数量（块）').inputValue()).toBe('3');
    await page.reload();
    await page.getByText('入库 牙膏 × 7：结果未知').waitFor();
    isCut = false;
    await page.getByRole('button', { name: '再问一次' }).click();
    await page.getByText('结果未知').waitFor({ state: 'detached' });
    expect(await shelf(goodsId)).toEqual([7, 7]);
    expect(await shelf(soapId)).toEqual(soapBefore);
  });

  it('shows 现存, 占用 and 可兑, writes off, and lists what is low and what expires', async () => {
    const goodsId = await givenGoods('酱油');
    await receive(goodsId, 10);
    const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    await receive(goodsId, 4, soon, secondShopId);
    const { page, picture, complaints } = await front.open({ token: keeper.token });
    await page.goto('/admin/shelves');
    await page.getByLabel('超市').selectOption(community.shopId);
    const line = row(page, '酱油');
    await line.locator('[data-figure=on-hand]', { hasText: '10 块' }).waitFor();
    expect(await line.locator('[data-figure=available]').innerText()).toBe('10');
    await line.getByRole('button', { name: '报损' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('数量（块）').fill('2');
    await dialog.getByRole('button', { name: '报损' }).click();
    await dialog.getByText('请写原因').waitFor();
    await dialog.getByLabel('原因').fill('运输途中破损');
    await picture('admin-write-off', { fullPage: false });
    await dialog.getByRole('button', { name: '报损' }).click();
    await line.locator('[data-figure=on-hand]', { hasText: '8 块' }).waitFor();
    await line.getByLabel('酱油的预警线').fill('9');
    await line.getByLabel('酱油的预警线').press('Enter');
    await line.getByText('不足').waitFor();
    await picture('admin-shelves');
    await line.getByRole('button', { name: '明细' }).click();
    await dialog.getByRole('tab', { name: '进出记录' }).click();
    await dialog.getByText('运输途中破损').waitFor();
    await picture('admin-shelf-details', { fullPage: false });
    await page.keyboard.press('Escape');

    await page.goto('/admin/stock-alerts');
    await row(page, '酱油').filter({ hasText: '生态美超市' }).waitFor();
    await picture('admin-low-stock');
    await page.getByRole('tab', { name: '快过期' }).click();
    await row(page, '酱油').filter({ hasText: '东门分店' }).getByText('还有').waitFor();
    await page.getByLabel('超市').selectOption(community.shopId);
    await row(page, '酱油').waitFor({ state: 'detached' });
    await page.getByLabel('超市').selectOption('');
    await row(page, '酱油').getByRole('button', { name: '报损' }).click();
    expect(await dialog.getByLabel('数量（块）').inputValue()).toBe('4');
    await page.keyboard.press('Escape');
    await picture('admin-near-expiry');
    expect(complaints).toEqual([]);
  });

  it('sends goods to another shop, where fewer arrive', async () => {
    const goodsId = await givenGoods('食盐');
    await receive(goodsId, 20);
    const { page, picture, complaints } = await front.open({ token: keeper.token });
    await page.goto('/admin/transfers');
    await page.getByRole('button', { name: '发出' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('从').selectOption(community.shopId);
    await dialog.getByLabel('到').selectOption(secondShopId);
    await dialog.getByLabel('扫条码').fill('食盐');
    await dialog.getByLabel('扫条码').press('Enter');
    await dialog.getByLabel('数量（块）').fill('6');
    await picture('admin-transfer-send', { fullPage: false });
    await dialog.getByRole('button', { name: '发出' }).click();
    await row(page, '食盐').getByText('路上').waitFor();
    await row(page, '食盐').getByRole('button', { name: '收货' }).click();
    await dialog.getByLabel('收到数量').fill('7');
    await dialog.getByRole('button', { name: '收货' }).click();
    await dialog.getByText('请写整数，不超过发出数').waitFor();
    await dialog.getByLabel('收到数量').fill('5');
    await dialog.getByRole('button', { name: '收货' }).click();
    await dialog.getByText('少收请写原因').waitFor();
    await dialog.getByLabel('为什么少').fill('路上破了一袋');
    await dialog.getByRole('button', { name: '收货' }).click();
    await row(page, '食盐').getByText('路上破了一袋').waitFor();
    await picture('admin-transfers');
    expect(await shelf(goodsId)).toEqual([14, 14]);
    expect(await shelf(goodsId, secondShopId)).toEqual([5, 5]);
    expect(complaints).toEqual([]);
  });

  it('counts blind with the keyboard alone; a difference is allowed by the supervisor and booked', async () => {
    const matches = await givenGoods('火柴', '6922222222227');
    const candles = await givenGoods('蜡烛', '6933333333337');
    await receive(matches, 10, undefined, secondShopId);
    await receive(candles, 6, undefined, secondShopId);
    const local = await givenStaff(front.shop, community.communityId, 'stock-keeper', secondShopId);
    const { page, picture, complaints } = await front.open({ token: local.token });
    const figures: string[] = [];
    page.on('response', (reply) => {
      if (/\/(differences|shelves)/.test(reply.url())) figures.push(reply.url());
    });
    await page.goto('/admin/stocktakes');
    await page.getByRole('button', { name: '开始盘点' }).click();
    await page.getByText('已盘 0 种').first().waitFor();
    let keys = 0;
    for (const [code, quantity] of [
      ['6922222222227', '10'],
      ['6933333333337', '7'],
      ['6933333333337', '5'],
    ] as const) {
      await page.waitForFunction(() => document.activeElement?.getAttribute('enterkeyhint') === 'go');
      await scan(page, code);
      await page.getByLabel('架上有几块').waitFor();
      await page.keyboard.type(quantity);
      await page.keyboard.press('Enter');
      await page
        .getByRole('row')
        .filter({ hasText: `${quantity} 块` })
        .waitFor();
      keys += 1;
    }
    expect(keys).toBe(3);
    await page.getByText('已盘 2 种').first().waitFor();
    await picture('admin-stocktake-counting');
    expect(figures).toEqual([]);
    await page.getByRole('button', { name: '提交盘点' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '提交盘点' }).click();
    await page.getByText('1 种有差异，等别人批准').waitFor();
    await page.getByText('账面数只给批准的人看').waitFor();
    await picture('admin-stocktake-submitted');
    expect(figures).toEqual([]);

    const { supervisor } = community.staff;
    const visit = await front.open({ token: supervisor.token });
    await visit.page.goto(page.url());
    await row(visit.page, '蜡烛').getByText('盘亏 1').waitFor();
    await visit.picture('admin-stocktake-differences');
    const { body } = await supervisor.get(`${community.path}/approvals`).expect(200);
    const [asked] = body as { approvalId: string }[];
    await supervisor.post(`${community.path}/approvals/${asked?.approvalId}/approve`, {}, randomUUID()).expect(201);
    await page.reload();
    await page.getByText('已完成').waitFor();
    expect(await shelf(candles, secondShopId)).toEqual([5, 5]);
    expect(await shelf(matches, secondShopId)).toEqual([10, 10]);

    await page.goto('/admin/stocktakes');
    await page.getByRole('button', { name: '开始盘点' }).click();
    await page.getByRole('button', { name: '取消盘点' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取消盘点' }).click();
    await page.getByText('已取消', { exact: true }).waitFor();
    await page.goto('/admin/stocktakes');
    await page.getByText('已取消', { exact: true }).waitFor();
    await picture('admin-stocktakes');
    expect([...complaints, ...visit.complaints]).toEqual([]);
  });

  it('says what waits for a second person', async () => {
    const other = await givenCommunity(front.shop, { tariff: null });
    await front.shop.owner.query(`UPDATE community_settings SET receipt_approval_fen = 1000 WHERE community_id = $1`, [
      other.communityId,
    ]);
    const body = { name: '肥皂', unit: '块', category: '洗护', isListed: true, priceCentipoints: 300 };
    await other.staff.manager.post(`${other.path}/goods`, body).expect(201);
    const { page, complaints } = await front.open({ token: other.staff['stock-keeper'].token });
    await page.goto('/admin/receipts');
    await page.getByLabel('供货人').fill('银塘镇供销社');
    await page.getByLabel('填单价和保质期').check();
    for (const [quantity, state] of [
      ['2', '已入库'],
      ['3', '待批准'],
    ] as const) {
      await page.getByLabel('扫条码').fill('肥皂');
      await page.getByLabel('扫条码').press('Enter');
      await page.getByLabel('单价（元）').fill('5');
      await page.getByLabel('数量（块）').fill(quantity);
      await page.getByLabel('数量（块）').press('Enter');
      await page
        .getByRole('listitem')
        .filter({ hasText: `+${quantity} 块` })
        .getByText(state)
        .waitFor();
    }
    await page.goto('/admin/shelves');
    await row(page, '肥皂').locator('[data-figure=on-hand]', { hasText: '2 块' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('hides from whoever keeps no stock what he may not do', async () => {
    const { page } = await front.open({ token: community.staff.supervisor.token });
    await page.goto('/admin/shelves');
    await row(page, '肥皂').getByRole('button', { name: '明细' }).waitFor();
    for (const name of ['报损', '入库']) {
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
      expect(await page.getByRole('link', { name, exact: true }).count()).toBe(0);
    }
    await page.goto('/admin/goods');
    await row(page, '肥皂').waitFor();
    expect(await page.getByRole('link', { name: '新建商品' }).count()).toBe(0);
    await page.getByRole('link', { name: '肥皂' }).click();
    await page.getByText('只有社区管理员可以定价').waitFor();
    expect(await page.getByRole('button', { name: '保存' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: '选择照片' }).count()).toBe(0);
  });

  it('prints shelf labels on A4 and a price list on A3 and A4', async () => {
    await mkdir(PICTURES, { recursive: true });
    for (let index = 1; index <= 22; index += 1) await givenGoods(`商品 ${index}`);
    const { page, picture, complaints } = await front.open({ token: keeper.token });
    const pdf = (name: string) =>
      page.pdf({ path: join(PICTURES, `${name}.pdf`), preferCSSPageSize: true, printBackground: true });
    await page.goto('/admin/shelf-labels');
    await page.getByText('2 页').waitFor();
    await picture('admin-labels');
    await page.emulateMedia({ media: 'print' });
    await picture('admin-labels-on-paper');
    await page.emulateMedia({ media: 'screen' });
    expect(pagesOf(await pdf('admin-labels'))).toEqual(['595x842', '595x842']);
    await page.goto('/admin/price-list');
    await page.getByRole('heading', { name: '积分兑换价目表' }).waitFor();
    await picture('admin-price-list');
    expect(new Set(pagesOf(await pdf('admin-price-list-a3')))).toEqual(new Set(['842x1191']));
    await page.getByLabel('纸张').selectOption('A4');
    expect(new Set(pagesOf(await pdf('admin-price-list-a4')))).toEqual(new Set(['595x842']));
    expect(complaints).toEqual([]);
  });

  it.each(['zh', 'en'])(
    'has no fault of access in %s, at three sizes of text, and never scrolls sideways',
    async (lang) => {
      const { page, faultsOfAccess, complaints, context, picture } = await front.open({
        token: community.staff.manager.token,
        viewport: NARROW,
      });
      await context.addInitScript((chosen) => localStorage.setItem('lang', chosen), lang);
      const started = await community.staff.manager
        .post(`${community.path}/sites/${community.shopId}/stocktakes`)
        .expect(201);
      const { stocktakeId } = started.body as { stocktakeId: string };
      const found: Record<string, unknown> = {};
      for (const path of [
        'goods',
        'goods/new',
        `goods/${soapId}`,
        'shelves',
        'receipts',
        'stock-alerts',
        'transfers',
        'stocktakes',
        `stocktakes/${stocktakeId}`,
        'shelf-labels',
        'price-list',
      ]) {
        await page.goto(`/admin/${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        for (const size of ['16px', '20px', '32px']) {
          await page.evaluate((fontSize) => {
            document.documentElement.style.fontSize = fontSize;
          }, size);
          const faults = await faultsOfAccess();
          const wide = await width(page);
          if (faults.length > 0 || wide > NARROW.width) found[`${path} ${size}`] = { faults, wide };
          if (lang === 'en' && size === '32px') await picture(`admin-200-${path.split('/')[0]}`);
        }
      }
      await community.staff.manager.post(`${community.path}/stocktakes/${stocktakeId}/cancel`).expect(200);
      expect(found).toEqual({});
      expect(complaints).toEqual([]);
    },
  );
});

/** A green picture of 32 × 32 pixels. */
function tinyPng(): Buffer {
  const side = 32;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, Buffer.from([11, 107, 58]))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => line)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** The sizes of a PDF's pages in points, rounded: A4 is 595x842. */
function pagesOf(pdf: Buffer): string[] {
  return [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(
    ([, wide, high]) => `${Math.round(Number(wide))}x${Math.round(Number(high))}`,
  );
}
