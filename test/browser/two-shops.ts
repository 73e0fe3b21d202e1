import type { Locator, Page } from 'playwright-core';
import { Sites } from '../../src/places/index.js';
import { givenCommunity, type GivenCommunity } from '../factories/community.js';
import { openShopfront, type Shopfront } from '../support/browser.js';

export const SOAP_CODE = '6901234567892';

/** A community of two shops with a good, and ways to prepare and to look past the screens. */
export interface TwoShops {
  readonly front: Shopfront;
  readonly community: GivenCommunity;
  readonly secondShopId: string;
  readonly soapId: string;
  /** @returns its id */
  givenGoods(name: string, barcode?: string | null): Promise<string>;
  receive(goodsId: string, quantity: number, extra?: { expiresOn?: string; siteId?: string }): Promise<void>;
  /** Pieces on hand and available. */
  shelf(goodsId: string, siteId?: string): Promise<(number | undefined)[]>;
}

export async function openTwoShops(): Promise<TwoShops> {
  const front = await openShopfront();
  const community = await givenCommunity(front.shop, { tariff: null });
  const keeper = community.staff['stock-keeper'];
  const secondShopId = await front.shop.database.transaction((tx) =>
    front.shop.app.get(Sites).createSite(tx, community.system, { kind: 'shop', name: '东门分店' }),
  );

  async function givenGoods(name: string, barcode: string | null = null): Promise<string> {
    const body = { name, unit: '块', category: '洗护', isListed: true, priceCentipoints: 300, barcode };
    const reply = await community.staff.manager.post(`${community.path}/goods`, body).expect(201);
    return (reply.body as { goodsId: string }).goodsId;
  }

  return {
    front,
    community,
    secondShopId,
    soapId: await givenGoods('肥皂', SOAP_CODE),
    givenGoods,
    receive: async (goodsId, quantity, { expiresOn, siteId = community.shopId } = {}) => {
      const lines = [{ goodsId, quantity, unitCostFen: 150, expiresOn }];
      const body = { origin: 'bought', supplier: '银塘镇供销社', lines };
      await keeper.post(`${community.path}/sites/${siteId}/receipts`, body).expect(201);
    },
    shelf: async (goodsId, siteId = community.shopId) => {
      const { body } = await keeper.get(`${community.path}/sites/${siteId}/shelves?limit=100`).expect(200);
      const shelves = body as { goodsId: string; onHand: number; available: number }[];
      const found = shelves.find((row) => row.goodsId === goodsId);
      return [found?.onHand, found?.available];
    },
  };
}

/** A gun types fast and ends with Enter, into the field that has the focus. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code, { delay: 5 });
  await page.keyboard.press('Enter');
}

/** The row of a table that has this text in it. */
export function row(page: Page, text: string): Locator {
  return page.getByRole('row').filter({ hasText: text });
}
