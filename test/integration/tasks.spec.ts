import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../src/kernel/domain-error.js';
import type { Command } from '../../src/platform/index.js';
import {
  type TaskOutcome,
  type TaskRight,
  type TaskRow,
  type TaskRun,
  TaskRunner,
  Tasks,
} from '../../src/tasks/index.js';
import { TasksRepository } from '../../src/tasks/tasks.repository.js';
import { givenCommunity, type GivenCommunity, givenStaff } from '../factories/community.js';
import { commandOf } from '../factories/world.js';
import { worldOf } from '../factories/world-of-community.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { fileOf } from '../support/file-of.js';

class OutOfSoapError extends DomainError<'test.out-of-soap'> {
  readonly code = 'test.out-of-soap';
}

interface Shown {
  readonly taskId: string;
  readonly state: string;
  readonly done: number;
  readonly total: number | null;
  readonly result?: unknown;
  readonly failure: { code: string; params: object } | null;
}

interface Row {
  readonly state: string;
  readonly attempts: number;
  readonly holder: string | null;
  readonly upload: Buffer | null;
  readonly result: Buffer | null;
  readonly failure: string | null;
}

/** Work that a test holds in its hands: begun when it is, ended when the test says so. */
class Held {
  readonly runs: TaskRun[] = [];
  private readonly ends: ((outcome: TaskOutcome | Error) => void)[] = [];

  readonly handler = (run: TaskRun): Promise<TaskOutcome> => {
    this.runs.push(run);
    return new Promise((resolve, reject) => {
      this.ends.push((outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
    });
  };

  end(nth: number, outcome: TaskOutcome | Error = {}): void {
    this.ends[nth]?.(outcome);
  }
}

describe('tasks', () => {
  let shop: TestApp;
  let community: GivenCommunity;
  let tasks: Tasks;
  let runner: TaskRunner;
  let kinds = 0;

  beforeAll(async () => {
    shop = await createTestApp();
    community = await givenCommunity(shop, { tariff: null });
    tasks = shop.app.get(Tasks);
    runner = shop.app.get(TaskRunner);
  });
  afterAll(() => shop.close());

  function commandBy(role: 'manager' | 'admin' = 'manager', key = randomUUID()): Command {
    return commandOf(worldOf(community).actors[role], { key });
  }

  /** A kind of its own for each test, so that none takes the work of another. */
  function given(handler: (run: TaskRun) => Promise<TaskOutcome>, right: TaskRight = () => true): string {
    kinds += 1;
    const kind = `test.work-${String.fromCharCode(97 + Math.floor(kinds / 26), 97 + (kinds % 26))}`;
    runner.handle(kind, handler, right);
    return kind;
  }

  const request = (kind: string, parameters: Readonly<Record<string, unknown>> = {}) => ({
    kind,
    parameters,
    detail: {},
  });

  async function until<T>(look: () => Promise<T>, isIt: (seen: T) => boolean): Promise<T> {
    for (let tries = 0; tries < 400; tries += 1) {
      const seen = await look();
      if (isIt(seen)) return seen;
      await sleep(25);
    }
    throw new Error(`still ${JSON.stringify(await look())}`);
  }

  async function see({ taskId }: { taskId: string }): Promise<Shown> {
    const reply = await community.staff.manager.get(`${community.path}/tasks/${taskId}`).expect(200);
    return reply.body as Shown;
  }

  const ended = (task: TaskRow) =>
    until(
      () => see(task),
      ({ state }) => state === 'done' || state === 'failed',
    );

  async function row({ taskId }: { taskId: string }): Promise<Row> {
    const { rows } = await shop.owner.query<Row>(
      `SELECT state, attempts, holder, upload, result, failure FROM task WHERE task_id = $1`,
      [taskId],
    );
    return rows[0] as Row;
  }

  it('are done in the background, and say how far they are and what came of them', async () => {
    const held = new Held();
    const kind = given(held.handler);
    const asked = await tasks.ask(commandBy(), {
      ...request(kind, { day: '2026-11-22' }),
      upload: Buffer.from('袁大明'),
    });
    expect(asked.state === 'queued' || asked.state === 'running').toBe(true);
    await until(async () => held.runs.length, Boolean);
    const [run] = held.runs;
    expect(run).toMatchObject({ parameters: { day: '2026-11-22' }, actor: { id: community.staff.manager.actorId } });
    expect(run?.upload?.toString()).toBe('袁大明');
    run?.progress(30, 100);
    await until(
      () => see(asked),
      ({ done }) => done === 30,
    );
    expect(await see(asked)).toMatchObject({ state: 'running', done: 30, total: 100, result: null });
    // What it reads and makes is nobody's to read in the database.
    expect((await row(asked)).upload?.includes('袁大明')).toBe(false);
    held.end(0, { result: { name: '袁大明' } });
    expect(await ended(asked)).toMatchObject({ state: 'done', done: 100, total: 100, result: { name: '袁大明' } });
    const kept = await row(asked);
    expect(kept.upload).toBeNull();
    expect(kept.result?.includes('袁大明')).toBe(false);
  });

  it('write their progress at most once a second', async () => {
    const held = new Held();
    const asked = await tasks.ask(commandBy(), request(given(held.handler)));
    await until(async () => held.runs.length, Boolean);
    const report = jest.spyOn(shop.app.get(TasksRepository), 'report');
    const begun = performance.now();
    for (let done = 1; done <= 10_000; done += 1) held.runs[0]?.progress(done, 10_000);
    const seconds = (performance.now() - begun) / 1000;
    await sleep(100);
    expect(report.mock.calls.length).toBeLessThanOrEqual(1 + Math.floor(seconds));
    report.mockRestore();
    held.end(0);
    await ended(asked);
  });

  it('are one task a key: asked again, the same one; asked otherwise, refused', async () => {
    const kind = given(
      async () => ({ result: { n: 1 } }),
      () => true,
    );
    const key = randomUUID();
    const first = await tasks.ask(commandBy('manager', key), request(kind, { n: 1 }));
    const again = await Promise.all(
      Array.from({ length: 5 }, () => tasks.ask(commandBy('manager', key), request(kind, { n: 1 }))),
    );
    expect(new Set(again.map(({ taskId }) => taskId))).toEqual(new Set([first.taskId]));
    await expect(tasks.ask(commandBy('manager', key), request(kind, { n: 2 }))).rejects.toMatchObject({
      code: 'platform.key-reused',
    });
    await expect(
      tasks.ask(commandBy('manager', key), { ...request(kind, { n: 1 }), upload: Buffer.from('x') }),
    ).rejects.toMatchObject({ code: 'platform.key-reused' });
    const other = await tasks.ask(commandBy('admin', key), request(kind, { n: 1 }));
    expect(other.taskId).not.toBe(first.taskId);
    await ended(first);
    const { rows } = await shop.owner.query(`SELECT 1 FROM audit_record WHERE subject_id = $1 AND action = $2`, [
      first.taskId,
      kind,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('run two at a time', async () => {
    const held = new Held();
    const kind = given(held.handler);
    const asked = [];
    for (let nth = 0; nth < 3; nth += 1) asked.push(await tasks.ask(commandBy(), request(kind)));
    await until(
      async () => held.runs.length,
      (count) => count === 2,
    );
    await sleep(150);
    expect(held.runs).toHaveLength(2);
    held.end(0);
    await until(
      async () => held.runs.length,
      (count) => count === 3,
    );
    held.end(1);
    held.end(2);
    for (const task of asked) expect((await ended(task)).state).toBe('done');
  });

  it('are refused beyond ten that wait', async () => {
    const held = new Held();
    const kind = given(held.handler);
    const asked = [];
    for (let nth = 0; nth < 10; nth += 1) asked.push(await tasks.ask(commandBy(), request(kind)));
    await expect(tasks.ask(commandBy(), request(kind))).rejects.toMatchObject({ code: 'tasks.too-many' });
    for (let nth = 0; nth < 10; nth += 1) {
      await until(
        async () => held.runs.length,
        (count) => count > nth,
      );
      held.end(nth);
    }
    for (const task of asked) await ended(task);
  });

  it('fail with what refused them, and without a word of what nobody foresaw', async () => {
    const refused = given(() => Promise.reject(new OutOfSoapError({ pieces: 3 })));
    const broken = given(() => Promise.reject(new Error('secret')));
    const one = await tasks.ask(commandBy(), request(refused));
    const two = await tasks.ask(commandBy(), request(broken));
    expect(await ended(one)).toMatchObject({
      state: 'failed',
      failure: { code: 'test.out-of-soap', params: { pieces: 3 } },
    });
    const failed = await ended(two);
    expect(failed).toMatchObject({ state: 'failed', failure: { code: 'tasks.failed', params: {} } });
    expect(JSON.stringify(failed)).not.toContain('secret');
  });

  describe('of a process that died', () => {
    /** As a process leaves its task behind that is killed while it works: with a lease that nobody renews. */
    async function abandoned(kind: string, attempts: number, leasedUntil: string): Promise<TaskRow> {
      // Nobody here knows the kind yet, so nobody takes the task.
      const asked = await tasks.ask(commandBy(), request(kind));
      await shop.owner.query(
        `UPDATE task SET state = 'running', holder = 'dead/1', attempts = $2, done = 7,
           started_at = app_now(), leased_until = app_now() + $3::interval WHERE task_id = $1`,
        [asked.taskId, attempts, leasedUntil],
      );
      return asked;
    }

    it('are begun again once their lease is over', async () => {
      const asked = await abandoned('test.orphan', 1, '-1 second');
      runner.handle(
        'test.orphan',
        async () => ({ result: { n: 1 } }),
        () => true,
      );
      runner.wake();
      expect(await ended(asked)).toMatchObject({ state: 'done', result: { n: 1 } });
      expect((await row(asked)).attempts).toBe(2);
    });

    it('are left alone as long as it may be alive', async () => {
      const asked = await abandoned('test.busy', 1, '20 seconds');
      const held = new Held();
      runner.handle('test.busy', held.handler, () => true);
      runner.wake();
      await sleep(200);
      expect(held.runs).toHaveLength(0);
      expect(await row(asked)).toMatchObject({ state: 'running', holder: 'dead/1', attempts: 1 });
      await shop.owner.query(`DELETE FROM task WHERE task_id = $1`, [asked.taskId]);
    });

    it('are given up when three of them died with it', async () => {
      const asked = await abandoned('test.deadly', 3, '-1 second');
      const held = new Held();
      runner.handle('test.deadly', held.handler, () => true);
      runner.wake();
      expect(await ended(asked)).toMatchObject({ state: 'failed', failure: { code: 'tasks.interrupted' } });
      expect(held.runs).toHaveLength(0);
    });

    it('are ended by whoever has them now, not by whoever comes back late', async () => {
      const held = new Held();
      const asked = await tasks.ask(commandBy(), request(given(held.handler)));
      await until(async () => held.runs.length, Boolean);
      await shop.owner.query(`UPDATE task SET holder = 'other/2', attempts = 2 WHERE task_id = $1`, [asked.taskId]);
      await sleep(1100);
      held.runs[0]?.progress(1, 2);
      await sleep(200);
      expect(() => held.runs[0]?.progress(2, 2)).toThrow();
      held.end(0, { result: { late: true } });
      await sleep(200);
      expect(await row(asked)).toMatchObject({ state: 'running', holder: 'other/2', result: null });
      await shop.owner.query(`DELETE FROM task WHERE task_id = $1`, [asked.taskId]);
    });
  });

  it('are taken by one of many processes', async () => {
    const repository = shop.app.get(TasksRepository);
    const asked = [];
    for (let nth = 0; nth < 3; nth += 1) asked.push(await tasks.ask(commandBy(), request('test.shared')));
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => repository.take(`process/${nth}`, ['test.shared'])),
    );
    const ids = taken.flatMap((task) => (task === undefined ? [] : [task.taskId]));
    expect(ids.toSorted()).toEqual(asked.map(({ taskId }) => taskId).toSorted());
    await shop.owner.query(`DELETE FROM task WHERE kind = 'test.shared'`);
  });

  it('are nobody else’s to see', async () => {
    const asked = await tasks.ask(
      commandBy(),
      request(given(async () => ({ file: { name: '名单.xlsx', content: Buffer.from('PK') } }))),
    );
    await ended(asked);
    const { admin, manager, cashier } = community.staff;
    const path = `${community.path}/tasks`;
    await admin.get(`${path}/${asked.taskId}`).expect(404);
    await admin.get(`${path}/${asked.taskId}/file`).expect(404);
    await cashier.get(`${path}/${asked.taskId}`).expect(403);
    const idsOf = async (client: typeof admin, query = '') =>
      ((await client.get(`${path}?limit=100${query}`).expect(200)).body as Shown[]).map(({ taskId }) => taskId);
    expect(await idsOf(admin)).not.toContain(asked.taskId);
    const own = await idsOf(manager);
    expect(own[0]).toBe(asked.taskId);
    expect(own).toEqual(own.toSorted().toReversed());
    expect(await idsOf(manager, `&after=${own[2]}`)).toEqual(own.slice(3));
  });

  it('keep what they made from their asker once he has lost the right to it', async () => {
    let isAllowed = true;
    const asked = await tasks.ask(
      commandBy(),
      request(
        given(
          async () => ({ file: { name: '名单.xlsx', content: Buffer.from('PK') } }),
          () => isAllowed,
        ),
      ),
    );
    await ended(asked);
    isAllowed = false;
    const { manager } = community.staff;
    await manager.get(`${community.path}/tasks/${asked.taskId}`).expect(404);
    await manager.get(`${community.path}/tasks/${asked.taskId}/file`).expect(404);
  });

  it('are not begun for who has lost the right since he asked', async () => {
    const held = new Held();
    const asked = await tasks.ask(commandBy(), request(given(held.handler, () => false)));
    const { rows } = await until(
      () => shop.owner.query<Row>(`SELECT state, failure FROM task WHERE task_id = $1`, [asked.taskId]),
      ({ rows: [seen] }) => seen?.state === 'failed',
    );
    expect(rows).toEqual([{ state: 'failed', failure: 'identity.role-missing' }]);
    expect(held.runs).toEqual([]);
  });

  it('are done with the roles of the moment', async () => {
    const held = new Held();
    const dismissed = await givenStaff(shop, community.communityId, 'manager');
    const command = commandBy();
    await shop.owner.query(`UPDATE person SET disabled_at = app_now() WHERE person_id = $1`, [dismissed.actorId]);
    await tasks.ask({ ...command, actor: { ...command.actor, id: dismissed.actorId } }, request(given(held.handler)));
    await tasks.ask(commandBy(), request(given(held.handler)));
    await until(
      async () => held.runs.length,
      (count) => count === 2,
    );
    expect(held.runs.map(({ actor }) => actor.roles)).toEqual([[], [{ role: 'manager', siteId: null }]]);
    held.end(0);
    held.end(1);
  });

  it('give their file to be kept, not to be opened', async () => {
    const content = Buffer.from('PK\u0003\u0004 内容');
    const asked = await tasks.ask(
      commandBy(),
      request(given(async () => ({ file: { name: '卸巷社区-住户.xlsx', content } }))),
    );
    expect(await ended(asked)).toMatchObject({ state: 'done', fileName: '卸巷社区-住户.xlsx' });
    const { manager } = community.staff;
    const reply = await fileOf(manager.get(`${community.path}/tasks/${asked.taskId}/file`));
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual(content);
    expect(reply.headers['content-disposition']).toBe(
      `attachment; filename="export.xlsx"; filename*=UTF-8''${encodeURIComponent('卸巷社区-住户.xlsx')}`,
    );
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const { rows } = await shop.owner.query(
      `SELECT 1 FROM audit_record WHERE subject_id = $1 AND action = 'tasks.download' AND actor_id = $2`,
      [asked.taskId, manager.actorId],
    );
    expect(rows).toHaveLength(1);
    await manager.get(`${community.path}/tasks/${randomUUID()}/file`).expect(404);
  });

  it('are kept for a week', async () => {
    const asked = await tasks.ask(commandBy(), request(given(async () => ({ result: {} }))));
    await ended(asked);
    await shop.moveClock('6 days 23 hours');
    await tasks.purge();
    expect(await row(asked)).toBeDefined();
    await shop.moveClock('7 days 1 hour');
    await tasks.purge();
    expect(await row(asked)).toBeUndefined();
    await shop.moveClock('0');
  });

  it('are handed back when the application ends', async () => {
    const counting = given(async ({ progress }) => {
      for (let done = 0; ; done += 1) {
        progress(done, null);
        await sleep(20);
      }
    });
    const inOneStep = given(
      ({ stopping }) =>
        new Promise((_, reject) => {
          stopping.addEventListener('abort', () => reject(stopping.reason as Error));
        }),
    );
    const asked: TaskRow[] = [];
    for (const kind of [counting, inOneStep]) {
      asked.push(await tasks.ask(commandBy(), request(kind)));
    }
    for (const task of asked) {
      await until(
        () => row(task),
        ({ state }) => state === 'running',
      );
    }
    await runner.beforeApplicationShutdown();
    for (const task of asked) {
      expect(await row(task)).toMatchObject({ state: 'queued', holder: null, attempts: 0 });
    }
  });
});
