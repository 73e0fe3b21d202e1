import { registerProblems, type ProblemSpec } from '../platform/index.js';
import type * as errors from './redemptions.errors.js';

type Code = InstanceType<(typeof errors)[keyof typeof errors]>['code'];

export const REDEMPTION_PROBLEMS = {
  'redemptions.not-found': { status: 404, title: '没有这笔兑换', en: 'No such redemption' },
  'redemptions.shop-not-found': { status: 404, title: '没有这个超市', en: 'No such shop' },
  'redemptions.goods-not-found': { status: 422, title: '没有这个商品', en: 'No such goods' },
  'redemptions.goods-not-offered': { status: 409, title: '商品暂不兑换', en: 'Not offered at present' },
  'redemptions.price-changed': { status: 409, title: '价格变了，请确认', en: 'The price has changed' },
  'redemptions.insufficient-points': { status: 409, title: '积分不够', en: 'Not enough points' },
  'redemptions.out-of-stock': { status: 409, title: '库存不够', en: 'Not enough on the shelf' },
  'redemptions.limit-reached': { status: 409, title: '超过限购数量', en: 'More than the limit of this good' },
  'redemptions.day-limit-reached': { status: 409, title: '超过今日兑换上限', en: "More than the day's limit" },
  'redemptions.check-needed': { status: 403, title: '请输密码或核对本人', en: 'PIN or a check by eye needed' },
  'redemptions.card-needed': { status: 422, title: '请先刷卡', en: 'Scan the card first' },
  'redemptions.reservation-not-found': { status: 404, title: '没有这个预约', en: 'No such reservation' },
  'redemptions.reservation-ended': { status: 409, title: '预约已结束', en: 'The reservation has ended' },
  'redemptions.reservation-expired': { status: 409, title: '预约已过期', en: 'The reservation has expired' },
  'redemptions.reservation-still-open': { status: 409, title: '预约还没过期', en: 'The reservation is still open' },
  'redemptions.cancellation-too-late': { status: 409, title: '只能当天取消', en: 'Only on its own day' },
  'redemptions.already-returned': { status: 409, title: '已经退过了', en: 'More than is left to return' },
  'redemptions.line-not-found': { status: 422, title: '单里没有这个商品', en: 'Not in this redemption' },
} as const satisfies Record<Code, ProblemSpec>;

registerProblems(REDEMPTION_PROBLEMS);
