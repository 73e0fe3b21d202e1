import { randomUUID } from 'node:crypto';
import readXlsxFile from 'read-excel-file/node';
import { SecretBox } from '../../src/platform/index.js';
import { HouseholdImports } from '../../src/residents/import/household-imports.service.js';
import { TaskRunner } from '../../src/tasks/index.js';
import { givenCommunity, type GivenCommunity } from '../factories/community.js';
import { commandOf } from '../factories/world.js';
import { worldOf } from '../factories/world-of-community.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { fileOf } from '../support/file-of.js';
import { wrongSums } from '../support/recon.js';
import { tasksEnded } from '../support/tasks-ended.js';

const HEADER = '门牌,户主姓名,手机号,期初积分';

interface Task {
  readonly taskId: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly parameters: object;
  readonly result: { cards: { rowNo: number; tokenText: string }[]; totals: { households: number } } | null;
  readonly failure: { code: string; title: string } | null;
}

describe('the import of households in the background', () => {
  let shop: TestApp;
  let home: GivenCommunity;

  beforeAll(async () => {
    shop = await createTestApp();
  });
  beforeEach(async () => {
    home = await givenCommunity(shop, { tariff: null });
  });
  afterAll(() => shop.close());

  const sheet = (...rows: string[]) => Buffer.from([HEADER, ...rows].join('\r\n'));
  const manyRows = (count: number) =>
    sheet(...Array.from({ length: count }, (_, at) => `3-${at + 1},袁大明,1380001${String(at).padStart(4, '0')},3.2`));

  function send(route: string, file: Buffer, fields: Readonly<Record<string, string>> = {}, key = randomUUID()) {
    const sent = shop.http
      .post(`${home.path}/household-imports/${route}`)
      .set('Authorization', `Bearer ${home.staff.manager.token}`)
      .set('Idempotency-Key', key);
    for (const [name, value] of Object.entries(fields)) sent.field(name, value);
    return sent.attach('file', file, '花名册.csv');
  }

  async function statement(file: Buffer): Promise<{ previewHash: string; consentVersion: string }> {
    const { body } = await send('preview', file).expect(200);
    return { previewHash: (body as { previewHash: string }).previewHash, consentVersion: '2026-01' };
  }

  async function ended(taskId: string): Promise<Task> {
    await tasksEnded(shop.owner);
    return (await home.staff.manager.get(`${home.path}/tasks/${taskId}`).expect(200)).body as Task;
  }

  async function households(): Promise<number> {
    const { rows } = await shop.owner.query<{ count: number }>(
      `SELECT count(*) AS count FROM household WHERE community_id = $1`,
      [home.communityId],
    );
    return rows[0]?.count ?? -1;
  }

  it('gives the answer of the import itself, once a key', async () => {
    const file = manyRows(120);
    const fields = await statement(file);
    const key = randomUUID();
    const asked = (await send('tasks', file, fields, key).expect(202)).body as Task;
    const again = (await send('tasks', file, fields, key).expect(202)).body as Task;
    expect(again.taskId).toBe(asked.taskId);
    const task = await ended(asked.taskId);
    expect(task).toMatchObject({ state: 'done', done: 120, total: 120, result: { totals: { households: 120 } } });
    expect(new Set(task.result?.cards.map(({ tokenText }) => tokenText)).size).toBe(120);
    expect(await households()).toBe(120);
    expect(await wrongSums(shop.owner, home.communityId)).toEqual([]);
    const late = (await send('tasks', file, fields, key).expect(202)).body as Task;
    expect(late).toMatchObject({ taskId: asked.taskId, state: 'done' });
    expect((await send('tasks', manyRows(3), fields, key).expect(422)).body).toMatchObject({
      type: 'platform.key-reused',
    });
    expect(await households()).toBe(120);
  });

  it('keeps no name and no phone number of the sheet where anybody could read it', async () => {
    const file = manyRows(3);
    const { taskId, parameters } = (await send('tasks', file, await statement(file)).expect(202)).body as Task;
    expect(Object.keys(parameters).toSorted()).toEqual(['bytes', 'consentVersion', 'ending', 'previewHash']);
    const { result } = await ended(taskId);
    const { rows } = await shop.owner.query<{ whole: string; result: Buffer }>(
      `SELECT task::text AS whole, result FROM task WHERE task_id = $1`,
      [taskId],
    );
    for (const secret of ['袁大明', '13800010000', result?.cards[0]?.tokenText ?? 'none']) {
      expect(rows[0]?.whole).not.toContain(secret);
      expect(rows[0]?.result.includes(secret)).toBe(false);
    }
  });

  it('ends with what the import refuses, and has changed nothing', async () => {
    const file = manyRows(2);
    const fields = { ...(await statement(file)), previewHash: '0'.repeat(64) };
    const { taskId } = (await send('tasks', file, fields).expect(202)).body as Task;
    expect(await ended(taskId)).toMatchObject({
      state: 'failed',
      failure: { code: 'residents.preview-stale', title: '数据有变，请重新预览' },
    });
    expect(await households()).toBe(0);
  });

  it('opens nothing twice where its process died after the commit', async () => {
    const file = manyRows(5);
    const { taskId } = (await send('tasks', file, await statement(file)).expect(202)).body as Task;
    const { result } = await ended(taskId);
    await shop.owner.query(
      `UPDATE task SET state = 'running', holder = 'dead/1', leased_until = app_now() - interval '1 second',
         finished_at = NULL, result = NULL, upload = $2 WHERE task_id = $1`,
      [taskId, shop.app.get(SecretBox).sealBytes('task.upload', file)],
    );
    shop.app.get(TaskRunner).wake();
    expect(await ended(taskId)).toMatchObject({ state: 'done', result });
    expect(await households()).toBe(5);
  });

  it('is taken back whole where it is stopped half way', async () => {
    const file = manyRows(40);
    const command = commandOf(worldOf(home).actors.manager);
    const run = shop.app
      .get(HouseholdImports, { strict: false })
      .run(command, file, 'a.csv', await statement(file), (done) => {
        if (done === 30) throw new Error('stopped');
      });
    await expect(run).rejects.toThrow('stopped');
    expect(await households()).toBe(0);
  });

  it('gives only the wrong rows back, which can be put right and sent again', async () => {
    const file = sheet('3-1,袁大明,13800010000,', '3-2,,,', '3-3,李小红,123,', '3-4,王芳,,1.234', '3-5,赵六,,');
    const reply = await fileOf(send('wrong-rows', file));
    expect(reply.status).toBe(200);
    expect(reply.headers['content-disposition']).toMatch(/^attachment; /);
    const [wrong] = await readXlsxFile(reply.body);
    expect(wrong?.data.slice(1)).toEqual([
      ['门牌', '户主姓名', '手机号', '期初积分', '出错原因'],
      ['3-2', null, null, null, expect.stringContaining('没有填户主姓名')],
      ['3-3', '李小红', '123', null, expect.stringContaining('不是11位手机号')],
      ['3-4', '王芳', null, '1.234', expect.stringContaining('积分不是数')],
    ]);
    const sentBack = await shop.http
      .post(`${home.path}/household-imports/preview`)
      .set('Authorization', `Bearer ${home.staff.manager.token}`)
      .attach('file', reply.body, '有错的行.xlsx')
      .expect(200);
    expect((sentBack.body as { errors: { rowNo: number }[] }).errors.map(({ rowNo }) => rowNo)).toEqual([3, 4, 5]);
    expect(await households()).toBe(0);
  });
});
