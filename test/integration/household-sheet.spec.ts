import { deflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import writeXlsxFile from 'write-excel-file/node';
import type { SheetData } from 'write-excel-file/node';
import { readHouseholdSheet } from '../../src/residents/household-sheet.reader.js';
import type { HouseholdSheet } from '../../src/residents/household-sheet.reader.js';
import { readHouseholdRows } from '../../src/residents/household-sheet.rules.js';
import { numberText } from '../../src/residents/workbook.reader.js';
import { listZipEntries, packZip, unzipEntry } from '../../src/residents/zip-archive.js';

const CSV = '门牌,户主,手机,期初积分\r\n３－２０１,张　三,13800012345,3.2\r\n3-202,李四𬭎,,\r\n';

/** What is read, in brief: the doors, heads, phones and balances. */
function households(sheet: HouseholdSheet): unknown[] {
  const { rows, errors } = readHouseholdRows(sheet.table);
  expect(errors).toEqual([]);
  return rows.map(({ door, headName, phone, openingCentipoints }) => [door, headName, phone, openingCentipoints]);
}

const READ_CSV = [
  ['3-201', '张三', '13800012345', 320],
  ['3-202', '李四𬭎', null, 0],
];

function workbook(data: SheetData): Promise<Buffer> {
  return writeXlsxFile(data).toBuffer();
}

/** The files of a plain workbook, to be altered and packed again. */
async function workbookFiles(): Promise<Map<string, Buffer>> {
  const file = await workbook([
    [{ value: '门牌' }, { value: '户主' }],
    [{ value: '1' }, { value: '张三' }],
  ]);
  return new Map(listZipEntries(file).map((entry) => [entry.name, unzipEntry(file, entry)]));
}

/** The workbook with other XML in place of its only sheet's rows. */
async function workbookWithRows(rowsXml: string): Promise<Buffer> {
  const files = await workbookFiles();
  const name = [...files.keys()].find((each) => /worksheets\/[^/]+\.xml$/.test(each)) ?? '';
  const xml = files.get(name)?.toString('utf8') ?? '';
  expect(xml).toContain('<sheetData>');
  files.set(name, Buffer.from(xml.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${rowsXml}</sheetData>`)));
  return packZip(files);
}

const text = (position: string, value: string): string =>
  `<c r="${position}" t="inlineStr"><is><t>${value}</t></is></c>`;
const HEADER_XML = `<row r="1">${text('A1', '门牌')}${text('B1', '户主')}</row>`;
const FIRST_XML = `<row r="2">${text('A2', '1')}${text('B2', '张三')}</row>`;

describe('a text file', () => {
  it.each([
    ['UTF-8', Buffer.from(CSV, 'utf8')],
    ['UTF-8 with the mark of Excel', Buffer.from(`\uFEFF${CSV}`, 'utf8')],
    ['GB 18030, which has all of GBK', iconv.encode(CSV, 'gb18030')],
    ['UTF-16 with its mark', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(CSV, 'utf16le')])],
    ['UTF-16, big end first', Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(CSV, 'utf16le').swap16()])],
  ])('is read in %s', async (_encoding, file) => {
    expect(households(await readHouseholdSheet(file, '花名册.csv'))).toEqual(READ_CSV);
  });

  it('is read in GBK as Excel saves it on Chinese Windows', async () => {
    // Bytes written down by hand, so that no codec of ours stands on both sides: 门牌,户主 CRLF 1,张三.
    const file = Buffer.from('c3c5c5c62cbba7d6f70d0a312cd5c5c8fd0d0a', 'hex');
    expect(households(await readHouseholdSheet(file, 'a.csv'))).toEqual([['1', '张三', null, 0]]);
  });

  it.each([',', ';', '\t'])('may be separated by %j', async (separator) => {
    const file = Buffer.from(CSV.replaceAll(',', separator));
    expect(households(await readHouseholdSheet(file, 'a.csv'))).toEqual(READ_CSV);
  });

  it.each(['\n', '\r\n', '\r'])('may end its lines with %j', async (lineEnd) => {
    const file = Buffer.from(CSV.replaceAll('\r\n', lineEnd));
    expect(households(await readHouseholdSheet(file, 'a.csv'))).toEqual(READ_CSV);
  });

  it('keeps commas, quotation marks and new lines within quotation marks, and row numbers by the row', async () => {
    const file = Buffer.from('"备注, 填写说明"\n\n门牌,户主,家庭成员\n"3""A",张三,"李梅\n张小明"\n4,李"四\n');
    const { table } = await readHouseholdSheet(file, 'A.CSV');
    expect(table).toEqual([
      ['备注, 填写说明'],
      [''],
      ['门牌', '户主', '家庭成员'],
      ['3"A', '张三', '李梅\n张小明'],
      ['4', '李"四'],
    ]);
  });

  it('may end in thousands of rows of commas', async () => {
    const file = Buffer.from(CSV + ',,,\r\n'.repeat(500_000));
    expect(households(await readHouseholdSheet(file, 'a.csv'))).toEqual(READ_CSV);
  });

  it.each([
    ['a photo', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), 'encoding'],
    ['a workbook by another name', packZip(new Map([['a.xml', Buffer.from('<a/>')]])), 'encoding'],
    ['text cut within a character', Buffer.from('c3c5c5', 'hex'), 'encoding'],
    ['a NUL', Buffer.from('门牌,户主\n1,张\0三'), 'encoding'],
    ['a quotation mark that never closes', Buffer.from('门牌,户主\n1,"张三\n2,李四'), 'text'],
    ['a row of 100,000 characters', Buffer.from(`门牌,户主\n1,${'三'.repeat(100_000)}`), 'text'],
  ])('is refused when it is %s', async (_what, file, reason) => {
    await expect(readHouseholdSheet(file, 'a.csv')).rejects.toMatchObject({
      code: 'residents.sheet-unreadable',
      params: { reason },
    });
  });
});

describe('a workbook', () => {
  it('is read with its numbers, dates, true and false, and blank rows', async () => {
    const file = await workbook([
      [{ value: '卸巷社区花名册', fontWeight: 'bold' }],
      [],
      ['门牌', '户主', '手机', '卡号', '期初积分', '入住', '低保'].map((value) => ({ value })),
      [
        { value: '３－２０１' },
        { value: '张　三' },
        { value: 13_800_012_345, type: Number },
        { value: 5724, type: Number },
        { value: 1.1 + 2.2, type: Number, format: '0.00' },
        { value: new Date('2026-03-12T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
        { value: true, type: Boolean },
      ],
      [],
      [{ value: 202, type: Number }, { value: '李四' }, { value: '13800012346' }],
    ]);
    const sheet = await readHouseholdSheet(file, '花名册.XLSX');
    expect(sheet.table[3]).toEqual(['３－２０１', '张　三', '13800012345', '5724', '3.3', '2026-03-12', 'TRUE']);
    const { rows, errors } = readHouseholdRows(sheet.table);
    expect(errors).toEqual([]);
    expect(
      rows.map(({ rowNo, door, phone, cardNumber, openingCentipoints }) => [
        rowNo,
        door,
        phone,
        cardNumber,
        openingCentipoints,
      ]),
    ).toEqual([
      [4, '3-201', '13800012345', '0000005724', 330],
      [6, '202', '13800012346', null, 0],
    ]);
  });

  it('betrays a door that became a date', async () => {
    const file = await workbook([
      [{ value: '门牌' }, { value: '户主' }],
      [{ value: new Date('2026-03-12T00:00:00Z'), type: Date, format: 'm"月"d"日"' }, { value: '张三' }],
    ]);
    const { errors } = readHouseholdRows((await readHouseholdSheet(file, 'a.xlsx')).table);
    expect(errors).toEqual([{ rowNo: 2, column: 'door', code: 'became-date', value: '2026-03-12' }]);
  });

  it('is read at the first sheet with a household header, and names the others', async () => {
    const file = await writeXlsxFile([
      { sheet: '填写说明', data: [[{ value: '请填写下一张表' }]] },
      {
        sheet: '一组',
        data: [
          [{ value: '门牌' }, { value: '户主' }],
          [{ value: '1' }, { value: '张三' }],
        ],
      },
      {
        sheet: '二组',
        data: [
          [{ value: '门牌' }, { value: '户主' }],
          [{ value: '2' }, { value: '李四' }],
        ],
      },
      { sheet: '空', data: [] },
    ]).toBuffer();
    const sheet = await readHouseholdSheet(file, 'a.xlsx');
    expect(households(sheet)).toEqual([['1', '张三', null, 0]]);
    expect(sheet.sheetName).toBe('一组');
    expect(sheet.unreadSheetNames).toEqual(['填写说明', '二组']);
  });

  it('is read as WPS writes it: formatted blanks to the last row, formulas, a failed one, one never worked out', async () => {
    const file = await workbookWithRows(
      `<row r="1" spans="1:4" ht="20" customHeight="1">${text('A1', '门牌')}${text('B1', '户主')}${text('C1', '期初积分')}` +
        '<c r="D1" s="0"/><c r="XFD1" s="0"></c></row>' +
        `<row r="2">${text('A2', '1')}<c r="B2" t="str"><f>CONCATENATE("张","三")</f><v>张三</v></c>` +
        '<c r="C2"><f>1+2</f><v>3.2000000000000002</v></c></row>' +
        `<row r="3">${text('A3', '2')}${text('B3', '李四')}<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>` +
        `<row r="4">${text('A4', '3')}${text('B4', '王五')}<c r="C4"><f>C2*2</f></c></row>` +
        '<row r="5" s="0" customFormat="1"/><row r="1048576"><c r="A1048576" s="0"/></row>',
    );
    const { rows, errors } = readHouseholdRows((await readHouseholdSheet(file, 'a.xlsx')).table);
    expect(rows.map(({ door, openingCentipoints }) => [door, openingCentipoints])).toEqual([['1', 320]]);
    expect(errors).toEqual([
      { rowNo: 3, column: 'openingPoints', code: 'formula-failed', value: '#DIV/0!' },
      { rowNo: 4, column: 'openingPoints', code: 'formula-failed', value: '#VALUE!' },
    ]);
  });

  it('is read where a program wrote its names with a prefix', async () => {
    const files = await workbookFiles();
    for (const [name, content] of files) {
      if (!/worksheets\/[^/]+\.xml$/.test(name)) continue;
      const xml = content
        .toString('utf8')
        .replace(/<(\/?)(\w)/g, '<$1x:$2')
        .replace('xmlns=', 'xmlns:x=');
      files.set(name, Buffer.from(xml.replace('<?x:xml', '<?xml')));
    }
    expect(households(await readHouseholdSheet(packZip(files), 'a.xlsx'))).toEqual([['1', '张三', null, 0]]);
  });

  it.each([
    ['a cell in the last column', `<row r="2">${text('XFD2', 'x')}</row>`, 'columns', 40],
    ['a cell in column 41', `<row r="2">${text('AO2', 'x')}</row>`, 'columns', 40],
    ['a cell in the last row', `<row r="1048576">${text('A1048576', 'x')}</row>`, 'rows', 20_000],
    ['a row beyond them, without a cell of its own', '<row r="99999">x</row>', 'rows', 20_000],
    ['a cell far out behind a prefix', `<x:row r="2">${text('XFD2', 'x')}</x:row>`, 'columns', 40],
    ['a position behind a prefix', `<row r="2" y:r="99999">${text('A2', 'x')}</row>`, 'rows', 20_000],
  ])('is refused with %s', async (_what, rowsXml, measure, limit) => {
    await expect(readHouseholdSheet(await workbookWithRows(HEADER_XML + rowsXml), 'a.xlsx')).rejects.toMatchObject({
      code: 'residents.sheet-too-large',
      params: { measure, limit },
    });
  });

  it.each([
    ['written as a character reference', '<row r="&#57;9999999">x</row>'],
    ['that is no number', '<row r="1e9">x</row>'],
    ['behind a quoted angle bracket', '<row a=">" r="99999999">x</row>'],
    ['behind blanks around the sign', '<row r = "99999999">x</row>'],
  ])('is refused with a position %s', async (_what, rowsXml) => {
    await expect(readHouseholdSheet(await workbookWithRows(HEADER_XML + rowsXml), 'a.xlsx')).rejects.toMatchObject({
      code: 'residents.sheet-unreadable',
    });
  });

  it('is read at column 40', async () => {
    const row = `<row r="2">${text('A2', '1')}${text('B2', '张三')}${text('AN2', 'x')}</row>`;
    expect(households(await readHouseholdSheet(await workbookWithRows(HEADER_XML + row), 'a.xlsx'))).toEqual([
      ['1', '张三', null, 0],
    ]);
  });

  it('is refused with external entities', async () => {
    const files = await workbookFiles();
    const dtd = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
    files.set('xl/sharedStrings.xml', Buffer.from(dtd));
    await expect(readHouseholdSheet(packZip(files), 'a.xlsx')).rejects.toMatchObject({
      code: 'residents.sheet-unreadable',
    });
  });

  it('is refused with 21 sheets', async () => {
    const sheets = Array.from({ length: 21 }, (_, index) => ({ sheet: `${index}`, data: [[{ value: 'a' }]] }));
    await expect(readHouseholdSheet(await writeXlsxFile(sheets).toBuffer(), 'a.xlsx')).rejects.toMatchObject({
      params: { measure: 'sheets', limit: 20 },
    });
  });

  it.each([
    ['xl/workbook.xml', 1024 * 1024],
    ['xl/_rels/workbook.xml.rels', 128 * 1024],
  ])('is refused with a list of sheets in %s that is over %d bytes', async (name, bytesMax) => {
    const files = await workbookFiles();
    const content = files.get(name) ?? Buffer.alloc(0);
    const filledTo = (bytes: number): Buffer => Buffer.concat([content, Buffer.alloc(bytes - content.length, ' ')]);
    files.set(name, filledTo(bytesMax));
    expect(households(await readHouseholdSheet(packZip(files), 'a.xlsx'))).toHaveLength(1);
    files.set(name, filledTo(bytesMax + 1));
    await expect(readHouseholdSheet(packZip(files), 'a.xlsx')).rejects.toMatchObject({
      params: { measure: 'sheets', limit: 20 },
    });
  });

  it.each([
    ['an old .xls', 'd0cf11e0a1b11ae1' + '00'.repeat(600), 'old-excel'],
    [
      'locked with a password',
      'd0cf11e0a1b11ae1' + '00'.repeat(600) + Buffer.from('EncryptedPackage', 'utf16le').toString('hex'),
      'locked',
    ],
    ['a page of HTML', Buffer.from('<html><table></table></html>').toString('hex'), 'workbook'],
    ['empty', '', 'workbook'],
    ['an archive of nothing', packZip(new Map()).toString('hex'), 'workbook'],
    ['an archive of something else', packZip(new Map([['a.xml', Buffer.from('<a/>')]])).toString('hex'), 'workbook'],
  ])('is refused when it is %s', async (_what, hex, reason) => {
    await expect(readHouseholdSheet(Buffer.from(hex, 'hex'), 'a.xlsx')).rejects.toMatchObject({
      code: 'residents.sheet-unreadable',
      params: { reason },
    });
  });

  it('is refused when it is damaged anywhere, or read as it was', async () => {
    const file = await workbook([
      [{ value: '门牌' }, { value: '户主' }],
      [{ value: '1' }, { value: '张三' }],
    ]);
    const length = file.length;
    for (let at = 0; at < length; at += 29) {
      const cut = readHouseholdSheet(file.subarray(0, at), 'a.xlsx');
      await expect(cut).rejects.toMatchObject({ code: 'residents.sheet-unreadable' });
      const altered = Buffer.from(file);
      altered.writeUInt8(altered.readUInt8(at) ^ 0xff, at);
      const outcome = await readHouseholdSheet(altered, 'a.xlsx').then(
        () => 'read',
        (error: { code?: string }) => error.code,
      );
      expect(['read', 'residents.sheet-unreadable', 'residents.sheet-too-large']).toContain(outcome);
    }
  });
});

describe('a zip bomb', () => {
  /** An archive of one deflated file whose directory and header say what is given. */
  function bomb(content: Buffer, saidBytes: number): Buffer {
    const packed = deflateRawSync(content);
    const archive = packZip(new Map([['xl/workbook.xml', packed]]));
    const directoryAt = archive.indexOf(Buffer.from('504b0102', 'hex'));
    archive.writeUInt16LE(8, 8);
    archive.writeUInt32LE(saidBytes, 22);
    archive.writeUInt16LE(8, directoryAt + 10);
    archive.writeUInt32LE(saidBytes, directoryAt + 24);
    return archive;
  }

  it('is refused by what its directory says, before anything is unpacked', async () => {
    // Three bytes of nonsense in place of the content: unpacking would fail with another code.
    const file = bomb(Buffer.of(1, 2, 3), 50 * 1024 * 1024 + 1);
    await expect(readHouseholdSheet(file, 'a.xlsx')).rejects.toMatchObject({
      code: 'residents.sheet-too-large',
      params: { measure: 'unzipped-bytes', limit: 50 * 1024 * 1024 },
    });
  });

  it('is stopped while unpacking when its directory lies', async () => {
    const file = bomb(Buffer.alloc(100 * 1024 * 1024), 1_000);
    expect(file.length).toBeLessThan(1024 * 1024);
    const before = process.memoryUsage().rss;
    await expect(readHouseholdSheet(file, 'a.xlsx')).rejects.toMatchObject({
      code: 'residents.sheet-unreadable',
      params: { reason: 'workbook' },
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  it('is harmless in a file that the directory does not list', async () => {
    const hidden = Buffer.from(await workbookWithRows(HEADER_XML + FIRST_XML));
    const bombHeader = bomb(Buffer.alloc(10 * 1024 * 1024), 0xffff_fff0);
    const directoryAt = bombHeader.indexOf(Buffer.from('504b0102', 'hex'));
    const stowaway = bombHeader.subarray(0, directoryAt);
    const files = listZipEntries(hidden);
    const endAt = hidden.length - 22;
    let at = hidden.readUInt32LE(endAt + 16);
    const archive = Buffer.concat([stowaway, hidden]);
    for (const entry of files) {
      archive.writeUInt32LE(entry.localHeaderAt + stowaway.length, stowaway.length + at + 42);
      at += 46 + Buffer.byteLength(entry.name);
    }
    archive.writeUInt32LE(hidden.readUInt32LE(endAt + 16) + stowaway.length, stowaway.length + endAt + 16);
    expect(households(await readHouseholdSheet(archive, 'a.xlsx'))).toEqual([['1', '张三', null, 0]]);
  });
});

describe('the limits', () => {
  const rows = (count: number): string => Array.from({ length: count }, (_, index) => `${index},张三\n`).join('');

  it('are 10,000 rows with the header', async () => {
    const full = await readHouseholdSheet(Buffer.from(`门牌,户主\n${rows(9_999)}`), 'a.csv');
    expect(households(full)).toHaveLength(9_999);
    await expect(readHouseholdSheet(Buffer.from(`门牌,户主\n${rows(10_000)}`), 'a.csv')).rejects.toMatchObject({
      code: 'residents.sheet-too-large',
      params: { measure: 'rows', limit: 10_000 },
    });
  });

  it('are 10,000 rows in a workbook too', async () => {
    const data = Array.from({ length: 10_001 }, (_, index) => [{ value: `${index}` }, { value: '张三' }]);
    await expect(readHouseholdSheet(await workbook(data), 'a.xlsx')).rejects.toMatchObject({
      params: { measure: 'rows', limit: 10_000 },
    });
    expect((await readHouseholdSheet(await workbook(data.slice(1)), 'a.xlsx')).table).toHaveLength(10_000);
  });

  it('are 40 columns', async () => {
    const wide = `门牌,户主${',备注'.repeat(38)}\n1,张三`;
    expect(households(await readHouseholdSheet(Buffer.from(wide), 'a.csv'))).toHaveLength(1);
    await expect(readHouseholdSheet(Buffer.from(`${wide}${',x'.repeat(39)}`), 'a.csv')).rejects.toMatchObject({
      params: { measure: 'columns', limit: 40 },
    });
  });

  it('are 5 MB', async () => {
    await expect(readHouseholdSheet(Buffer.alloc(5 * 1024 * 1024 + 1, 0x20), 'a.csv')).rejects.toMatchObject({
      params: { measure: 'bytes', limit: 5 * 1024 * 1024 },
    });
    await expect(readHouseholdSheet(Buffer.alloc(5 * 1024 * 1024, '1\n'), 'a.csv')).rejects.toMatchObject({
      params: { measure: 'rows', limit: 20_000 },
    });
  });

  it.each(['a.xls', 'a.pdf', 'a', '', '../../etc/passwd', 'a.csv.exe', 'xlsx'])(
    'are .xlsx and .csv, not %j',
    async (name) => {
      await expect(readHouseholdSheet(Buffer.from(CSV), name)).rejects.toMatchObject({
        code: 'residents.sheet-unreadable',
        params: { reason: name === 'a.xls' ? 'old-excel' : 'file-type' },
      });
    },
  );
});

describe('a stored number', () => {
  it.each([
    ['13800012345', '13800012345'],
    ['1.3800012345E10', '13800012345'],
    ['3.3000000000000003', '3.3'],
    ['0.1', '0.1'],
    ['100', '100'],
    ['0.00001', '0.00001'],
    ['-2.50', '-2.5'],
    ['1e21', '1000000000000000000000'],
    ['1e999', '1e999'],
    ['abc', 'abc'],
  ])('%s is read as %s', (stored, shown) => {
    expect(numberText(stored)).toBe(shown);
  });
});
