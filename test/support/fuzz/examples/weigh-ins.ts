import { randomUUID } from 'node:crypto';
import { Client } from '../../../factories/client.js';
import type { BusyCommunity } from '../busy-community.js';
import type { Caller } from '../callers.js';
import { COMMUNITY, type Examples } from './example.js';

/** Recorded by the caller himself where he is the collector of the place: within the undo window it is his to take back. */
async function recorded(here: BusyCommunity, { name, token }: Caller): Promise<string> {
  const own = name === 'collector' && token !== null ? new Client(here.shop, token, '') : undefined;
  return here.weighIn(here.home.householdId, own);
}

export const WEIGH_INS_EXAMPLES: Examples = {
  [`POST ${COMMUNITY}/weigh-ins`]: (here) => ({ body: here.visit(here.home.householdId) }),
  [`POST ${COMMUNITY}/weigh-ins/batch`]: (here) => ({
    body: { records: [{ ...here.visit(here.home.householdId), key: randomUUID() }] },
  }),
  [`POST ${COMMUNITY}/weigh-ins/preview`]: (here) => ({ body: here.visit(here.home.householdId) }),
  [`GET ${COMMUNITY}/weigh-ins`]: async (here) => ({ query: { day: await here.today() } }),
  [`GET ${COMMUNITY}/weigh-ins/summary`]: async (here) => ({ query: { day: await here.today() } }),
  [`GET ${COMMUNITY}/weigh-ins/:weighInId`]: async (here, caller) => ({
    params: { weighInId: await recorded(here, caller) },
  }),
  [`POST ${COMMUNITY}/weigh-ins/:weighInId/reversal`]: async (here, caller) => ({
    params: { weighInId: await recorded(here, caller) },
    body: { reason: '称错了' },
  }),
  [`POST ${COMMUNITY}/weigh-ins/:weighInId/reversal-submission`]: async (here, caller) => ({
    params: { weighInId: await recorded(here, caller) },
    body: { reason: '称错了' },
  }),
  'GET /api/me/weigh-ins': async (here, caller) => ({ query: { ids: await recorded(here, caller) } }),
  'GET /api/me/weigh-ins/:weighInId': async (here, caller) => ({ params: { weighInId: await recorded(here, caller) } }),
};
