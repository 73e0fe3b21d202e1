import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page, Route } from 'playwright-core';
import type { GivenCommunity } from '../factories/community.js';
import { describeInBrowser, openShopfront, type Shopfront, TABLET } from '../support/browser.js';
import { type Carded, givenCarded, givenDeskCommunity, Hand, openWeighIn, shoot } from './desk.js';

const HOUSEHOLDS = 12;
const BY_HAND = 5;
const ALL = 500;
const BATCH = '**/weigh-ins/batch';

interface OutboxFile {
  records: {
    key: string;
    visit: {
      householdId: string;
      siteId: string;
      device: { id: string; seq: number };
      occurredAt: string;
      lines: object[];
    };
    about: object;
  }[];
}

describeInBrowser('a desk without a network', () => {
  let front: Shopfront;
  let community: GivenCommunity;
  const carded: Carded[] = [];
  beforeAll(async () => {
    front = await openShopfront();
    community = await givenDeskCommunity(front.shop, 1_000_000);
    for (let each = 1; each <= HOUSEHOLDS; each += 1) carded.push(await givenCarded(community, `5-${100 + each}`));
  });
  afterAll(() => front.close());

  /** The desk has its own pages and every household on the device. */
  async function ready(page: Page): Promise<void> {
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (navigator.serviceWorker.controller === null) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await page.waitForFunction(
      (count) =>
        new Promise<boolean>((resolve) => {
          const opening = indexedDB.open('desk');
          opening.onsuccess = () => {
            const counting = opening.result.transaction('households').objectStore('households').count();
            counting.onsuccess = () => {
              opening.result.close();
              resolve(counting.result === count);
            };
          };
        }),
      HOUSEHOLDS,
    );
  }

  async function recordByHand(page: Page, each: Carded, kilograms: string): Promise<void> {
    const hand = new Hand(page);
    await shoot(page, each.tokenText, page.getByText(each.door, { exact: true }));
    await hand.button(/^纸板/);
    await hand.key(kilograms);
    await hand.button(/^确认/);
  }

  async function unsent(page: Page, count: number): Promise<void> {
    await page.getByRole('link', { name: new RegExp(`^未上传 ${count}(?!\\d)`) }).waitFor({ timeout: 60_000 });
  }

  /** Records of a second tablet, in the form of the first one's file. */
  function withMore(file: OutboxFile, count: number): OutboxFile {
    const [pattern] = file.records;
    if (pattern === undefined) throw new Error('an empty file');
    const device = randomUUID();
    const more = Array.from({ length: count }, (_, index) => ({
      ...pattern,
      key: randomUUID(),
      visit: {
        ...pattern.visit,
        householdId: carded[index % HOUSEHOLDS]?.householdId ?? '',
        device: { id: device, seq: index + 1 },
        occurredAt: new Date(Date.parse(pattern.visit.occurredAt) + index).toISOString(),
        lines: [{ itemCode: 'cardboard', netGrams: 1000 + 10 * index, quality: 'pass', weightSource: 'typed' }],
      },
      about: { ...pattern.about, expectedCentipoints: 100 + index },
    }));
    return { ...file, records: [...file.records, ...more] };
  }

  async function importFile(page: Page, file: OutboxFile, said: string): Promise<void> {
    await page
      .getByLabel('导入文件')
      .last()
      .setInputFiles({ name: 'outbox.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) });
    await page.getByText(said).waitFor();
  }

  /** One request for a batch, handled as told; later ones pass. */
  async function once(context: BrowserContext, handle: (route: Route) => Promise<void>): Promise<() => Promise<void>> {
    let met: () => void = () => undefined;
    const isMet = new Promise<void>((resolve) => (met = resolve));
    await context.route(
      BATCH,
      async (route) => {
        await handle(route);
        met();
      },
      { times: 1 },
    );
    return () => isMet;
  }

  /** The server does its work, and nobody has heard it yet. */
  async function arrive(route: Route): Promise<void> {
    const cookie = `__Host-sid=${community.staff.collector.token}`;
    const reply = await route.fetch({ headers: { ...(await route.request().allHeaders()), cookie } });
    expect(reply.status()).toBe(200);
    expect(new Set(((await reply.json()) as { status: number }[]).map(({ status }) => status))).toEqual(new Set([201]));
  }

  async function recorded(): Promise<{ count: number; counted: number; sum: number; entries: number }> {
    const { rows } = await front.shop.owner.query<{ count: string; counted: string; sum: string; entries: string }>(
      `SELECT count(*), count(DISTINCT (device_id, device_seq)) AS counted, sum(centipoints),
         (SELECT count(*) FROM ledger_entry WHERE community_id = $1 AND kind = 2 AND amount > 0) AS entries
       FROM weigh_in WHERE community_id = $1`,
      [community.communityId],
    );
    const [row] = rows;
    return {
      count: Number(row?.count),
      counted: Number(row?.counted),
      sum: Number(row?.sum),
      entries: Number(row?.entries),
    };
  }

  it('records a day, survives every interruption, and arrives exactly once', async () => {
    const { page, context, picture, faultsOfAccess, complaints } = await front.open({
      token: community.staff.collector.token,
      viewport: TABLET,
      acceptDownloads: true,
    });
    await openWeighIn(page);
    await ready(page);
    await context.setOffline(true);
    await page.getByText('离线', { exact: true }).waitFor();

    // By hand, with cards that the device knows by their digest.
    for (let each = 0; each < BY_HAND; each += 1) {
      await recordByHand(page, carded[each] as Carded, '3');
      await unsent(page, each + 1);
    }
    await page.getByText('袁** 预计存入 3 分').last().waitFor();
    await picture('offline-recorded-tablet');
    // One too many is taken back without a network, because it was never sent.
    await recordByHand(page, carded[0] as Carded, '9');
    await unsent(page, BY_HAND + 1);
    await page.getByRole('button', { name: /^撤销 袁\*\* 纸板 9.00/ }).click();
    await unsent(page, BY_HAND);

    // The desk opens without a network, and nobody leaves it with something unsent.
    await page.reload();
    await unsent(page, BY_HAND);
    await page.getByRole('heading', { name: '请扫卡，或查找住户' }).waitFor();
    await page.getByRole('searchbox').fill('5-103');
    await page.getByRole('button', { name: /袁\*\*.*5-103/ }).waitFor();
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByRole('dialog', { name: '还有记录没有上传' }).waitFor();
    expect(await faultsOfAccess()).toEqual([]);
    await picture('offline-sign-out-tablet');
    await page.getByRole('button', { name: '看未上传' }).click();

    // To a file, 495 of another tablet into it, and back: twice changes nothing.
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出文件' }).click();
    const exported = JSON.parse(await readFile(await (await download).path(), 'utf8')) as OutboxFile;
    expect(exported.records).toHaveLength(BY_HAND);
    const file = withMore(exported, ALL - BY_HAND);
    await importFile(page, file, `导入 ${ALL - BY_HAND} 条`);
    await unsent(page, ALL);
    await importFile(page, file, '导入 0 条');
    await unsent(page, ALL);
    await page.getByText('网络不通，连上后自动上传').waitFor();
    await picture('offline-outbox-tablet', { fullPage: false });
    expect(await faultsOfAccess()).toEqual([]);

    // Three interrupted rounds: two whose work is done and whose reply is lost, one that never arrives.
    const lose = async (route: Route) => {
      await arrive(route);
      await route.abort();
    };
    const abort = (route: Route) => route.abort();
    const plan = [lose, lose, abort];
    // What comes after the plan finds no network: nothing slips through between two interruptions.
    await context.route(BATCH, (route) => (plan.shift() ?? abort)(route));
    await context.setOffline(false);
    const send = page.getByRole('button', { name: '现在上传' });
    while (plan.length > 0) await send.click({ timeout: 1000 }).catch(() => undefined);
    await unsent(page, ALL);
    expect((await recorded()).count).toBeGreaterThan(100);

    // A tab that is killed while the server works.
    const closed = page.waitForEvent('close');
    plan.push(async (route) => {
      await arrive(route);
      await page.close();
    });
    while (plan.length > 0) await send.click({ timeout: 1000, noWaitAfter: true }).catch(() => undefined);
    await closed;
    await context.unroute(BATCH);

    // Two tabs at once, and a server that is killed under them.
    const tabs = [await context.newPage(), await context.newPage()];
    const restarted = await once(context, async (route) => {
      const restarting = front.restart();
      await route.abort();
      await restarting;
    });
    await Promise.all(tabs.map((tab) => tab.goto('/staff/outbox')));
    await restarted();
    for (const tab of tabs) {
      await tab.bringToFront();
      await tab.getByRole('link', { name: /^未上传 \d+$/ }).waitFor();
      const sendHere = tab.getByRole('button', { name: '现在上传' });
      if ((await sendHere.count()) > 0) await sendHere.click({ timeout: 5000 }).catch(() => undefined);
    }
    for (const tab of tabs) await unsent(tab, 0);
    const [tab] = tabs;
    await tab?.getByText('都上传了').waitFor();

    const byHand = BY_HAND * 300;
    const imported = Array.from({ length: ALL - BY_HAND }, (_, index) => 100 + index);
    const sum = imported.reduce((total, each) => total + each, byHand);
    expect(await recorded()).toEqual({ count: ALL, counted: ALL, sum, entries: ALL });
    expect(complaints).toEqual([]);
  }, 300_000);

  it('goes on when the session has ended, and sends once somebody has signed in', async () => {
    const { token } = community.staff.collector;
    const { page, context, picture, faultsOfAccess } = await front.open({ token, viewport: TABLET });
    await openWeighIn(page);
    await ready(page);
    const [cookie] = await context.cookies(front.url.replace('http:', 'https:'));
    await context.clearCookies();
    // The card is looked up in vain: sign-in is asked for, and what was begun is kept behind it.
    const hand = new Hand(page);
    await shoot(page, carded[1]?.tokenText ?? '', page.getByRole('button', { name: '先记录，稍后登录' }));
    await hand.button('先记录，稍后登录');
    await page.getByRole('heading', { name: '袁**' }).waitFor();
    await hand.button(/^纸板/);
    await hand.key('2');
    await hand.button(/^确认/);
    await recordByHand(page, carded[2] as Carded, '2');
    await unsent(page, 2);
    await hand.button('登录');
    await page.getByText('本机有 2 条未上传，登录后自动上传').waitFor();
    expect(await faultsOfAccess()).toEqual([]);
    await picture('offline-session-ended-tablet');
    if (cookie === undefined) throw new Error('no cookie');
    await context.addCookies([cookie]);
    await page.reload();
    await unsent(page, 0);
  }, 120_000);

  it('lists what the server cut and what it refused, with the reason', async () => {
    const capped = await givenDeskCommunity(front.shop, 1000);
    const [rich, closed] = [await givenCarded(capped, '9-101'), await givenCarded(capped, '9-102')];
    const { page, context, picture, faultsOfAccess } = await front.open({
      token: capped.staff.collector.token,
      viewport: TABLET,
    });
    await openWeighIn(page);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForTimeout(1500);
    await context.setOffline(true);
    await recordByHand(page, rich, '8');
    await recordByHand(page, closed, '1');
    await unsent(page, 2);
    // Meanwhile another desk credited the same household, and the other one was closed.
    const visit = { siteId: capped.dropOffPointId, lines: [{ itemCode: 'cardboard', netGrams: 6000 }] };
    await capped.staff.collector
      .post(`${capped.path}/weigh-ins`, { householdId: rich.householdId, ...visit })
      .expect(201);
    await capped.staff.manager
      .post(`${capped.path}/households/${closed.householdId}/close`, { reason: '搬走了' })
      .expect(200);
    await context.setOffline(false);
    await unsent(page, 0);
    await page.getByRole('link', { name: /未上传/ }).click();
    await page.getByText('预计 8，实得 4').waitFor();
    await page.getByText('今日上限 10 分，此前已计 6 分，计 4 分').waitFor();
    await page.getByRole('heading', { name: '未收下，请人处理' }).waitFor();
    await picture('offline-cut-and-refused-tablet');
    expect(await faultsOfAccess()).toEqual([]);
    await page.getByRole('button', { name: '已处理' }).first().click();
    await page.getByRole('button', { name: '已处理' }).first().click();
    await page.getByRole('link', { name: '未上传 0', exact: true }).waitFor();
  }, 120_000);
});
