import { codeToEnd, type DatedCode } from './code-history.rules.js';
import { CodeNotLaterError } from './places.errors.js';

const OLD: DatedCode = { code: '340521103000', validFrom: '2010-01-01', validTo: '2015-06-01' };
const NEW: DatedCode = { code: '340506103000', validFrom: '2015-06-01', validTo: null };
const HISTORY = [NEW, OLD];

describe('codeToEnd', () => {
  it('is the latest code, whatever the order of the history', () => {
    expect(codeToEnd(HISTORY, '2026-11-22')).toBe(NEW);
    expect(codeToEnd(HISTORY.toReversed(), '2015-06-02')).toBe(NEW);
  });

  it('is nothing for a first code', () => {
    expect(codeToEnd([], '2026-11-22')).toBeUndefined();
  });

  it('is nothing where the latest code has ended by itself', () => {
    expect(codeToEnd([OLD], '2026-11-22')).toBeUndefined();
  });

  it.each(['2015-06-01', '2015-05-31', '2009-01-01'])('refuses a code from %s, which would rewrite history', (from) => {
    expect(() => codeToEnd(HISTORY, from)).toThrow(CodeNotLaterError);
  });
});
