import { frame, type FrameLayout } from './frame-layout.js';
import { shownOf, unitOf } from './scale-reading.js';

/**
 * The layouts of Yaohua's indicators. None has a flag for a stable weight; Y1, Y3 and Y4 name no unit, and these
 * indicators then weigh in kilograms (the pairing compares with the display).
 */

/** XOR of the characters as two hexadecimal digits, high first: a nibble over 9 is a capital letter. */
function xorOf(text: string): string {
  let xor = 0;
  for (let i = 0; i < text.length; i++) xor ^= text.charCodeAt(i);
  return xor.toString(16).toUpperCase().padStart(2, '0');
}

/** XK3190-A9, D9, DS1, continuous: 02, sign, 6 digits, decimals counted from the right, XOR of bytes 2-9, 03. */
const Y1: FrameLayout = {
  id: 'Y1',
  starts: '\x02',
  longest: 12,
  read(text) {
    if (text.length < 12) return 'more';
    const fields = /^([+-])(\d{6})([0-4])$/.exec(text.slice(1, 9));
    if (fields === null || text.charAt(11) !== '\x03') return 'noise';
    if (text.slice(9, 11) !== xorOf(text.slice(1, 9))) return 'bad-check';
    const shown = { mantissa: Number(fields[2]), decimals: Number(fields[3]) };
    return frame(12, { shown, unit: 'kg', isMinus: fields[1] === '-' });
  },
};

/** Y3 and Y4 differ in the order of the characters alone, so one frame may be read as either. */
function equalsLayout(id: 'Y3' | 'Y4', signAndDigits: (body: string) => readonly [sign: string, digits: string]) {
  const layout: FrameLayout = {
    id,
    starts: '=',
    longest: 9,
    read(text) {
      if (text.length < 9) return 'more';
      const [sign, digits] = signAndDigits(text.slice(1, 9));
      // Without a check the point is what tells a weight from a run of digits.
      if ((sign !== '0' && sign !== '-') || !digits.includes('.')) return 'noise';
      return frame(9, { shown: shownOf(digits), unit: 'kg', isMinus: sign === '-' });
    },
  };
  return layout;
}

/** A26 format 1, A23P: `=`, 7 characters with the point LOW digit first, `0` or `-`. 3.000 is `=000.3000`. */
const Y3 = equalsLayout('Y3', (body) => [
  body.charAt(7),
  Array.from(body.slice(0, 7)).reduce((high, low) => low + high, ''),
]);

/** A26 format 2: `=`, `0` or `-`, 7 characters with the point high digit first. 3.000 is `=0003.000`. */
const Y4 = equalsLayout('Y4', (body) => [body.charAt(0), body.slice(1)]);

/** A12, A12(E): `W`, `G` or `N`, 7 characters with the point, `kg`, XOR of bytes 1-11, CR LF. */
const Y5: FrameLayout = {
  id: 'Y5',
  starts: 'W',
  longest: 15,
  read(text) {
    if (text.length < 15) return 'more';
    const fields = /^W([GN])([ -]?)([ \d]+\.\d*)(kg)$/.exec(text.slice(0, 11));
    if (fields === null || text.slice(13) !== '\r\n') return 'noise';
    if (text.slice(11, 13) !== xorOf(text.slice(0, 11))) return 'bad-check';
    const [, kind, sign, digits = ''] = fields;
    return frame(15, {
      shown: shownOf(digits),
      unit: 'kg',
      isMinus: sign === '-',
      kind: kind === 'N' ? 'net' : 'gross',
    });
  },
};

/** A12+SS, A27(E): `w`, `w` gross or `n` net or `t` tare, 7 characters with the point, `kg` or `lb`. */
const Y6: FrameLayout = {
  id: 'Y6',
  starts: 'w',
  longest: 11,
  read(text) {
    if (text.length < 11) return 'more';
    const fields = /^w([wnt])([ -]?)([ \d]+\.\d*)(kg|lb)$/.exec(text);
    if (fields === null) return 'noise';
    const [, kind, sign, digits = '', unit = ''] = fields;
    return frame(11, {
      shown: shownOf(digits),
      unit: unitOf(unit),
      isMinus: sign === '-',
      kind: kind === 'w' ? 'gross' : kind === 'n' ? 'net' : 'tare',
    });
  },
};

export const YAOHUA = [Y1, Y3, Y4, Y5, Y6] as const;
