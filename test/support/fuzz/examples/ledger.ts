import { COMMUNITY, type Examples, NOTHING } from './example.js';

export const LEDGER_EXAMPLES: Examples = {
  [`GET ${COMMUNITY}/households/:householdId/balance`]: (here) => ({ params: { householdId: here.home.householdId } }),
  [`GET ${COMMUNITY}/households/:householdId/statement`]: (here) => ({
    params: { householdId: here.home.householdId },
  }),
  [`GET ${COMMUNITY}/ledger/accounts`]: () => NOTHING,
  [`POST ${COMMUNITY}/adjustments`]: (here) => ({
    body: { householdId: here.home.householdId, amountCentipoints: 1, reason: '补记' },
  }),
  'GET /api/me/balance': () => NOTHING,
  'GET /api/me/statement': () => NOTHING,
  'POST /api/me/gifts': () => ({ body: { to: 'charity', amountCentipoints: 1 } }),
  [`GET ${COMMUNITY}/approvals`]: () => NOTHING,
  [`POST ${COMMUNITY}/approvals/:approvalId/approve`]: async (here) => ({
    params: { approvalId: await here.approval() },
  }),
  [`POST ${COMMUNITY}/approvals/:approvalId/close`]: async (here) => ({
    params: { approvalId: await here.approval() },
    body: { decision: 'refused', reason: '无依据' },
  }),
};
