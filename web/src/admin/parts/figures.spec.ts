import { describe, expect, it } from '@jest/globals';
import { readHundredths, readWhole, yuan } from './figures.js';

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

  it('writes fen as yuan', () => {
    expect(yuan(1250)).toBe('12.50');
    expect(yuan(5)).toBe('0.05');
  });
});
