import { PIN, unique } from '../busy-community.js';
import { COMMUNITY, type Examples, NOTHING } from './example.js';

const NEW_PASSWORD = 'Quite-another-1';

export const IDENTITY_EXAMPLES: Examples = {
  'POST /api/session': async (here) => {
    const { login, password } = await here.person();
    return { body: { login, password } };
  },
  'GET /api/session': () => NOTHING,
  'DELETE /api/session': () => ({ endsSession: true }),
  'POST /api/session/password': (_, { password }) => ({
    body: { password: password === '' ? 'nothing' : password, newPassword: `${NEW_PASSWORD}${unique('')}` },
    endsSession: true,
  }),
  'POST /api/session/card': async (here) => ({ body: { number: await here.cardWithPin(), pin: PIN } }),
  'POST /api/session/phone-code': async (here) => {
    const { phone } = await here.household();
    return { body: { phone } };
  },
  'POST /api/session/phone': async (here) => {
    const { phone } = await here.household();
    return { body: { phone, code: await here.codeFor(phone) } };
  },
  'GET /api/people': () => NOTHING,
  'POST /api/people': (here) => ({
    body: {
      login: unique('person.'),
      displayName: '王芳',
      grants: [{ role: 'collector', communityId: here.given.communityId }],
    },
  }),
  'POST /api/people/:personId/disable': async (here) => ({ params: { personId: (await here.person()).personId } }),
  'POST /api/people/:personId/enable': async (here) => ({ params: { personId: (await here.person()).personId } }),
  'POST /api/people/:personId/sign-out': async (here) => ({ params: { personId: (await here.person()).personId } }),
  'POST /api/people/:personId/password-reset': async (here) => ({
    params: { personId: (await here.person()).personId },
  }),
  'POST /api/people/:personId/grants': async (here) => ({
    params: { personId: (await here.person()).personId },
    body: { role: 'cashier', communityId: here.given.communityId, siteId: here.given.shopId },
  }),
  'DELETE /api/people/:personId/grants/:grantId': async (here) => {
    const { personId, grantId } = await here.person();
    return { params: { personId, grantId } };
  },
  [`GET ${COMMUNITY}/people/:personId/households`]: async (here) => ({
    params: { personId: (await here.person()).personId },
  }),
  [`PUT ${COMMUNITY}/people/:personId/households`]: async (here) => ({
    params: { personId: (await here.person()).personId },
    body: { households: [{ householdId: (await here.household()).householdId, relation: 'kin' }] },
  }),
};
