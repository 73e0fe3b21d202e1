import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Kept } from './kept.js';

describe('Kept', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const later = (milliseconds: number) => {
    const now = performance.now();
    jest.spyOn(performance, 'now').mockReturnValue(now + milliseconds);
  };

  it('reads once for a thousand who ask at once, and again when the time is over', async () => {
    const kept = new Kept<number>(60_000, 10);
    let readings = 0;
    const read = async () => (readings += 1);
    const all = await Promise.all(Array.from({ length: 1000 }, () => kept.get('a', read)));
    expect(new Set(all)).toEqual(new Set([1]));
    later(59_000);
    expect(await kept.get('a', read)).toBe(1);
    later(2000);
    expect(await kept.get('a', read)).toBe(2);
    expect(await kept.get('b', read)).toBe(3);
  });

  it('does not keep a failure', async () => {
    const kept = new Kept<string>(60_000, 10);
    await expect(kept.get('a', async () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await kept.get('a', async () => 'there')).toBe('there');
  });

  it('holds no more than it may', async () => {
    const kept = new Kept<string>(60_000, 2);
    for (const key of ['a', 'b', 'c']) await kept.get(key, async () => 'first');
    expect(await kept.get('b', async () => 'second')).toBe('first');
    expect(await kept.get('a', async () => 'second')).toBe('second');
  });
});
