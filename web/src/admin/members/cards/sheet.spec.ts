import { describe, expect, it } from '@jest/globals';
import { A4, backsOf, CARDS, cuttingMarks, originOf, pagesOf, spokenNumber, TAGS } from './sheet.js';

describe('a page of cards', () => {
  it.each([CARDS, TAGS])('fits on A4 with room for the marks around it', (format) => {
    const { x, y } = originOf(format);
    expect(x + format.columns * format.width).toBeLessThan(A4.width);
    expect(y + format.rows * format.height).toBeLessThan(A4.height);
    for (const { x1, y1, x2, y2 } of cuttingMarks(format)) {
      for (const at of [x1, x2]) expect(at > 2 && at < A4.width - 2).toBe(true);
      for (const at of [y1, y2]) expect(at > 2 && at < A4.height - 2).toBe(true);
    }
  });

  it('marks both ends of every cut and no more', () => {
    expect(cuttingMarks(CARDS)).toHaveLength(2 * (3 + 6));
    const down = cuttingMarks(CARDS).filter(({ x1, x2 }) => x1 === x2);
    const cuts = [...new Set(down.map(({ x1 }) => x1.toFixed(1)))];
    expect(cuts).toEqual(['19.4', '105.0', '190.6']);
  });

  it('starts a new page with the eleventh card', () => {
    const cards = Array.from({ length: 11 }, (_, index) => index);
    expect(pagesOf(cards, CARDS).map(({ length }) => length)).toEqual([10, 1]);
    expect(pagesOf([], CARDS)).toEqual([]);
  });

  it('lays the backs behind their fronts', () => {
    expect(backsOf([1, 2, 3], CARDS)).toEqual([2, 1, null, 3]);
  });

  it('groups the digits of a number', () => {
    expect(spokenNumber('0123456786')).toBe('012 345 6786');
  });
});
