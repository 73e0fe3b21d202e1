import { expect, it } from '@jest/globals';
import { arrange, mostOf, type Offered } from './offers.js';

const SHOP = 'here';
const good = (name: string, centipoints: number, rest: Partial<Offered> & { available?: number } = {}): Offered => ({
  goodsId: name,
  name,
  centipoints,
  isInSeason: true,
  limit: null,
  shops: [
    { siteId: 'elsewhere', available: 9 },
    { siteId: SHOP, available: rest.available ?? 5 },
  ],
  ...rest,
});

it('shows first what can be had, then what is too dear and by how much, then what is not there', () => {
  const arranged = arrange(
    [
      good('rice', 5000),
      good('gloves', 100, { isInSeason: false }),
      good('towel', 800),
      good('salt', 200, { available: 0 }),
      good('oil', 4000),
      good('soap', 300),
    ],
    SHOP,
    1000,
  );
  expect(arranged.map(({ offer, state, shortBy }) => [offer.name, state, shortBy])).toEqual([
    ['soap', 'affordable', 0],
    ['towel', 'affordable', 0],
    ['oil', 'too-dear', 3000],
    ['rice', 'too-dear', 4000],
    ['salt', 'out-of-stock', 0],
    ['gloves', 'out-of-season', 0],
  ]);
});

it('can afford what costs exactly what there is', () => {
  expect(arrange([good('soap', 300)], SHOP, 300)[0]?.state).toBe('affordable');
  expect(arrange([good('soap', 300)], SHOP, 299)[0]).toMatchObject({ state: 'too-dear', shortBy: 1 });
});

it('has nothing of a good in a shop that does not keep it', () => {
  expect(arrange([good('soap', 300)], 'nowhere', 1000)[0]?.state).toBe('out-of-stock');
});

it('lets nobody choose more than there is, than the limit allows, or than the points pay', () => {
  const [soap] = arrange([good('soap', 300)], SHOP, 10_000);
  const [limited] = arrange([good('soap', 300, { limit: { quantity: 2, period: 'month' } })], SHOP, 10_000);
  if (soap === undefined || limited === undefined) throw new Error('nothing arranged');
  expect(mostOf(soap, 0, 10_000)).toBe(5);
  expect(mostOf(limited, 0, 10_000)).toBe(2);
  expect(mostOf(soap, 0, 899)).toBe(2);
  expect(mostOf(soap, 2, 299)).toBe(2);
  expect(mostOf(soap, 2, 300)).toBe(3);
  expect(mostOf(soap, 1, -5)).toBe(1);
});
