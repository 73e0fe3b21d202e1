import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import readExcelFile from 'read-excel-file/node';
import { type GivenCommunity, givenCommunity, givenStaff } from '../factories/community.js';
import type { Client } from '../factories/client.js';
import { describeInBrowser, openShopfront, type Shopfront } from '../support/browser.js';

const NARROW = { width: 1024, height: 800 };

describeInBrowser('figures and settings', () => {
  let front: Shopfront;
  let community: GivenCommunity;
  let admin: Client;
  beforeAll(async () => {
    front = await openShopfront();
    community = await givenCommunity(front.shop);
    admin = await givenStaff(front.shop, community.communityId, 'admin');
    const { manager, collector } = community.staff;
    for (let door = 1; door <= 3; door += 1) {
      const opened = await manager
        .post(`${community.path}/households`, {
          door: `1-10${door}`,
          members: [{ name: '袁大明' }],
          consents: [{ purpose: 'scheme', version: '1', channel: 'paper' }],
        })
        .expect(201);
      const { householdId } = opened.body as { householdId: string };
      const lines = [
        { itemCode: 'plastic-bag', pieces: 100 },
        { itemCode: 'film', netGrams: 3000 },
      ];
      await collector
        .post(`${community.path}/weigh-ins`, { householdId, siteId: community.dropOffPointId, lines })
        .expect(201);
    }
  });
  afterAll(() => front.close());

  it.each(['overview', 'exports', 'audit', 'people', 'places', 'settings', 'displays'])(
    'shows %s without a fault of access, in both languages and at three sizes of text',
    async (path) => {
      const visit = await front.open({ viewport: NARROW, token: admin.token });
      await visit.page.goto(`/admin/${path}`);
      await visit.page.locator('main h1').waitFor();
      await visit.page.waitForLoadState('networkidle');
      await visit.picture(`admin-${path}`);
      for (const language of ['zh', 'en']) {
        for (const size of ['16px', '20px', '32px']) {
          await visit.page.evaluate((fontSize) => {
            document.documentElement.style.fontSize = fontSize;
          }, size);
          expect({ language, size, faults: await visit.faultsOfAccess() }).toEqual({ language, size, faults: [] });
        }
        await visit.page.evaluate(() => {
          document.documentElement.style.fontSize = '';
        });
        expect(await visit.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
        if (language === 'zh') await visit.page.getByRole('button', { name: 'English' }).click();
      }
      expect(visit.complaints).toEqual([]);
      await visit.context.close();
    },
  );

  it('counts the month as the ledger does', async () => {
    const { page } = await front.open({ token: admin.token });
    await page.goto('/admin/overview');
    const tile = (label: string) =>
      page.locator('.overview-tiles > div', { hasText: label }).locator('.overview-value');
    await tile('参与户').waitFor();
    expect(await tile('参与户').innerText()).toBe('3');
    // Three times 100 bags at 50 a point and 3 kg of film at a point a kilogram.
    expect(await tile('存入积分').innerText()).toBe('15');
    expect(await tile('分类垃圾').innerText()).toBe('9.00');
    await page.getByText('货不够兑').waitFor();
  });

  it('exports a list in the background: left, found again, downloaded, masked', async () => {
    const { page } = await front.open({ token: community.staff.manager.token });
    await page.goto('/admin/exports');
    await page.getByLabel('哪张表').selectOption('households');
    await page.getByRole('button', { name: '开始导出' }).click();
    await page.goto('/admin/settings');
    await page.goto('/admin/exports');
    await page.getByText('已完成').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.a-table a').first().click()]);
    const [sheet] = await readExcelFile(await readFile(await download.path()));
    const text = JSON.stringify(sheet);
    expect(text).toContain('袁**');
    expect(text).not.toContain('大明');
  });

  it('opens a place every Saturday morning', async () => {
    const { page } = await front.open({ token: community.staff.manager.token });
    await page.goto('/admin/places');
    await page
      .getByRole('row', { name: /生态美超市/ })
      .getByRole('button', { name: '开放时间' })
      .click();
    await page.getByRole('button', { name: '加一条' }).click();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const sites = (await community.staff.manager.get(`${community.path}/sites`).expect(200)).body as {
      siteId: string;
      openingRules: object[];
    }[];
    expect(sites.find(({ siteId }) => siteId === community.shopId)?.openingRules).toEqual([
      { kind: 'weekday', day: 6, opensMinute: 330, closesMinute: 660 },
    ]);
  });

  it('takes in a new cashier, who must change the password that was shown once', async () => {
    const { page } = await front.open({ token: admin.token });
    await page.goto('/admin/people');
    await page.getByRole('button', { name: '新增人员' }).click();
    await page.getByLabel('名称').fill('王芳');
    await page.getByLabel('账号').fill('wang.fang');
    await page.getByLabel('角色', { exact: true }).selectOption('cashier');
    await page.getByRole('button', { name: '新增', exact: true }).click();
    const password = await page.locator('.people-password').innerText();
    const cashier = await front.open();
    await cashier.page.goto('/staff');
    await cashier.page.getByLabel('账号').fill('wang.fang');
    await cashier.page.getByLabel('密码').fill(password);
    await cashier.page.getByRole('button', { name: '登录' }).click();
    await cashier.page.getByText('请先换一个密码').waitFor();
  });

  it('does not save over what somebody else has changed meanwhile', async () => {
    const { page } = await front.open({ token: community.staff.manager.token });
    await page.goto('/admin/settings');
    const field = page.getByLabel('预约保留几天');
    await field.fill('9');
    const before = (await admin.get(`${community.path}/settings`).expect(200)).body as Record<string, unknown>;
    const { updatedAt: _, ...body } = before;
    await admin.put(`${community.path}/settings`, { ...body, undoSeconds: 90 }).expect(200);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('status').filter({ hasText: /\S/ }).or(page.getByRole('alert')).first().waitFor();
    const after = (await admin.get(`${community.path}/settings`).expect(200)).body as Record<string, unknown>;
    expect(after).toMatchObject({ undoSeconds: 90, reservationDays: before['reservationDays'] });
  });
});
