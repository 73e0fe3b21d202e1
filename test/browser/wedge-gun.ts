import type { Page } from 'playwright-core';

/**
 * Types as a keyboard-wedge scanner does, Shift before each capital and Enter behind. The keys are the browser's own: they
 * write into a text box and press the button that has the focus. The time between them is told to the browser and not
 * waited for, since a busy machine can't be held to milliseconds.
 *
 * @param gapMs from key to key
 */
export async function typeAsGun(page: Page, text: string, gapMs: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  let seconds = Date.now() / 1000;
  const sent: Promise<unknown>[] = [];
  const press = (type: 'keyDown' | 'keyUp', key: object, modifiers: number) =>
    sent.push(session.send('Input.dispatchKeyEvent', { type, ...key, modifiers, timestamp: seconds }));
  for (const char of `${text}\r`) {
    const isShifted = /[A-Z_]/.test(char);
    const shift = { key: 'Shift', code: 'ShiftLeft', windowsVirtualKeyCode: 16 };
    if (isShifted) press('keyDown', shift, SHIFT);
    press('keyDown', { ...keyOf(char), text: char }, isShifted ? SHIFT : 0);
    press('keyUp', keyOf(char), isShifted ? SHIFT : 0);
    if (isShifted) press('keyUp', shift, 0);
    seconds += gapMs / 1000;
  }
  await Promise.all(sent);
  await session.detach();
}

const SHIFT = 8;

function keyOf(char: string): { key: string; code: string; windowsVirtualKeyCode: number } {
  if (char === '\r') return { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
  if (char === '.') return { key: char, code: 'Period', windowsVirtualKeyCode: 190 };
  if (char === '-' || char === '_') return { key: char, code: 'Minus', windowsVirtualKeyCode: 189 };
  const code = /\d/.test(char) ? `Digit${char}` : `Key${char.toUpperCase()}`;
  return { key: char, code, windowsVirtualKeyCode: char.toUpperCase().charCodeAt(0) };
}
