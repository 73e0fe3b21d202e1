import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Session } from './session.js';

// The words set the page's language when they are loaded; Vue, before them, takes a page without a document as it is.
await import('vue');
Object.assign(globalThis, { document: { documentElement: {} } });
const { command, finish, unfinished } = await import('./command.js');
const { Refused, Unanswered } = await import('./problem.js');
const { session } = await import('./session.js');

const PATH = '/api/communities/{communityId}/transfers';
const BODY = { fromSiteId: 'a', toSiteId: 'b', goodsId: 'c', quantity: 1 };
const send = (slot = 'transfer') => command(slot, 'rice', PATH, { path: { communityId: 1 }, body: BODY });

const person = (id: string) => ({ kind: 'staff', person: { id }, householdId: null }) as unknown as Session;
const answer = (status: number, body: object) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

const keys: string[] = [];
let reply: () => Promise<Response>;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
  keys.length = 0;
  session.value = person('a');
  jest.spyOn(globalThis, 'fetch').mockImplementation((_url, init) => {
    keys.push(new Headers(init?.headers).get('Idempotency-Key') ?? '');
    return reply();
  });
});

afterEach(async () => {
  reply = async () => answer(201, {});
  for (const id of ['a', 'b']) {
    session.value = person(id);
    if (unfinished('transfer') !== null) await finish('transfer');
  }
  jest.restoreAllMocks();
  jest.useRealTimers();
});

async function failed(asked: Promise<unknown>): Promise<unknown> {
  const caught = asked.catch((error: unknown) => error);
  await jest.advanceTimersByTimeAsync(10_000);
  return caught;
}

it('of an act that has its key already is sent under that one, by every copy of it', async () => {
  reply = async () => answer(201, {});
  for (const slot of ['one tab', 'another tab']) {
    await command(slot, 'rice', PATH, { key: 'k', path: { communityId: 1 }, body: BODY });
  }
  expect(keys).toEqual(['k', 'k']);
});

describe('a command whose answer was lost', () => {
  beforeEach(async () => {
    reply = () => Promise.reject(new TypeError('lost'));
    expect(await failed(send())).toBeInstanceOf(Unanswered);
  });

  it('is asked for under the same key', async () => {
    reply = async () => answer(201, { done: true });
    expect(await finish('transfer')).toEqual({ done: true });
    expect(new Set(keys).size).toBe(1);
    expect(unfinished('transfer')).toBeNull();
  });

  it('is nobody else’s to finish, and in nobody else’s way', async () => {
    session.value = person('b');
    expect(unfinished('transfer')).toBeNull();
    reply = async () => answer(201, {});
    await send();
    session.value = person('a');
    expect(unfinished('transfer')?.key).toBe(keys[0]);
  });

  it('is not forgotten for an answer to an earlier question', async () => {
    let late: (was: Response) => void = () => undefined;
    reply = () => new Promise((resolve) => (late = resolve));
    const slow = finish('transfer');
    reply = async () => answer(201, {});
    await finish('transfer');
    reply = () => Promise.reject(new TypeError('lost'));
    await failed(send());
    late(answer(201, {}));
    await slow;
    expect(unfinished('transfer')?.key).toBe(keys.at(-1));
  });
});

describe('what tells nothing of a command', () => {
  it.each([
    ['no session', () => answer(401, { type: 'identity.not-signed-in', title: '请先登录' })],
    ['too fast', () => answer(429, { type: 'platform.too-many-requests', title: '操作太快' })],
    ['busy', () => answer(409, { type: 'platform.busy', title: '请稍候' })],
    ['a waiting proxy', () => new Response('', { status: 408 })],
    ['a proxy’s own page', () => new Response('<html>', { status: 200, headers: { 'Content-Type': 'text/html' } })],
    ['a refusal cut off', () => new Response(cutOff(), { status: 409 })],
  ])('%s: it waits', async (_, said) => {
    reply = async () => said();
    expect(await failed(send())).toBeInstanceOf(Error);
    expect(unfinished('transfer')?.key).toBe(keys[0]);
  });
});

it('is done with where it is refused', async () => {
  reply = async () => answer(409, { type: 'goods.out-of-stock', title: '库存不足' });
  expect(await failed(send())).toBeInstanceOf(Refused);
  expect(unfinished('transfer')).toBeNull();
});

function cutOff(): ReadableStream {
  return new ReadableStream({ pull: (stream) => stream.error(new TypeError('cut off')) });
}
