import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { afterKey, NO_BURST, type KeyPress } from './wedge-scanner.rules.js';

function press(key: string, over: Partial<KeyPress> = {}): KeyPress {
  const none = { code: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, repeat: false };
  return { key, ...none, ...over };
}

interface Typed {
  readonly scans: string[];
  readonly swallowed: string[];
}

/** Presses one after another, `gap` ms apart or as the list says. */
function type(presses: readonly KeyPress[], gap: number | readonly number[]): Typed {
  let burst = NO_BURST;
  let at = 1000;
  const typed: Typed = { scans: [], swallowed: [] };
  presses.forEach((key, n) => {
    at += typeof gap === 'number' ? gap : (gap[n] ?? 0);
    const step = afterKey(burst, key, at);
    burst = step.burst;
    if (step.scanned !== null) typed.scans.push(step.scanned);
    if (step.isSwallowed) typed.swallowed.push(key.key);
  });
  return typed;
}

function keysOf(text: string): KeyPress[] {
  return [...Array.from(text, (char) => press(char)), press('Enter')];
}

/** As a scanner sends them: Shift goes down before a capital or an underscore. */
function scannerKeys(text: string, isHidden: boolean): KeyPress[] {
  const presses = Array.from(text).flatMap((char) => {
    const shiftKey = /[A-Z_]/.test(char);
    const code =
      char === '.'
        ? 'Period'
        : /[-_]/.test(char)
          ? 'Minus'
          : /\d/.test(char)
            ? `Digit${char}`
            : `Key${char.toUpperCase()}`;
    const key = press(isHidden ? 'Process' : char, { code, shiftKey });
    return shiftKey ? [press('Shift', { code: 'ShiftLeft', shiftKey }), key] : [key];
  });
  return [...presses, press(isHidden ? 'Process' : 'Enter', { code: 'Enter' })];
}

describe('a burst of keys', () => {
  it.each([0, 1, 5, 20, 49])('%i ms a key is a scan', (gap) => {
    expect(type(keysOf('6901234567892'), gap).scans).toEqual(['6901234567892']);
  });

  it.each([50, 80, 120, 400])('%i ms a key is a person', (gap) => {
    expect(type(keysOf('6901234567892'), gap)).toEqual({ scans: [], swallowed: [] });
  });

  it('takes the Enter and all but the first character from the page', () => {
    expect(type(keysOf('1234'), 5).swallowed).toEqual(['2', '3', '4', 'Enter']);
    expect(type(keysOf('123'), 5).swallowed).toEqual(['2', '3']);
  });

  it('has at least 4 characters and at most 512', () => {
    expect(type(keysOf('123'), 5).scans).toEqual([]);
    expect(type(keysOf('x'.repeat(512)), 5).scans).toHaveLength(1);
    expect(type(keysOf('x'.repeat(513)), 5).scans).toEqual([]);
    expect(type(keysOf('x'.repeat(5000)), 5).scans).toEqual([]);
  });

  it('needs its Enter in time: a late one presses the button it was meant for', () => {
    const keys = keysOf('1234');
    expect(type(keys, [0, 5, 5, 5, 50])).toEqual({ scans: [], swallowed: ['2', '3', '4'] });
    expect(type(keys, [0, 5, 5, 5, 49]).scans).toEqual(['1234']);
  });

  it('begins anew after a gap: what a person typed before is not part of the code', () => {
    const keys = [press('7'), press('7'), ...keysOf('1234')];
    expect(type(keys, [0, 90, 60, 5, 5, 5, 5]).scans).toEqual(['1234']);
  });

  it('reads two codes one after the other', () => {
    expect(type([...keysOf('1234'), ...keysOf('56789')], 5).scans).toEqual(['1234', '56789']);
  });

  it('is broken by F-keys, arrows and shortcuts', () => {
    for (const other of [
      press('F9'),
      press('ArrowLeft'),
      press('v', { ctrlKey: true }),
      press('v', { metaKey: true }),
    ]) {
      expect(type([press('1'), press('2'), other, press('3'), press('4'), press('Enter')], 5).scans).toEqual([]);
    }
  });

  it('is not a key held down', () => {
    const held = [press('a'), ...Array.from({ length: 9 }, () => press('a', { repeat: true })), press('Enter')];
    expect(type(held, 33)).toEqual({ scans: [], swallowed: [] });
    expect(type([...keysOf('1234').slice(0, 4), press('Enter', { repeat: true })], 5).scans).toEqual([]);
  });

  it('survives a clock that jumps back', () => {
    expect(type(keysOf('1234'), [0, 5, -900, 5, 5]).scans).toEqual([]);
  });

  it.each([false, true])('reads a card token with Shift in between (hidden by an input method: %s)', (isHidden) => {
    const token = 'EM1.aZ09_-bCdEfGhIjKlMnOpQ';
    expect(type(scannerKeys(token, isHidden), 5).scans).toEqual([token]);
  });

  it('reads the number block behind an input method', () => {
    const presses = Array.from('6901').map((digit) => press('Process', { code: `Numpad${digit}` }));
    expect(type([...presses, press('Process', { code: 'NumpadEnter' })], 5).scans).toEqual(['6901']);
  });

  it('guesses no character it does not know', () => {
    const unknown = press('Process', { code: 'Digit1', shiftKey: true });
    const keys = keysOf('1234');
    expect(type([...keys.slice(0, 2), unknown, ...keys.slice(2)], 5).scans).toEqual([]);
  });

  it('never comes of a person at 80 ms and slower, whatever is typed', () => {
    const key = fc
      .constantFrom(...Array.from('abc123.-'), 'Enter', 'Shift', 'Process')
      .map((name) => press(name, { code: 'KeyA' }));
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.integer({ min: 80, max: 2000 })), { maxLength: 60 }), (list) => {
        const presses = list.map(([one]) => one);
        expect(
          type(
            presses,
            list.map(([, gap]) => gap),
          ),
        ).toEqual({ scans: [], swallowed: [] });
      }),
    );
  });

  it('gives exactly what was scanned, at any speed of a scanner', () => {
    const code = fc.stringMatching(/^[A-Za-z0-9._-]{4,60}$/);
    fc.assert(
      fc.property(code, fc.array(fc.integer({ min: 0, max: 49 }), { minLength: 130, maxLength: 130 }), (text, gaps) => {
        expect(type(keysOf(text), gaps).scans).toEqual([text]);
        // The gap counts from character to character, whatever Shift does in between.
        expect(
          type(
            scannerKeys(text, false),
            gaps.map((gap) => gap >> 1),
          ).scans,
        ).toEqual([text]);
      }),
    );
  });
});
