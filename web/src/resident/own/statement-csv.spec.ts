import { expect, it } from '@jest/globals';
import { csv, pointsCell } from './statement-csv.js';

it('writes what a spreadsheet reads back the same', () => {
  expect(
    csv([
      ['日期', '积分'],
      ['2026-11-22', -3.2],
    ]),
  ).toBe('\uFEFF日期,积分\r\n2026-11-22,-3.2\r\n');
  expect(csv([['a,b', 'say "hi"', 'two\nlines']])).toBe('\uFEFF"a,b","say ""hi""","two\nlines"\r\n');
});

it('never writes a formula', () => {
  expect(csv([['=1+1', '+1', '-1', '@x']])).toBe("\uFEFF'=1+1,'+1,'-1,'@x\r\n");
});

it('keeps hundredths exact', () => {
  expect([320, -5, 0, 100].map(pointsCell)).toEqual([3.2, -0.05, 0, 1]);
});
