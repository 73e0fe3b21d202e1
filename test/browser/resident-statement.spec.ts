import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { Sessions } from '../../src/identity/index.js';
import { type EntryKind, entryKindName } from '../../src/ledger/index.js';
import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { givenEveryAct } from '../factories/every-act.js';
import { type GivenFamily, givenFamily, givenFilm } from '../factories/family.js';
import { describeInBrowser, openShopfront, PHONE, type Shopfront, type Visit } from '../support/browser.js';

/** What a person of over seventy calls it. */
const WORDS: Readonly<Record<EntryKind, string>> = {
  opening: '上期结转',
  award: '存入',
  'award-reversal': '冲正（存入）',
  redemption: '兑换',
  'redemption-cancellation': '撤销兑换',
  return: '退货',
  adjustment: '调整',
  'adjustment-reversal': '冲正（调整）',
  'gift-given': '转赠',
  'gift-received': '收到转赠',
  expiry: '过期',
  debt: '抵扣欠分',
  merge: '并户',
};
const DAY_MS = 86_400_000;

describeInBrowser('what a resident looks up', () => {
  let front: Shopfront;
  let community: GivenCommunity;

  beforeAll(async () => {
    front = await openShopfront();
    community = await givenCommunity(front.shop);
    const wasmBinary = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer } });
  });
  beforeEach(() => front.shop.moveClock('0'));
  afterAll(() => front.close());

  async function phoneWith(token: string): Promise<Visit> {
    const visit = await front.open({ viewport: PHONE, token });
    await visit.context.addInitScript(() => localStorage.setItem('resident', '1'));
    return visit;
  }

  async function family(): Promise<GivenFamily> {
    const given = await givenFamily(front.shop, community);
    await givenFilm(community, given.householdId, 12_500);
    return given;
  }

  it('finds a word for every kind of line that there is', async () => {
    const { shop } = front;
    const { community: other } = await givenEveryAct(shop);
    const { rows } = await shop.owner.query<{ householdId: string; kind: number }>(
      `SELECT DISTINCT a.account_id AS "householdId", e.kind FROM ledger_entry AS e
       JOIN ledger_account AS a ON a.community_id = $1 AND a.account_id = e.account_id AND a.kind = 'household'
       JOIN household AS h ON h.community_id = $1 AND h.household_id = a.account_id AND h.status = 'active'
       WHERE e.community_id = $1`,
      [other.communityId],
    );
    const kinds = new Set(rows.map(({ kind }) => entryKindName(kind)));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['award', 'award-reversal', 'redemption', 'return', 'expiry', 'merge', 'debt']),
    );
    const shown = new Set<string>();
    for (const householdId of new Set(rows.map((row) => row.householdId))) {
      const { token } = await shop.database.transaction((tx) =>
        shop.app.get(Sessions).open(tx, {
          kind: 'resident',
          actorId: householdId,
          communityId: other.communityId,
          origin: '127.0.0.1',
          lifetime: 'resident',
        }),
      );
      const { page, context, complaints, picture } = await phoneWith(token);
      // The shop's clock stands 80 days ahead, and the phone's with it.
      await page.clock.install({ time: Date.now() + 80 * DAY_MS });
      await page.goto('/me/statement');
      for (let back = 0; back < 4; back += 1) {
        if (back > 0) await page.getByRole('button', { name: '上个月' }).click();
        await page.locator('.k-empty, .k-list-row').first().waitFor();
        for (const title of await page.locator('.k-list-title').allInnerTexts()) shown.add(title);
      }
      await picture(`resident-statement-${shown.size}`);
      expect(complaints).toEqual([]);
      await context.close();
    }
    expect([...shown].toSorted()).toEqual([...kinds].map((kind) => WORDS[kind]).toSorted());
  });

  it('sees what was weighed, why it was worth that, and what was taken back; and hears it', async () => {
    const given = await family();
    const wrong = await givenFilm(community, given.householdId, 3000);
    await community.staff.collector
      .post(`${community.path}/weigh-ins/${wrong}/reversal`, { reason: '称错了' })
      .expect(201);
    const { page, context, complaints, picture, faultsOfAccess } = await phoneWith(given.resident.token);
    await context.addInitScript(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      speechSynthesis.speak = ({ text }) => void said.push(text);
    });
    await page.goto('/');
    await page.getByText('本月 +12.5').waitFor();
    await page.getByRole('link', { name: '明细' }).click();
    await page.getByText('已冲正').waitFor();
    expect(await page.locator('.k-list-row').allInnerTexts()).toEqual([
      expect.stringMatching(/冲正（存入）\s+塑料薄膜 3.00 公斤 \(6 斤\) · 东门投放点\s+−3\s+余 12.5/),
      expect.stringMatching(/存入\s+塑料薄膜 3.00 公斤 \(6 斤\) · 东门投放点\s+已冲正\s+\+3\s+余 15.5/),
      expect.stringMatching(/存入\s+塑料薄膜 12.50 公斤 \(25 斤\) · 东门投放点\s+\+12.5\s+余 12.5/),
    ]);
    await page.getByRole('button', { name: '读给我听' }).click();
    const [spoken] = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    expect(spoken).toMatch(/共存入 12.5 分.*\d+月\d+日，冲正（存入），−3 分。.*存入，\+12.5 分。/);
    await page.getByRole('button', { name: '停止朗读' }).click();

    await page.locator('.k-list-row').last().click();
    await page.getByText('塑料薄膜 12.50 公斤 × 1 = 12.5 分').waitFor();
    await page.getByRole('button', { name: '我有疑问' }).click();
    expect(await faultsOfAccess()).toEqual([]);
    await page.getByLabel('哪里不对？').fill('我送了十三公斤');
    await picture('resident-ask', { fullPage: false });
    await page.getByRole('button', { name: '发给管理员' }).click();
    await page.getByText(/已收到，\d{4}-\d{2}-\d{2} 前答复/).waitFor();
    await page.getByRole('button', { name: '关闭' }).click();
    await page.locator('.k-list-row').last().click();
    await page.getByRole('button', { name: '我有疑问' }).click();
    await page.getByLabel('哪里不对？').fill('再问一次');
    await page.getByRole('button', { name: '发给管理员' }).click();
    await page.getByText('这笔已问过，请等答复').waitFor();

    const { manager } = community.staff;
    const { body } = await manager.get(`${community.path}/questions`).expect(200);
    const [question] = body as { questionId: string; text: string; householdId: string }[];
    expect(question).toMatchObject({ text: '我送了十三公斤', householdId: given.householdId });
    await page.goto('/me/questions');
    await page.getByText('等答复').waitFor();
    await manager
      .post(`${community.path}/questions/${question?.questionId}/answer`, { text: '秤已校准，请来看。' })
      .expect(200);
    await page.reload();
    await page.getByText('秤已校准，请来看。').waitFor();
    await page.getByLabel('想问什么？').fill('什么时候发米？');
    await page.getByRole('button', { name: '发给管理员' }).click();
    await page.getByText('什么时候发米？').waitFor();
    await picture('resident-questions');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('shows a code in place of the card that changes in time, also after the phone slept, each good once', async () => {
    const { shop } = front;
    const given = await family();
    const { page, context, complaints, picture } = await phoneWith(given.resident.token);
    await page.clock.install();
    await page.goto('/me/card');
    const qr = page.locator('svg.r-qr');
    await qr.waitFor();
    const scanned = async () => {
      const [code] = await readBarcodes(new Uint8Array(await qr.screenshot()), { formats: ['QRCode'] });
      return code?.text ?? '';
    };
    const atDesk = (text: string) => community.staff.cashier.post(`${community.path}/cards/code`, { text });
    const first = await scanned();
    expect(first).toBe(await qr.getAttribute('data-text'));
    expect(first).toMatch(new RegExp(`^EC2\\.${given.number}\\.`));
    const { body } = await atDesk(first).expect(200);
    expect(body).toMatchObject({ householdId: given.householdId });
    await atDesk(first).expect(409);
    await page.getByText(given.number.replace(/(\d{3})(\d{3})(\d{4})/, '$1 $2 $3')).waitFor();
    await picture('resident-card');

    // The phone slept for ten minutes: nothing that it showed before is left on the screen.
    await shop.moveClock('10 minutes');
    await page.clock.fastForward('10:00');
    await page.locator(`svg.r-qr:not([data-text="${first}"])`).waitFor();
    const second = await scanned();
    expect(second).not.toBe(first);
    await atDesk(first).expect(400);
    await atDesk(second).expect(200);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('reports the card lost: it is dead at once, and the page says where to get another one', async () => {
    const given = await family();
    const { page, context, complaints, picture } = await phoneWith(given.resident.token);
    await page.goto('/me/card');
    await page.locator('svg.r-qr').waitFor();
    expect(await page.locator('.r-member').allInnerTexts()).toEqual([
      expect.stringMatching(/袁大明\s+户主\s+138\*\*\*\*\d{4}/),
      expect.stringContaining('李小红'),
    ]);
    await page.getByRole('button', { name: '卡丢了，要挂失' }).click();
    await page.getByText('这张卡马上不能用').waitFor();
    await picture('resident-lost', { fullPage: false });
    await page.getByRole('button', { name: '挂失', exact: true }).click();
    await page.getByText('还没有可用的卡').waitFor();
    const { body } = await given.resident.get('/api/me/cards').expect(200);
    expect(body).toMatchObject([{ number: given.number, status: 'lost' }]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
