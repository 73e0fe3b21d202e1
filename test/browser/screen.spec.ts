import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { describeInBrowser, openShopfront, type Shopfront } from '../support/browser.js';

const WALL = { width: 1920, height: 1080 };

describeInBrowser('the display on the wall', () => {
  let front: Shopfront;
  let community: GivenCommunity;
  let householdId: string;
  beforeAll(async () => {
    front = await openShopfront();
    community = await givenCommunity(front.shop);
    const { manager } = community.staff;
    const opened = await manager
      .post(`${community.path}/households`, {
        door: '1-101',
        members: [{ name: '袁大明' }],
        consents: [{ purpose: 'scheme', version: '1', channel: 'paper' }],
      })
      .expect(201);
    ({ householdId } = opened.body as { householdId: string });
  });
  afterAll(() => front.close());

  async function givenDisplay(): Promise<{ token: string; tokenId: string }> {
    const made = await community.staff.manager.post(`${community.path}/displays`, { name: '社区大厅' }).expect(201);
    return made.body as { token: string; tokenId: string };
  }

  async function weighIn(pieces: number): Promise<void> {
    await community.staff.collector
      .post(`${community.path}/weigh-ins`, {
        householdId,
        siteId: community.dropOffPointId,
        lines: [{ itemCode: 'plastic-bag', pieces }],
        confirmRepeat: true,
      })
      .expect(201);
  }

  const recent = (page: Page) => page.locator('.wall-recent li');

  it('shows what was just weighed in without a reload, masked, and keeps no token in the address', async () => {
    const { token } = await givenDisplay();
    const { page, picture, faultsOfAccess, complaints } = await front.open({ viewport: WALL });
    await page.goto(`/screen#token=${token}`);
    await page.getByRole('heading', { name: '卸巷社区' }).waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await weighIn(100);
    await recent(page).first().waitFor();
    expect(await recent(page).first().innerText()).toMatch(/袁\*\*[\s\S]*100 件[\s\S]*\+2/);
    expect(await page.content()).not.toContain('大明');
    await picture('screen', { fullPage: false });
    expect(await faultsOfAccess()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('keeps the last good board with its time when the network is gone, and comes back by itself', async () => {
    const { token } = await givenDisplay();
    const { page, context, picture } = await front.open({ viewport: WALL });
    await page.goto(`/screen#token=${token}`);
    await recent(page).first().waitFor();
    await front.restart();
    await page.getByText(/网络断开，数据截至 \d{4}-\d{2}-\d{2} \d{2}:\d{2}/).waitFor();
    await picture('screen-away', { fullPage: false });
    expect(await recent(page).count()).toBeGreaterThan(0);
    await page.getByText('网络断开').waitFor({ state: 'detached' });
    await weighIn(150);
    await recent(page).filter({ hasText: '150 件' }).waitFor();
    await context.close();
  });

  it('goes dark when its token is revoked', async () => {
    const { token, tokenId } = await givenDisplay();
    const { page } = await front.open({ viewport: WALL });
    await page.goto(`/screen#token=${token}`);
    await recent(page).first().waitFor();
    await community.staff.manager.post(`${community.path}/displays/${tokenId}/revoke`).expect(200);
    await page.getByText('口令已停用').waitFor();
  });

  it('holds one board, however many came', async () => {
    const { token } = await givenDisplay();
    const { page } = await front.open({ viewport: WALL });
    await page.goto(`/screen#token=${token}`);
    await recent(page).first().waitFor();
    const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
    for (let visit = 1; visit <= 12; visit += 1) await weighIn(200 + visit);
    await recent(page).filter({ hasText: '212 件' }).waitFor();
    const full = await nodes();
    for (let visit = 1; visit <= 12; visit += 1) await weighIn(300 + visit);
    await recent(page).filter({ hasText: '312 件' }).waitFor();
    expect(await recent(page).count()).toBe(10);
    expect(await nodes()).toBe(full);
  });
});
