import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, openShopfront, type Shopfront } from '../support/browser.js';
import { type GivenCounter, givenCounter, openCounter, PIN } from './counter-desk.js';

const REDEMPTIONS = '**/api/communities/*/redemptions';

/** The server carries out what it is asked, and its answers are lost. */
async function loseReplies(page: Page): Promise<void> {
  await page.route(REDEMPTIONS, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
}

describeInBrowser('what can go wrong at the counter', () => {
  let front: Shopfront;
  let given: GivenCounter;

  beforeAll(async () => {
    front = await openShopfront();
  });
  afterAll(() => front.close());
  beforeEach(async () => {
    given = await givenCounter(front);
  });

  it('says who is short of how many points', async () => {
    given = await givenCounter(front, 250);
    const at = await openCounter(front, given);
    await at.serve(given.soap.barcode, given.soap.barcode);
    await at.hands.press('F9');
    await at.sees('还差 3.5 分');
    await at.visit.picture('counter-short');
    expect(await at.visit.faultsOfAccess()).toEqual([]);
    expect(await given.redemptions()).toEqual([]);
    await at.hands.press('F8');
    await at.page.getByText('还差 3.5 分').waitFor({ state: 'detached' });
  });

  it('says how many pieces are left when somebody else was faster', async () => {
    given = await givenCounter(front, 2000, 3);
    const at = await openCounter(front, given);
    await at.serve(given.soap.barcode, given.soap.barcode, given.soap.barcode);
    await given.redeem(given.soap, 1);
    await at.hands.press('F9');
    await at.sees('只剩 2 块');
    expect(await given.redemptions()).toHaveLength(1);
    await at.page.getByRole('button', { name: '肥皂减一' }).click();
    await at.hands.press('F9');
    await at.sees('兑换成功');
    expect(await given.available(given.soap)).toBe(0);
  });

  it('asks before it takes another price than the one that was shown', async () => {
    const at = await openCounter(front, given);
    await at.serve(given.soap.barcode);
    const { manager } = given.community.staff;
    await manager.post(`${given.community.path}/goods/${given.soap.goodsId}/prices`, { centipoints: 400 }).expect(201);
    await at.hands.press('F9');
    await at.sees('价格变了');
    await at.visit.picture('counter-price');
    expect(await at.visit.faultsOfAccess()).toEqual([]);
    await at.hands.press('F9');
    await at.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await at.foot()).slice(0, 2)).toEqual(['合计', '4']);
    expect(await given.redemptions()).toEqual([]);
    await at.hands.press('F9');
    await at.sees('兑换成功');
    expect(await given.redemptions()).toMatchObject([{ totalCentipoints: 400 }]);
  });

  it('says a limit in pieces', async () => {
    const { manager } = given.community.staff;
    const limit = { quantity: 2, period: 'month' };
    await manager.patch(`${given.community.path}/goods/${given.soap.goodsId}`, { limit }).expect(200);
    await given.redeem(given.soap, 1);
    const at = await openCounter(front, given);
    await at.serve(given.soap.barcode, given.soap.barcode);
    await at.sees('每户每月限 2 块');
    await at.hands.press('F9');
    await at.sees('限 2 块，已换 1 块');
  });

  it('asks for the PIN above the limit, counts a wrong one, and shows it to nobody', async () => {
    given = await givenCounter(front, 10_000);
    const at = await openCounter(front, given);
    await at.serve(given.liquid.barcode);
    await at.hands.press('F9');
    await at.sees('请本人输入密码');
    await at.hands.type('111119');
    await at.visit.picture('counter-pin');
    expect(await at.visit.faultsOfAccess()).toEqual([]);
    expect(await at.page.getByRole('dialog').innerText()).not.toContain('11111');
    await at.hands.press('F9');
    await at.sees('密码不对，还可试 4 次');
    // By the pad on the screen, with its leading zero.
    for (const digit of PIN)
      await at.page.getByRole('dialog').getByRole('button', { name: digit, exact: true }).click();
    await at.hands.press('F9');
    await at.sees('兑换成功');
    expect(await given.redemptions()).toMatchObject([{ totalCentipoints: 3500, checkedBy: 'pin' }]);
    const stored = await at.page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    );
    expect(stored).not.toContain(PIN);
    expect(at.visit.complaints).toEqual([]);
  });

  it('takes a check by eye instead', async () => {
    given = await givenCounter(front, 10_000);
    const at = await openCounter(front, given);
    await at.serve(given.liquid.barcode);
    await at.hands.press('F9');
    await at.page.getByRole('button', { name: '已当面核对是本人' }).click();
    await at.hands.press('F9');
    await at.sees('兑换成功');
    expect(await given.redemptions()).toMatchObject([{ checkedBy: 'eye' }]);
  });

  it('redeems once, however often F9 is pressed', async () => {
    const at = await openCounter(front, given);
    await at.serve(given.soap.barcode);
    await Promise.all([at.hands.press('F9'), at.hands.press('F9'), at.hands.press('F9')]);
    await at.sees('兑换成功');
    await at.hands.press('F9');
    expect(await given.redemptions()).toHaveLength(1);
  });

  it('finishes a redemption whose reply was lost, also after a reload, as one', async () => {
    const at = await openCounter(front, given);
    await at.serve(given.soap.barcode);
    await loseReplies(at.page);
    await at.hands.press('F9');
    await at.sees('结果未知');
    await at.visit.picture('counter-unknown');
    expect(await at.visit.faultsOfAccess()).toEqual([]);
    await at.page.reload();
    await at.sees('结果未知');
    await at.hands.scan(given.card.tokenText);
    await at.sees('请先查清上一笔');
    await at.page.unroute(REDEMPTIONS);
    await at.hands.press('F9');
    await at.sees('兑换成功');
    expect(await at.page.locator('.done').innerText()).toMatch(/袁大明[\s\S]*肥皂\s*1 块/);
    expect(await given.redemptions()).toHaveLength(1);
    expect(await given.available(given.soap)).toBe(19);
    expect(await given.balance()).toMatchObject({ balanceCentipoints: 1700 });
  });

  it('finishes one that was paid with a PIN: it is typed again, and a wrong one gives nothing up', async () => {
    given = await givenCounter(front, 10_000);
    const at = await openCounter(front, given);
    await at.serve(given.liquid.barcode);
    await at.hands.press('F9');
    await at.sees('请本人输入密码');
    await at.hands.type(PIN);
    await loseReplies(at.page);
    await at.hands.press('F9');
    await at.sees('结果未知');
    await at.page.reload();
    await at.sees('请本人再输一次密码');
    await at.page.unroute(REDEMPTIONS);
    await at.hands.type('111119');
    await at.hands.press('F9');
    await at.sees('密码不对，还可试 4 次');
    await at.hands.type(PIN);
    await at.visit.picture('counter-unknown-pin');
    await at.hands.press('F9');
    await at.sees('兑换成功');
    expect(await given.redemptions()).toHaveLength(1);
    expect(await given.balance()).toMatchObject({ balanceCentipoints: 6500 });
  });

  it('lets an unknown outcome go only after a look at the records', async () => {
    const at = await openCounter(front, given);
    await at.serve(given.soap.barcode);
    await loseReplies(at.page);
    await at.hands.press('F9');
    await at.sees('结果未知');
    await at.hands.press('F7');
    await at.page.locator('.records').getByText('肥皂×1').waitFor();
    expect(await at.page.getByRole('button', { name: /肥皂×1/ }).count()).toBe(0);
    await at.hands.press('Escape');
    await at.page.getByRole('button', { name: '查过记录，放下这笔' }).click();
    await at.sees('记录里查过这一笔了吗？');
    await at.visit.picture('counter-let-go');
    await at.page.getByRole('dialog').getByRole('button', { name: '查过记录，放下这笔' }).click();
    await at.page.getByText('结果未知').waitFor({ state: 'detached' });
    await at.hands.press('Escape', 'Enter');
    await at.page.unroute(REDEMPTIONS);
    await at.serve(given.salt.barcode);
    await at.hands.press('F9');
    await at.sees('兑换成功');
    expect(await given.redemptions()).toMatchObject([{ totalCentipoints: 300 }, { totalCentipoints: 220 }]);
  });
});
