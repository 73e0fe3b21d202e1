import { chinaDay } from '../../src/kernel/calendar-day.js';
import { BusyCommunity } from '../support/fuzz/busy-community.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { tasksEnded } from '../support/tasks-ended.js';

interface Task {
  readonly taskId: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly result: object | null;
}

describe('a comparison of tariffs in the background', () => {
  let shop: TestApp;
  let here: BusyCommunity;
  let elsewhere: BusyCommunity;
  let path: string;
  let span: { from: string; to: string };

  beforeAll(async () => {
    shop = await createTestApp();
    here = await BusyCommunity.found(shop);
    elsewhere = await BusyCommunity.found(shop);
    path = `${here.path}/tariff-versions/${await here.tariffDraft()}`;
    const today = chinaDay(await shop.database.now());
    span = { from: today, to: today };
    for (let nth = 0; nth < 3; nth += 1) await here.weighIn((await here.household()).householdId);
  });
  afterAll(() => shop.close());

  async function ended(taskId: string): Promise<Task> {
    await tasksEnded(shop.owner);
    return (await here.manager.get(`${here.path}/tasks/${taskId}`).expect(200)).body as Task;
  }

  it('comes to what the comparison says that is asked for directly', async () => {
    const direct = await here.manager.post(`${path}/simulation`, span).expect(200);
    expect(direct.body).toMatchObject({ visits: 4, households: 4 });
    const asked = await here.manager.post(`${path}/simulation-tasks`, span).expect(202);
    const task = await ended((asked.body as Task).taskId);
    expect(task).toMatchObject({ state: 'done', done: 4, total: 4 });
    expect(task.result).toEqual(direct.body);
  });

  it('waits for its turn', async () => {
    const asked = await Promise.all(
      [1, 2, 3].map(() => here.manager.post(`${path}/simulation-tasks`, span).expect(202)),
    );
    for (const { body } of asked) expect((await ended((body as Task).taskId)).state).toBe('done');
  });

  it('is refused at once for what cannot be compared', async () => {
    await here.manager.post(`${path}/simulation-tasks`, { from: span.from, to: '2099-01-01' }).expect(422);
    const foreign = `${here.path}/tariff-versions/${await elsewhere.tariffDraft()}`;
    await here.manager.post(`${foreign}/simulation-tasks`, span).expect(404);
  });
});
