import { COMMUNITY, type Examples, NOTHING } from './example.js';

export const REPORTS_EXAMPLES: Examples = {
  [`GET ${COMMUNITY}/audit-records`]: () => NOTHING,
  [`GET ${COMMUNITY}/overview`]: async (here) => {
    const day = await here.today();
    return { query: { from: day, to: day } };
  },
  [`POST ${COMMUNITY}/exports`]: (here) => ({ body: { list: 'shelves', siteId: here.given.shopId, format: 'csv' } }),
  [`GET ${COMMUNITY}/tasks`]: () => NOTHING,
  [`GET ${COMMUNITY}/tasks/:taskId`]: async (here, caller) => ({ params: { taskId: await here.task(caller.token) } }),
  [`GET ${COMMUNITY}/tasks/:taskId/file`]: async (here, caller) => ({
    params: { taskId: await here.task(caller.token) },
  }),
};
