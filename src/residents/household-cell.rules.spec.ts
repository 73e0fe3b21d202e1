import * as fc from 'fast-check';
import { CENTIPOINTS_MAX, formatPoints } from '../kernel/points.js';
import {
  cellText,
  readCardNumber,
  readDoor,
  readMembers,
  readName,
  readPhone,
  readPlace,
  readPoints,
} from './household-cell.rules.js';

describe('a cell', () => {
  it.each([
    ["'13800012345", '13800012345'],
    ['="13800012345"', '13800012345'],
    ['\t13800012345', '13800012345'],
    ['　１２３　', '123'],
  ])('%j says %j', (cell, text) => {
    expect(cellText(cell)).toBe(text);
  });
});

describe('a door', () => {
  it.each([
    ['３－１－２０１', '3-1-201'],
    ['3 - 1 - 201', '3-1-201'],
    [' 3栋 201 室', '3栋201室'],
    ['12 Green Lane', '12 Green Lane'],
    ['7', '7'],
    ['1'.repeat(60), '1'.repeat(60)],
  ])('is read from %j as %j', (cell, door) => {
    expect(readDoor(cell)).toEqual({ value: door });
  });

  it.each(['', '　', '-', '无'])('is missing in %j', (cell) => {
    expect(readDoor(cell)).toEqual({ problem: 'door-missing' });
  });

  it.each(['2026-03-12', '3月12日', '12-Mar', 'Mar-12', '2026年3月12日'])('became a date in %j', (cell) => {
    expect(readDoor(cell)).toEqual({ problem: 'became-date' });
    expect(readPlace(cell)).toEqual({ problem: 'became-date' });
  });

  it('is too long at 61 characters', () => {
    expect(readDoor('1'.repeat(61))).toEqual({ problem: 'door-too-long' });
  });
});

describe('a grid, building or entrance', () => {
  it.each([
    ['', null],
    ['／', null],
    ['第一 网格', '第一网格'],
    ['３', '3'],
  ])('is read from %j as %j', (cell, value) => {
    expect(readPlace(cell)).toEqual({ value });
  });

  it('is too long at 41 characters', () => {
    expect(readPlace('格'.repeat(40))).toEqual({ value: '格'.repeat(40) });
    expect(readPlace('格'.repeat(41))).toEqual({ problem: 'place-too-long' });
  });
});

describe('a name', () => {
  it.each([
    ['张　三', '张三'],
    ['买买提．艾力', '买买提·艾力'],
  ])('is read from %j as %j', (cell, value) => {
    expect(readName(cell)).toEqual({ value });
  });

  it('is missing, or none', () => {
    expect(readName(' ')).toEqual({ problem: 'name-missing' });
    expect(readName('12')).toEqual({ problem: 'name-bad' });
    expect(readName('明'.repeat(41))).toEqual({ problem: 'name-bad' });
  });
});

describe('members', () => {
  it.each([
    ['', []],
    ['无', []],
    ['/', []],
    ['李梅', ['李梅']],
    ['李梅、张小明', ['李梅', '张小明']],
    ['李梅，张小明,张小红；王五;赵六／钱七/孙八', ['李梅', '张小明', '张小红', '王五', '赵六', '钱七', '孙八']],
    ['李梅\n张小明\r\n张小红', ['李梅', '张小明', '张小红']],
    ['李梅 张小明　张小红', ['李梅', '张小明', '张小红']],
    ['李　梅、张小明', ['李梅', '张小明']],
    ['李　梅', ['李梅']],
    ['李 梅 张小明', ['李梅', '张小明']],
    ['李梅（妻）、张小明(长子)', ['李梅', '张小明']],
    ['李梅、、李梅、', ['李梅']],
    ['张三、李梅', ['李梅']],
    ['Anna Lee, Bo Lee', ['Anna Lee', 'Bo Lee']],
    ['Anna Lee', ['Anna Lee']],
  ])('of 张三 are read from %j as %j', (cell, value) => {
    expect(readMembers(cell, '张三')).toEqual({ value });
  });

  it.each(['欧 阳 修', '李 梅花 张三丰', '李、张小明', '1、2', '明'.repeat(41)])(
    'cannot be told apart in %j',
    (cell) => {
      expect(readMembers(cell, null)).toEqual({ problem: 'member-bad' });
    },
  );

  it('are at most 20', () => {
    const names = Array.from({ length: 21 }, (_, index) => `张${String.fromCodePoint(0x4e00 + index)}`);
    expect(readMembers(names.slice(0, 20).join('、'), null)).toEqual({ value: names.slice(0, 20) });
    expect(readMembers(names.join('、'), null)).toEqual({ problem: 'members-too-many' });
  });
});

describe('a phone', () => {
  it.each([
    ['', null],
    ['无', null],
    ['１３８ ０００１ ２３４５', '13800012345'],
    ['+86 13800012345', '13800012345'],
  ])('is read from %j as %j', (cell, value) => {
    expect(readPhone(cell)).toEqual({ value });
  });

  it.each([
    ['0555-1234567', 'phone-bad'],
    ['13800012345/13900012345', 'phone-bad'],
    ['1380001234', 'phone-bad'],
    ['1.38E+10', 'became-exponent'],
  ])('%j is wrong: %s', (cell, problem) => {
    expect(readPhone(cell)).toEqual({ problem });
  });
});

describe('a card number', () => {
  it.each([
    ['', null],
    ['000 000 5724', '0000005724'],
    ['００００００５７２４', '0000005724'],
    ['5724', '0000005724'],
  ])('is read from %j as %j', (cell, value) => {
    expect(readCardNumber(cell)).toEqual({ value });
  });

  it.each([
    ['0000005725', 'card-bad'],
    ['00000005724', 'card-bad'],
    ['A5724', 'card-bad'],
    ['1E+09', 'became-exponent'],
  ])('%j is wrong: %s', (cell, problem) => {
    expect(readCardNumber(cell)).toEqual({ problem });
  });
});

describe('an opening balance', () => {
  it.each([
    ['', 0],
    ['-', 0],
    ['0', 0],
    ['-0', 0],
    ['3.2', 320],
    ['3.20', 320],
    ['3.200', 320],
    ['0.07', 7],
    ['1,234.50', 123_450],
    ['１２．５', 1250],
    ['320分', 32_000],
    ['15 积分', 1500],
    ['2 points', 200],
    ['0010', 1000],
    ['10000000', CENTIPOINTS_MAX],
  ])('is read from %j as %d hundredths', (cell, value) => {
    expect(readPoints(cell)).toEqual({ value });
  });

  it.each([
    ['3.205', 'points-bad'],
    ['abc', 'points-bad'],
    ['1.2.3', 'points-bad'],
    ['1,23', 'points-bad'],
    ['5.', 'points-bad'],
    ['.5', 'points-bad'],
    ['1e3', 'points-bad'],
    ['3元', 'points-bad'],
    ['NaN', 'points-bad'],
    ['-0.01', 'points-negative'],
    ['－５', 'points-negative'],
    ['10000000.01', 'points-too-many'],
    ['9'.repeat(400), 'points-too-many'],
  ])('%j is wrong: %s', (cell, problem) => {
    expect(readPoints(cell)).toEqual({ problem });
  });

  it('is read as it was printed, to the hundredth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: CENTIPOINTS_MAX }), (centipoints) => {
        expect(readPoints(formatPoints(centipoints))).toEqual({ value: centipoints });
        expect(readPoints((centipoints / 100).toFixed(2))).toEqual({ value: centipoints });
      }),
    );
  });
});
