import { describe, expect, it } from '@jest/globals';
import { changeOf, draftOf, newGoodsOf } from './draft.js';

describe('a good in the form', () => {
  it('is sent without the blanks and full-width digits of an input method', () => {
    const draft = { ...draftOf(undefined), name: ' 肥皂 ', unit: '块', category: '洗护', barcode: '６９０1234567892 ' };
    expect(newGoodsOf({ ...draft, price: '３.5' })).toEqual({
      name: '肥皂',
      unit: '块',
      category: '洗护',
      barcode: '6901234567892',
      isListed: true,
      limit: null,
      season: null,
      priceCentipoints: 350,
    });
  });

  it('takes a barcode, a limit and a season away with null', () => {
    expect(changeOf({ ...draftOf(undefined), barcode: ' ' })).toMatchObject({
      barcode: null,
      limit: null,
      season: null,
    });
  });

  it.each(['3-8', '03-08', '3月8日', '3.8', '3/8'])('understands the day %j', (typed) => {
    expect(changeOf({ ...draftOf(undefined), hasSeason: true, seasonFrom: typed, seasonTo: typed }).season).toEqual({
      from: '03-08',
      to: '03-08',
    });
  });

  it('leaves to the server what it cannot read', () => {
    const draft = { ...draftOf(undefined), hasLimit: true, limitQuantity: '两', price: '贵' };
    expect(newGoodsOf(draft)).toMatchObject({ limit: { quantity: 0 }, priceCentipoints: 0 });
  });
});
