import { monitorEventLoopDelay } from 'node:perf_hooks';
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
  'constructor',
  '__proto__',
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
  let hostile: readonly (readonly unknown[])[];

  beforeAll(async () => {
    const rows = HOSTILE.map((text, at): TableCell[] => [text, at]);
    hostile = await readXlsx(await written(new XlsxFile(HEAD), rows));
  });

  it.each(HOSTILE)('keeps the text %j as it is, and as a text', (text) => {
    const at = HOSTILE.indexOf(text);
    expect(hostile[2 + at]).toEqual([text, at]);
  });

  it('leaves out what no workbook can hold', async () => {
    const long = 'x'.repeat(40_000);
    const file = await written(new XlsxFile(HEAD), [
      ['\0=1\u0001\uD800b\uFFFEc\uDC00', 1],
      [long, 2],
    ]);
    expect((await readXlsx(file)).slice(2)).toEqual([
      ['=1bc', 1],
      [long.slice(0, 32_767), 2],
    ]);
  });

  it('has its note and headings, numbers as numbers, and nothing where there is nothing', async () => {
    const file = new XlsxFile(HEAD);
    await file.add([['a', -3.2]]);
    await file.add([
      [null, 0],
      ['b', null],
    ]);
    expect(await readXlsx(await file.end())).toEqual([
      ['卸巷社区 名单', null],
      ['文字', '数'],
      ['a', -3.2],
      [null, 0],
      ['b', null],
    ]);
  });

  it('holds a hundred thousand rows without keeping others waiting', async () => {
    const file = new XlsxFile(HEAD);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    for (let page = 0; page < 100; page += 1) {
      await file.add(Array.from({ length: 1000 }, (_, at): TableCell[] => [`第 ${page * 1000 + at} 行`, at]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const content = await file.end();
    delay.disable();
    expect(content.length).toBeLessThan(8_000_000);
    // Built in this thread, it would be several seconds.
    expect(delay.max / 1e6).toBeLessThan(1500);
    const read = await readXlsx(content);
    expect(read).toHaveLength(100_002);
    expect(read.at(-1)).toEqual(['第 99999 行', 999]);
  });

  it('tells what went wrong in its thread, at the end and to whoever adds after it', async () => {
    const file = new XlsxFile({ ...HEAD, sheetName: '名单/二' });
    await expect(file.end()).rejects.toThrow('illegal characters');
    await expect(file.add([['a', 1]])).rejects.toThrow('illegal characters');
  });

  it('stops where the application stops, with the reason of the signal', async () => {
    const stopping = new AbortController();
    const file = new XlsxFile(HEAD, stopping.signal);
    await file.add([['a', 1]]);
    const end = file.end();
    stopping.abort(new Error('the shop closes'));
    await expect(end).rejects.toThrow('the shop closes');
    expect(() => new XlsxFile(HEAD, stopping.signal)).toThrow('the shop closes');
  });

  it('leaves no thread behind, whether it ended, failed, was stopped or was closed', async () => {
    const stopping = new AbortController();
    const files = [HEAD, { ...HEAD, sheetName: '名'.repeat(32) }, HEAD, HEAD].map(
      (head) => new XlsxFile(head, stopping.signal),
    );
    const [ended, failed, stopped, closed] = files;
    expect(await ended?.end()).toBeInstanceOf(Buffer);
    await expect(failed?.end()).rejects.toThrow('longer than 31');
    await closed?.close();
    await expect(closed?.add([['a', 1]])).rejects.toThrow('ended before');
    const end = stopped?.end();
    stopping.abort(new Error('the shop closes'));
    await expect(end).rejects.toThrow('the shop closes');
    // What Node.js answers for a thread that is no more.
    expect(files.map((file) => file['worker'].threadId)).toEqual([-1, -1, -1, -1]);
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
