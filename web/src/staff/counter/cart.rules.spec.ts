import { describe, expect, it } from '@jest/globals';
import {
  atPrice,
  type CartGoods,
  type CartLine,
  LINES_MAX,
  nextChosen,
  QUANTITY_MAX,
  sumsOf,
  totalOf,
  withOneMore,
  withQuantity,
} from './cart.rules.js';

const SOAP: CartGoods = { goodsId: 'soap', name: '肥皂', unit: '块', photoUrl: null, unitCentipoints: 300 };
const SALT: CartGoods = { goodsId: 'salt', name: '食盐', unit: '袋', photoUrl: null, unitCentipoints: 220 };

const cartOf = (...goods: CartGoods[]) => goods.reduce<readonly CartLine[]>(withOneMore, []);
const quantities = (cart: readonly CartLine[]) => cart.map(({ goodsId, quantity }) => `${goodsId} ${quantity}`);

describe('a cart', () => {
  it('adds up what is scanned again, in the place where it is', () => {
    expect(quantities(cartOf(SOAP, SALT, SOAP))).toEqual(['soap 2', 'salt 1']);
  });

  it('keeps the price that was shown first, so that a change is asked about and not slipped in', () => {
    const cart = withOneMore(cartOf(SOAP), { ...SOAP, unitCentipoints: 400 });
    expect(totalOf(cart)).toBe(600);
    expect(totalOf(atPrice(cart, 'soap', 400))).toBe(800);
    expect(atPrice(cart, 'salt', 400)).toEqual(cart);
  });

  it('takes a quantity as it is typed, none of a good takes it away', () => {
    const cart = cartOf(SOAP, SALT);
    expect(quantities(withQuantity(cart, 'soap', 12))).toEqual(['soap 12', 'salt 1']);
    expect(quantities(withQuantity(cart, 'soap', 0))).toEqual(['salt 1']);
    expect(quantities(withQuantity(cart, 'soap', 6_901_234))).toEqual([`soap ${QUANTITY_MAX}`, 'salt 1']);
    expect(quantities(withQuantity(cart, 'towel', 2))).toEqual(['soap 1', 'salt 1']);
  });

  it('holds no more lines than the server takes', () => {
    const many = Array.from({ length: LINES_MAX + 3 }, (_, index) => ({ ...SOAP, goodsId: `g${index}` }));
    const full = cartOf(...many);
    expect(full).toHaveLength(LINES_MAX);
    expect(withOneMore(full, { ...SOAP, goodsId: 'g0' })[0]?.quantity).toBe(2);
  });

  it('adds up in whole hundredths of a point', () => {
    expect(totalOf([])).toBe(0);
    expect(totalOf([...withQuantity(cartOf(SALT), 'salt', 3), ...cartOf({ ...SOAP, unitCentipoints: 10 })])).toBe(670);
  });

  it('says which line is worked on after one has gone', () => {
    const cart = cartOf(SOAP, SALT);
    expect(nextChosen(cart, 'soap')).toBe('salt');
    expect(nextChosen(cart, 'salt')).toBe('soap');
    expect(nextChosen(cartOf(SOAP), 'soap')).toBeNull();
    expect(nextChosen([], 'soap')).toBeNull();
  });
});

describe('the figures of the foot', () => {
  it('add up: what may be spent less the total is what is left', () => {
    expect(sumsOf(500, 1000, 300)).toEqual({ total: 500, available: 700, left: 200, missing: 0 });
    expect(sumsOf(700, 1000, 300)).toEqual({ total: 700, available: 700, left: 0, missing: 0 });
  });

  it('say how much is missing', () => {
    expect(sumsOf(1050, 1000, 300)).toEqual({ total: 1050, available: 700, left: 0, missing: 350 });
  });

  it('count what a reservation holds towards its own price', () => {
    expect(sumsOf(300, 1000, 400, 300)).toEqual({ total: 300, available: 900, left: 600, missing: 0 });
  });
});
