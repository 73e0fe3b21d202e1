/**
 * A keyboard-wedge scanner types a code as a burst of keys less than 50 ms apart and ends it with Enter; a person takes
 * 80 ms and more from key to key. A pure machine: each key that goes down is handed in with its time in milliseconds.
 */

/** At this gap or a longer one a key begins a new burst. */
const GAP_MS = 50;
const SHORTEST = 4;
/** The longest card token, barcode and pick-up code are far shorter; a cat on the keyboard isn't. */
const LONGEST = 512;

/** What of a KeyboardEvent matters. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
}

export interface Burst {
  readonly text: string;
  /** When its last key went down. */
  readonly at: number;
}

export const NO_BURST: Burst = { text: '', at: Number.NEGATIVE_INFINITY };

export interface BurstStep {
  readonly burst: Burst;
  /** The code, when this key ended one. */
  readonly scanned: string | null;
  /** The key belongs to a scanner, and must not press a button or start the browser's own search. */
  readonly isSwallowed: boolean;
}

const MODIFIERS = new Set(['Shift', 'CapsLock', 'NumLock', 'AltGraph']);

export function afterKey(burst: Burst, press: KeyPress, at: number): BurstStep {
  // Scanners send Shift as a key of its own before each capital.
  if (MODIFIERS.has(press.key)) return { burst, scanned: null, isSwallowed: false };
  const isQuick = at - burst.at < GAP_MS && at >= burst.at;
  if (isEnter(press)) {
    const isScan = isQuick && !press.repeat && burst.text.length >= SHORTEST && burst.text.length <= LONGEST;
    return { burst: NO_BURST, scanned: isScan ? burst.text : null, isSwallowed: isScan };
  }
  const char = charOf(press);
  // A held-down key repeats as fast as a scanner types.
  if (char === null || press.repeat || press.ctrlKey || press.altKey || press.metaKey) {
    return { burst: NO_BURST, scanned: null, isSwallowed: false };
  }
  // One over the longest is kept, so that an endless burst is bounded and still seen to be too long.
  const text = isQuick ? (burst.text + char).slice(0, LONGEST + 1) : char;
  return { burst: { text, at }, scanned: null, isSwallowed: isQuick };
}

function isEnter({ key, code }: KeyPress): boolean {
  return key === 'Enter' || (isHidden(key) && (code === 'Enter' || code === 'NumpadEnter'));
}

/** An input method (or an Android keyboard) may hide which character a key gives. */
function isHidden(key: string): boolean {
  return key === 'Process' || key === 'Unidentified';
}

/** The punctuation of our card tokens, by key of the US layout: alone and with Shift. */
const PUNCTUATION: Readonly<Record<string, readonly [plain: string, shifted: string | null]>> = {
  Period: ['.', null],
  NumpadDecimal: ['.', null],
  Minus: ['-', '_'],
  NumpadSubtract: ['-', null],
};

/** The character of a key; behind an input method that of the US layout, which scanners type on. */
function charOf({ key, code, shiftKey }: KeyPress): string | null {
  if (key.length === 1) return key;
  if (!isHidden(key)) return null;
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
  const [, digit] = /^(?:Digit|Numpad)(\d)$/.exec(code) ?? [];
  if (digit !== undefined) return shiftKey ? null : digit;
  const [plain, shifted] = PUNCTUATION[code] ?? [];
  return (shiftKey ? shifted : plain) ?? null;
}
