import { frame, type FrameLayout, type FrameOutcome } from './frame-layout.js';
import { shownOf, unitOf } from './scale-reading.js';

/** The layouts in plain words: `ST` stable, `US` in motion, `OL` overloaded, then what is weighed. */

const KINDS = { GS: 'gross', NT: 'net', TR: 'tare' } as const;

function worded(length: number, header: string, kind: string, weight: string, unit: string): FrameOutcome {
  const isKind = kind === 'GS' || kind === 'NT' || kind === 'TR';
  const fields = /^ *([+-]?) *(.*)$/.exec(weight);
  return frame(length, {
    shown: shownOf((fields?.[2] ?? '').trimEnd()),
    unit: unitOf(unit),
    isMinus: fields?.[1] === '-',
    kind: isKind ? KINDS[kind] : 'unknown',
    isStable: header === 'ST',
    isOverload: header === 'OL',
  });
}

/** CAS NT, 22 bytes: `ST,GS,`, id, lamp, `,`, 8 weight characters, space, unit (2), CR LF. */
const C1: FrameLayout = {
  id: 'C1',
  starts: 'SUO',
  longest: 22,
  read(text) {
    if (text.length < 22) return 'more';
    const fields = /^(ST|US|OL),(GS|NT),..,(.{8}) (..)\r\n$/s.exec(text);
    if (fields === null) return 'noise';
    const [, header = '', kind = '', weight = '', unit = ''] = fields;
    return worded(22, header, kind, weight, unit);
  },
};

/** A&D standard, 17 bytes: `ST,`, sign with digits and point (9), unit (3), CR LF. `OL` sends `+9999999E+19`. */
const A1: FrameLayout = {
  id: 'A1',
  starts: 'SUO',
  longest: 17,
  read(text) {
    if (text.length < 17) return 'more';
    const fields = /^(ST|US|OL),([+-].{8})(.{3})\r\n$/.exec(text);
    if (fields === null) return 'noise';
    const [, header = '', weight = '', unit = ''] = fields;
    return worded(17, header, '', weight, unit);
  },
};

/** A line longer than this is no weight. */
const G1_LONGEST = 48;

/** The many that send `ST,GS,+ 123.456  kg` and a line end: read by pattern, spaces free, the line end left out. */
const G1: FrameLayout = {
  id: 'G1',
  starts: 'SUO',
  longest: G1_LONGEST,
  read(text) {
    const end = text.search(/[\r\n]/);
    if (end < 0) return text.length < G1_LONGEST ? 'more' : 'noise';
    const line = text.slice(0, end);
    const fields = /^(ST|US|OL) *, *(GS|NT|TR) *[ ,] *([+-]? *[\d.]*) *([a-z]*) *$/i.exec(line);
    if (fields === null) return 'noise';
    const [, header = '', kind = '', weight = '', unit = ''] = fields;
    return worded(end, header.toUpperCase(), kind.toUpperCase(), weight, unit);
  },
};

export const ASCII = [C1, A1, G1] as const;
