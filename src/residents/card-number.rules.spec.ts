import * as fc from 'fast-check';
import {
  cardNumberFrom,
  cardTokenText,
  isCardNumber,
  normalizeCardNumber,
  parseCardToken,
} from './card-number.rules.js';

const nineDigits = fc.stringMatching(/^[0-9]{9}$/);
const sixteenBytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('the printed card number', () => {
  it('carries the check digit of the published example (572 → 4)', () => {
    expect(cardNumberFrom('000000572')).toBe('0000005724');
  });

  it('is right as it is made, and stays ten digits', () => {
    fc.assert(
      fc.property(nineDigits, (digits) => {
        const cardNumber = cardNumberFrom(digits);
        expect(cardNumber).toMatch(/^[0-9]{10}$/);
        expect(cardNumber.slice(0, 9)).toBe(digits);
        expect(isCardNumber(cardNumber)).toBe(true);
      }),
    );
  });

  it('betrays every single wrong digit', () => {
    fc.assert(
      fc.property(nineDigits, (digits) => {
        const cardNumber = cardNumberFrom(digits);
        for (let at = 0; at < 10; at += 1) {
          for (const digit of '0123456789') {
            const typed = cardNumber.slice(0, at) + digit + cardNumber.slice(at + 1);
            expect(isCardNumber(typed)).toBe(typed === cardNumber);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('betrays every swap of two neighbours', () => {
    fc.assert(
      fc.property(nineDigits, (digits) => {
        const cardNumber = cardNumberFrom(digits);
        for (let at = 0; at < 9; at += 1) {
          const typed =
            cardNumber.slice(0, at) + cardNumber.charAt(at + 1) + cardNumber.charAt(at) + cardNumber.slice(at + 2);
          expect(isCardNumber(typed)).toBe(typed === cardNumber);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('would let one swap in 45 pass under ISO/IEC 7064 MOD 11,10', () => {
    const next = (state: number, digit: number): number => (2 * ((state + digit) % 10 || 10)) % 11;
    let missed = 0;
    for (let state = 1; state <= 10; state += 1) {
      for (let first = 0; first <= 9; first += 1) {
        for (let second = 0; second <= 9; second += 1) {
          const isSame = next(next(state, first), second) === next(next(state, second), first);
          if (first !== second && isSame) missed += 1;
        }
      }
    }
    expect(missed / (10 * 90)).toBeCloseTo(1 / 45);
  });

  it.each(['', '12345678', '1234567890', '12345678a', '１２３４５６７８９', '-23456789'])(
    'is not made from %j',
    (digits) => {
      expect(() => cardNumberFrom(digits)).toThrow(RangeError);
    },
  );

  it.each(['', '0000005725', '000000572', '00000057240', '０００００05724', ' 0000005724', '0000005724\n'])(
    'is not %j',
    (text) => {
      expect(isCardNumber(text)).toBe(false);
    },
  );

  it.each(['０００　０００-５７２－４', ' 000 000 5724 ', '000–000–5724', '0000005724'])('may be typed %j', (typed) => {
    expect(normalizeCardNumber(typed)).toBe('0000005724');
    expect(isCardNumber(normalizeCardNumber(typed))).toBe(true);
  });
});

describe('the text in a card QR code', () => {
  it('is EM1. and the bytes in base64url', () => {
    fc.assert(
      fc.property(sixteenBytes, (bytes) => {
        expect(cardTokenText(bytes)).toBe(`EM1.${Buffer.from(bytes).toString('base64url')}`);
      }),
    );
  });

  it('gives the same bytes when scanned', () => {
    fc.assert(
      fc.property(sixteenBytes, (bytes) => {
        expect(parseCardToken(cardTokenText(bytes))).toEqual(bytes);
        expect(parseCardToken(` ${cardTokenText(bytes).replace('.', '。')}\r\n`)).toEqual(bytes);
      }),
    );
  });

  it('has one spelling only', () => {
    const text = cardTokenText(new Uint8Array(16));
    expect(text).toBe('EM1.AAAAAAAAAAAAAAAAAAAAAA');
    expect(parseCardToken('EM1.AAAAAAAAAAAAAAAAAAAAAB')).toBeNull();
    expect(parseCardToken('EM1.AAAAAAAAAAAAAAAAAAAAAQ')).not.toBeNull();
  });

  it.each([
    '',
    'EM1.',
    'EM2.AAAAAAAAAAAAAAAAAAAAAA',
    'em1.AAAAAAAAAAAAAAAAAAAAAA',
    'EM1.AAAAAAAAAAAAAAAAAAAAA',
    'EM1.AAAAAAAAAAAAAAAAAAAAAAA',
    'EM1.AAAAAAAAAAAAAAAAAAAAA+',
    'EM1.AAAAAAAAAAAAAAAAAAAAAA==',
    'https://example.org/EM1.AAAAAAAAAAAAAAAAAAAAAA',
    '0000005724',
  ])('is not %j', (text) => {
    expect(parseCardToken(text)).toBeNull();
  });

  it('is made from 16 bytes only', () => {
    expect(() => cardTokenText(new Uint8Array(15))).toThrow(RangeError);
    expect(() => cardTokenText(new Uint8Array(17))).toThrow(RangeError);
  });
});
