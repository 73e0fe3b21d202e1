import { isMobilePhone, isPhoneTail, maskPhone, normalizePhone, phoneTail } from './phone.rules.js';

describe('normalizePhone', () => {
  it.each([
    '13800012345',
    ' 138 0001 2345 ',
    '138-0001-2345',
    '１３８０００１２３４５',
    '+86 138 0001 2345',
    '＋８６　１３８０００１２３４５',
    '(+86)138.0001.2345',
    '0086-13800012345',
    '8613800012345',
    '138\u200b00012345',
  ])('reads %j', (typed) => {
    expect(normalizePhone(typed)).toBe('13800012345');
  });

  it('takes the country code off only before a whole mobile number', () => {
    expect(normalizePhone('86138000')).toBe('86138000');
    expect(normalizePhone('+85212345678')).toBe('+85212345678');
  });
});

describe('isMobilePhone', () => {
  it.each(['13000000000', '19999999999'])('accepts %s', (phone) => {
    expect(isMobilePhone(phone)).toBe(true);
  });

  it.each([
    '',
    '12000000000',
    '1380001234',
    '138000123456',
    '05551234567',
    '138００012345',
    '1380001234x',
    '13800012345\n',
  ])('refuses %j', (phone) => {
    expect(isMobilePhone(phone)).toBe(false);
  });
});

describe('what is shown of a phone', () => {
  it('is three digits, four stars and four digits', () => {
    expect(maskPhone('13812340000')).toBe('138****0000');
  });

  it('is nothing when it is no mobile number', () => {
    expect(maskPhone('05551234567')).toBe('***********');
    expect(maskPhone('')).toBe('***********');
  });

  it('is found by its tail', () => {
    expect(phoneTail('13812340567')).toBe('0567');
    expect(isPhoneTail('0567')).toBe(true);
    expect(isPhoneTail('567')).toBe(false);
    expect(isPhoneTail('０５６７')).toBe(false);
  });
});
