import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { Sessions } from '../../src/identity/index.js';
import { addDays, chinaDay } from '../../src/kernel/calendar-day.js';
import { Client } from '../factories/client.js';
import { givenCommunity, type GivenCommunity, givenStaff } from '../factories/community.js';
import { type EveryAct, givenEveryAct } from '../factories/every-act.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { fileOf } from '../support/file-of.js';

interface Shown {
  readonly taskId: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly fileName: string;
  readonly failure: { code: string } | null;
}

type Table = readonly (readonly unknown[])[];

async function ended(client: Client, path: string, taskId: string): Promise<Shown> {
  for (let tries = 0; tries < 400; tries += 1) {
    const task = (await client.get(`${path}/tasks/${taskId}`).expect(200)).body as Shown;
    if (task.state === 'done' || task.state === 'failed') return task;
    await sleep(25);
  }
  throw new Error('the task does not end');
}

async function takenBy(client: Client, path: string, taskId: string): Promise<Buffer> {
  const { status, body } = await fileOf(client.get(`${path}/tasks/${taskId}/file`));
  expect(status).toBe(200);
  return body;
}

async function readXlsx(file: Buffer): Promise<Table> {
  const [sheet] = await readXlsxFile(file, { trim: false });
  return sheet?.data ?? [];
}

/** As a file of the list comes to whoever asked for it. */
async function exported(client: Client, path: string, body: object): Promise<{ task: Shown; file: Buffer }> {
  const asked = await client.post(`${path}/exports`, body);
  if (asked.status !== 202) throw new Error(`${asked.status} ${asked.text}`);
  const { taskId } = asked.body as Shown;
  const task = await ended(client, path, taskId);
  expect(task).toMatchObject({ state: 'done', failure: null });
  return { task, file: await takenBy(client, path, taskId) };
}

describe('exports of a community where everything has happened', () => {
  let shop: TestApp;
  let act: EveryAct;
  let path: string;
  let admin: Client;
  let period: { from: string; to: string };

  beforeAll(async () => {
    shop = await createTestApp();
    act = await givenEveryAct(shop);
    path = act.community.path;
    admin = await givenStaff(shop, act.community.communityId, 'admin');
    const resident = await givenResident(act.householdId);
    for (const text of ['这笔分不对', '什么时候发卡']) {
      await resident.post('/api/me/questions', { kind: 'other', text }).expect(201);
    }
    const today = chinaDay(await shop.database.now());
    period = { from: addDays(today, -365), to: today };
    // All that happened lies within the period: else a list would be shorter than its table.
    expect(await number(`SELECT count(*) FROM ledger_entry WHERE recorded_at < app_now() - interval '360 days'`)).toBe(
      0,
    );
  });
  afterAll(() => shop.close());

  async function givenResident(householdId: string): Promise<Client> {
    const { token } = await shop.database.transaction((tx) =>
      shop.app.get(Sessions).open(tx, {
        kind: 'resident',
        actorId: householdId,
        communityId: act.community.communityId,
        origin: '127.0.0.1',
        lifetime: 'resident',
      }),
    );
    return new Client(shop, token, householdId);
  }

  async function number(text: string): Promise<number> {
    const { rows } = await shop.owner.query<{ number: string }>(
      `SELECT (${text}) AS number`,
      text.includes('$1') ? [act.community.communityId] : [],
    );
    return Number(rows[0]?.number);
  }

  it.each([
    ['households', `SELECT count(*) FROM household WHERE community_id = $1`],
    [
      'statement',
      `SELECT count(*) FROM ledger_entry AS e JOIN ledger_account AS a USING (community_id, account_id)
       WHERE community_id = $1 AND a.kind = 'household'`,
    ],
    ['weigh-ins', `SELECT count(*) FROM weigh_in_line WHERE community_id = $1`],
    ['redemptions', `SELECT count(*) FROM redemption_line WHERE community_id = $1`],
    ['goods', `SELECT count(*) FROM goods WHERE community_id = $1`],
    ['shelves', `SELECT count(*) FROM shelf WHERE community_id = $1`],
    ['movements', `SELECT count(*) FROM stock_movement WHERE community_id = $1`],
    ['receipts', `SELECT count(*) FROM stock_movement WHERE community_id = $1 AND kind = 'receipt'`],
    ['approvals', `SELECT count(*) FROM approval WHERE community_id = $1`],
    ['questions', `SELECT count(*) FROM question WHERE community_id = $1`],
  ])('%s: every row once, as a workbook and as text', async (list, count) => {
    const withPeriod = ['households', 'goods', 'shelves'].includes(list) ? {} : period;
    const xlsx = await exported(admin, path, { list, ...withPeriod });
    const rows = await number(count);
    expect(rows).toBeGreaterThan(1);
    const table = await readXlsx(xlsx.file);
    expect(table).toHaveLength(2 + rows);
    expect(xlsx.task).toMatchObject({ done: rows, total: rows });
    const note = String(table[0]?.[0]);
    expect(note).toContain('卸巷社区');
    expect(note).toContain('导出人：admin（admin）');
    expect(note).toContain('已脱敏');
    expect(note).toContain(xlsx.task.taskId);
    if (withPeriod === period) expect(note).toContain(`${period.from} 至 ${period.to}`);
    // The same cells, written the other way.
    const csv = await exported(admin, path, { list, format: 'csv', ...withPeriod });
    const texts: string[][] = parse(csv.file, { bom: true, relaxColumnCount: true });
    expect(texts.slice(1)).toEqual(
      table.slice(1).map((row) => row.map((cell) => (cell === null ? '' : String(cell as string | number)))),
    );
    expect(csv.task.fileName).toMatch(/^卸巷社区-.+-20\d\d-\d\d-\d\d\.csv$/);
  });

  it('adds up: the statement to the balances, the weigh-ins to what was credited', async () => {
    const statement = await readXlsx((await exported(admin, path, { list: 'statement', ...period })).file);
    const at = (statement[1] ?? []).indexOf('积分');
    const sum = statement.slice(2).reduce((total, row) => total + Math.round(Number(row[at]) * 100), 0);
    expect(sum).toBe(
      await number(`SELECT sum(balance) FROM ledger_account WHERE community_id = $1 AND kind = 'household'`),
    );
    const households = await readXlsx((await exported(admin, path, { list: 'households' })).file);
    const balanceAt = (households[1] ?? []).indexOf('余额（分）');
    expect(households.slice(2).reduce((total, row) => total + Math.round(Number(row[balanceAt]) * 100), 0)).toBe(sum);
  });

  it('cuts a list by household, and by place', async () => {
    const { householdId } = act;
    const own = await exported(admin, path, { list: 'statement', ...period, householdId });
    expect((await readXlsx(own.file)).length - 2).toBe(
      await number(`SELECT count(*) FROM ledger_entry WHERE community_id = $1 AND account_id = '${householdId}'`),
    );
    const { shopId } = act.community;
    const shelf = await exported(admin, path, { list: 'shelves', siteId: shopId });
    expect((await readXlsx(shelf.file)).length - 2).toBe(
      await number(`SELECT count(*) FROM shelf WHERE community_id = $1 AND site_id = '${shopId}'`),
    );
    const nothing = await exported(admin, path, { list: 'weigh-ins', from: '2020-01-01', to: '2020-12-31' });
    expect(await readXlsx(nothing.file)).toHaveLength(2);
  });
});

describe('exports', () => {
  let shop: TestApp;
  let community: GivenCommunity;
  let path: string;

  beforeAll(async () => {
    shop = await createTestApp();
    community = await givenCommunity(shop, { tariff: null });
    path = community.path;
    for (const [door, name, phone] of [
      ['3-101', '袁大明', '13800010000'],
      ['3-102', '欧阳小红', '13900020000'],
    ]) {
      await community.staff.manager
        .post(`${path}/households`, {
          door,
          members: [{ name, phone }, { name: '李小红' }],
          consents: ['scheme', 'phone'].map((purpose) => ({ purpose, version: '1', channel: 'paper' })),
          withCard: true,
        })
        .expect(201);
    }
  });
  afterAll(() => shop.close());

  const text = (table: Table) => table.map((row) => row.join('|')).join('\n');

  it('mask names and phone numbers', async () => {
    const { file } = await exported(community.staff.supervisor, path, { list: 'households' });
    const seen = text(await readXlsx(file));
    for (const shown of ['3-101', '袁**', '欧阳**', '李**', '138****0000']) expect(seen).toContain(shown);
    for (const hidden of ['袁大明', '欧阳小红', '李小红', '13800010000']) expect(seen).not.toContain(hidden);
  });

  it('show them whole to an administrator or manager with a reason, which stands on the file and in the trail', async () => {
    const { manager, supervisor } = community.staff;
    const wanted = { list: 'households', isUnmasked: true };
    await manager.post(`${path}/exports`, wanted).expect(422);
    await supervisor.post(`${path}/exports`, { ...wanted, reason: '抽查核对' }).expect(403);
    const { task, file } = await exported(manager, path, { ...wanted, reason: '上门发卡' });
    const seen = text(await readXlsx(file));
    for (const shown of ['袁大明', '李小红', '13800010000', '未脱敏', '上门发卡']) expect(seen).toContain(shown);
    const trail = await supervisor.get(`${path}/audit-records?subjectId=${task.taskId}`).expect(200);
    const records = trail.body as { action: string; actorId: string; detail: object }[];
    expect(records.map(({ action }) => action)).toEqual(['tasks.download', 'reports.export']);
    expect(records[1]).toMatchObject({
      actorId: manager.actorId,
      detail: { list: 'households', isUnmasked: true, reason: '上门发卡' },
    });
  });

  it('keep the file sealed in the database', async () => {
    const { task } = await exported(community.staff.manager, path, {
      list: 'households',
      format: 'csv',
      isUnmasked: true,
      reason: '上门发卡',
    });
    const { rows } = await shop.owner.query<{ file: Buffer }>(`SELECT file FROM task WHERE task_id = $1`, [
      task.taskId,
    ]);
    expect(rows[0]?.file.length).toBeGreaterThan(100);
    for (const secret of ['13800010000', '袁大明']) expect(rows[0]?.file.includes(secret)).toBe(false);
  });

  it('carry what people typed as text, however it begins', async () => {
    const names = [
      '=1+1',
      '+86',
      '-5',
      '@SUM(A1)',
      '＝1+1',
      '=HYPERLINK("http://a","b")',
      "='x'!A1",
      '"=1"',
      '<b>&amp;',
    ];
    for (const name of names) {
      await community.staff.manager
        .post(`${path}/goods`, { name, unit: '块', category: '洗护', isListed: true, priceCentipoints: 100 })
        .expect(201);
    }
    const { file } = await exported(community.staff.manager, path, { list: 'goods' });
    expect((await readXlsx(file)).slice(2).map(([name]) => name)).toEqual(names);
    const csv = await exported(community.staff.manager, path, { list: 'goods', format: 'csv' });
    const texts: string[][] = parse(csv.file, { bom: true, relaxColumnCount: true });
    const fields = texts.slice(2).map(([name]) => name);
    expect(fields).toEqual(names.map((name) => (/^[=+\-@＝]/.test(name) ? `'${name}` : name)));
  });

  it('read a long list page by page', async () => {
    const { rows } = await shop.owner.query<{ count: number }>(
      `SELECT count(commit_audit($1, $2, 'manager', NULL, NULL, 'test.act', 'thing', n::text, NULL, NULL, 'done',
         jsonb_build_object('reason', '打 13800010000 核对'))) AS count FROM generate_series(1, 1234) AS n`,
      [community.communityId, community.staff.manager.actorId],
    );
    expect(rows[0]?.count).toBe(1234);
    const today = chinaDay(await shop.database.now());
    const wanted = { list: 'audit-records', from: today, to: today };
    await community.staff.manager.post(`${path}/exports`, wanted).expect(403);
    const { file } = await exported(community.staff.supervisor, path, wanted);
    const table = await readXlsx(file);
    const numbers = table.filter((row) => row[3] === 'test.act').map((row) => Number(row[5]));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1234 }, (_, at) => at + 1));
    expect(text(table)).not.toContain('13800010000');
    expect(text(table)).toContain('138****0000');
  });

  it('say what is wrong with a request', async () => {
    const { manager } = community.staff;
    const pointers = async (body: object) => {
      const reply = await manager.post(`${path}/exports`, body);
      const { errors } = reply.body as { errors?: { pointer: string }[] };
      return [reply.status, ...(errors ?? []).map(({ pointer }) => pointer)];
    };
    expect(await pointers({ list: 'passwords' })).toEqual([422, '/list']);
    expect(await pointers({ list: 'weigh-ins' })).toEqual([422, '/from']);
    expect(await pointers({ list: 'weigh-ins', from: '2026-01-01' })).toEqual([422, '/to']);
    expect(await pointers({ list: 'weigh-ins', from: '2026-01-02', to: '2026-01-01' })).toEqual([422, '/to']);
    expect(await pointers({ list: 'goods', from: '2026-01-02', to: '2026-01-03' })).toEqual([422, '/from', '/to']);
    expect(await pointers({ list: 'goods', format: 'pdf' })).toEqual([422, '/format']);
    expect(await pointers({ list: 'shelves', siteId: randomUUID() })).toEqual([404]);
  });

  it('need the role for the whole community', async () => {
    const keeper = await givenStaff(shop, community.communityId, 'manager', community.shopId);
    await keeper.post(`${path}/exports`, { list: 'goods' }).expect(403);
  });
});

describe('the right to an export', () => {
  let shop: TestApp;
  let community: GivenCommunity;

  beforeAll(async () => {
    shop = await createTestApp();
    community = await givenCommunity(shop, { tariff: null });
  });
  afterAll(() => shop.close());

  const whole = { list: 'households', isUnmasked: true, reason: '年终核对' };

  it.each([
    ['who may see names masked only', 'supervisor', false, whole],
    ['who has a single place left', 'manager', true, { list: 'goods' }],
  ])('is needed as long as the file is kept: not for %s', async (_, role, isOneSite, body) => {
    const { path, shopId } = community;
    const manager = await givenStaff(shop, community.communityId, 'manager');
    const { task } = await exported(manager, path, body);
    await shop.owner.query(`UPDATE role_grant SET role = $2, site_id = $3 WHERE person_id = $1`, [
      manager.actorId,
      role,
      isOneSite ? shopId : null,
    ]);
    await manager.get(`${path}/tasks/${task.taskId}`).expect(404);
    await manager.get(`${path}/tasks/${task.taskId}/file`).expect(404);
  });
});

describe('exports within the limits of S-15', () => {
  let shop: TestApp;
  let community: GivenCommunity;

  beforeAll(async () => {
    shop = await createTestApp({ ECOMART_RATE_FACTOR: '1' });
    community = await givenCommunity(shop, { tariff: null });
  });
  afterAll(() => shop.close());

  async function again(personId: string): Promise<Client> {
    const session = await shop.database.transaction((tx) =>
      shop.app.get(Sessions).open(tx, {
        kind: 'staff',
        actorId: personId,
        communityId: null,
        origin: '127.0.0.1',
        lifetime: 'staff',
      }),
    );
    return new Client(shop, session.token, personId);
  }

  it('are five an hour for a person, however often he signs in; asking again for the same one is none', async () => {
    const { manager, admin } = community.staff;
    const path = `${community.path}/exports`;
    const key = randomUUID();
    for (let nth = 0; nth < 5; nth += 1) {
      await manager.post(path, { list: 'goods' }, nth === 0 ? key : randomUUID()).expect(202);
    }
    const refused = await manager.post(path, { list: 'goods' }).expect(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60);
    await (await again(manager.actorId)).post(path, { list: 'goods' }).expect(429);
    await manager.post(path, { list: 'goods' }, key).expect(202);
    await admin.post(path, { list: 'goods' }).expect(202);
  });
});
