import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import readXlsxFile from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import type { Client } from '../factories/client.js';
import { givenCommunity, type GivenCommunity } from '../factories/community.js';
import { describeInBrowser, openShopfront, type Shopfront, type Visit } from '../support/browser.js';

const LAPTOP = { width: 1024, height: 768 };
const CONSENTS = [
  { purpose: 'scheme', version: '2026-01', channel: 'paper' },
  { purpose: 'phone', version: '2026-01', channel: 'paper' },
];
const PICTURES = join(import.meta.dirname, 'pictures');

/** Clicks as a person does, and counts them. */
class Hand {
  clicks = 0;

  constructor(private readonly page: Page) {}

  async press(name: string | RegExp, within: string = 'body'): Promise<void> {
    this.clicks += 1;
    await this.page
      .locator(within)
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();
  }

  async follow(name: string | RegExp): Promise<void> {
    this.clicks += 1;
    await this.page
      .getByRole('link', { name, exact: typeof name === 'string' })
      .first()
      .click();
  }
}

describeInBrowser('the people part of the admin', () => {
  let front: Shopfront;
  let community: GivenCommunity;
  let manager: Client;
  const opened: Record<string, { householdId: string; number: string; token: string }> = {};

  beforeAll(async () => {
    front = await openShopfront();
    community = await givenCommunity(front.shop);
    manager = community.staff.manager;
    for (const [door, names, phone] of [
      ['3-101', ['袁大明', '李小红'], '13800012345'],
      ['3-102', ['王桂兰'], '13900016789'],
      ['3-103', ['张国庆'], '13700014321'],
    ] as const) {
      const members = names.map((name, index) => (index === 0 ? { name, phone } : { name }));
      const reply = await manager
        .post(`${community.path}/households`, { door, members, consents: CONSENTS, withCard: true })
        .expect(201);
      const { householdId, card } = reply.body as { householdId: string; card: { number: string; tokenText: string } };
      opened[door] = { householdId, number: card.number, token: card.tokenText };
    }
  });
  afterAll(() => front.close());

  const visit = (client: Client, viewport?: { width: number; height: number }) =>
    front.open({ token: client.token, acceptDownloads: true, ...(viewport && { viewport }) });

  async function ends({ page, complaints, context }: Visit): Promise<void> {
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      page.viewportSize()?.width ?? 0,
    );
    await context.close();
  }

  async function weighIn(door: string, lines: object[]): Promise<string> {
    const visited = {
      householdId: opened[door]?.householdId,
      siteId: community.dropOffPointId,
      lines,
      confirmRepeat: true,
    };
    const reply = await community.staff.collector.post(`${community.path}/weigh-ins`, visited).expect(201);
    return (reply.body as { weighInId: string }).weighInId;
  }

  async function balanceOf(door: string): Promise<number> {
    const reply = await manager.get(`${community.path}/households/${opened[door]?.householdId}/balance`).expect(200);
    return (reply.body as { balanceCentipoints: number }).balanceCentipoints;
  }

  it.each([
    ['姓名', () => '袁大明'],
    ['拼音', () => 'yuandaming'],
    ['首字母', () => 'ydm'],
    ['手机尾号', () => '2345'],
    ['卡号', () => opened['3-101']?.number ?? ''],
    ['门牌', () => '3-101'],
    ['卡上的二维码', () => opened['3-101']?.token ?? ''],
  ])('finds a household by %s as it is typed', async (_, typed) => {
    const desk = await visit(manager);
    await desk.page.goto('/admin/households');
    await desk.page.getByRole('link', { name: '3-103' }).waitFor();
    await desk.page.getByRole('searchbox').pressSequentially(typed());
    await desk.page.getByRole('link', { name: '3-103' }).waitFor({ state: 'detached' });
    expect(await desk.page.locator('tbody tr').count()).toBe(1);
    expect(await desk.page.locator('tbody tr').innerText()).toContain('袁大明');
    await ends(desk);
  });

  it('reports a card lost in three clicks from the search, and replaces one in three', async () => {
    const desk = await visit(manager);
    const { page } = desk;
    await page.goto('/admin/households?q=3-102');
    await page.getByRole('link', { name: '3-102' }).waitFor();
    const lost = new Hand(page);
    await lost.follow('3-102');
    await lost.press('挂失');
    await page.getByLabel('原因').fill('掉在路上了');
    await lost.press('挂失', 'dialog[open]');
    await page.getByText('已挂失').waitFor();
    expect(lost.clicks).toBeLessThanOrEqual(4);
    await desk.picture('admin-household');

    await page.goto('/admin/households?q=3-102');
    const replaced = new Hand(page);
    await replaced.follow('3-102');
    await replaced.press('补卡');
    await page.getByLabel('原因').fill('掉在路上了');
    await replaced.press('补卡', 'dialog[open]');
    await page.getByRole('heading', { name: '打印卡' }).waitFor();
    expect(replaced.clicks).toBeLessThanOrEqual(4);
    expect(await page.locator('.card-face').count()).toBe(1);
    const cards = await manager.get(`${community.path}/households/${opened['3-102']?.householdId}/cards`).expect(200);
    expect((cards.body as { status: string }[]).map(({ status }) => status).toSorted()).toEqual(['active', 'replaced']);
    await ends(desk);
  });

  it('opens a household whose card goes straight to the printer', async () => {
    const desk = await visit(manager);
    const { page } = desk;
    await page.goto('/admin/households/new');
    await page.getByLabel('门牌').fill('5-501');
    await page.getByLabel('户主').fill('陈秀英');
    await page.getByLabel('手机号').fill('13600018888');
    await page.getByLabel('同意书版本').fill('2026-01');
    await page.getByLabel('已签同意书').check();
    await page.locator('form').getByRole('button', { name: '开户' }).click();
    await page.getByRole('heading', { name: '打印卡' }).waitFor();
    const number = (await page.locator('.card-number').innerText()).replaceAll(' ', '');
    expect(number).toMatch(/^\d{10}$/);

    // Ten more, so that there are two pages, and their backs.
    await page.evaluate((communityId) => {
      const key = `cards-to-print:${communityId}`;
      const kept = JSON.parse(sessionStorage.getItem(key) ?? '[]') as { tokenText: string }[];
      const more = Array.from({ length: 10 }, (_, index) => ({
        number: String(1_000_000_000 + index),
        tokenText: `${kept[0]?.tokenText.slice(0, -1)}${index}`,
        door: `5-60${index}`,
      }));
      sessionStorage.setItem(key, JSON.stringify([...kept, ...more]));
    }, community.communityId);
    await page.reload();
    await page.getByLabel('背面也打').check();
    await page.getByLabel('印上门牌').check();
    expect(await page.locator('.paper').count()).toBe(4);
    expect(await desk.faultsOfAccess()).toEqual([]);
    await desk.picture('admin-print-cards');
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    await mkdir(PICTURES, { recursive: true });
    await writeFile(join(PICTURES, 'cards.pdf'), pdf);
    const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(boxes).toHaveLength(4);
    for (const [, width, height] of boxes) {
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
    }
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 794, height: 1123 });
    await desk.picture('admin-print-cards-paper');
    await page.emulateMedia({ media: 'screen' });
    await page.getByLabel('样式').selectOption('tags');
    expect(await page.locator('.key-tag').count()).toBe(11);
    await desk.picture('admin-print-tags');
    await page.getByRole('button', { name: '已打印，清空' }).click();
    await page.locator('dialog[open]').getByRole('button', { name: '清空' }).click();
    await page.getByText('没有等待打印的卡').waitFor();
    expect(desk.complaints).toEqual([]);
    await desk.context.close();
  });

  it('imports a register: wrong rows are shown, had as a file, mended and entered', async () => {
    const desk = await visit(manager);
    const { page } = desk;
    await page.goto('/admin/import-households');
    const template = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载模板' }).click();
    expect((await template).suggestedFilename()).toBe('住户花名册.xlsx');

    const header = ['门牌', '户主姓名', '家庭成员', '手机号', '网格', '楼栋', '单元', '卡号', '期初积分'];
    const right = ['8-101', '马来弟', '林平', '13500011111', '', '', '', '', '3.2'];
    const wrong = [
      ['8-102', '朱建国', '', '1350001', '', '', '', '', ''],
      ['3-101', '胡春花', '', '', '', '', '', '', ''],
    ];
    await pick(page, 'register.xlsx', [header, right, ...wrong]);
    await page.getByText('有 2 处错误').waitFor();
    const faults = await page.getByRole('region', { name: '错误' }).innerText();
    expect(faults).toContain('这个门牌已有住户');
    await desk.picture('admin-import-wrong');
    expect(await desk.faultsOfAccess()).toEqual([]);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '只下载有错的行' }).click();
    const rows = await readXlsxFile(await readFile((await (await download).path()) ?? ''));
    const text = JSON.stringify(rows);
    expect(text).toContain('朱建国');
    expect(text).toContain('胡春花');
    expect(text).not.toContain('马来弟');

    await pick(page, 'register.xlsx', [
      header,
      right,
      ['8-102', '朱建国', '', '13500012222', '', '', '', '', ''],
      ['8-103', '胡春花', '', '', '', '', '', '', ''],
    ]);
    await page.getByText('没有错误，可以导入').waitFor();
    await page.getByLabel('同意书版本').fill('2026-01');
    await page.getByRole('button', { name: '导入 3 户' }).click();
    await page.getByText('已导入').waitFor();
    // Left and found again.
    await page.goto('/admin/households?q=8-102');
    await page.getByRole('link', { name: '8-102' }).waitFor();
    await page.goto('/admin/import-households');
    await page.getByRole('button', { name: '打印卡片' }).click();
    await page.getByRole('heading', { name: '打印卡' }).waitFor();
    await page.getByLabel('印上门牌').check();
    expect(await page.locator('.card-door').allInnerTexts()).toEqual(['8-101', '8-102', '8-103']);
    await ends(desk);
  });

  it('changes the tariff: draft, trial on the past, approval by another person, in force', async () => {
    await weighIn('3-101', [{ itemCode: 'film', netGrams: 3200 }]);
    const desk = await visit(manager);
    const { page } = desk;
    await page.goto('/admin/tariff');
    await page.getByText('塑料薄膜，每公斤 1 分').waitFor();
    await desk.picture('admin-tariff');
    expect(await desk.faultsOfAccess()).toEqual([]);
    await page.getByRole('button', { name: '新建草稿' }).click();
    const film = page.locator('tr', { has: page.locator('select', { hasText: '塑料薄膜' }) }).nth(4);
    await film.getByLabel('得分').fill('一');
    await page.getByText('! 请填数字').waitFor();
    expect(await page.getByRole('button', { name: '保存草稿' }).isDisabled()).toBe(true);
    await film.getByLabel('得分').fill('2');
    await page.getByRole('button', { name: '添加上限' }).click();
    await page.getByLabel('最多得分').fill('5');
    await page.getByText('塑料薄膜，每公斤 2 分').waitFor();
    await page.getByText('各类合计，每户每日最多 5 分').waitFor();
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('有改动没保存').first().waitFor({ state: 'detached' });

    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await page.getByLabel('从', { exact: true }).fill(today);
    await page.getByLabel('到', { exact: true }).fill(today);
    await page.getByRole('button', { name: '开始试算' }).click();
    const sums = page.getByRole('region', { name: '相差' }).locator('tbody tr').first();
    await sums.waitFor();
    // 3.2 kg at 1 point and at 2 points, cut at 5.
    expect((await sums.innerText()).split(/\s+/)).toEqual(['合计', '3.2', '5', '+1.8']);
    await desk.picture('admin-tariff-draft');
    expect(await desk.faultsOfAccess()).toEqual([]);
    await page.reload();
    await sums.waitFor();

    await page.getByRole('button', { name: '提交审批' }).click();
    await page.getByLabel('为什么改').fill('薄膜提价，每日封顶');
    await page.locator('dialog[open]').getByRole('button', { name: '提交审批' }).click();
    await page.getByText('已提交，审批前不能修改').waitFor();
    await page.goto('/admin/approvals');
    await page.getByText('须他人审批').waitFor();
    expect(await page.getByRole('button', { name: '同意' }).count()).toBe(0);
    await page.getByRole('link', { name: '审批（1）' }).waitFor();
    await desk.picture('admin-approvals-own');

    const other = await visit(community.staff.supervisor);
    await other.page.goto('/admin/approvals');
    await other.page.getByText('审批后立即执行').waitFor();
    expect(await other.faultsOfAccess()).toEqual([]);
    await other.picture('admin-approvals');
    await other.page.getByRole('button', { name: '同意' }).click();
    await other.page.locator('dialog[open]').getByRole('button', { name: '同意' }).click();
    await other.page.getByText('没有待审批的申请').waitFor();
    await ends(other);

    await page.goto('/admin/tariff');
    await page.getByText('塑料薄膜，每公斤 2 分').waitFor();
    await ends(desk);
  });

  it('adds points by an adjustment that another person approves', async () => {
    const desk = await visit(manager);
    const { page } = desk;
    await page.goto(`/admin/households/${opened['3-103']?.householdId}`);
    await page.getByRole('button', { name: '申请调整积分' }).click();
    await page.getByLabel('多少分').fill('12.5');
    await page.getByLabel('原因').fill('纸质存折转入');
    expect(await desk.faultsOfAccess()).toEqual([]);
    await desk.picture('admin-adjust');
    await page.getByRole('button', { name: '提交审批' }).click();
    await page.locator('dialog[open]').waitFor({ state: 'detached' });

    const other = await visit(community.staff.supervisor);
    await other.page.goto('/admin/approvals');
    await other.page.getByText('余额 +12.5 分').waitFor();
    await other.page.getByRole('button', { name: '同意' }).click();
    await other.page.locator('dialog[open]').getByRole('button', { name: '同意' }).click();
    await other.page.getByText('没有待审批的申请').waitFor();
    await ends(other);

    await page.reload();
    await page.getByRole('tab', { name: '明细' }).click();
    await page.getByRole('row', { name: /调整/ }).waitFor();
    expect((await page.locator('.m-sum').innerText()).trim()).toBe('12.5');
    await ends(desk);
  });

  it('reverses one line of a visit, which is recorded anew without it', async () => {
    const earlier = await balanceOf('3-103');
    const weighInId = await weighIn('3-103', [
      { itemCode: 'film', netGrams: 1000 },
      { itemCode: 'plastic-bag', pieces: 50 },
    ]);
    const before = await balanceOf('3-103');
    expect(before).toBeGreaterThan(earlier + 100);
    const desk = await visit(manager);
    const { page } = desk;
    await page.goto('/admin/weigh-ins');
    await page.getByRole('row', { name: /3-103/ }).getByRole('link').click();
    await page.getByText('手工输入').waitFor();
    expect(page.url()).toContain(weighInId);
    expect(await desk.faultsOfAccess()).toEqual([]);
    await page.getByLabel('冲正第 2 行').check();
    await desk.picture('admin-weigh-in');
    await page.getByRole('button', { name: '冲正第 2 行' }).click();
    await page.getByLabel('原因').fill('袋子不是他的');
    await page.locator('dialog[open]').getByRole('button', { name: '冲正' }).click();
    await page.getByText('已冲正').first().waitFor();
    await page.goto('/admin/weigh-ins');
    await page.getByText('更正后重记').waitFor();
    await desk.picture('admin-weigh-ins');
    expect(await balanceOf('3-103')).toBe(before - 100);

    await page
      .getByRole('row', { name: /更正后重记/ })
      .getByRole('link')
      .click();
    await page.getByRole('button', { name: '申请冲正' }).click();
    await page.getByLabel('原因').fill('整次都不是他的');
    await page.locator('dialog[open]').getByRole('button', { name: '申请冲正' }).click();
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    const other = await visit(community.staff.supervisor);
    await other.page.goto('/admin/approvals');
    await other.page.getByText('冲正一次称重').waitFor();
    await other.page.getByRole('button', { name: '同意' }).click();
    await other.page.locator('dialog[open]').getByRole('button', { name: '同意' }).click();
    await other.page.getByText('没有待审批的申请').waitFor();
    await ends(other);
    expect(await balanceOf('3-103')).toBe(earlier);
    await ends(desk);
  });

  it('answers a question of a resident', async () => {
    const card = opened['3-101'];
    const cards = await manager.get(`${community.path}/households/${card?.householdId}/cards`).expect(200);
    const [first] = cards.body as { cardId: string }[];
    await manager.put(`${community.path}/cards/${first?.cardId}/pin`, { pin: '409172' }).expect(204);
    const signedIn = await front.shop.http.post('/api/session/card').send({ number: card?.number, pin: '409172' });
    expect(signedIn.status).toBeLessThan(300);
    const { token } = signedIn.body as { token: string };
    await front.shop.http
      .post('/api/me/questions')
      .set('Authorization', `Bearer ${token}`)
      .send({ kind: 'other', text: '这个月怎么少了两分？' })
      .expect(201);

    const desk = await visit(manager);
    const { page } = desk;
    await page.goto('/admin/questions');
    await page.getByText('这个月怎么少了两分？').waitFor();
    expect(await desk.faultsOfAccess()).toEqual([]);
    await desk.picture('admin-questions');
    await page.getByRole('button', { name: '答复' }).click();
    await page.getByLabel('答复内容').fill('那天的袋子没有分好，按不合格计。');
    await page.getByRole('button', { name: '发出答复' }).click();
    await page.getByText('没有待答复的提问').waitFor();
    await page.getByLabel('显示').selectOption('answered');
    await page.getByText('那天的袋子没有分好').waitFor();
    await ends(desk);
  });

  it('hides from each role what it may not do', async () => {
    const desk = await visit(community.staff.supervisor);
    const { page } = desk;
    await page.goto(`/admin/households/${opened['3-101']?.householdId}`);
    await page.getByRole('heading', { name: '3-101 袁大明' }).waitFor();
    for (const name of ['挂失', '发卡', '销户', '添加成员', '注销个人信息']) {
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    }
    for (const name of ['开户', '打印卡', '导入花名册']) {
      expect(await page.getByRole('link', { name, exact: true }).count()).toBe(0);
    }
    await ends(desk);
  });

  const pages = () => [
    'households',
    `households/${opened['3-101']?.householdId}`,
    'households/new',
    `households/${opened['3-101']?.householdId}/merge`,
    'print-cards',
    'import-households',
    'tariff',
    'waste-items',
    'approvals',
    'questions',
    'weigh-ins',
    'redemptions',
  ];

  it.each([
    ['zh', '16px'],
    ['zh', '20px'],
    ['zh', '32px'],
    ['en', '16px'],
    ['en', '20px'],
    ['en', '32px'],
  ])('breaks no rule of access and scrolls nothing sideways: %s, text of %s', async (language, size) => {
    const desk = await visit(manager, LAPTOP);
    const { page } = desk;
    await page.addInitScript((lang) => localStorage.setItem('lang', lang), language);
    const faults: string[] = [];
    for (const path of pages()) {
      await page.goto(`/admin/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.evaluate((fontSize) => {
        document.documentElement.style.fontSize = fontSize;
      }, size);
      await page.waitForLoadState('networkidle');
      faults.push(...(await desk.faultsOfAccess()).map((fault) => `${path}: ${fault}`));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > LAPTOP.width) faults.push(`${path} is ${width} px wide`);
      if (size !== '20px')
        await desk.picture(`admin-${path.replace(/[0-9a-f-]{36}/, 'one').replaceAll('/', '-')}-${language}-${size}`);
    }
    expect(faults).toEqual([]);
    expect(desk.complaints).toEqual([]);
    await desk.context.close();
  });
});

/** Chooses a sheet made of these rows, as text. */
async function pick(page: Page, name: string, rows: readonly (readonly string[])[]): Promise<void> {
  const sheet = rows.map((row) => row.map((value) => ({ value, type: String })));
  const buffer = await writeXlsxFile(sheet).toBuffer();
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
}
