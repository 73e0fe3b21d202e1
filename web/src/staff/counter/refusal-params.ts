import { isRefusal } from '../../base/problem.js';

/** What the server says with a refusal beside its code (redemptions.errors.ts, residents.errors.ts). Points are centipoints. */
interface RefusalParams {
  'redemptions.price-changed': {
    readonly goodsId: string;
    readonly name: string;
    readonly shownCentipoints: number;
    readonly unitCentipoints: number;
  };
  'redemptions.out-of-stock': {
    readonly short: readonly { readonly goodsId: string; readonly availableQuantity: number }[];
  };
  'redemptions.limit-reached': { readonly goodsId: string; readonly limit: number; readonly taken: number };
  'redemptions.goods-not-offered': { readonly goodsId: string };
  'redemptions.goods-not-found': { readonly goodsId: string };
  'redemptions.insufficient-points': { readonly missingCentipoints: number };
  'redemptions.day-limit-reached': { readonly excessCentipoints: number };
  'residents.pin-wrong': { readonly triesLeft: number };
}

export type NewPrice = RefusalParams['redemptions.price-changed'];

/** The figures of a refusal with this code; null for anything else. */
export function paramsOf<C extends keyof RefusalParams>(error: unknown, code: C): RefusalParams[C] | null {
  return isRefusal(error, code) ? (error.problem.params as unknown as RefusalParams[C]) : null;
}
