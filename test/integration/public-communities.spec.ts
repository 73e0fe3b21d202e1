import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';

let shop: TestApp;
let all: GivenCommunity[];

beforeAll(async () => {
  shop = await createTestApp();
  all = [];
  for (let count = 0; count < 3; count += 1) all.push(await givenCommunity(shop, { tariff: null }));
});
afterAll(async () => shop.close());

describe('the communities that everybody may know of', () => {
  it('are listed by id for whoever is not signed in, with nothing but their names', async () => {
    const { body } = await shop.http.get('/api/public/communities').expect(200);
    expect(body).toEqual(all.map(({ communityId }) => ({ communityId, name: '卸巷社区', townName: '银塘镇' })));
  });

  it('come page by page', async () => {
    const [first, second, third] = all.map(({ communityId }) => communityId);
    const page = async (query: string) => {
      const { body } = await shop.http.get(`/api/public/communities?${query}`).expect(200);
      return (body as { communityId: number }[]).map(({ communityId }) => communityId);
    };
    expect(await page('limit=2')).toEqual([first, second]);
    expect(await page(`limit=2&after=${second}`)).toEqual([third]);
    expect(await page(`after=${third}`)).toEqual([]);
  });

  it.each(['limit=0', 'limit=101', 'after=-1', 'after=x', 'after=9007199254740992'])(
    'are not asked for by %s',
    async (query) => {
      await shop.http.get(`/api/public/communities?${query}`).expect(422);
    },
  );
});
