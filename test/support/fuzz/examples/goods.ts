import { PNG, PRICE, unique } from '../busy-community.js';
import { COMMUNITY, type Examples, NOTHING } from './example.js';

const SHELF = `${COMMUNITY}/sites/:siteId/shelves`;

export const GOODS_EXAMPLES: Examples = {
  [`GET ${COMMUNITY}/goods`]: () => NOTHING,
  [`POST ${COMMUNITY}/goods`]: () => ({
    body: { name: unique('毛巾'), unit: '条', category: '洗护', isListed: true, priceCentipoints: PRICE },
  }),
  [`GET ${COMMUNITY}/goods/next-barcode`]: () => NOTHING,
  [`GET ${COMMUNITY}/goods/:goodsId`]: (here) => ({ params: { goodsId: here.goodsId } }),
  [`PATCH ${COMMUNITY}/goods/:goodsId`]: (here) => ({
    params: { goodsId: here.goodsId },
    body: { category: '日用' },
  }),
  [`GET ${COMMUNITY}/goods/:goodsId/prices`]: (here) => ({ params: { goodsId: here.goodsId } }),
  [`POST ${COMMUNITY}/goods/:goodsId/prices`]: async (here) => ({
    params: { goodsId: await here.goods() },
    body: { centipoints: PRICE + 1 },
  }),
  [`POST ${COMMUNITY}/goods/:goodsId/photo`]: (here) => ({
    params: { goodsId: here.goodsId },
    file: { name: 'soap.png', type: 'image/png', bytes: PNG },
  }),
  [`DELETE ${COMMUNITY}/goods/:goodsId/photo`]: async (here) => {
    await here.photo(here.goodsId);
    return { params: { goodsId: here.goodsId } };
  },
  'GET /api/public/communities/:communityId/photos/:photoId': async (here) => ({
    params: { photoId: await here.photo(here.goodsId) },
  }),
  'GET /api/me/goods': () => NOTHING,
  [`GET ${SHELF}`]: (here) => ({ params: { siteId: here.given.shopId } }),
  [`PUT ${SHELF}/:goodsId/alert`]: (here) => ({
    params: { siteId: here.given.shopId, goodsId: here.goodsId },
    body: { lowStockAt: 5 },
  }),
  [`GET ${SHELF}/:goodsId/batches`]: (here) => ({ params: { siteId: here.given.shopId, goodsId: here.goodsId } }),
  [`GET ${SHELF}/:goodsId/movements`]: (here) => ({ params: { siteId: here.given.shopId, goodsId: here.goodsId } }),
  [`POST ${COMMUNITY}/sites/:siteId/receipts`]: (here) => ({
    params: { siteId: here.given.shopId },
    body: { origin: 'bought', supplier: '供销社', lines: [{ goodsId: here.goodsId, quantity: 1, unitCostFen: 1 }] },
  }),
  [`POST ${COMMUNITY}/sites/:siteId/write-offs`]: (here) => ({
    params: { siteId: here.given.shopId },
    body: { goodsId: here.goodsId, quantity: 1, reason: '破损' },
  }),
  [`GET ${COMMUNITY}/low-stock`]: () => NOTHING,
  [`GET ${COMMUNITY}/near-expiry`]: () => NOTHING,
  [`GET ${COMMUNITY}/transfers`]: () => NOTHING,
  [`POST ${COMMUNITY}/transfers`]: (here) => ({
    body: { fromSiteId: here.given.shopId, toSiteId: here.secondShopId, goodsId: here.goodsId, quantity: 1 },
  }),
  [`POST ${COMMUNITY}/transfers/:transferId/receive`]: async (here) => ({
    params: { transferId: await here.transfer() },
    body: { quantity: 1 },
  }),
  [`POST ${COMMUNITY}/sites/:siteId/stocktakes`]: async (here) => {
    await here.endStocktake();
    return { params: { siteId: here.given.shopId } };
  },
  [`GET ${COMMUNITY}/stocktakes`]: () => NOTHING,
  [`GET ${COMMUNITY}/stocktakes/:stocktakeId`]: async (here) => ({ params: { stocktakeId: await here.stocktake() } }),
  [`GET ${COMMUNITY}/stocktakes/:stocktakeId/lines`]: async (here) => ({
    params: { stocktakeId: await here.stocktake() },
  }),
  [`GET ${COMMUNITY}/stocktakes/:stocktakeId/differences`]: async (here) => ({
    params: { stocktakeId: await here.submittedStocktake() },
  }),
  [`PUT ${COMMUNITY}/stocktakes/:stocktakeId/lines/:goodsId`]: async (here) => ({
    params: { stocktakeId: await here.stocktake(), goodsId: here.goodsId },
    body: { counted: 1 },
  }),
  [`POST ${COMMUNITY}/stocktakes/:stocktakeId/submit`]: async (here) => ({
    params: { stocktakeId: await here.countedStocktake() },
    body: {},
  }),
  [`POST ${COMMUNITY}/stocktakes/:stocktakeId/cancel`]: async (here) => ({
    params: { stocktakeId: await here.stocktake() },
  }),
};
