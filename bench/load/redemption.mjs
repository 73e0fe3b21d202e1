import { v7 as uuidv7 } from 'uuid';
import { chinaDay } from '../../dist/src/kernel/calendar-day.js';
import { startOfPeriod } from '../../dist/src/redemptions/order.rules.js';
import { below } from './world.mjs';

/** Goods dearer than this are not taken, as in the history. */
const CHEAP_CENTIPOINTS_MAX = 1_000;

/** Two goods, any of a shop's shelves. */
function twoGoods({ goods, shops }) {
  const cheap = goods.filter(({ unitCentipoints }) => unitCentipoints <= CHEAP_CENTIPOINTS_MAX);
  return () => {
    const first = below(cheap.length);
    const second = (first + 1 + below(cheap.length - 1)) % cheap.length;
    return { siteId: shops[below(shops.length)], goods: [cheap[first], cheap[second]] };
  };
}

/** One piece of the same good from the same shelf, every time: what an exchange day does to the rice. */
function oneShelf({ goods, shops }) {
  return () => ({ siteId: shops[0], goods: [goods[0]] });
}

function redemptionOf(choiceOf) {
  return {
    over: (world) => {
      const choose = choiceOf(world);
      return () => {
        const { siteId, goods } = choose();
        const body = {
          householdId: world.overHttp.next(),
          siteId,
          lines: goods.map(({ goodsId, unitCentipoints }) => ({ goodsId, quantity: 1, unitCentipoints })),
          isCheckedByEye: true,
        };
        return { method: 'POST', path: `/api/communities/${world.communityId}/redemptions`, body };
      };
    },

    /** The commit function alone; ids fresh for each call, lines in the order of goods id, in which shelves are locked. */
    direct: async (world, { call, envelope }) => {
      const choose = choiceOf(world);
      const today = chinaDay(new Date());
      const [dayStart, monthStart] = [startOfPeriod('day', today), startOfPeriod('month', today)];
      return async () => {
        const { siteId, goods } = choose();
        const lines = goods
          .toSorted((a, b) => (a.goodsId < b.goodsId ? -1 : 1))
          .map(({ goodsId, name, unitCentipoints, priceId, limitQuantity }) => ({
            goodsId,
            name,
            quantity: 1,
            unitCentipoints,
            priceId,
            limitQuantity,
            limitSince: limitQuantity === null ? null : monthStart,
            lineId: uuidv7(),
            movementId: uuidv7(),
          }));
        const total = lines.reduce((sum, { unitCentipoints }) => sum + unitCentipoints, 0);
        const [redemption, household] = [uuidv7(), world.direct.next()];
        await call('commit_redemption', {
          ...envelope('cashier', 'redemptions'),
          redemption,
          household,
          site: siteId,
          card: null,
          checkedBy: 'eye',
          lines,
          total,
          dayMax: null,
          dayStart,
          entry: uuidv7(),
          view: {
            redemptionId: redemption,
            householdId: household,
            siteId,
            totalCentipoints: total,
            checkedBy: 'eye',
            lines: lines.map(({ lineId, goodsId, name, quantity, unitCentipoints }) => ({
              lineId,
              goodsId,
              name,
              quantity,
              unitCentipoints,
            })),
          },
        });
      };
    },
  };
}

export const redemption = redemptionOf(twoGoods);
export const redemptionOneShelf = redemptionOf(oneShelf);
