import { addDays, type CalendarDay, startOfChinaDay, weekdayOf } from '../kernel/calendar-day.js';
import { type Centipoints } from '../kernel/points.js';
import { isInSeason } from '../goods/rules.js';
import { CheckNeededError, GoodsNotFoundError, GoodsNotOfferedError, PriceChangedError } from './redemptions.errors.js';

/** One good as the shop offers it at the moment of deciding. */
export interface OfferedGoods {
  readonly goodsId: string;
  readonly name: string;
  readonly isListed: boolean;
  readonly seasonFrom: string | null;
  readonly seasonTo: string | null;
  readonly limitQuantity: number | null;
  readonly limitPeriod: 'day' | 'week' | 'month' | 'year' | null;
  readonly priceId: string | null;
  readonly unitCentipoints: Centipoints | null;
}

/** One line as it was asked for; the price is the one that was shown. */
export interface AskedLine {
  readonly goodsId: string;
  readonly quantity: number;
  readonly unitCentipoints: Centipoints;
}

export interface OrderLine {
  readonly goodsId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitCentipoints: Centipoints;
  readonly priceId: string;
  readonly limitQuantity: number | null;
  /** Since when pieces count towards the limit. */
  readonly limitSince: Date | null;
}

export interface Order {
  /** In the order of goods id, in which the shelves are locked. */
  readonly lines: readonly OrderLine[];
  readonly totalCentipoints: Centipoints;
}

/**
 * Turns what was asked for into an order at the prices in force. Lines of the same good are added up.
 * @throws GoodsNotFoundError, GoodsNotOfferedError, PriceChangedError with the new figure
 */
export function planOrder(asked: readonly AskedLine[], offered: readonly OfferedGoods[], today: CalendarDay): Order {
  const lines = [...sumByGoods(asked)].map(([goodsId, { quantity, unitCentipoints }]) => {
    const goods = offered.find((one) => one.goodsId === goodsId);
    if (goods === undefined || goods.priceId === null || goods.unitCentipoints === null) {
      throw new GoodsNotFoundError({ goodsId });
    }
    const season =
      goods.seasonFrom === null || goods.seasonTo === null ? null : { from: goods.seasonFrom, to: goods.seasonTo };
    if (!goods.isListed || (season !== null && !isInSeason(season, today))) {
      throw new GoodsNotOfferedError({ goodsId, name: goods.name });
    }
    if (goods.unitCentipoints !== unitCentipoints) {
      throw new PriceChangedError({
        goodsId,
        name: goods.name,
        shownCentipoints: unitCentipoints,
        unitCentipoints: goods.unitCentipoints,
      });
    }
    return {
      goodsId,
      name: goods.name,
      quantity,
      unitCentipoints,
      priceId: goods.priceId,
      limitQuantity: goods.limitQuantity,
      limitSince: goods.limitPeriod === null ? null : startOfPeriod(goods.limitPeriod, today),
    };
  });
  return {
    lines: lines.toSorted((a, b) => (a.goodsId < b.goodsId ? -1 : 1)),
    totalCentipoints: lines.reduce((sum, line) => sum + line.quantity * line.unitCentipoints, 0),
  };
}

/** Pieces of one good asked for in several lines are one line; the price shown must then be one price too. */
function sumByGoods(asked: readonly AskedLine[]): Map<string, { quantity: number; unitCentipoints: Centipoints }> {
  const sums = new Map<string, { quantity: number; unitCentipoints: Centipoints }>();
  for (const line of asked) {
    const known = sums.get(line.goodsId);
    if (known !== undefined && known.unitCentipoints !== line.unitCentipoints) {
      throw new PriceChangedError({
        goodsId: line.goodsId,
        shownCentipoints: line.unitCentipoints,
        unitCentipoints: known.unitCentipoints,
      });
    }
    sums.set(line.goodsId, {
      quantity: (known?.quantity ?? 0) + line.quantity,
      unitCentipoints: line.unitCentipoints,
    });
  }
  return sums;
}

/** The first instant of the day, ISO week, month or year in China in which `today` lies. */
export function startOfPeriod(period: 'day' | 'week' | 'month' | 'year', today: CalendarDay): Date {
  switch (period) {
    case 'day':
      return startOfChinaDay(today);
    case 'week':
      return startOfChinaDay(addDays(today, 1 - weekdayOf(today)));
    case 'month':
      return startOfChinaDay(`${today.slice(0, 7)}-01`);
    case 'year':
      return startOfChinaDay(`${today.slice(0, 4)}-01-01`);
  }
}

export type Check = 'none' | 'pin' | 'eye' | 'code';

/**
 * A printed card identifies and never authorises: above the community's limit somebody enters the PIN, or the cashier
 * checks by eye who is there.
 * @throws CheckNeededError
 */
export function checkOf(
  total: Centipoints,
  limit: Centipoints,
  given: { readonly hasPin: boolean; readonly isCheckedByEye: boolean },
): Check {
  if (given.hasPin) return 'pin';
  if (given.isCheckedByEye) return 'eye';
  if (total > limit) throw new CheckNeededError({ limitCentipoints: limit });
  return 'none';
}
