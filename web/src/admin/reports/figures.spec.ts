import { describe, expect, it } from '@jest/globals';
import { share } from './figures.js';

describe('a share', () => {
  it.each([
    [1, 2, '50%'],
    [996, 1000, '99%'],
    [0, 7, '0%'],
    [3, 2, '150%'],
    [0, 0, '–'],
  ])('of %d in %d is %s', (part, whole, words) => {
    expect(share(part, whole)).toBe(words);
  });
});
