import { isRefusal, sentence } from '../../base/problem.js';
import { points } from '../../base/format.js';
import { paramsOf } from './refusal-params.js';
import { t } from './words.js';

/** What a refusal of the PIN says, with the tries that are left; null for anything else. */
export function faultOfPin(error: unknown): string | null {
  const wrong = paramsOf(error, 'residents.pin-wrong');
  if (wrong !== null) return t('triesLeft', wrong.triesLeft);
  return isRefusal(error, 'residents.pin-locked', 'residents.pin-not-set') ? sentence(error) : null;
}

/** What a refusal says about the order, with its figures; null where the screen says it elsewhere. */
export function faultOfOrder(error: unknown): string | null {
  if (error === null || isRefusal(error, 'redemptions.check-needed', 'redemptions.price-changed')) return null;
  if (faultOfPin(error) !== null) return null;
  const short = paramsOf(error, 'redemptions.insufficient-points');
  if (short !== null) return t('missing', points(short.missingCentipoints));
  const overDay = paramsOf(error, 'redemptions.day-limit-reached');
  return overDay === null ? sentence(error) : t('dayLimit', points(overDay.excessCentipoints));
}

/** The goods that a refusal is about, each with what is to be said beside it. */
export function faultsOfGoods(error: unknown, unitOf: (goodsId: string) => string): ReadonlyMap<string, string> {
  const stock = paramsOf(error, 'redemptions.out-of-stock');
  if (stock !== null) {
    return new Map(stock.short.map((one) => [one.goodsId, t('onlyLeft', one.availableQuantity, unitOf(one.goodsId))]));
  }
  const limit = paramsOf(error, 'redemptions.limit-reached');
  if (limit !== null) {
    return new Map([[limit.goodsId, t('limitReached', limit.limit, limit.taken, unitOf(limit.goodsId))]]);
  }
  const gone = paramsOf(error, 'redemptions.goods-not-offered') ?? paramsOf(error, 'redemptions.goods-not-found');
  return gone === null ? new Map() : new Map([[gone.goodsId, sentence(error)]]);
}
