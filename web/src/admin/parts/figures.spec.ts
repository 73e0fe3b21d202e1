import { describe, expect, it } from '@jest/globals';
import { readDecimal, readHundredths, readWhole, share, yuan } from './figures.js';

describe('what people type as a figure', () => {
  it.each([
    ['3', 300],
    ['3.2', 320],
    ['0.05', 5],
    [' 12.50 ', 1250],
    ['３．２', 320],
    ['3。2', 320],
    ['999999999.99', 99_999_999_999],
  ])('reads %j as %d hundredths', (typed, hundredths) => {
    expect(readHundredths(typed)).toBe(hundredths);
  });

  it.each(['', '.', '3.', '.5', '3.205', '-3', '3,2', '1e3', '三', '1234567890'])('refuses %j', (typed) => {
    expect(readHundredths(typed)).toBeNull();
  });

  it('reads whole pieces and nothing else', () => {
    expect(readWhole('１２')).toBe(12);
    expect(readWhole('0')).toBe(0);
    for (const typed of ['', '1.5', '-1', 'a']) expect(readWhole(typed)).toBeNull();
  });

  it('reads as many decimals as there may be', () => {
    expect(readDecimal('1.25', 3)).toBe(1250);
    expect(readDecimal('1.2505', 3)).toBeNull();
    expect(readDecimal('12.', 0)).toBeNull();
  });

  it('writes fen as yuan', () => {
    expect(yuan(1250)).toBe('12.50');
    expect(yuan(5)).toBe('0.05');
  });
});

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
