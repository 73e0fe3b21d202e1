import { expect, it } from '@jest/globals';
import { csvLine } from './csv.js';

it('writes what a spreadsheet reads back the same', () => {
  expect(csvLine(['2026-11-22', -3.2, null])).toBe('"2026-11-22",-3.2,\r\n');
  expect(csvLine(['a,b', 'say "hi"', 'two\nlines'])).toBe('"a,b","say ""hi""","two\nlines"\r\n');
});

it.each(['=1+1', '+1', '-1', '@x', '  =1', '＝1', '\t1', '\r1', '\0=1'])('never writes the formula %j', (text) => {
  expect(csvLine([text])).toBe(`"'${text}"\r\n`);
});
