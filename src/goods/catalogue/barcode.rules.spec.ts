import * as fc from 'fast-check';
import { barcodeKind, nextInStoreBarcode } from './barcode.rules.js';

describe('a barcode', () => {
  it.each([
    ['6901234567892', 'ean-13'],
    ['4006381333931', 'ean-13'],
    ['0012345678905', 'ean-13'],
    ['96385074', 'ean-8'],
    ['73513537', 'ean-8'],
    ['2000000000015', 'in-store'],
    ['2912345678906', 'in-store'],
  ])('%s is of the kind %s', (code, kind) => {
    expect(barcodeKind(code)).toBe(kind);
  });

  it.each([
    '6901234567893',
    '6901234567829',
    '96385075',
    '690123456789',
    '69012345678921',
    '',
    '6901234567892\n',
    '690123456789x',
    '６９０１２３４５６７８９２',
  ])('%j is none', (code) => {
    expect(barcodeKind(code)).toBeNull();
  });

  it('with one digit changed is none', () => {
    const changed = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_998 }), changed, (serial, [place, step]) => {
        const code = nextInStoreBarcode(`20${String(serial).padStart(10, '0')}0`) as string;
        expect(barcodeKind(code)).toBe('in-store');
        const digit = (Number(code[place]) + step) % 10;
        expect(barcodeKind(`${code.slice(0, place)}${digit}${code.slice(place + 1)}`)).toBeNull();
      }),
    );
  });
});

describe('the next in-store barcode', () => {
  it.each([
    [null, '2000000000015'],
    ['2000000000015', '2000000000022'],
    ['2000000000992', '2000000001005'],
    ['2099999999981', '2099999999998'],
    ['2099999999998', null],
  ])('after %s is %s', (highest, next) => {
    expect(nextInStoreBarcode(highest)).toBe(next);
  });
});
