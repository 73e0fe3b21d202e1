import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { MessageGateway } from '../../src/identity/index.js';
import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { type GivenFamily, givenFamily, givenFilm, givenOffer, PIN } from '../factories/family.js';
import { describeInBrowser, openShopfront, PHONE, type Shopfront, type Visit } from '../support/browser.js';

const KILOGRAM = 1000;

/** Counts what a finger does; a number typed into a native field is one. */
class Finger {
  taps = 0;

  constructor(private readonly page: Page) {}

  async tap(target: Locator): Promise<void> {
    this.taps += 1;
    await target.click();
  }

  async type(text: string): Promise<void> {
    this.taps += 1;
    await this.page.keyboard.type(text);
  }
}

describeInBrowser('a resident with a phone', () => {
  let front: Shopfront;
  let community: GivenCommunity;

  beforeAll(async () => {
    front = await openShopfront();
    community = await givenCommunity(front.shop);
    await community.staff.manager
      .put(`${community.path}/sites/${community.shopId}/opening-rules`, {
        rules: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ kind: 'weekday', day, opensMinute: 0, closesMinute: 1440 })),
      })
      .expect(200);
    await givenOffer(community, { name: '肥皂', unit: '块', priceCentipoints: 300 }, 100);
    await givenOffer(
      community,
      { name: '食盐', unit: '袋', priceCentipoints: 200, limit: { quantity: 2, period: 'month' } },
      100,
    );
    await givenOffer(community, { name: '大米', unit: '袋', priceCentipoints: 5000 }, 100);
    await givenOffer(community, { name: '毛巾', unit: '条', priceCentipoints: 800 }, 0);
  });
  afterAll(() => front.close());

  async function family(kilograms = 20): Promise<GivenFamily> {
    const given = await givenFamily(front.shop, community);
    await givenFilm(community, given.householdId, kilograms * KILOGRAM);
    return given;
  }

  /** A phone on which this family is signed in. */
  async function phoneOf({ resident }: GivenFamily, at = '/'): Promise<Visit> {
    const visit = await front.open({ viewport: PHONE, token: resident.token });
    await visit.context.addInitScript(() => localStorage.setItem('resident', '1'));
    await visit.page.goto(at);
    return visit;
  }

  async function heldBy({ resident }: GivenFamily): Promise<number> {
    const { body } = await resident.get('/api/me/balance').expect(200);
    return (body as { heldCentipoints: number }).heldCentipoints;
  }

  it('comes in for the first time by the number of the card and the PIN, at 360 px and twice the size of text', async () => {
    const given = await family(12.5);
    const visit = await front.open({ viewport: PHONE });
    const { page, picture, complaints } = visit;
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        document.documentElement.style.fontSize = '40px';
      });
    });
    const finger = new Finger(page);
    await page.goto(`/?card=${given.number}`);
    await page.getByLabel('密码').and(page.locator(':focus')).waitFor();
    expect(await page.getByLabel('卡号').last().inputValue()).toBe(given.number);
    await picture('resident-first-visit');
    await finger.type(PIN);
    await finger.tap(page.getByRole('button', { name: '登录', exact: true }));
    await page.getByText('我家的积分').waitFor();
    expect(finger.taps).toBeLessThanOrEqual(6);
    expect(finger.taps).toBe(2);
    expect(await page.locator('.k-big-value').innerText()).toMatch(/^12\.5\s*分$/);
    await page.getByText('本月 +12.5').waitFor();
    await page.getByText('正在兑换').waitFor();
    await picture('resident-first-home');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    expect(new URL(page.url()).search).toBe('');
    expect(complaints).toEqual([]);

    // The next time the phone shows the balance before anything is touched.
    await page.close();
    const again = await visit.context.newPage();
    await again.goto('/');
    await again.getByText('本月 +12.5').waitFor();
    expect(await again.locator('.k-big-value').innerText()).toMatch(/^12\.5\s*分$/);
    expect(complaints).toEqual([]);
    await visit.context.close();
  });

  it('is told in words what is wrong with a number or a PIN, and asks the server nothing before', async () => {
    const given = await family();
    const { page, context, complaints } = await front.open({ viewport: PHONE });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/api\/(session|me)/.test(request.url())) asked.push(request.url());
    });
    await page.goto('/');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('卡号是 10 位数字').waitFor();
    await page.getByText('密码是 6 位数字').waitFor();
    expect(asked).toEqual([]);
    await page
      .getByLabel('卡号')
      .last()
      .fill(` ${given.number.slice(0, 3)} ${given.number.slice(3)}`);
    await page.getByLabel('密码').fill('111222');
    await page.keyboard.press('Enter');
    await page.getByText('卡号或密码不对').waitFor();
    expect(await page.getByLabel('密码').inputValue()).toBe('');
    await page.keyboard.type(PIN);
    await page.keyboard.press('Enter');
    await page.getByText('我家的积分').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('comes in by phone and code, and says which of two households is meant', async () => {
    const { shop } = front;
    const first = await family();
    const second = await givenFamily(shop, community, first.phone);
    let code = '';
    shop.app.get(MessageGateway, { strict: false }).send = async (_phone, text) => {
      code = /\d{6}/.exec(text)?.[0] ?? '';
    };
    const { page, context, complaints, picture } = await front.open({ viewport: PHONE });
    await page.goto('/');
    await page.getByRole('tab', { name: '手机登录' }).click();
    await page.getByLabel('手机号').fill('1380');
    await page.getByRole('button', { name: '取验证码' }).click();
    await page.getByText('手机号是 11 位数字').waitFor();
    await page.getByLabel('手机号').fill(first.phone);
    await page.getByRole('button', { name: '取验证码' }).click();
    await page.getByLabel('验证码').waitFor();
    // Its message went to a phone that nobody reads here; a minute later another one may be sent, and is read.
    await shop.moveClock('2 minutes');
    await shop.http.post('/api/session/phone-code').send({ phone: first.phone }).expect(202);
    await page.keyboard.type(code);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('您是哪一户？').waitFor();
    await picture('resident-which-household');
    expect(await page.getByText('袁**').count()).toBe(2);
    await page.getByRole('button').filter({ hasText: '袁**' }).first().click();
    await page.getByText('我家的积分').waitFor();
    const cookies = await context.cookies();
    expect(cookies.map(({ name }) => name)).toContain('__Host-sid');
    expect(second.householdId).not.toBe(first.householdId);
    expect(complaints).toEqual([]);
    await shop.moveClock('0');
    await context.close();
  });

  it('reserves a good in four taps: points are held, and a code is shown until its last day', async () => {
    const given = await family();
    const { page, context, picture, complaints, faultsOfAccess } = await phoneOf(given);
    const finger = new Finger(page);
    await finger.tap(page.getByRole('link', { name: '换东西' }));
    await page.getByText('可用 20 分').waitFor();
    const names = await page.locator('.r-offer h2').allInnerTexts();
    expect(names).toEqual(['食盐', '肥皂', '大米', '毛巾']);
    await page.getByText('还差 30 分').waitFor();
    await page.getByText('暂时没货').waitFor();
    await page.getByText('每户每月限 2').waitFor();
    await picture('resident-goods');
    await finger.tap(page.getByRole('button', { name: '选肥皂' }));
    await finger.tap(page.getByRole('button', { name: '预约', exact: true }));
    await page.getByText('积分先占用').waitFor();
    expect(await faultsOfAccess()).toEqual([]);
    await picture('resident-confirm', { fullPage: false });
    await finger.tap(page.getByRole('button', { name: '确认预约' }));
    await page.getByText('取货码', { exact: true }).waitFor();
    expect(finger.taps).toBe(4);
    const { body } = await given.resident.get('/api/me/reservations').expect(200);
    const [reservation] = body as { code: string; lastDay: string; status: string }[];
    expect(reservation?.status).toBe('open');
    expect((await page.locator('.r-code-digits').innerText()).replace(/\s/g, '')).toBe(reservation?.code);
    expect(await page.locator('svg.r-qr').getAttribute('data-text')).toBe(reservation?.code);
    await page.getByText(reservation?.lastDay ?? 'no day').waitFor();
    expect(await heldBy(given)).toBe(300);
    expect(await faultsOfAccess()).toEqual([]);
    await picture('resident-reservation');

    await page.getByRole('button', { name: '返回' }).click();
    await page.getByText('其中预约占用 3 分').waitFor();
    await page.goto('/me/reservations');
    await page.getByRole('button', { name: '取消预约' }).click();
    await picture('resident-cancel', { fullPage: false });
    await page.getByRole('dialog').getByRole('button', { name: '取消预约' }).click();
    await page.getByText('已取消，积分已退回').waitFor();
    await page.getByText('以前的预约').waitFor();
    expect(await heldBy(given)).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('reserves several goods together, never more than the points pay or the limit allows', async () => {
    const given = await family(8);
    const { page, context, complaints } = await phoneOf(given, '/me/goods');
    await page.getByRole('button', { name: '选食盐' }).click();
    await page.getByRole('button', { name: '食盐加一' }).click();
    expect(await page.getByRole('button', { name: '食盐加一' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '选肥皂' }).click();
    expect(await page.getByRole('button', { name: '肥皂加一' }).isDisabled()).toBe(true);
    await page.getByText('已选 3 件，7 分').waitFor();
    await page.getByRole('button', { name: '预约', exact: true }).click();
    await page.getByRole('button', { name: '确认预约' }).click();
    await page.getByText('食盐 × 2, 肥皂 × 1').or(page.getByText('肥皂 × 1, 食盐 × 2')).waitFor();
    expect(await heldBy(given)).toBe(700);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('finishes a reservation whose answer was lost, once', async () => {
    const given = await family();
    const { page, context, picture } = await phoneOf(given, '/me/goods');
    await page.getByRole('button', { name: '选肥皂' }).click();
    await page.getByRole('button', { name: '预约', exact: true }).click();
    // The server does it; no answer comes back. After that, not even the question gets through.
    await page.route('**/api/me/reservations', async (route) => {
      if (route.request().method() === 'POST') await route.fetch();
      await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: '确认预约' }).click();
    await page.getByText('结果未知，请再点一次').waitFor();
    await page.unroute('**/api/me/reservations');
    await page.reload();
    await page.getByText('“肥皂 × 1”不知成没成').waitFor();
    await picture('resident-unfinished');
    await page.getByRole('button', { name: '再查一次' }).click();
    await page.getByText('取货码', { exact: true }).waitFor();
    const { body } = await given.resident.get('/api/me/reservations').expect(200);
    expect(body).toHaveLength(1);
    expect(await heldBy(given)).toBe(300);
    await context.close();
  });

  it('says that the network is gone, shows no old balance as the present one, and comes back by itself', async () => {
    const given = await family(7);
    const { page, context, picture } = await phoneOf(given);
    await page.getByText('本月 +7').waitFor();
    await context.setOffline(true);
    await page.getByText('网络不通，正在重试').waitFor();
    await page.getByText('看到的积分，不是现在的').waitFor();
    await picture('resident-offline');
    await givenFilm(community, given.householdId, KILOGRAM);
    await context.setOffline(false);
    await page.getByText('本月 +8').waitFor();
    expect(await page.locator('.k-big-value').innerText()).toMatch(/^8\s*分$/);
    await page.route('**/api/**', (route) => route.abort());
    await page.reload();
    await page.getByText('网络不通，正在重试').waitFor();
    expect(await page.locator('.k-big-value').count()).toBe(0);
    await page.unroute('**/api/**');
    await page.getByText('本月 +8').waitFor();
    await context.close();
  });

  it('works in a browser that has no service worker, no scanner, no voice, and keeps nothing', async () => {
    const given = await family(3);
    const { page, context, complaints } = await front.open({
      viewport: PHONE,
      userAgent:
        'Mozilla/5.0 (Linux; Android 12; M2012K11AC) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49.2600(0x2800313D) NetType/4G Language/zh_CN',
    });
    await context.addInitScript(() => {
      const without = (owner: object, name: string) =>
        Object.defineProperty(owner, name, { configurable: true, get: () => undefined });
      without(Navigator.prototype, 'serviceWorker');
      without(Navigator.prototype, 'share');
      without(Navigator.prototype, 'clipboard');
      delete (window as { BarcodeDetector?: unknown }).BarcodeDetector;
      delete (window as { speechSynthesis?: unknown }).speechSynthesis;
      delete (Window.prototype as { speechSynthesis?: unknown }).speechSynthesis;
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    });
    await page.goto(`/#card=${given.number}`);
    await page.getByLabel('密码').fill(PIN);
    await page.keyboard.press('Enter');
    await page.getByText('本月 +3').waitFor();
    await page.getByRole('button', { name: '长辈版' }).click();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('24px');
    await page.getByRole('link', { name: '明细' }).click();
    await page.getByText('存入').waitFor();
    expect(await page.getByRole('button', { name: '读给我听' }).count()).toBe(0);
    await page.goBack();
    await page.getByRole('link', { name: '换东西' }).click();
    await page.getByRole('button', { name: '选肥皂' }).click();
    await page.getByRole('button', { name: '预约', exact: true }).click();
    await page.getByRole('button', { name: '确认预约' }).click();
    await page.getByText('取货码', { exact: true }).waitFor();
    // No file can be saved there: what it would hold is shown.
    await page.goto('/me/data');
    await page.getByRole('button', { name: '全部数据' }).click();
    const text = await page.getByRole('textbox', { name: '我的数据' }).inputValue();
    expect(JSON.parse(text)).toMatchObject({ householdId: given.householdId });
    await page.getByRole('button', { name: '复制' }).click();
    expect(complaints.filter((words) => !words.includes('401'))).toEqual([]);
    await context.close();
  });

  it('takes its data along, takes consent back and gives it again, and asks to be erased', async () => {
    const given = await family();
    const { page, context, complaints, picture } = await phoneOf(given, '/me/data');
    const [all] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '全部数据' }).click(),
    ]);
    const data = JSON.parse(await readFile(await all.path(), 'utf8')) as Record<string, unknown>;
    expect(data).toMatchObject({ householdId: given.householdId, balanceCentipoints: 2000 });
    expect(data['members']).toMatchObject([{ name: '袁大明', phone: given.phone }, { name: '李小红' }]);
    const [table] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '积分明细' }).click(),
    ]);
    expect(table.suggestedFilename()).toMatch(/^eco-statement-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(await readFile(await table.path(), 'utf8')).toMatch(
      /^\uFEFF"日期","类型","积分","余额"\r\n"\d{4}-\d{2}-\d{2}","存入",20,20\r\n$/,
    );

    await page.getByRole('button', { name: '撤回 保存手机号' }).click();
    await picture('resident-withdraw', { fullPage: false });
    await page.getByRole('dialog').getByRole('button', { name: '撤回', exact: true }).click();
    // With the number everybody is signed out who could have come in by it; the card is the way in from now on.
    await page.getByText('已撤回').waitFor();
    await page.getByLabel('卡号').last().fill(given.number);
    await page.getByLabel('密码').fill(PIN);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '我的卡' }).click();
    await page.getByText('李小红').waitFor();
    expect(await page.locator('.r-member', { hasText: '138****' }).count()).toBe(0);
    await page.getByRole('link', { name: '我的信息' }).click();
    await page.getByRole('button', { name: '再次同意 保存手机号' }).click();
    await page.getByRole('button', { name: '撤回 保存手机号' }).waitFor();

    await page.getByRole('button', { name: '申请删除' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '申请删除' }).click();
    await page.getByText(/已申请，\d{4}-\d{2}-\d{2} 前办理/).waitFor();
    const { body } = await community.staff.manager.get(`${community.path}/questions`).expect(200);
    expect(body).toMatchObject([{ householdId: given.householdId, kind: 'erasure', status: 'open' }]);
    await page.reload();
    await page.getByText(/已申请，\d{4}-\d{2}-\d{2} 前办理/).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('signs out, and the next one to open the page is asked who he is', async () => {
    const given = await family();
    const { page, context, complaints } = await phoneOf(given, '/me/card');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('tab', { name: '卡号登录' }).waitFor();
    await given.resident.get('/api/me').expect(401);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
