import { type BusyCommunity, tariffDocument, unique } from '../busy-community.js';
import { COMMUNITY, type Example, type Examples, NOTHING } from './example.js';

async function simulation(here: BusyCommunity): Promise<Example> {
  const day = await here.today();
  return { params: { versionId: await here.tariffDraft() }, body: { from: day, to: day } };
}

export const TARIFF_EXAMPLES: Examples = {
  [`GET ${COMMUNITY}/waste-items`]: () => NOTHING,
  [`POST ${COMMUNITY}/waste-items`]: () => ({
    body: { code: unique('item-'), nameZh: '泡沫', nameEn: 'Foam', wasteClass: 'other', unit: 'gram' },
  }),
  [`PATCH ${COMMUNITY}/waste-items/:itemId`]: async (here) => ({
    params: { itemId: await here.wasteItem() },
    body: { isListed: false },
  }),
  [`GET ${COMMUNITY}/tariff/current`]: () => NOTHING,
  'GET /api/public/communities/:communityId/tariff': () => NOTHING,
  [`GET ${COMMUNITY}/tariff-versions`]: () => NOTHING,
  [`POST ${COMMUNITY}/tariff-versions`]: () => ({ body: { name: unique('标准'), document: tariffDocument() } }),
  [`GET ${COMMUNITY}/tariff-versions/:versionId`]: async (here) => ({
    params: { versionId: await here.tariffDraft() },
  }),
  [`PUT ${COMMUNITY}/tariff-versions/:versionId`]: async (here) => ({
    params: { versionId: await here.tariffDraft() },
    body: { name: unique('标准'), document: tariffDocument() },
  }),
  [`POST ${COMMUNITY}/tariff-versions/:versionId/submission`]: async (here) => ({
    params: { versionId: await here.tariffDraft() },
    body: { effectiveFrom: null, reason: '启用' },
  }),
  [`POST ${COMMUNITY}/tariff-versions/:versionId/simulation`]: simulation,
  [`POST ${COMMUNITY}/tariff-versions/:versionId/simulation-tasks`]: simulation,
};
