import { unique } from '../busy-community.js';
import { COMMUNITY, type Examples, NOTHING } from './example.js';

export const DISPLAY_EXAMPLES: Examples = {
  [`GET ${COMMUNITY}/displays`]: () => NOTHING,
  [`POST ${COMMUNITY}/displays`]: (here) => ({ body: { name: unique('大厅'), siteId: here.given.shopId } }),
  [`POST ${COMMUNITY}/displays/:tokenId/revoke`]: async (here) => ({ params: { tokenId: await here.display() } }),
  // For the token of a display, which no caller of the table has; see test/integration/display.spec.ts.
  'GET /api/display/board': () => NOTHING,
  'GET /api/display/events': () => NOTHING,
  'GET /board': () => NOTHING,
  'GET /board/:communityId': () => NOTHING,
  'GET /board.css': () => NOTHING,
};
