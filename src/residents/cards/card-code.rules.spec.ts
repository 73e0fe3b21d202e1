import { createHmac } from 'node:crypto';
import { cardNumberFrom } from '../card-number.rules.js';
import {
  acceptedSteps,
  cardCodeFrom,
  cardCodeMessage,
  cardCodeStep,
  cardCodeStepEnd,
  cardCodeText,
  parseCardCode,
} from './card-code.rules.js';

const NUMBER = cardNumberFrom('012345678');
const ZEROS = Buffer.alloc(32);
const COUNTING = Buffer.from(Array.from({ length: 32 }, (_, index) => index));

describe('the code of a step', () => {
  // Computed apart from this program, with hmac and int.from_bytes of Python 3.
  it.each([
    [ZEROS, 0, 'YDTHG2NTJA'],
    [ZEROS, 1, 'MJGHSSFVX3'],
    [ZEROS, 58_792_320, 'X5BKHZ6ETA'],
    [ZEROS, 2 ** 33, 'W5PGJ1VWW2'],
    [COUNTING, 0, 'KW6DKEA0JZ'],
    [COUNTING, 1, 'RGSE0PE3F3'],
    [COUNTING, 58_792_320, 'EHS7D1HYXY'],
    [COUNTING, 2 ** 33, 'XAHTFQNGXM'],
  ])('is what anybody else computes from %s and %d', (secret, step, code) => {
    expect(cardCodeFrom(createHmac('sha256', secret).update(cardCodeMessage(step)).digest())).toBe(code);
  });

  it('is not made from half a signature', () => {
    expect(() => cardCodeFrom(new Uint8Array(6))).toThrow(RangeError);
  });
});

describe('a step', () => {
  it('lasts 30 s', () => {
    const start = new Date('2026-11-22T02:00:00.000Z');
    const step = cardCodeStep(start);
    expect(cardCodeStep(new Date('2026-11-22T02:00:29.999Z'))).toBe(step);
    expect(cardCodeStep(new Date('2026-11-22T02:00:30.000Z'))).toBe(step + 1);
    expect(cardCodeStepEnd(step)).toEqual(new Date('2026-11-22T02:00:30.000Z'));
  });

  it('takes its neighbours along', () => {
    expect(acceptedSteps(100)).toEqual([100, 99, 101]);
  });
});

describe('the text of a code', () => {
  it('fits into the smallest QR code and is read back', () => {
    const text = cardCodeText({ number: NUMBER, code: 'YDTHG2NTJA' });
    expect(text).toMatch(/^[0-9A-Z $%*+\-./:]{25}$/);
    expect(parseCardCode(text)).toEqual({ number: NUMBER, code: 'YDTHG2NTJA' });
  });

  it.each([
    `  EC2.${NUMBER}.YDTHG2NTJA\r\n`,
    `EC2。${NUMBER}。YDTHG2NTJA`,
    `EC2．${NUMBER}．YDTHG2NTJA`,
    `ec2.${NUMBER}.ydthg2ntja`,
  ])('is read as scanners type it: %j', (typed) => {
    expect(parseCardCode(typed)).toEqual({ number: NUMBER, code: 'YDTHG2NTJA' });
  });

  it.each([
    '',
    NUMBER,
    'EM1.AAECAwQFBgcICQoLDA0ODw',
    `EC2.${NUMBER}.YDTHG2NTJ`,
    `EC2.${NUMBER}.YDTHG2NTJAA`,
    `EC2.${NUMBER}.YDTHG2NTJU`,
    `EC2.${NUMBER.slice(0, 9)}${(Number(NUMBER[9]) + 1) % 10}.YDTHG2NTJA`,
    `EC1.${NUMBER}.YDTHG2NTJA`,
    `EC2.${NUMBER} YDTHG2NTJA`,
  ])('is not %j', (typed) => {
    expect(parseCardCode(typed)).toBeNull();
  });
});
