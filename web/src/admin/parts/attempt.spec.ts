import { expect, it } from '@jest/globals';

// The language is written on the page as soon as it is known. Vue takes a page that is there for a whole one.
await import('vue');
Object.assign(globalThis, { document: { documentElement: { lang: '' } } });
const { Refused } = await import('../../base/problem.js');
const { useAttempt } = await import('./attempt.js');

const refused = new Refused({ type: 'goods.name-taken', title: '已有同名商品', status: 409 });

it('is busy until it is known what came of it, and says why not', async () => {
  const { fault, isBusy, attempt } = useAttempt();
  const trying = attempt(() => Promise.reject(refused));
  expect(isBusy.value).toBe(true);
  expect(await trying).toBe(false);
  expect([isBusy.value, fault.value]).toEqual([false, '已有同名商品']);
});

it('forgets the last fault with the next try', async () => {
  const { fault, attempt } = useAttempt();
  await attempt(() => Promise.reject(refused));
  expect(await attempt(() => Promise.resolve())).toBe(true);
  expect(fault.value).toBe('');
});
