import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { CsvFile } from './csv-file.js';
import type { TableCell, TableFile } from './table-file.js';
import { XlsxFile } from './xlsx-file.js';

const HEAD = {
  sheetName: '名单',
  note: '卸巷社区 名单',
  columns: [
    { heading: '文字', width: 20 },
    { heading: '数', width: 8 },
  ],
};

/** Texts by which a table is made to do something when it is opened (S-20), and texts that tables like to spoil. */
const HOSTILE = [
  '=1+1',
  '=HYPERLINK("http://example.com","点我")',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(1,1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '\r\n@SUM(1)',
  ' =1+1',
  '　=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  '=1+1";=2+2',
  '"=1+1"',
  ',=1+1',
  'a\r\n=1+1',
  '=DDE("cmd";"/C calc";"x")',
  '%0A=1+1',
  '|calc',
  "'=1+1",
  '<c t="str"><f>1+1</f></c>',
  '</t></is></c><c><f>1+1</f></c>',
  ']]><f>1</f>',
  '&equals;1',
  '_x003D_1+1',
  '_x0009_=1',
  '340504195003125678',
  '0012345678',
  '3-12',
  '1E5',
  'TRUE',
  '袁大明 👨‍👩‍👧',
];

async function written(file: TableFile, rows: readonly (readonly TableCell[])[]): Promise<Buffer> {
  await file.add(rows);
  return file.end();
}

/** As strict as a spreadsheet: no blanks cut, no types guessed. */
async function readXlsx(file: Buffer): Promise<readonly (readonly unknown[])[]> {
  const [sheet] = await readXlsxFile(file, { trim: false });
  return sheet?.data ?? [];
}

function readCsv(file: Buffer): string[][] {
  return parse(file, { bom: true, relaxColumnCount: true });
}

describe('a table as a workbook', () => {
  it.each(HOSTILE)('keeps the text %j as it is, and as a text', async (text) => {
    const file = await written(new XlsxFile(HEAD), [[text, 1]]);
    expect((await readXlsx(file))[2]).toEqual([text, 1]);
  });

  it('leaves out what no workbook can hold', async () => {
    const file = await written(new XlsxFile(HEAD), [['\0=1\u0001\uD800b\uFFFE', 1]]);
    expect((await readXlsx(file))[2]).toEqual(['=1\uFFFDb', 1]);
  });

  it('has its note and headings, numbers as numbers, and nothing where there is nothing', async () => {
    const file = await written(new XlsxFile(HEAD), [
      ['a', -3.2],
      [null, 0],
      ['b', null],
    ]);
    expect(await readXlsx(file)).toEqual([
      ['卸巷社区 名单', null],
      ['文字', '数'],
      ['a', -3.2],
      [null, 0],
      ['b', null],
    ]);
  });

  it('holds a hundred thousand rows without keeping others waiting', async () => {
    const file = new XlsxFile(HEAD);
    let waited = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      waited = Math.max(waited, performance.now() - last);
      last = performance.now();
    }, 5);
    for (let page = 0; page < 100; page += 1) {
      await file.add(Array.from({ length: 1000 }, (_, at): TableCell[] => [`第 ${page * 1000 + at} 行`, at]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const content = await file.end();
    clearInterval(watch);
    expect(content.length).toBeLessThan(8_000_000);
    // Built whole, it would be several seconds.
    expect(waited).toBeLessThan(1500);
    const read = await readXlsx(content);
    expect(read).toHaveLength(100_002);
    expect(read.at(-1)).toEqual(['第 99999 行', 999]);
  });
});

describe('a table as text', () => {
  it.each(HOSTILE)('keeps the text %j, and lets it begin no formula', async (text) => {
    const [, , row] = readCsv(await written(new CsvFile(HEAD), [[text, 1]]));
    const field = row?.[0] ?? '';
    expect([text, `'${text}`]).toContain(field);
    expect(field).not.toMatch(/^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/);
    expect(row).toEqual([field, '1']);
  });

  it.each(['=1', '+1', '-1', '@1', '\t1', '\r1', '\0=1', '＝1', '＋1', '－1', '＠1'])(
    'puts a mark before %j',
    async (text) => {
      const [, , row] = readCsv(await written(new CsvFile(HEAD), [[text, 1]]));
      expect(row).toEqual([`'${text}`, '1']);
    },
  );

  it('is UTF-8 with its mark, and leaves numbers bare', async () => {
    const file = await written(new CsvFile(HEAD), [['袁"大"明', -3.2]]);
    expect(file.toString('utf8')).toBe('\uFEFF"卸巷社区 名单"\r\n"文字","数"\r\n"袁""大""明",-3.2\r\n');
  });
});
