import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { People, SYSTEM } from '../../src/identity/index.js';
import type { GivenCommunity } from '../factories/community.js';
import { DESKTOP, describeInBrowser, openShopfront, type Shopfront, TABLET } from '../support/browser.js';
import { type Carded, givenCarded, givenDeskCommunity, Hand, openWeighIn, shoot } from './desk.js';

const NARROW = { width: 768, height: 1024 };

describeInBrowser('the desk around its work', () => {
  let front: Shopfront;
  let community: GivenCommunity;
  let carded: Carded;
  beforeAll(async () => {
    front = await openShopfront();
    community = await givenDeskCommunity(front.shop);
    carded = await givenCarded(community, '7-701');
  });
  afterAll(() => front.close());

  it('is signed in to by name and password, and remembers its place and work', async () => {
    const login = `li.${randomBytes(3).toString('hex')}`;
    const password = 'Vessel-42-Harbour';
    await front.shop.database.transaction((tx) =>
      front.shop.app.get(People).create(tx, SYSTEM, {
        login,
        displayName: '李梅',
        grants: [{ role: 'manager', regionId: null, communityId: community.communityId, siteId: null }],
        password,
      }),
    );
    const { page, picture, faultsOfAccess, complaints } = await front.open({ viewport: TABLET });
    await page.goto('/staff');
    await page.getByLabel('账号').fill(login);
    await page.getByLabel('密码').fill(password);
    await picture('staff-sign-in-tablet');
    expect(await faultsOfAccess()).toEqual([]);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: /今天在哪里|请先换一个密码/ }).waitFor();
    if (await page.getByRole('heading', { name: '请先换一个密码' }).isVisible()) {
      await page.getByLabel('密码', { exact: true }).fill(password);
      await page.getByLabel('新密码').fill(`${password}-2`);
      await page.getByRole('button', { name: '换密码' }).click();
    }
    await page.getByRole('button', { name: '称重 · 东门投放点' }).waitFor();
    await page.getByRole('button', { name: '兑换 · 生态美超市' }).waitFor();
    await picture('staff-choose-tablet');
    expect(await faultsOfAccess()).toEqual([]);
    await page.getByRole('button', { name: '称重 · 东门投放点' }).click();
    await page.getByRole('heading', { name: '请扫卡，或查找住户' }).waitFor();
    await page.goto('/staff');
    await page.getByRole('heading', { name: '请扫卡，或查找住户' }).waitFor();
    await page.getByText('李梅').waitFor();
    // Nothing is unsent: leaving is allowed, and forgets the person, the place and every household.
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByLabel('账号').waitFor();
    expect(await page.evaluate(() => localStorage.getItem('desk:person'))).toBeNull();
    expect(complaints).toEqual([]);
  });

  it('hands over with a sheet of what came in and what was taken back', async () => {
    const { collector } = community.staff;
    const visit = { householdId: carded.householdId, siteId: community.dropOffPointId, confirmRepeat: true };
    const weighed = (netGrams: number) => ({ ...visit, lines: [{ itemCode: 'cardboard', netGrams }] });
    await collector.post(`${community.path}/weigh-ins`, weighed(3200)).expect(201);
    const glass = [{ itemCode: 'glass-bottle', pieces: 20 }];
    await collector.post(`${community.path}/weigh-ins`, { ...visit, lines: glass }).expect(201);
    const wrong = await collector.post(`${community.path}/weigh-ins`, weighed(1000)).expect(201);
    const { weighInId } = wrong.body as { weighInId: string };
    await collector.post(`${community.path}/weigh-ins/${weighInId}/reversal`, { reason: '称错了' }).expect(201);
    const { page, picture, faultsOfAccess, complaints } = await front.open({
      token: collector.token,
      viewport: DESKTOP,
    });
    await openWeighIn(page);
    await page.getByRole('link', { name: '交班' }).click();
    await page.getByRole('row', { name: '纸板 3.20 公斤 (6.4 斤) 1 3.2' }).waitFor();
    await page.getByRole('row', { name: '玻璃瓶 20 个 1 1' }).waitFor();
    await page.getByRole('row', { name: /称重冲正 1$/ }).waitFor();
    await picture('hand-over-desktop');
    expect(await faultsOfAccess()).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    await page.getByText('交班人签字').waitFor();
    expect(await page.getByRole('banner').isVisible()).toBe(false);
    await picture('hand-over-print');
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(1000);
    expect(complaints).toEqual([]);
  });

  it.each(['18px', '22.5px', '36px'])('has no fault of access at text of %s, in both languages', async (size) => {
    const { page, faultsOfAccess, complaints, picture } = await front.open({
      token: community.staff.collector.token,
      viewport: NARROW,
    });
    await openWeighIn(page);
    await page.evaluate((fontSize) => {
      document.documentElement.style.fontSize = fontSize;
    }, size);
    const hand = new Hand(page);
    await shoot(page, carded.tokenText, page.getByRole('heading', { name: '袁大明' }));
    await hand.button(/^纸板/);
    await hand.key('1');
    const look = async () => {
      expect(await faultsOfAccess()).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
    };
    await look();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: /^Confirm/ }).waitFor();
    await look();
    await picture(`weigh-in-english-${size}`);
    for (const link of ['Hand-over', 'Change place', /^Unsent/]) {
      await page.getByRole('link', { name: link }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await look();
    }
    expect(complaints).toEqual([]);
  });
});
