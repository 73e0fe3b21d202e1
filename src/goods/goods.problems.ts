import { registerProblems, type ProblemSpec } from '../platform/index.js';
import type * as errors from './goods.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const GOODS_PROBLEMS = {
  'goods.not-found': { status: 404, title: '没有这种商品', en: 'No such good' },
  'goods.name-taken': { status: 409, title: '已有同名商品', en: 'Another good has this name' },
  'goods.barcode-taken': { status: 409, title: '条码已被使用', en: 'Another good has this barcode' },
  'goods.barcodes-exhausted': { status: 409, title: '店内码已用完', en: 'No in-store barcode is left' },
  'goods.price-in-past': { status: 409, title: '价格不能从过去生效', en: 'A price cannot begin in the past' },
  'goods.price-taken': { status: 409, title: '该时刻已有价格', en: 'Another price begins at that instant' },
  'goods.price-scope': { status: 403, title: '只有社区管理员可定价', en: 'Prices are set for the whole community' },
  'goods.photo-not-found': { status: 404, title: '没有这张照片', en: 'No such photo' },
  'goods.photo-unreadable': { status: 422, title: '请上传 JPEG 或 PNG', en: 'Neither a whole JPEG nor a whole PNG' },
  'goods.photo-too-large': { status: 422, title: '照片尺寸太大', en: 'The photo has too many pixels' },
  'goods.received-expired': { status: 409, title: '已过期，不能入库', en: 'Past its date: not received' },
  'goods.shelf-full': { status: 409, title: '数量太大，请核对', en: 'More than a shelf is kept for' },
  'goods.insufficient-stock': { status: 409, title: '库存不足', en: 'Not enough pieces' },
  'goods.batch-not-found': { status: 404, title: '没有这个批次', en: 'No such batch on this shelf' },
  'goods.transfer-to-self': { status: 409, title: '不能调拨到同一家店', en: 'A transfer goes to another shop' },
  'goods.transfer-not-found': { status: 404, title: '没有这次调拨', en: 'No such transfer' },
  'goods.transfer-received': { status: 409, title: '已经收货了', en: 'Received already' },
  'goods.more-than-sent': { status: 409, title: '收到的比发出的多', en: 'More than was sent' },
  'goods.difference-unexplained': { status: 409, title: '少收请写原因', en: 'Say why fewer arrived' },
  'goods.stocktake-not-found': { status: 404, title: '没有这次盘点', en: 'No such stocktake' },
  'goods.stocktake-open': { status: 409, title: '该店正在盘点', en: 'The shop has an open stocktake' },
  'goods.stocktake-settled': { status: 409, title: '盘点已提交', en: 'The stocktake is no longer counted' },
  'goods.stocktake-counting': { status: 409, title: '还在盘点，稍后查看', en: 'Still being counted' },
  'goods.stocktake-not-submitted': { status: 409, title: '盘点不在待批中', en: 'The stocktake awaits no approval' },
  'goods.stocktake-awaits-approval': { status: 409, title: '请先撤回申请', en: 'Withdraw its approval first' },
  'goods.nothing-counted': { status: 409, title: '还没有盘点数', en: 'Nothing was counted yet' },
  'goods.own-count': { status: 403, title: '盘点人不能批准', en: 'Nobody approves his own count' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(GOODS_PROBLEMS);
