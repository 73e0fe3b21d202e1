import { dictionary } from '../../base/lang.js';

export const t = dictionary(
  {
    section: '商品与库存',
    goods: '商品',
    newGoods: '新建商品',
    oneGoods: '商品资料',
    shelves: '货架',
    receipts: '入库',
    alerts: '库存提醒',
    transfers: '调拨',
    stocktakes: '盘点',
    labels: '货架标签',
    priceList: '价目表',
  },
  {
    section: 'Goods and stock',
    goods: 'Goods',
    newGoods: 'New good',
    oneGoods: 'A good',
    shelves: 'Shelves',
    receipts: 'Receive',
    alerts: 'Stock alerts',
    transfers: 'Transfers',
    stocktakes: 'Stocktakes',
    labels: 'Shelf labels',
    priceList: 'Price list',
  },
);
