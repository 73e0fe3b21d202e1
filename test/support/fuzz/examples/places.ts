import { randomInt } from 'node:crypto';
import { addDays } from '../../../../src/kernel/calendar-day.js';
import { unique } from '../busy-community.js';
import { COMMUNITY, type Examples, NOTHING } from './example.js';

let days = 0;

/** Codes are unique, and each begins on a later day than the one before it. */
function newCode(): { code: string; validFrom: string } {
  days += 1;
  return { code: String(randomInt(100_000_000_000, 1_000_000_000_000)), validFrom: addDays('2100-01-01', days) };
}

export const PLACES_EXAMPLES: Examples = {
  'GET /api/regions': () => NOTHING,
  'POST /api/regions': () => ({ body: { name: unique('县') } }),
  'POST /api/regions/:regionId/codes': (here) => ({
    params: { regionId: here.given.townId },
    body: newCode(),
  }),
  'POST /api/communities': (here) => ({ body: { townId: here.given.townId, name: unique('社区') } }),
  [`GET ${COMMUNITY}`]: () => NOTHING,
  [`PUT ${COMMUNITY}/code`]: () => ({ body: newCode() }),
  [`GET ${COMMUNITY}/settings`]: () => NOTHING,
  [`PUT ${COMMUNITY}/settings`]: async (here) => ({ body: await here.settings() }),
  [`GET ${COMMUNITY}/areas`]: () => NOTHING,
  [`POST ${COMMUNITY}/areas`]: () => ({ body: { name: unique('网格') } }),
  [`PATCH ${COMMUNITY}/areas/:areaId`]: async (here) => ({
    params: { areaId: await here.area() },
    body: { name: unique('网格') },
  }),
  [`GET ${COMMUNITY}/sites`]: () => NOTHING,
  [`POST ${COMMUNITY}/sites`]: () => ({ body: { kind: 'shop', name: unique('分店') } }),
  [`PATCH ${COMMUNITY}/sites/:siteId`]: async (here) => ({
    params: { siteId: await here.site() },
    body: { name: unique('分店') },
  }),
  [`PUT ${COMMUNITY}/sites/:siteId/opening-rules`]: async (here) => ({
    params: { siteId: await here.site() },
    body: { rules: [{ kind: 'weekday', day: 6, opensMinute: 480, closesMinute: 720 }] },
  }),
  [`POST ${COMMUNITY}/sites/:siteId/close`]: async (here) => ({ params: { siteId: await here.site() } }),
  'GET /api/public/communities': () => NOTHING,
  'GET /api/public/communities/:communityId/opening': () => NOTHING,
};
