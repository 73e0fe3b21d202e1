import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { givenCommunity } from '../factories/community.js';
import { type GivenFamily, givenFamily, givenFilm, givenOffer } from '../factories/family.js';
import { describeInBrowser, DESKTOP, openShopfront, PHONE, type Shopfront, TABLET } from '../support/browser.js';

/** A slow machine takes half a minute for the pages of one size. */
const TIMEOUT_MS = 180_000;

const PAGES = {
  'sign-in': '/',
  home: '/',
  statement: '/me/statement',
  goods: '/me/goods',
  reservations: '/me/reservations',
  card: '/me/card',
  questions: '/me/questions',
  data: '/me/data',
} as const;

describeInBrowser('every page of a resident', () => {
  let front: Shopfront;
  let family: GivenFamily;

  beforeAll(async () => {
    front = await openShopfront();
    const community = await givenCommunity(front.shop);
    await community.staff.manager
      .put(`${community.path}/sites/${community.shopId}/opening-rules`, {
        rules: [{ kind: 'month-day', day: 5, opensMinute: 300, closesMinute: 660 }],
      })
      .expect(200);
    family = await givenFamily(front.shop, community);
    for (const grams of [12_500, 3200, 780]) await givenFilm(community, family.householdId, grams);
    const goods = [
      ['肥皂', '块', 300, 40],
      ['洗衣液', '瓶', 2000, 6],
      ['大米', '袋', 5000, 3],
      ['毛巾', '条', 800, 0],
    ] as const;
    let soapId = '';
    for (const [name, unit, priceCentipoints, quantity] of goods) {
      const goodsId = await givenOffer(community, { name, unit, priceCentipoints }, quantity);
      soapId ||= goodsId;
    }
    const order = { siteId: community.shopId, lines: [{ goodsId: soapId, quantity: 1, unitCentipoints: 300 }] };
    await family.resident.post('/api/me/reservations', order).expect(201);
    const cancelled = await family.resident.post('/api/me/reservations', order).expect(201);
    const { reservationId } = cancelled.body as { reservationId: string };
    await family.resident.post(`/api/me/reservations/${reservationId}/cancellation`).expect(201);
    await family.resident.post('/api/me/questions', { kind: 'other', text: '什么时候发米？' }).expect(201);
  });
  afterAll(() => front.close());

  /** The pages one after the other, as they stand once everything on them is there. */
  async function eachPage(
    options: { viewport: { width: number; height: number }; fontSize: string; lang: 'zh' | 'en' },
    look: (name: string, visit: Awaited<ReturnType<Shopfront['open']>>) => Promise<void>,
  ): Promise<void> {
    for (const [name, path] of Object.entries(PAGES)) {
      const isSignedIn = name !== 'sign-in';
      const token = isSignedIn ? { token: family.resident.token } : {};
      const visit = await front.open({ viewport: options.viewport, ...token });
      await visit.context.addInitScript(
        ({ fontSize, lang, known }) => {
          localStorage.setItem('lang', lang);
          if (known) localStorage.setItem('resident', '1');
          document.addEventListener('DOMContentLoaded', () => {
            document.documentElement.style.fontSize = fontSize;
          });
        },
        { fontSize: options.fontSize, lang: options.lang, known: isSignedIn },
      );
      await visit.page.goto(path, { waitUntil: 'networkidle' });
      await visit.page.locator('.k-skeleton').first().waitFor({ state: 'detached' });
      await look(name, visit);
      expect(visit.complaints).toEqual([]);
      await visit.context.close();
    }
  }

  it.each([
    ['20px', 'zh'],
    ['24px', 'zh'],
    ['40px', 'zh'],
    ['20px', 'en'],
    ['24px', 'en'],
    ['40px', 'en'],
  ] as const)(
    'has no fault of access and nothing beside the screen, at text of %s, in %s',
    async (fontSize, lang) => {
      await eachPage({ viewport: PHONE, fontSize, lang }, async (name, { page, picture, faultsOfAccess }) => {
        if (fontSize !== '24px') await picture(`resident-${name}-${fontSize}-${lang}`);
        expect([name, await faultsOfAccess()]).toEqual([name, []]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
        // What is touched is at least 60 px high; a link within a line of text may be as high as the line.
        const small = await page
          .locator('button, select, .r-doors a, .r-link')
          .evaluateAll((all) =>
            all.filter((one) => one.getBoundingClientRect().height < 60).map((one) => one.outerHTML),
          );
        expect(small).toEqual([]);
      });
    },
    TIMEOUT_MS,
  );

  it.each([
    ['tablet', TABLET],
    ['desktop', DESKTOP],
  ] as const)(
    'is looked at on a %s',
    async (device, viewport) => {
      await eachPage({ viewport, fontSize: '20px', lang: 'zh' }, async (name, { picture, page }) => {
        await picture(`resident-${name}-${device}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      });
    },
    TIMEOUT_MS,
  );
});
