import { type ScaleProfile } from '../../../../src/kernel/scale-profiles.js';
import { type ScaleReading } from './scale-reading.js';

/** One frame of a scale and what it says, for the specs. "printed": a maker's manual shows this very frame. */
export interface FrameExample {
  readonly profile: ScaleProfile;
  readonly what: string;
  /** One character a byte. */
  readonly text: string;
  readonly says: Partial<ScaleReading>;
}

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** `'02 2B'` as one character a byte. */
function hex(pairs: string): string {
  return pairs.replace(/ ?([0-9A-F]{2})/g, (_, pair: string) => String.fromCharCode(Number.parseInt(pair, 16)));
}

function example(profile: ScaleProfile, what: string, text: string, says: Partial<ScaleReading>): FrameExample {
  return { profile, what, text, says };
}

const Y1: FrameExample[] = [
  example('Y1', 'printed +20.00', hex('02 2B 30 30 32 30 30 30 32 31 42 03'), {
    grams: 20_000,
    shown: { mantissa: 2000, decimals: 2 },
    unit: 'kg',
    isStable: null,
    kind: 'unknown',
    isOverload: false,
    isNegative: false,
    tareGrams: null,
    frame: '022b30303230303032314203',
  }),
  example('Y1', '-0.15', '\x02-00001521B\x03', { grams: -150, isNegative: true }),
  example('Y1', '3.000, equal but in decimals', '\x02+00300031B\x03', { grams: 3000 }),
  example('Y1', 'no decimals', '\x02+00012301B\x03', { grams: 123_000 }),
  example('Y1', 'one decimal', '\x02+01234511B\x03', { grams: 1_234_500 }),
  example('Y1', 'four decimals, finer than a gram is cut', '\x02+123456418\x03', { grams: 12_345 }),
  example('Y1', '-0.000 is zero', '\x02-00000031E\x03', { grams: 0, isNegative: false }),
];

const Y3: FrameExample[] = [
  example('Y3', 'printed 3.000', '=000.3000', { grams: 3000, unit: 'kg', isStable: null, kind: 'unknown' }),
  example('Y3', 'printed -1.00', '=00.1000-', { grams: -1000, isNegative: true }),
  example('Y3', '12.345', '=543.2100', { grams: 12_345, shown: { mantissa: 12_345, decimals: 3 } }),
  example('Y3', 'no decimals', '=.0210000', { grams: 120_000 }),
];

const Y4: FrameExample[] = [
  example('Y4', 'printed 3.000', '=0003.000', { grams: 3000, unit: 'kg', isStable: null, kind: 'unknown' }),
  example('Y4', 'printed -1.00', '=-0001.00', { grams: -1000, isNegative: true }),
  example('Y4', '12.345', '=0012.345', { grams: 12_345 }),
  example('Y4', 'no decimals', '=0000120.', { grams: 120_000 }),
  example('Y4', 'spaces for leading zeros', '=0  3.000', { grams: 3000 }),
];

const Y5: FrameExample[] = [
  example('Y5', 'printed 4.139 kg', hex('57 47 30 30 34 2E 31 33 39 6B 67 33 44 0D 0A'), {
    grams: 4139,
    unit: 'kg',
    kind: 'gross',
    isStable: null,
    isNegative: false,
  }),
  example('Y5', 'net -0.250', 'WN-00.250kg21\r\n', { grams: -250, kind: 'net', isNegative: true }),
  example('Y5', 'net zero', 'WN000.000kg3B\r\n', { grams: 0, kind: 'net', isNegative: false }),
];

const Y6: FrameExample[] = [
  example('Y6', 'printed gross', 'ww000.000kg', { grams: 0, kind: 'gross', unit: 'kg', isStable: null }),
  example('Y6', 'net', 'wn012.340kg', { grams: 12_340, kind: 'net' }),
  example('Y6', 'tare', 'wt000.500kg', { grams: 500, kind: 'tare' }),
  example('Y6', 'negative', 'wn-00.500kg', { grams: -500, isNegative: true }),
  example('Y6', 'pounds', 'ww010.000lb', { grams: 4535, unit: 'lb' }),
];

const T1: FrameExample[] = [
  example('T1', '3.200 kg gross, stable', hex('02 2D 30 20 30 30 33 32 30 30 30 30 30 30 30 30 0D 2F'), {
    grams: 3200,
    unit: 'kg',
    kind: 'gross',
    isStable: true,
    isOverload: false,
    isNegative: false,
    tareGrams: null,
  }),
  example('T1', '2.700 net of 0.500', hex('02 2D 31 20 30 30 32 37 30 30 30 30 30 35 30 30 0D 25'), {
    grams: 2700,
    kind: 'net',
    tareGrams: 500,
  }),
  example('T1', 'motion, two decimals, spaces', hex('02 2C 38 20 20 20 31 32 33 34 20 20 20 20 20 30 0D 13'), {
    grams: 12_340,
    isStable: false,
  }),
  example('T1', '-0.250', hex('02 2D 32 20 30 30 30 32 35 30 30 30 30 30 30 30 0D 2B'), {
    grams: -250,
    isNegative: true,
  }),
  example('T1', 'out of range, no number', hex('02 2D 34 20 2D 2D 2D 2D 2D 2D 30 30 30 30 30 30 0D 42'), {
    grams: null,
    shown: null,
    isOverload: true,
  }),
  example('T1', '456 g', hex('02 2A 30 21 30 30 30 34 35 36 30 30 30 30 30 30 0D 27'), { grams: 456, unit: 'g' }),
  example('T1', '10.0 lb', hex('02 2B 20 20 30 30 30 31 30 30 30 30 30 30 30 30 0D 45'), { grams: 4535, unit: 'lb' }),
  example('T1', 'a clone with other constant bits', hex('02 52 50 40 30 30 30 30 34 32 30 30 30 30 30 30 0D 49'), {
    grams: 42_000,
    unit: 'kg',
  }),
  example('T1', 'tens: 120 kg', hex('02 29 30 20 30 30 30 30 31 32 30 30 30 30 30 30 0D 35'), { grams: 120_000 }),
];

const C1: FrameExample[] = [
  example('C1', 'gross, stable', 'ST,GS,1\xc5,   12.34 kg\r\n', {
    grams: 12_340,
    unit: 'kg',
    kind: 'gross',
    isStable: true,
    isOverload: false,
  }),
  example('C1', 'net, in motion', 'US,NT,1\x81,+  0.750 kg\r\n', { grams: 750, kind: 'net', isStable: false }),
  example('C1', 'negative', 'ST,NT,0\xc5,-  0.500 kg\r\n', { grams: -500, isNegative: true }),
  example('C1', 'grams', 'ST,GS,1\xc5,     250  g\r\n', { grams: 250, unit: 'g' }),
  example('C1', 'overload', 'OL,GS,1\x81,         kg\r\n', { grams: null, isOverload: true, isStable: false }),
];

const A1: FrameExample[] = [
  example('A1', 'printed 12.34 g', 'ST,+00012.34  g\r\n', {
    grams: 12,
    shown: { mantissa: 1234, decimals: 2 },
    unit: 'g',
    kind: 'unknown',
    isStable: true,
  }),
  example('A1', 'in motion', 'US,+0003.200 kg\r\n', { grams: 3200, isStable: false }),
  example('A1', 'negative', 'ST,-0003.200 kg\r\n', { grams: -3200, isNegative: true }),
  example('A1', 'overload', 'OL,+9999999E+19\r\n', { grams: null, unit: null, isOverload: true, isStable: false }),
];

const G1: FrameExample[] = [
  example('G1', 'printed 123.456 kg', 'ST,GS,+ 123.456  kg\r\n', {
    grams: 123_456,
    unit: 'kg',
    kind: 'gross',
    isStable: true,
  }),
  example('G1', 'no spaces', 'ST,NT,+3.2kg\r\n', { grams: 3200, kind: 'net' }),
  example('G1', 'many spaces', 'US , GS , -   0.5   kg  \r\n', { grams: -500, isStable: false, isNegative: true }),
  example('G1', 'tare', 'ST,TR,+   0.500  kg\r\n', { grams: 500, kind: 'tare' }),
  example('G1', 'jin', 'ST,GS,+   6.41 jin\r\n', { grams: 3205, unit: 'jin' }),
  example('G1', 'no second comma', 'ST,GS    20.7g\r\n', { grams: 20, unit: 'g' }),
  example('G1', 'overload', 'OL,GS,+            \r\n', { grams: null, isOverload: true }),
];

export const EXAMPLES: readonly FrameExample[] = [...Y1, ...Y3, ...Y4, ...Y5, ...Y6, ...T1, ...C1, ...A1, ...G1];

/** Frames whose check is wrong by one bit: dropped and counted. */
export const BAD_CHECKS: readonly (readonly [profile: ScaleProfile, text: string])[] = [
  ['Y1', '\x02+00200021C\x03'],
  ['Y1', '\x02+00200121B\x03'],
  ['Y5', 'WG004.139kg3E\r\n'],
  ['Y5', 'WG004.138kg3D\r\n'],
  ['T1', hex('02 2D 30 20 30 30 33 32 30 30 30 30 30 30 30 30 0D 2E')],
  ['T1', hex('02 2D 30 20 30 30 33 32 31 30 30 30 30 30 30 30 0D 2F')],
];

/** What looks like a frame and must not become a weight. */
export const REFUSED: readonly (readonly [profile: ScaleProfile, why: string, text: string])[] = [
  ['Y1', 'a letter among the digits', '\x02+0020A021B\x03'],
  ['Y1', 'five decimals', '\x02+00200051C\x03'],
  ['Y1', 'no end', '\x02+00200021B\x02'],
  ['Y3', 'no point', '=00030000'],
  ['Y3', 'two points', '=0.0.3000'],
  ['Y3', 'no sign', '=000.3005'],
  ['Y4', 'no point', '=00030000'],
  ['Y4', 'a sign of another make', '=+003.000'],
  ['Y5', 'another unit', 'WG004.139lb3D\r\n'],
  ['Y6', 'another unit', 'ww003.000oz'],
  ['Y6', 'another kind', 'wx003.000kg'],
  ['T1', 'tons', hex('02 2D 30 22 30 30 33 32 30 30 30 30 30 30 30 30 0D 2D')],
  ['T1', 'no number though in range', hex('02 2D 30 20 2D 2D 2D 2D 2D 2D 30 30 30 30 30 30 0D 46')],
  ['C1', 'ounces', 'ST,GS,1\xc5,   12.34 oz\r\n'],
  ['C1', 'no number though not overloaded', 'ST,GS,1\xc5,         kg\r\n'],
  ['A1', 'pieces', 'QT,+00000012 PC\r\n'],
  ['A1', 'an unknown unit', 'ST,+00012.34 ct\r\n'],
  ['G1', 'no unit', 'ST,GS,+ 123.456\r\n'],
  ['G1', 'two points', 'ST,GS,+ 1.2.3 kg\r\n'],
  ['G1', 'no number', 'ST,GS,+ kg\r\n'],
];
