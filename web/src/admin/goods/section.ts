import type { Section } from '../section.js';
import { KEEPERS, STAFF } from './roles.js';
import { t } from './words.js';

/** The shop: what there is, what it costs, where it stands, and what comes and goes. */
export const goodsSection: Section = {
  title: () => t('section'),
  pages: [
    {
      path: 'receipts',
      title: () => t('receipts'),
      roles: KEEPERS,
      component: () => import('./stock/ReceiptsPage.vue'),
    },
    { path: 'shelves', title: () => t('shelves'), roles: STAFF, component: () => import('./stock/ShelvesPage.vue') },
    { path: 'stock-alerts', title: () => t('alerts'), roles: STAFF, component: () => import('./stock/AlertsPage.vue') },
    {
      path: 'transfers',
      title: () => t('transfers'),
      roles: STAFF,
      component: () => import('./stock/TransfersPage.vue'),
    },
    {
      path: 'stocktakes',
      title: () => t('stocktakes'),
      roles: STAFF,
      component: () => import('./stocktakes/StocktakesPage.vue'),
    },
    {
      path: 'stocktakes/:stocktakeId',
      title: () => t('stocktakes'),
      roles: STAFF,
      component: () => import('./stocktakes/StocktakePage.vue'),
      isHidden: true,
    },
    { path: 'goods', title: () => t('goods'), roles: STAFF, component: () => import('./catalogue/GoodsPage.vue') },
    {
      path: 'goods/new',
      title: () => t('newGoods'),
      roles: KEEPERS,
      component: () => import('./catalogue/GoodsEditPage.vue'),
      isHidden: true,
    },
    {
      path: 'goods/:goodsId',
      title: () => t('oneGoods'),
      roles: STAFF,
      component: () => import('./catalogue/GoodsEditPage.vue'),
      isHidden: true,
    },
    { path: 'shelf-labels', title: () => t('labels'), roles: STAFF, component: () => import('./print/LabelsPage.vue') },
    {
      path: 'price-list',
      title: () => t('priceList'),
      roles: STAFF,
      component: () => import('./print/PriceListPage.vue'),
    },
  ],
};
