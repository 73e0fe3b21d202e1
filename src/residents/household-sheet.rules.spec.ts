import * as fc from 'fast-check';
import { findHouseholdHeader } from './household-sheet-header.rules.js';
import { ROW_PROBLEM_CODES, rowErrorSentence } from './household-sheet-problem.rules.js';
import { readHouseholdRows } from './household-sheet.rules.js';

const HEADER = ['序号', '网格', '楼栋', '单元', '门牌号', '户主姓名', '家庭成员', '手机号', '卡号', '期初积分', '备注'];

describe('the header row', () => {
  it('is known by the Chinese names of its columns, wherever they stand', () => {
    const header = findHouseholdHeader([['卸巷社区花名册'], [], ['2026年11月'], HEADER]);
    expect(header?.rowIndex).toBe(3);
    expect(Object.fromEntries(header?.columns ?? [])).toEqual({
      grid: 1,
      building: 2,
      entrance: 3,
      door: 4,
      headName: 5,
      memberNames: 6,
      phone: 7,
      cardNumber: 8,
      openingPoints: 9,
    });
    expect(header?.unreadHeadings).toEqual(['序号', '备注']);
  });

  it('is known by English names', () => {
    const english = ['Door No.', 'Head of Household *', 'Members', 'Phone', 'Grid', 'Building', 'Unit', 'Card Number'];
    const header = findHouseholdHeader([[...english, 'Opening balance']]);
    expect([...(header?.columns.keys() ?? [])].toSorted()).toEqual([
      'building',
      'cardNumber',
      'door',
      'entrance',
      'grid',
      'headName',
      'memberNames',
      'openingPoints',
      'phone',
    ]);
  });

  it('may carry brackets, blanks, marks and full-width letters', () => {
    const header = findHouseholdHeader([['门 牌 号（必填）', '＊户主：', '期初积分[分]', 'ＰＨＯＮＥ']]);
    expect(Object.fromEntries(header?.columns ?? [])).toEqual({ door: 0, headName: 1, openingPoints: 2, phone: 3 });
  });

  it('gives the more telling of two columns, and names the other as not read', () => {
    const header = findHouseholdHeader([['地址', '门牌号', '户主', '手机', '手机']]);
    expect(header?.columns.get('door')).toBe(1);
    expect(header?.columns.get('phone')).toBe(3);
    expect(header?.unreadHeadings).toEqual(['地址', '手机']);
  });

  it('is not found in a title, or below row 20', () => {
    expect(findHouseholdHeader([['姓名'], ['网格', '楼栋']])).toBeNull();
    expect(findHouseholdHeader([...Array.from({ length: 20 }, () => []), HEADER])).toBeNull();
    expect(findHouseholdHeader([...Array.from({ length: 19 }, () => []), HEADER])).not.toBeNull();
  });
});

describe('readHouseholdRows', () => {
  it('reads a household with everything', () => {
    const row = [
      '1',
      '第一网格',
      '３栋',
      '2单元',
      '２０１',
      '袁　大明',
      '李梅、袁小明',
      '138 0001 2345',
      '5724',
      '12.50',
      '困难户',
    ];
    expect(readHouseholdRows([HEADER, row])).toEqual({
      rows: [
        {
          rowNo: 2,
          door: '201',
          grid: '第一网格',
          building: '3栋',
          entrance: '2单元',
          headName: '袁大明',
          memberNames: ['李梅', '袁小明'],
          phone: '13800012345',
          cardNumber: '0000005724',
          openingCentipoints: 1250,
        },
      ],
      errors: [],
      warnings: [],
      skippedRowNos: [],
      unreadHeadings: ['序号', '备注'],
    });
  });

  it('needs no more than a door and a name', () => {
    expect(
      readHouseholdRows([
        ['门牌', '户主'],
        ['7', '张三'],
      ]).rows,
    ).toEqual([
      {
        rowNo: 2,
        door: '7',
        grid: null,
        building: null,
        entrance: null,
        headName: '张三',
        memberNames: [],
        phone: null,
        cardNumber: null,
        openingCentipoints: 0,
      },
    ]);
  });

  it('gives row numbers as the spreadsheet shows them, and skips what is no household', () => {
    const reading = readHouseholdRows([
      ['卸巷社区'],
      ['门牌', '户主', '手机'],
      ['例：3-201', '张三', '13800000000'],
      ['说明：门牌必填'],
      [],
      ['', ' ', '　'],
      ['1', '张三'],
      ['门牌', '户主', '手机'],
      ['2', '李四', ''],
      ['合计', '2户'],
      ['制表人：王五'],
    ]);
    expect(reading.errors).toEqual([]);
    expect(reading.rows.map((row) => row.rowNo)).toEqual([7, 9]);
    expect(reading.skippedRowNos).toEqual([3, 4, 8, 10, 11]);
  });

  it('finds a total below a column that is not read', () => {
    const reading = readHouseholdRows([
      ['序号', '门牌', '户主'],
      ['1', '7', '张三'],
      ['合计：', '', '1户'],
    ]);
    expect(reading.errors).toEqual([]);
    expect(reading.skippedRowNos).toEqual([3]);
  });

  it('names every wrong cell of a row, with what stands in it', () => {
    const row = ['', '', '', '', '', '', '', '0555-1234567', '0000005725', '3.205'];
    const reading = readHouseholdRows([HEADER, ['1', '', '', '', '8', '李四'], row]);
    expect(reading.rows.map(({ rowNo }) => rowNo)).toEqual([2]);
    expect(reading.errors).toEqual([
      { rowNo: 3, column: 'headName', code: 'name-missing' },
      { rowNo: 3, column: 'door', code: 'door-missing' },
      { rowNo: 3, column: 'phone', code: 'phone-bad', value: '0555-1234567' },
      { rowNo: 3, column: 'cardNumber', code: 'card-bad', value: '0000005725' },
      { rowNo: 3, column: 'openingPoints', code: 'points-bad', value: '3.205' },
    ]);
  });

  it('quotes at most 40 characters of a wrong cell', () => {
    const { errors } = readHouseholdRows([
      ['门牌', '户主', '手机'],
      ['1', '张三', '𬭎'.repeat(41)],
    ]);
    expect(errors).toEqual([{ rowNo: 2, column: 'phone', code: 'phone-bad', value: `${'𬭎'.repeat(39)}…` }]);
  });

  it('reports a failed formula wherever it stands in a column that is read', () => {
    const { errors } = readHouseholdRows([
      HEADER,
      ['#REF!', '#N/A', '', '', '7', '张三', '#VALUE!', '', '', '#DIV/0!'],
    ]);
    expect(errors.map(({ column, code }) => [column, code])).toEqual([
      ['grid', 'formula-failed'],
      ['memberNames', 'formula-failed'],
      ['openingPoints', 'formula-failed'],
    ]);
  });

  it('refuses a door twice, and names the earlier row', () => {
    const reading = readHouseholdRows([
      ['门牌', '户主'],
      ['２０１', '张三'],
      ['202', '李四'],
      [' 201 ', '王五'],
    ]);
    expect(reading.errors).toEqual([{ rowNo: 4, column: 'door', code: 'door-duplicate', value: '201', otherRowNo: 2 }]);
    expect(reading.rows.map(({ rowNo }) => rowNo)).toEqual([2, 3]);
  });

  it('sees a door twice though the earlier row is wrong elsewhere', () => {
    const { errors } = readHouseholdRows([
      ['门牌', '户主'],
      ['201', ''],
      ['201', '李四'],
    ]);
    expect(errors.map(({ rowNo, code }) => [rowNo, code])).toEqual([
      [2, 'name-missing'],
      [3, 'door-duplicate'],
    ]);
  });

  it('lets the same door stand in another building', () => {
    const table = [
      ['楼栋', '门牌', '户主'],
      ['1栋', '201', '张三'],
      ['2栋', '201', '李四'],
    ];
    expect(readHouseholdRows(table).errors).toEqual([]);
  });

  it('refuses a card twice, but only warns of a phone twice', () => {
    const table = [
      ['门牌', '户主', '手机', '卡号'],
      ['1', '张三', '13800012345', '5724'],
      ['2', '李四', '+8613800012345', '5724'],
    ];
    const reading = readHouseholdRows(table);
    expect(reading.errors).toEqual([
      { rowNo: 3, column: 'cardNumber', code: 'card-duplicate', value: '0000005724', otherRowNo: 2 },
    ]);
    expect(reading.warnings).toEqual([
      { rowNo: 3, column: 'phone', code: 'phone-duplicate', value: '13800012345', otherRowNo: 2 },
    ]);
  });

  it('says when there is no header, a column is lacking, or no household', () => {
    expect(readHouseholdRows([]).errors).toEqual([{ rowNo: 1, column: null, code: 'header-missing' }]);
    expect(
      readHouseholdRows([
        ['a', 'b'],
        ['1', '张三'],
      ]).errors[0]?.code,
    ).toBe('header-missing');
    expect(readHouseholdRows([[], ['姓名', '手机'], ['张三', '']]).errors).toEqual([
      { rowNo: 2, column: 'door', code: 'column-missing' },
    ]);
    expect(
      readHouseholdRows([
        ['门牌', '户主'],
        ['合计', ''],
      ]).errors,
    ).toEqual([{ rowNo: 1, column: null, code: 'sheet-empty' }]);
  });

  it('takes any texts without falling over, and no row is both read and wrong', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('1', '张三', '无', '5724', '0'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 11 }), { maxLength: 4 }), (rows) => {
        const { rows: read, errors } = readHouseholdRows([HEADER, ...rows]);
        const wrong = new Set(errors.map(({ rowNo }) => rowNo));
        expect(read.filter(({ rowNo }) => wrong.has(rowNo))).toEqual([]);
        expect(read.length > 0 || errors.length > 0).toBe(true);
      }),
    );
  });

  it('reads 10,000 rows', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => [
      String(index),
      '一',
      '',
      '',
      `${index}号`,
      '张三',
      '李梅、张小明',
    ]);
    expect(readHouseholdRows([HEADER, ...rows]).rows).toHaveLength(10_000);
  });
});

describe('rowErrorSentence', () => {
  it.each(ROW_PROBLEM_CODES)('says %s in at most 20 Chinese characters, and in English', (code) => {
    expect(Array.from(rowErrorSentence(code, 'zh')).length).toBeLessThanOrEqual(20);
    expect(rowErrorSentence(code, 'zh')).toMatch(/\p{Script=Han}/u);
    expect(rowErrorSentence(code, 'en')).toMatch(/^[A-Z][\x20-\x7e]+\.$/);
  });
});
