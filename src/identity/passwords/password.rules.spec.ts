import { type PasswordFault, staffPasswordFault } from './password.rules.js';

const ABOUT = ['wang.fang', '王芳'];

describe('staffPasswordFault', () => {
  it.each<[string, PasswordFault | undefined]>([
    ['Kx7-pvQ2m', 'too-short'],
    ['Kx7-pvQ2mw', undefined],
    ['😀Aa3😀😁bB4', 'too-short'],
    ['😀Aa3😀😁bB4😂', undefined],
    [`Kx7-${'pvQ2mwz!'.repeat(15)}wzr3`, undefined],
    [`Kx7-${'pvQ2mwz!'.repeat(15)}wzr35`, 'too-long'],
    ['onlysmalllettershere', 'too-plain'],
    ['SmallAndCapitalLetters', 'too-plain'],
    ['small and spaces only', 'too-plain'],
    ['0123456789-0123', 'too-plain'],
    ['我家的小狗今年三岁了', 'too-plain'],
    ['我家小狗3岁-Wangcai', undefined],
    ['correct Horse battery', undefined],
    ['Aa1!Aa1!Aa1!', 'repeated'],
    ['Password123!', 'common'],
    ['P@ssw0rd2026', 'common'],
    ['!!Michael1990', 'common'],
    ['Woaini1314!!', 'common'],
    ['Qwertyuiop1!', 'common'],
    ['1qaz@WSX3edc', 'common'],
    ['1qaz2WSX#edc', 'common'],
    ['DragonDragon1!', 'common'],
    ['2026-Admin-2026', 'common'],
    ['Ecomart-9f3kq', 'context-word'],
    ['3c0mart-9Fzkq', 'context-word'],
    ['sheng-ShengTaiMei7', 'context-word'],
    ['7Wang.Fang-kq', 'context-word'],
    ['王芳-Kx7pvQ2mw', 'context-word'],
  ])('%s: %s', (password, fault) => {
    expect(staffPasswordFault(password, ABOUT)).toBe(fault);
  });

  it('takes no notice of a login too short to be telling', () => {
    expect(staffPasswordFault('Kx7-pvQ2mw', ['kx7'])).toBeUndefined();
  });

  it('reads a password that is long and monotonous at once', () => {
    expect(staffPasswordFault(`Aa1!-${'a'.repeat(123)}`, ABOUT)).toBeUndefined();
  });
});
