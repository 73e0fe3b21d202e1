import { cardNumberFrom, cardTokenText } from '../card-number.rules.js';
import { lookupBy, lookupsFor } from './household-query.rules.js';

const TOKEN = cardTokenText(new Uint8Array(16).fill(7));
const NUMBER = cardNumberFrom('123456789');

describe('lookupsFor', () => {
  it.each([
    [`${TOKEN}\r\n`, [['token', TOKEN]]],
    [NUMBER, [['number', NUMBER]]],
    [`${NUMBER.slice(0, 5)} ${NUMBER.slice(5)}`, [['number', NUMBER]]],
    ['138 0001-2345', [['phone', '13800012345']]],
    ['+86 13800012345', [['phone', '13800012345']]],
    [
      '２３４５',
      [
        ['tail', '2345'],
        ['door', '2345'],
      ],
    ],
    ['3-2', [['door', '3-2']]],
    ['12', [['door', '12']]],
    [
      '袁 大',
      [
        ['name', '袁大'],
        ['door', '袁大'],
      ],
    ],
    [
      '三组12',
      [
        ['name', '三组12'],
        ['door', '三组12'],
      ],
    ],
    [
      'YDM',
      [
        ['initials', 'ydm'],
        ['pinyin', 'ydm'],
        ['door', 'YDM'],
      ],
    ],
    [
      'lü da-ming',
      [
        ['initials', 'lvdaming'],
        ['pinyin', 'lvdaming'],
        ['door', 'lü da-ming'],
      ],
    ],
    ['   ', []],
  ])('reads %j', (typed, expected) => {
    expect(lookupsFor(typed).map(({ kind, text }) => [kind, text])).toEqual(expected);
  });

  it('takes ten digits with a wrong check digit for a door', () => {
    const wrong = NUMBER.slice(0, 9) + String((Number(NUMBER[9]) + 1) % 10);
    expect(lookupsFor(wrong).map((lookup) => lookup.kind)).toEqual(['door']);
  });
});

describe('lookupBy', () => {
  it.each([
    ['tail', '123'],
    ['phone', '1380001'],
    ['pinyin', 'y2'],
    ['token', 'EM1.short'],
    ['number', '1234567890123'],
  ] as const)('is null for a text that cannot be a %s: %s', (kind, typed) => {
    expect(lookupBy(kind, typed)).toBeNull();
  });
});
