import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { describeInBrowser, openShopfront, type Shopfront, TABLET } from '../support/browser.js';
import { type GivenCounter, givenCounter, givenPhoto, openCounter, PIN } from './counter-desk.js';

const PICTURES = join(import.meta.dirname, 'pictures');

describeInBrowser('the counter', () => {
  let front: Shopfront;
  let given: GivenCounter;

  beforeAll(async () => {
    front = await openShopfront();
  });
  afterAll(() => front.close());
  beforeEach(async () => {
    given = await givenCounter(front);
  });

  it('redeems two goods with gun and keyboard alone: three scans and one key', async () => {
    const at = await openCounter(front, given);
    await at.serve(given.soap.barcode, given.salt.barcode);
    expect(await at.foot()).toEqual(['合计', '5.2', '余额', '20', '剩余', '14.8']);
    await at.visit.picture('counter-desktop');
    await at.hands.press('F9');
    await at.sees('兑换成功');
    expect(at.hands.presses).toBe(1);
    expect(await given.available(given.soap)).toBe(19);
    expect(await given.available(given.salt)).toBe(19);
    expect(await given.balance()).toEqual({ balanceCentipoints: 1480, heldCentipoints: 0 });
    expect(await at.page.locator('.done').innerText()).toMatch(/肥皂\s*1 块[\s\S]*食盐\s*1 袋[\s\S]*14\.8/);
    await at.visit.picture('counter-done-desktop');
    expect(await at.visit.faultsOfAccess()).toEqual([]);

    // The next customer by any scan.
    await at.hands.scan(given.card.number);
    await at.page.locator('.customer-name', { hasText: '袁大明' }).waitFor();
    expect(at.visit.complaints).toEqual([]);
  });

  it('redeems by touch with pictures', async () => {
    const at = await openCounter(front, given, { viewport: TABLET, hasTouch: true });
    await givenPhoto(
      front,
      given,
      given.soap.goodsId,
      await at.page.screenshot({ clip: { x: 0, y: 0, width: 200, height: 200 } }),
    );
    await at.page.reload();
    await at.tile('肥皂').locator('img').waitFor();
    let taps = 0;
    const tap = async (target: Locator) => {
      taps += 1;
      await target.tap();
    };
    await tap(at.page.getByRole('searchbox', { name: '刷卡，或查找居民' }));
    await at.page.keyboard.type('3-101');
    await at.page.locator('.customer-found').getByText('袁大明').waitFor();
    await tap(at.page.locator('.customer-found button'));
    await at.page.locator('.customer-name').waitFor();
    await tap(at.tile('肥皂'));
    await tap(at.tile('肥皂'));
    await tap(at.tile('食盐'));
    await at.visit.picture('counter-tablet');
    expect(await at.visit.faultsOfAccess()).toEqual([]);
    await tap(at.page.getByRole('button', { name: '确认兑换' }));
    await at.sees('兑换成功');
    expect(taps).toBe(6);
    expect(await given.available(given.soap)).toBe(18);
    expect(await given.balance()).toMatchObject({ balanceCentipoints: 2000 - 820 });
    expect(await at.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(TABLET.width);
  });

  it('takes quantities, lines away and a cancel by keys, and keeps the cart over a reload', async () => {
    const at = await openCounter(front, given);
    await at.serve(given.soap.barcode, given.salt.barcode);
    await at.hands.press('F4', '1', '2', 'Enter');
    await at.sees('26.4');
    await at.page.reload();
    await at.page.locator('.customer-name', { hasText: '袁大明' }).waitFor();
    expect(await at.foot()).toEqual(['合计', '29.4', '余额', '20', '还差', '9.4']);
    // A scan while a quantity is being typed is the next good and no quantity.
    await at.hands.press('F4');
    await at.page.getByRole('dialog').waitFor();
    await at.hands.scan(given.soap.barcode);
    await at.page.getByRole('dialog').waitFor({ state: 'detached' });
    await at.sees('32.4');
    await at.hands.press('ArrowDown', 'F8');
    await at.sees('剩余');
    expect(await at.foot()).toEqual(['合计', '6', '余额', '20', '剩余', '14']);
    await at.hands.press('F2');
    await at.page.keyboard.type('食');
    await at.page.keyboard.press('Enter');
    expect((await at.foot()).slice(0, 2)).toEqual(['合计', '8.2']);
    await at.hands.press('Escape');
    await at.sees('取消这一单？');
    await at.hands.press('Enter');
    await at.sees('请刷卡');
    expect(await given.redemptions()).toEqual([]);
    expect(at.visit.complaints).toEqual([]);
  });

  it('hands a reservation out by its code', async () => {
    const { code } = await given.reserve(given.soap, 2);
    const at = await openCounter(front, given);
    await at.hands.scan(code);
    await at.sees(`取预约 ${code}`);
    expect(await at.foot()).toEqual(['合计', '6', '可用余额', '20', '剩余', '14']);
    await at.visit.picture('counter-pick-up');
    expect(await at.visit.faultsOfAccess()).toEqual([]);
    await at.hands.press('F9');
    await at.sees('兑换成功');
    expect(at.hands.presses).toBe(1);
    expect(await given.redemptions()).toMatchObject([{ totalCentipoints: 600, checkedBy: 'code' }]);
    expect(await given.balance()).toEqual({ balanceCentipoints: 1400, heldCentipoints: 0 });
    await at.hands.scan(code);
    await at.sees('这个预约已结束');
  });

  it('shows what waits for a household when its card is scanned', async () => {
    await given.reserve(given.salt, 1);
    const at = await openCounter(front, given);
    await at.serve();
    await at.page.getByRole('button', { name: '食盐×1 · 取货' }).click();
    await at.hands.press('F9');
    await at.sees('兑换成功');
    expect(await given.balance()).toEqual({ balanceCentipoints: 1780, heldCentipoints: 0 });
  });

  it('takes the whole order back on its day, and single pieces', async () => {
    await given.redeem(given.soap, 2);
    const kept = await given.redeem(given.salt, 3);
    const at = await openCounter(front, given);
    await at.serve();
    await at.hands.press('F7');
    await at.sees('袁大明 的兑换');
    await at.visit.picture('counter-records');
    expect(await at.visit.faultsOfAccess()).toEqual([]);
    await at.page.getByRole('button', { name: /肥皂×2/ }).click();
    await at.page.getByRole('button', { name: '拿错了' }).click();
    await at.page.getByRole('dialog').getByText('袁大明').waitFor();
    await at.visit.picture('counter-return');
    expect(await at.visit.faultsOfAccess()).toEqual([]);
    await at.page.getByRole('button', { name: '整单取消' }).click();
    await at.sees('已退，还 6 分');
    await at.sees('已取消');
    expect(await given.available(given.soap)).toBe(20);

    await at.page.getByRole('button', { name: new RegExp(kept.slice(-8).toUpperCase()) }).click();
    await at.page.getByRole('button', { name: '食盐的数量加一' }).click();
    await at.page.getByRole('button', { name: '质量问题' }).click();
    await at.page.getByRole('button', { name: '退货，还 2.2 分' }).click();
    await at.sees('已退，还 2.2 分');
    await at.sees('退过一部分');
    expect(await given.available(given.salt)).toBe(18);
    expect(await given.balance()).toMatchObject({ balanceCentipoints: 2000 - 440 });
    expect(at.visit.complaints).toEqual([]);
  });

  it('prints a slip of 58 mm that names nobody', async () => {
    const at = await openCounter(front, given);
    await at.serve(given.soap.barcode, given.soap.barcode, given.salt.barcode);
    await at.hands.press('F9');
    await at.sees('兑换成功');
    await at.page.evaluate(() => {
      window.print = () => {
        document.title = 'printed';
      };
    });
    await at.hands.press('F10');
    expect(await at.page.title()).toBe('printed');
    await at.page.emulateMedia({ media: 'print' });
    const slip = await at.page.locator('.slip').innerText();
    expect(slip).toMatch(
      /生态美超市[\s\S]*袁\*\*[\s\S]*肥皂\s*2 块 × 3\s*6\s*食盐\s*1 袋 × 2\.2\s*2\.2[\s\S]*8\.2[\s\S]*11\.8/,
    );
    expect(slip).not.toContain('大明');
    const pdf = await at.page.pdf({ preferCSSPageSize: true });
    await writeFile(join(PICTURES, 'slip.pdf'), pdf);
    const text = pdf.toString('latin1');
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
    const [, width] = /\/MediaBox \[0 0 ([\d.]+) /.exec(text) ?? [];
    expect((Number(width) / 72) * 25.4).toBeCloseTo(58, 0);
    await at.page.setViewportSize({ width: 240, height: 420 });
    await at.visit.picture('slip');
  });

  it('says that it needs the network, and loses nothing while it is away', async () => {
    const at = await openCounter(front, given);
    await at.serve(given.soap.barcode);
    await at.visit.context.setOffline(true);
    await at.sees('兑换需要网络，已录入的不会丢');
    await at.tile('食盐').click();
    expect((await at.foot()).slice(0, 2)).toEqual(['合计', '5.2']);
    await at.visit.picture('counter-offline');
    expect(await at.page.getByRole('button', { name: '确认兑换' }).isDisabled()).toBe(true);
    expect(await at.visit.faultsOfAccess()).toEqual([]);
    await at.hands.press('F9');
    await at.visit.context.setOffline(false);
    await at.page.getByText('兑换需要网络，已录入的不会丢').waitFor({ state: 'detached' });
    await at.hands.press('F9');
    await at.sees('兑换成功');
    expect(await given.redemptions()).toHaveLength(1);
  });

  it('keeps one household’s goods from another, and finds people by name, end of phone and door', async () => {
    const other = {
      door: '3-102',
      members: [{ name: '袁小红' }],
      consents: [{ purpose: 'scheme', version: '2026-12', channel: 'paper' }],
      withCard: true,
    };
    const { body } = await given.community.staff.manager.post(`${given.community.path}/households`, other).expect(201);
    const at = await openCounter(front, given);
    await at.hands.scan(given.soap.barcode);
    await at.hands.press('F1');
    await at.page.keyboard.type('袁');
    await at.page.keyboard.press('Enter');
    await at.sees('是哪一户？');
    await at.page.locator('.customer-found').getByText('袁大明').click();
    await at.page.locator('.customer-name', { hasText: '袁大明' }).waitFor();
    await at.hands.scan((body as { card: { tokenText: string } }).card.tokenText);
    await at.sees('请先办完或取消这一单');
    expect(await at.page.locator('.customer-name').innerText()).toBe('袁大明');
    await at.hands.scan('0000000000');
    await at.sees('没有找到这户');
    await at.hands.scan('4006381333948');
    await at.sees('没有这个商品');
  });

  it('takes the rotating code of a phone, once', async () => {
    const shown = await front.shop.http
      .post('/api/session/card')
      .send({ number: given.card.number, pin: PIN })
      .expect(201);
    const { token } = shown.body as { token: string };
    const { body } = await front.shop.http
      .get(`/api/me/cards/${given.card.cardId}/code`)
      .set('Authorization', `Bearer ${token}`)
      .expect(200);
    const at = await openCounter(front, given);
    const { text } = body as { text: string };
    await at.hands.scan(text);
    await at.page.locator('.customer-name', { hasText: '袁大明' }).waitFor();
    await at.hands.press('Escape');
    await at.sees('请刷卡');
    await at.hands.scan(text);
    await at.page.locator('.k-toast.is-bad').waitFor();
    expect(await at.page.locator('.customer-name').count()).toBe(0);
  });

  it.each([
    ['zh', '100%'],
    ['en', '125%'],
    ['zh', '200%'],
    ['en', '200%'],
  ])('has no fault of access in %s at text of %s, and scrolls no page sideways', async (language, size) => {
    const at = await openCounter(front, given, { viewport: { width: 768, height: 1024 } });
    await at.page.evaluate((chosen) => localStorage.setItem('lang', chosen), language);
    await at.page.reload();
    await at.tile('肥皂').waitFor();
    await at.page.evaluate((scale) => {
      document.documentElement.style.fontSize = `calc(18px * ${Number.parseInt(scale, 10)} / 100)`;
    }, size);
    await at.serve(given.soap.barcode, given.liquid.barcode);
    await at.visit.picture(`counter-${language}-${size.replace('%', '')}`);
    expect(await at.visit.faultsOfAccess()).toEqual([]);
    expect(await at.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(768);
    await at.page.locator('.foot-confirm').click();
    await at.page.getByRole('dialog').waitFor();
    expect(await at.visit.faultsOfAccess()).toEqual([]);
    expect(at.visit.complaints).toEqual([]);
  });
});
