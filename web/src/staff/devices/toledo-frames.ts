import { frame, type FrameLayout } from './frame-layout.js';
import { type ScaleUnit, type Shown, shownOf } from './scale-reading.js';

/** SWA bits 0-2: 0 and 1 are tens and hundreds without a point, 2 is whole units, 3 to 7 are one to five decimals. */
function placed(digits: string, place: number): Shown | null {
  const whole = shownOf(digits);
  if (whole === null) return null;
  if (place >= 2) return { mantissa: whole.mantissa, decimals: place - 2 };
  return { mantissa: whole.mantissa * 10 ** (2 - place), decimals: 0 };
}

/** SWC bits 0-2 name a unit other than the kg or lb of SWB: 1 is grams, the rest (tons, ounces) is refused. */
function unitOf(swb: number, swc: number): ScaleUnit | null {
  const described = swc & 0b111;
  if (described === 0) return (swb & 0b1_0000) === 0 ? 'lb' : 'kg';
  return described === 1 ? 'g' : null;
}

/** Two's complement of the low seven bits of the sum of all characters before the check. */
function checkOf(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i);
  return String.fromCharCode(-sum & 0x7f);
}

/**
 * Mettler Toledo continuous and its clones: 02, SWA, SWB, SWC, 6 weight digits, 6 tare digits, 0D, then a check or
 * none. Only the bits read here are looked at: clones set the constant ones as they like. Whether there is a check
 * shows by the byte after 0D, so a frame is read once that byte is there; in a continuous stream that is the next one.
 */
const T1: FrameLayout = {
  id: 'T1',
  starts: '\x02',
  longest: 18,
  read(text) {
    if (text.length < 18) return 'more';
    const swb = text.charCodeAt(2);
    const isOverload = (swb & 0b100) !== 0;
    const shown = placed(text.slice(4, 10), text.charCodeAt(1) & 0b111);
    const isLaidOut = /^[ -~]{6} *\d*$/.test(text.slice(4, 16)) && text.charAt(16) === '\r';
    if (!isLaidOut || (shown === null && !isOverload)) return 'noise';
    const next = text.charAt(17);
    const isChecked = next === checkOf(text.slice(0, 17));
    if (!isChecked && next !== '\x02') return 'bad-check';
    const isNet = (swb & 0b1) !== 0;
    // A check that looks like a start is left in the stream, where it is skipped if it was none.
    return frame(isChecked && next !== '\x02' ? 18 : 17, {
      shown,
      unit: unitOf(swb, text.charCodeAt(3)),
      isMinus: (swb & 0b10) !== 0,
      kind: isNet ? 'net' : 'gross',
      isStable: (swb & 0b1000) === 0,
      isOverload,
      tare: isNet ? placed(text.slice(10, 16), text.charCodeAt(1) & 0b111) : null,
    });
  },
};

export const TOLEDO = [T1] as const;
