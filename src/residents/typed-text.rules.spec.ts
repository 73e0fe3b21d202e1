import * as fc from 'fast-check';
import { countCharacters, tidyText } from './typed-text.rules.js';

describe('tidyText', () => {
  it.each([
    ['１２号楼Ａ座', '12号楼A座'],
    ['  张　三 ', '张三'],
    ['3 栋 2 单元 201', '3栋2单元201'],
    ['12   Green\tLane', '12 Green Lane'],
    ['2—1–201−a', '2-1-201-a'],
    ['\uFEFF张\u200B三\u202E', '张三'],
    ['袁\uD800明', '袁明'],
    ['张\0三', '张三'],
    ['', ''],
  ])('makes %j into %j', (typed, tidy) => {
    expect(tidyText(typed)).toBe(tidy);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(tidyText(tidyText(text))).toBe(tidyText(text));
      }),
      { numRuns: 300 },
    );
  });
});

describe('what could grow together anew', () => {
  const troublesome = ['张', '三', 'a', 'e', 'か', ' ', '\u3000', '\u0301', '\u3099', '\u309b', '\u00a8', '\u200b'];
  const more = ['\ufeff', '\ud800', '\udc00', '\0', '\n', '—', '－', '･', '가', 'ᄀ', 'ᅡ', '①', '½', '㎡', 'ﷺ'];

  it('changes nothing the second time either', () => {
    const text = fc.array(fc.constantFrom(...troublesome, ...more), { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (typed) => tidyText(tidyText(typed)) === tidyText(typed)),
      { numRuns: 20_000 },
    );
  });
});

describe('countCharacters', () => {
  it('counts a rare character of a name once', () => {
    expect(countCharacters('王𬭎')).toBe(2);
  });
});
