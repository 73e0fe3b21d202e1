import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { SCALE_PROFILES, type ScaleProfile } from '../../../../src/kernel/scale-profiles.js';
import { BAD_CHECKS, bytesOf, EXAMPLES, type FrameExample, REFUSED } from './scale-frames.examples.js';
import { ScaleParser } from './scale-parser.js';
import { gramsOf, shownOf } from './scale-reading.js';

/** Bytes no frame is made of, the starts of every layout among them. */
const NOISE = '\x00\xffx\r\n\x02=WwSTUOL,\x7f3.\x02=Ww\n';

function hexOf(text: string): string {
  return Array.from(bytesOf(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function framesOf(profile: ScaleProfile, ...pieces: readonly string[]): string[] {
  const parser = new ScaleParser(profile);
  return pieces.flatMap((piece) => parser.feed(bytesOf(piece)).map((reading) => reading.frame));
}

function frameHex(example: FrameExample): string {
  // G1's line may end in CR, LF or both, so its end isn't part of the frame.
  const text = example.profile === 'G1' ? example.text.replace(/[\r\n]+$/, '') : example.text;
  return hexOf(text);
}

describe('the parser of the scale', () => {
  it('has examples of all nine layouts', () => {
    expect(new Set(EXAMPLES.map((example) => example.profile))).toEqual(new Set(SCALE_PROFILES));
  });

  describe.each(EXAMPLES.map((example) => [example.profile, example.what, example] as const))(
    '%s %s',
    (_p, _w, example) => {
      const { profile, text } = example;
      const hex = frameHex(example);

      it('says what it weighs', () => {
        const readings = new ScaleParser(profile).feed(bytesOf(text));
        expect(readings).toHaveLength(1);
        expect(readings[0]).toMatchObject({ profile, frame: hex, ...example.says });
      });

      it('is read cut at every byte, and byte by byte', () => {
        for (let cut = 0; cut <= text.length; cut++) {
          expect(framesOf(profile, text.slice(0, cut), text.slice(cut))).toEqual([hex]);
        }
        expect(framesOf(profile, ...Array.from(text))).toEqual([hex]);
      });

      it('is read with noise before and after, cut at every byte', () => {
        const stream = NOISE + text + NOISE;
        for (let cut = 0; cut <= stream.length; cut++) {
          expect(framesOf(profile, stream.slice(0, cut), stream.slice(cut))).toEqual([hex]);
        }
      });

      it('is read twice back to back, cut at every byte', () => {
        const stream = text + text;
        for (let cut = 0; cut <= stream.length; cut++) {
          expect(framesOf(profile, stream.slice(0, cut), stream.slice(cut))).toEqual([hex, hex]);
        }
      });

      it('is read after a frame of its own cut short anywhere', () => {
        for (let cut = 1; cut < text.length; cut++) {
          const parser = new ScaleParser(profile);
          const frames = parser.feed(bytesOf(text.slice(0, cut) + text)).map((reading) => reading.frame);
          // A line cut short only in its end is still whole.
          expect(frames.at(-1)).toBe(hex);
          expect(parser.dropped).toBeLessThanOrEqual(1);
        }
      });
    },
  );

  it.each(SCALE_PROFILES)('%s: finds the frame after 10 kB of garbage', (profile) => {
    let seed = 20_261_122;
    const garbage = Uint8Array.from({ length: 10_240 }, () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed >>> 24;
    });
    for (const example of EXAMPLES.filter((candidate) => candidate.profile === profile)) {
      const parser = new ScaleParser(profile);
      expect(parser.feed(garbage)).toEqual([]);
      expect(parser.feed(bytesOf(example.text)).map((reading) => reading.frame)).toEqual([frameHex(example)]);
    }
  });

  it.each(BAD_CHECKS)('%s: drops and counts a frame with a bad check (%j)', (profile, text) => {
    const good = EXAMPLES.find((example) => example.profile === profile);
    if (good === undefined) throw new Error('No example.');
    for (let cut = 0; cut <= text.length; cut++) {
      const parser = new ScaleParser(profile);
      expect(parser.feed(bytesOf(text.slice(0, cut)))).toEqual([]);
      const after = parser.feed(bytesOf(text.slice(cut) + good.text));
      expect(after.map((reading) => reading.frame)).toEqual([frameHex(good)]);
      expect(parser.dropped).toBe(1);
    }
  });

  it.each(REFUSED)('%s: refuses %s', (profile, _why, text) => {
    const parser = new ScaleParser(profile);
    expect(parser.feed(bytesOf(text))).toEqual([]);
    expect(parser.feed(bytesOf(NOISE))).toEqual([]);
  });

  it('reads T1 without a check, by the start that follows', () => {
    const checked = EXAMPLES.filter((example) => example.profile === 'T1').map((example) => example.text);
    const bare = checked.map((text) => text.slice(0, 17));
    expect(framesOf('T1', `${bare.join('')}\x02`)).toEqual(bare.map((text) => hexOf(text)));
    expect(framesOf('T1', ...Array.from(`${bare.join('')}\x02`))).toHaveLength(bare.length);
  });

  it('reads T1 whose check is itself a start byte, with and without it', () => {
    const bodies = Array.from({ length: 1000 }, (_, n) => `\x02\x2d\x30\x20${999_000 + n}000000\r`);
    const tricky = bodies.filter(
      (body) => (Array.from(body).reduce((sum, char) => sum + char.charCodeAt(0), 2) & 0x7f) === 0,
    );
    expect(tricky.length).toBeGreaterThan(0);
    for (const body of tricky) {
      expect(framesOf('T1', `${body}\x02`.repeat(3))).toHaveLength(3);
      expect(framesOf('T1', `${body.repeat(3)}\x02`)).toHaveLength(3);
    }
  });

  it('reads a scale left at 7 data bits and parity', () => {
    const withParity = Uint8Array.from(bytesOf('ST,+0003.200 kg\r\n'), (byte) => {
      const ones = Array.from(byte.toString(2)).filter((bit) => bit === '1').length;
      return byte | (ones % 2 === 0 ? 0 : 0x80);
    });
    expect(new ScaleParser('A1').feed(withParity)).toMatchObject([{ grams: 3200, unit: 'kg' }]);
  });

  it('never throws, and reads the same however the bytes are cut', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(...EXAMPLES.map((example) => example.text)),
        fc.constantFrom(...EXAMPLES.map((example) => example.text.slice(0, 7))),
        fc.uint8Array({ maxLength: 40 }).map((bytes) => String.fromCharCode(...bytes)),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...SCALE_PROFILES), pieces, fc.array(fc.nat(400)), (profile, parts, cuts) => {
        const stream = parts.join('');
        const whole = framesOf(profile, stream);
        const at = [0, ...cuts.filter((cut) => cut < stream.length).toSorted((a, b) => a - b), stream.length];
        expect(framesOf(profile, ...at.slice(1).map((end, i) => stream.slice(at[i], end)))).toEqual(whole);
        expect(framesOf(profile, ...Array.from(stream))).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('reads every weight of every layout, whatever noise stands between', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SCALE_PROFILES),
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
        fc.uint8Array({ maxLength: 30 }),
        (profile, mantissa, decimals, isMinus, noise) => {
          const text = ENCODERS[profile](mantissa, decimals, isMinus);
          const parser = new ScaleParser(profile);
          parser.feed(noise);
          const last = parser.feed(bytesOf(text)).at(-1);
          expect(last?.shown).toEqual({ mantissa, decimals });
          const grams = Math.trunc((mantissa * 1000) / 10 ** decimals);
          expect(last?.grams).toBe(isMinus && grams > 0 ? -grams : grams);
          expect(last?.isNegative).toBe(isMinus && mantissa > 0);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('grams', () => {
  it.each([
    ['3.000', 'kg', 3000],
    ['0.001', 'kg', 1],
    ['0.0019', 'kg', 1],
    ['6.4', 'jin', 3200],
    ['6.41', 'jin', 3205],
    ['6.411', 'jin', 3205],
    ['12.34', 'g', 12],
    ['1', 'lb', 453],
    ['100', 'lb', 45_359],
    ['99999999', 'lb', 45_359_236_546],
    ['0.07', 'kg', 70],
    ['1.005', 'kg', 1005],
    ['4.35', 'kg', 4350],
  ] as const)('%s %s is %i g', (text, unit, grams) => {
    const shown = shownOf(text);
    if (shown === null) throw new Error('No number.');
    expect(gramsOf(shown, unit)).toBe(grams);
  });

  it.each(['', '.', '.5', '1.2.3', '1,2', '-1', '1 2', '１', '999999999', 'NaN', '1e3'])('%j is no number', (text) => {
    expect(shownOf(text)).toBeNull();
  });
});

function pointed(mantissa: number, decimals: number, width: number): string {
  const digits = String(mantissa).padStart(width - 1, '0');
  const point = digits.length - decimals;
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function xor(text: string): string {
  return Array.from(text)
    .reduce((sum, char) => sum ^ char.charCodeAt(0), 0)
    .toString(16)
    .toUpperCase()
    .padStart(2, '0');
}

/** Written from the table of the layouts, apart from the parser's code. */
const ENCODERS: Readonly<Record<ScaleProfile, (mantissa: number, decimals: number, isMinus: boolean) => string>> = {
  Y1(mantissa, decimals, isMinus) {
    const body = `${isMinus ? '-' : '+'}${String(mantissa).padStart(6, '0')}${decimals}`;
    return `\x02${body}${xor(body)}\x03`;
  },
  Y3: (mantissa, decimals, isMinus) =>
    `=${Array.from(pointed(mantissa, decimals, 7))
      .toReversed()
      .join('')}${isMinus ? '-' : '0'}`,
  Y4: (mantissa, decimals, isMinus) => `=${isMinus ? '-' : '0'}${pointed(mantissa, decimals, 7)}`,
  Y5(mantissa, decimals, isMinus) {
    const body = `WG${isMinus ? '-' : '0'}${pointed(mantissa, decimals, 6)}kg`;
    return `${body}${xor(body)}\r\n`;
  },
  Y6: (mantissa, decimals, isMinus) => `ww${isMinus ? '-' : '0'}${pointed(mantissa, decimals, 6)}kg`,
  T1(mantissa, decimals, isMinus) {
    const status = String.fromCharCode(0x28 | (decimals + 2), isMinus ? 0x32 : 0x30, 0x20);
    const body = `\x02${status}${String(mantissa).padStart(6, '0')}000000\r`;
    const sum = Array.from(body).reduce((total, char) => total + char.charCodeAt(0), 0);
    return body + String.fromCharCode((128 - (sum % 128)) % 128);
  },
  C1: (mantissa, decimals, isMinus) => `ST,GS,1\xc5,${isMinus ? '-' : ' '}${pointed(mantissa, decimals, 7)} kg\r\n`,
  A1: (mantissa, decimals, isMinus) => `ST,${isMinus ? '-' : '+'}${pointed(mantissa, decimals, 8)} kg\r\n`,
  G1: (mantissa, decimals, isMinus) => `ST,GS,${isMinus ? '-' : '+'}  ${pointed(mantissa, decimals, 7)}  kg\r\n`,
};
