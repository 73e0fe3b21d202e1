import { expect, it } from '@jest/globals';

// The language is written on the page as soon as it is known. Vue takes a page that is there for a whole one.
await import('vue');
Object.assign(globalThis, { document: { documentElement: { lang: '' } } });
const { lang } = await import('./lang.js');
const { pointsWithUnit, signedPointsWithUnit } = await import('./format.js');

it.each([
  [100, '1 分', '1 point'],
  [-100, '-1 分', '-1 point'],
  [320, '3.2 分', '3.2 points'],
  [0, '0 分', '0 points'],
  [1, '0.01 分', '0.01 points'],
])('writes %d hundredths of a point as %s and %s', (centipoints, zh, en) => {
  lang.value = 'zh';
  expect(pointsWithUnit(centipoints)).toBe(zh);
  lang.value = 'en';
  expect(pointsWithUnit(centipoints)).toBe(en);
});

it('signs a movement in either direction', () => {
  lang.value = 'en';
  expect([100, -100, -320].map(signedPointsWithUnit)).toEqual(['+1 point', '−1 point', '−3.2 points']);
});
