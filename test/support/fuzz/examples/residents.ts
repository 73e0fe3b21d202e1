import { CardCodes } from '../../../../src/residents/index.js';
import { type BusyCommunity, PIN, unique } from '../busy-community.js';
import { COMMUNITY, type Example, type Examples, NOTHING } from './example.js';

const REASON = { reason: '本人要求' };

const sheet = () => ({
  name: 'households.csv',
  type: 'text/csv',
  bytes: Buffer.from(`门牌,户主姓名\n${unique('9-')},袁大明\n`),
});

async function previewedSheet(here: BusyCommunity): Promise<Example> {
  const file = sheet();
  const { body } = await here.shop.http
    .post(`${here.path}/household-imports/preview`)
    .set('Authorization', `Bearer ${here.manager.token}`)
    .attach('file', file.bytes, { filename: file.name, contentType: file.type })
    .expect(200);
  const { previewHash } = body as { previewHash: string };
  return { file, fields: { previewHash, consentVersion: '2026-10' } };
}

export const RESIDENTS_EXAMPLES: Examples = {
  [`GET ${COMMUNITY}/households`]: () => ({ query: { q: '袁大明' } }),
  [`POST ${COMMUNITY}/households`]: () => ({
    body: {
      door: unique('4-'),
      members: [{ name: '袁大明' }],
      consents: [{ purpose: 'scheme', version: '2026-10', channel: 'paper' }],
    },
  }),
  [`GET ${COMMUNITY}/households/:householdId`]: (here) => ({ params: { householdId: here.home.householdId } }),
  [`PATCH ${COMMUNITY}/households/:householdId`]: async (here) => ({
    params: { householdId: (await here.household()).householdId },
    body: { door: unique('5-') },
  }),
  [`POST ${COMMUNITY}/households/:householdId/freeze`]: async (here) => ({
    params: { householdId: (await here.household()).householdId },
    body: REASON,
  }),
  [`POST ${COMMUNITY}/households/:householdId/unfreeze`]: async (here) => {
    const { householdId } = await here.household();
    await here.manager.post(`${here.path}/households/${householdId}/freeze`, REASON).expect(200);
    return { params: { householdId }, body: REASON };
  },
  [`POST ${COMMUNITY}/households/:householdId/close`]: async (here) => ({
    params: { householdId: (await here.household()).householdId },
    body: REASON,
  }),
  [`POST ${COMMUNITY}/households/:householdId/merge`]: async (here) => ({
    params: { householdId: (await here.household()).householdId },
    body: { intoHouseholdId: here.home.householdId, ...REASON },
  }),
  [`POST ${COMMUNITY}/households/:householdId/consents`]: (here) => ({
    params: { householdId: here.home.householdId },
    body: { purpose: 'phone', version: '2026-10', channel: 'paper' },
  }),
  [`DELETE ${COMMUNITY}/households/:householdId/consents/:consentId`]: async (here) => {
    const { householdId, consentId } = await here.household();
    return { params: { householdId, consentId } };
  },
  [`POST ${COMMUNITY}/households/:householdId/members`]: async (here) => ({
    params: { householdId: (await here.household()).householdId },
    body: { name: '袁小宝' },
  }),
  [`PATCH ${COMMUNITY}/members/:memberId`]: async (here) => ({
    params: { memberId: (await here.household()).memberId },
    body: { name: '袁小宝' },
  }),
  [`POST ${COMMUNITY}/members/:memberId/leave`]: async (here) => ({
    params: { memberId: (await here.household()).memberId },
    body: REASON,
  }),
  [`POST ${COMMUNITY}/members/:memberId/erase`]: async (here) => ({
    params: { memberId: (await here.household()).memberId },
    body: REASON,
  }),
  [`PUT ${COMMUNITY}/members/:memberId/phone`]: async (here) => {
    const { memberId, phone } = await here.household();
    return { params: { memberId }, body: { phone } };
  },
  [`DELETE ${COMMUNITY}/members/:memberId/phone`]: async (here) => ({
    params: { memberId: (await here.household()).headId },
  }),
  [`POST ${COMMUNITY}/members/:memberId/phone/reveal`]: async (here) => ({
    params: { memberId: (await here.household()).headId },
    body: REASON,
  }),
  [`GET ${COMMUNITY}/households/:householdId/cards`]: (here) => ({ params: { householdId: here.home.householdId } }),
  [`POST ${COMMUNITY}/households/:householdId/cards`]: async (here) => ({
    params: { householdId: (await here.household()).householdId },
    body: {},
  }),
  [`POST ${COMMUNITY}/cards/:cardId/freeze`]: async (here) => ({
    params: { cardId: (await here.household()).cardId },
    body: REASON,
  }),
  [`POST ${COMMUNITY}/cards/:cardId/unfreeze`]: async (here) => {
    const { cardId } = await here.household();
    await here.manager.post(`${here.path}/cards/${cardId}/freeze`, REASON).expect(204);
    return { params: { cardId }, body: REASON };
  },
  [`POST ${COMMUNITY}/cards/:cardId/report-lost`]: async (here) => ({
    params: { cardId: (await here.household()).cardId },
    body: REASON,
  }),
  [`POST ${COMMUNITY}/cards/:cardId/replace`]: async (here) => ({
    params: { cardId: (await here.household()).cardId },
    body: REASON,
  }),
  [`GET ${COMMUNITY}/cards/:cardId/events`]: (here) => ({ params: { cardId: here.home.cardId } }),
  [`PUT ${COMMUNITY}/cards/:cardId/pin`]: async (here) => ({
    params: { cardId: (await here.household()).cardId },
    body: { pin: PIN },
  }),
  [`POST ${COMMUNITY}/cards/code`]: async (here) => {
    const { householdId, cardId } = await here.household();
    const { text } = await here.shop.app.get(CardCodes).show(here.given.communityId, householdId, cardId);
    return { body: { text } };
  },
  [`GET ${COMMUNITY}/desk-cache`]: (here) => ({ query: { siteId: here.given.dropOffPointId } }),
  [`GET ${COMMUNITY}/household-imports/template`]: () => NOTHING,
  [`POST ${COMMUNITY}/household-imports/preview`]: () => ({ file: sheet() }),
  [`POST ${COMMUNITY}/household-imports/wrong-rows`]: () => ({ file: sheet() }),
  [`POST ${COMMUNITY}/household-imports`]: previewedSheet,
  [`POST ${COMMUNITY}/household-imports/tasks`]: previewedSheet,
  'GET /api/me': () => NOTHING,
  'GET /api/me/cards': () => NOTHING,
  'GET /api/me/cards/:cardId/code': async (here) => ({
    params: { cardId: await here.card(here.home.householdId) },
  }),
  'POST /api/me/cards/:cardId/report-lost': async (here) => ({
    params: { cardId: await here.card(here.home.householdId) },
  }),
  'GET /api/me/consents': () => NOTHING,
  'POST /api/me/consents': () => ({ body: { purpose: 'scheme', version: '2026-10' } }),
  'DELETE /api/me/consents/:consentId': async (here) => ({ params: { consentId: await here.consent() } }),
  'GET /api/me/export': () => NOTHING,
};
