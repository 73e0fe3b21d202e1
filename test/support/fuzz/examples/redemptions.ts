import { COMMUNITY, type Examples, NOTHING } from './example.js';

export const REDEMPTIONS_EXAMPLES: Examples = {
  [`POST ${COMMUNITY}/redemptions`]: (here) => ({ body: { ...here.order(), householdId: here.home.householdId } }),
  [`GET ${COMMUNITY}/redemptions`]: async (here) => ({ query: { day: await here.today() } }),
  [`GET ${COMMUNITY}/redemptions/goods-out`]: async (here) => ({ query: { day: await here.today() } }),
  [`GET ${COMMUNITY}/redemptions/:redemptionId`]: async (here) => ({
    params: { redemptionId: await here.redemption() },
  }),
  [`POST ${COMMUNITY}/redemptions/:redemptionId/cancellation`]: async (here) => ({
    params: { redemptionId: await here.redemption() },
    body: { reason: '拿错了' },
  }),
  [`POST ${COMMUNITY}/redemptions/:redemptionId/returns`]: async (here) => ({
    params: { redemptionId: await here.redemption() },
    body: { reason: '破损', lines: [{ goodsId: here.goodsId, quantity: 1 }] },
  }),
  [`POST ${COMMUNITY}/reservations`]: (here) => ({ body: { ...here.order(), householdId: here.home.householdId } }),
  [`GET ${COMMUNITY}/reservations`]: (here) => ({ query: { householdId: here.home.householdId } }),
  [`GET ${COMMUNITY}/reservations/by-code`]: async (here) => ({ query: { code: (await here.reservation()).code } }),
  [`POST ${COMMUNITY}/reservations/:reservationId/pick-up`]: async (here) => ({
    params: { reservationId: (await here.reservation()).reservationId },
    body: {},
  }),
  [`POST ${COMMUNITY}/reservations/:reservationId/cancellation`]: async (here) => ({
    params: { reservationId: (await here.reservation()).reservationId },
  }),
  'GET /api/me/redemptions': async (here) => ({ query: { ids: await here.redemption() } }),
  'GET /api/me/redemptions/:redemptionId': async (here) => ({ params: { redemptionId: await here.redemption() } }),
  'GET /api/me/reservations': () => NOTHING,
  'POST /api/me/reservations': (here) => ({ body: here.order() }),
  'POST /api/me/reservations/:reservationId/cancellation': async (here) => ({
    params: { reservationId: (await here.reservation()).reservationId },
  }),
};
