import { describe, expect, it } from '@jest/globals';
import { candidatesFor, isSameNumber, shownText, typedNumber } from './pairing.rules.js';
import { bytesOf, EXAMPLES } from './scale-frames.examples.js';
import { type Shown } from './scale-reading.js';

function typed(text: string): Shown {
  const shown = typedNumber(text);
  if (shown === null) throw new Error('No number.');
  return shown;
}

function matching(stream: string, display: string): string[] {
  return candidatesFor(bytesOf(stream), typed(display))
    .filter((candidate) => candidate.isMatch)
    .map((candidate) => candidate.profile);
}

describe('the number on the display', () => {
  it.each([
    ['3.000', 3000, 3],
    ['3', 3, 0],
    [' 12.5 ', 125, 1],
    ['１２．５', 125, 1],
    ['12。5', 125, 1],
    ['0.005', 5, 3],
  ])('%j', (text, mantissa, decimals) => expect(typedNumber(text)).toEqual({ mantissa, decimals }));

  it.each(['', '0', '0.000', '-3', '3kg', 'abc', '1.2.3', '3,2'])('%j is none to pair with', (text) =>
    expect(typedNumber(text)).toBeNull(),
  );

  it('is the same with more zeros behind', () => {
    expect(isSameNumber(typed('3'), typed('3.000'))).toBe(true);
    expect(isSameNumber(typed('3'), typed('3.001'))).toBe(false);
    expect(isSameNumber(typed('30'), typed('3.0'))).toBe(false);
  });

  it.each(['3.000', '0.005', '12', '100.5'])('%s is written as it was typed', (text) =>
    expect(shownText(typed(text))).toBe(text),
  );
});

describe('which layout it is', () => {
  it('is the one that reads the typed number: Y3 or Y4', () => {
    expect(matching('=000.3000'.repeat(8), '3.000')).toEqual(['Y3']);
    expect(matching('=0003.000'.repeat(8), '3.000')).toEqual(['Y4']);
    expect(matching('=000.3000'.repeat(8), '3')).toEqual(['Y3']);
  });

  it('says both where the number reads the same from either end', () => {
    expect(matching('=003.3000'.repeat(8), '3.3')).toEqual(['Y3', 'Y4']);
  });

  it.each(EXAMPLES.filter((example) => (example.says.grams ?? 0) > 0).map((e) => [e.profile, e.what, e] as const))(
    '%s %s, and no other',
    (profile, _what, example) => {
      const captured = bytesOf(example.text.slice(3) + example.text.repeat(6) + example.text.slice(0, 4));
      const candidates = candidatesFor(captured, { mantissa: 1, decimals: 7 });
      const own = candidates.find((candidate) => candidate.profile === profile);
      if (own === undefined) {
        // Only a frame that tells the tare is left out.
        expect(example.says.kind).toBe('tare');
        return;
      }
      const found = candidatesFor(captured, own.shown).filter((candidate) => candidate.isMatch);
      expect(found.map((candidate) => candidate.profile)).toEqual([profile]);
    },
  );

  it('tells what was read where the number is another', () => {
    const candidates = candidatesFor(bytesOf('ST,GS,+   3.200  kg\r\n'.repeat(5)), typed('3.000'));
    expect(candidates).toEqual([
      { profile: 'G1', shown: { mantissa: 3200, decimals: 3 }, division: 1, isMatch: false },
    ]);
  });

  it('is not put off by a flicker, nor convinced by one frame', () => {
    const flicker = '=0003.000=0003.000=0003.001=0003.000=0002.999';
    expect(matching(flicker, '3.000')).toEqual(['Y4']);
    expect(matching('=0003.000', '3.000')).toEqual([]);
  });

  it('is none below zero', () => {
    expect(matching('=-003.000'.repeat(8), '3.000')).toEqual([]);
  });

  it('gives the step of the last digit', () => {
    expect(candidatesFor(bytesOf('=0012.50=0'.repeat(5)), typed('12.5'))).toEqual([]);
    expect(candidatesFor(bytesOf('=00012.50'.repeat(5)), typed('12.5'))).toContainEqual(
      expect.objectContaining({ profile: 'Y4', division: 10 }),
    );
  });
});
