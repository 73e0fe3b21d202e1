import { afterKey, NO_BURST } from './wedge-scanner.rules.js';

export type ScanHandler = (code: string) => void;

/** Kinds of input that take no text, so a scanner may be read while one has the focus. */
const NO_TEXT = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);

/** The newest is asked alone: a sheet over a screen takes the codes meant for it. */
const handlers: ScanHandler[] = [];
let burst = NO_BURST;

/**
 * Hands each code of a keyboard-wedge scanner to `handler` until the returned function is called. The page has one
 * listener for all; nothing is taken while a text box has the focus.
 */
export function listenForScans(handler: ScanHandler): () => void {
  if (handlers.length === 0) window.addEventListener('keydown', onKeyDown, { capture: true });
  handlers.push(handler);
  return () => {
    const at = handlers.indexOf(handler);
    if (at < 0) return;
    handlers.splice(at, 1);
    if (handlers.length === 0) window.removeEventListener('keydown', onKeyDown, { capture: true });
  };
}

function onKeyDown(event: KeyboardEvent): void {
  if (isTextBox(event.composedPath()[0] ?? event.target)) {
    burst = NO_BURST;
    return;
  }
  // The time the key went down, not the time a busy page came to look at it.
  const step = afterKey(burst, event, event.timeStamp);
  burst = step.burst;
  if (step.isSwallowed) {
    event.preventDefault();
    event.stopPropagation();
  }
  if (step.scanned !== null) handlers.at(-1)?.(step.scanned);
}

function isTextBox(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
