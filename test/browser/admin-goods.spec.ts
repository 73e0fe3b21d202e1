import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { describeInBrowser } from '../support/browser.js';
import { openTwoShops, row, SOAP_CODE, type TwoShops } from './two-shops.js';

const PICTURES = join(import.meta.dirname, 'pictures');
const NARROW = { width: 1024, height: 768 };

describeInBrowser("the admin's goods", () => {
  let shops: TwoShops;
  beforeAll(async () => {
    shops = await openTwoShops();
  });
  afterAll(() => shops.front.close());

  it('makes a good, says every fault at its field, prices it and shows its photo', async () => {
    const { page, picture, complaints } = await shops.front.open({ token: shops.community.staff.manager.token });
    await page.goto('/admin/goods');
    await page.getByRole('link', { name: '新建商品' }).click();
    await page.getByLabel('条码', { exact: true }).fill('123');
    await page.getByRole('button', { name: '保存' }).click();
    for (const fault of ['请写名称', '请写单位', '请写分类', '条码不对', '请写大于 0 的分数']) {
      await page.locator('.k-field-fault').filter({ hasText: fault }).waitFor();
    }
    await picture('admin-goods-faults');
    await page.getByLabel('名称').fill('肥皂');
    await page.getByLabel('单位').fill('袋');
    await page.getByLabel('分类').fill('洗护');
    await page.getByRole('button', { name: '取店内码' }).click();
    await expect(page.getByLabel('条码', { exact: true }).inputValue()).resolves.not.toBe('');
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

  it('hides from whoever keeps no stock what he may not do', async () => {
    const { page } = await shops.front.open({ token: shops.community.staff.supervisor.token });
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
    for (let index = 1; index <= 26; index += 1) await shops.givenGoods(`商品 ${index}`);
    const { page, picture, complaints } = await shops.front.open({
      token: shops.community.staff['stock-keeper'].token,
    });
    const pdf = (name: string) =>
      page.pdf({ path: join(PICTURES, `${name}.pdf`), preferCSSPageSize: true, printBackground: true });
    await page.goto('/admin/shelf-labels');
    await page.getByText('2 页').waitFor();
    await picture('admin-labels');
    await page.emulateMedia({ media: 'print' });
    await picture('admin-labels-on-paper');
    expect(await codesOf(join(PICTURES, 'admin-labels-on-paper.png'))).toContain(SOAP_CODE);
    await page.emulateMedia({ media: null });
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
      const { page, faultsOfAccess, complaints, context, picture } = await shops.front.open({
        token: shops.community.staff.manager.token,
        viewport: NARROW,
      });
      await context.addInitScript((chosen) => localStorage.setItem('lang', chosen), lang);
      const started = await shops.community.staff.manager
        .post(`${shops.community.path}/sites/${shops.community.shopId}/stocktakes`)
        .expect(201);
      const { stocktakeId } = started.body as { stocktakeId: string };
      const found: Record<string, unknown> = {};
      for (const path of [
        'goods',
        'goods/new',
        `goods/${shops.soapId}`,
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
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          if (faults.length > 0 || wide > NARROW.width) found[`${path} ${size}`] = { faults, wide };
          if (lang === 'en' && size === '32px') await picture(`admin-200-${path.split('/')[0]}`);
        }
      }
      await shops.community.staff.manager.post(`${shops.community.path}/stocktakes/${stocktakeId}/cancel`).expect(200);
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

/** What a gun that reads QR would read on a picture. */
async function codesOf(picture: string): Promise<string[]> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  prepareZXingModule({ overrides: { wasmBinary } });
  const found = await readBarcodes(new Uint8Array(await readFile(picture)), { formats: ['QRCode'] });
  return found.map(({ text }) => text);
}
