import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';

// The language is written on the page as soon as it is known. Vue takes a page that is there for a whole one.
const { effectScope } = await import('vue');
Object.assign(globalThis, { window: globalThis, document: { documentElement: { lang: '' } } });
const { failureOf, useTasks } = await import('./tasks.js');

const task = (taskId: string, kind: string, state: string) => ({ taskId, kind, state });
let page = effectScope();
const asked = jest.fn<() => Promise<Response>>();

beforeEach(() => {
  jest.useFakeTimers();
  page = effectScope();
  globalThis.fetch = asked;
});
afterEach(() => {
  page.stop();
  jest.useRealTimers();
  asked.mockReset();
});

const answers = (...tasks: object[]) => Promise.resolve(Response.json(tasks));
const looks = (times: number) => jest.advanceTimersByTimeAsync(times * 1000);

it('looks every second at what is under way, and no more once it is over', async () => {
  asked.mockImplementationOnce(() => answers(task('1', 'import', 'queued'), task('2', 'other', 'queued')));
  asked.mockImplementationOnce(() => answers(task('1', 'import', 'running'), task('2', 'other', 'queued')));
  asked.mockImplementation(() => answers(task('1', 'import', 'done'), task('2', 'other', 'queued')));
  const { tasks } = page.run(() => useTasks(({ kind }) => kind === 'import')) ?? {};
  await looks(0);
  expect(tasks?.value).toEqual([task('1', 'import', 'queued')]);
  await looks(5);
  expect(tasks?.value).toEqual([task('1', 'import', 'done')]);
  expect(asked).toHaveBeenCalledTimes(3);
});

it('looks no more at what it may not see', async () => {
  asked.mockImplementation(() =>
    Promise.resolve(Response.json({ type: 'identity.not-allowed', title: '没有权限' }, { status: 403 })),
  );
  const { fault } = page.run(() => useTasks()) ?? {};
  await looks(5);
  expect(fault?.value).toBe('没有权限');
  expect(asked).toHaveBeenCalledTimes(1);
});

it('looks on until the page is left', async () => {
  asked.mockImplementation(() => answers(task('1', 'import', 'running')));
  page.run(() => useTasks());
  await looks(2);
  page.stop();
  await looks(5);
  expect(asked).toHaveBeenCalledTimes(3);
});

it('says in words why a task failed', () => {
  expect(failureOf({ failure: null })).toBe('');
  expect(failureOf({ failure: { code: 'a.b', params: {}, title: '文件有错', titleEn: 'A wrong file' } })).toBe(
    '文件有错',
  );
});
