import * as fc from 'fast-check';
import { isMemberName, namePinyin, normalizeMemberName } from './member-name.rules.js';
import { maskMemberName } from './name-mask.rules.js';

describe('normalizeMemberName', () => {
  it.each([
    ['张　三', '张三'],
    [' 袁 大 明 ', '袁大明'],
    ['Ａｎｎａ  Lee', 'Anna Lee'],
    ['买买提•艾力', '买买提·艾力'],
    ['买买提．艾力', '买买提·艾力'],
    ['买买提・艾力', '买买提·艾力'],
    ['J. Smith', 'J. Smith'],
  ])('makes %j into %j', (typed, name) => {
    expect(normalizeMemberName(typed)).toBe(name);
  });
});

describe('isMemberName', () => {
  it.each(['袁', '袁大明', 'Anna Lee', '张三2', '买买提·艾力', '𬭎'.repeat(40)])('accepts %s', (name) => {
    expect(isMemberName(name)).toBe(true);
  });

  it.each(['', '123', '?', '-', '明'.repeat(41)])('refuses %j', (name) => {
    expect(isMemberName(name)).toBe(false);
  });
});

describe('maskMemberName', () => {
  it.each([
    ['袁大明', '袁**'],
    ['张三', '张*'],
    ['欧阳修', '欧阳*'],
    ['司马相如', '司马**'],
    ['欧阳', '欧*'],
    ['袁', '袁*'],
    ['𬭎三', '𬭎*'],
    ['买买提·艾力', '买****'],
    ['Anna Lee', 'A****'],
    ['', '*'],
  ])('shows %j as %j', (name, masked) => {
    expect(maskMemberName(name)).toBe(masked);
  });

  it('never shows more than the family name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const [shown = '', ...rest] = maskMemberName(name).split('*');
        expect(name.startsWith(shown)).toBe(true);
        expect(Array.from(shown).length).toBeLessThanOrEqual(2);
        expect(rest.join('')).toBe('');
      }),
    );
  });
});

describe('namePinyin', () => {
  it.each([
    ['袁大明', 'yuandaming', 'ydm'],
    ['吕玉兰', 'lvyulan', 'lyl'],
    ['仇和', 'qiuhe', 'qh'],
    ['单田芳', 'shantianfang', 'stf'],
    ['曾国藩', 'zengguofan', 'zgf'],
    ['解晓东', 'xiexiaodong', 'xxd'],
    ['万俟卨', 'moqixie', 'mqx'],
    ['张长弓', 'zhangchanggong', 'zcg'],
    ['王一博', 'wangyibo', 'wyb'],
    ['买买提·艾力', 'maimaitiaili', 'mmtal'],
    ['José García', 'josegarcia', 'jg'],
    ['Anna李', 'annali', 'al'],
    ['', '', ''],
  ])('reads %j as %j and %j', (name, full, initials) => {
    expect(namePinyin(name)).toEqual({ full, initials });
  });

  it('gives nothing but small letters and digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const { full, initials } = namePinyin(name);
        expect(full).toMatch(/^[a-z0-9]*$/);
        expect(initials).toMatch(/^[a-z0-9]*$/);
      }),
    );
  });
});
