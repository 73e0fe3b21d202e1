import { holdsRole } from '../../base/session.js';
import { isOnline } from '../outbox/outbox.js';
import { refreshHouseholds } from './household-cache.js';
import { isSignedIn, job, placeOf } from './who.js';

const EVERY_MS = 3_600_000;
const RETRY_MS = 60_000;

let freshFor = '';
let timer = 0;
let isRunning = false;

/** Fetches the households of the place at the start, at every change of place, and once an hour. */
export async function keepHouseholdsFresh(): Promise<void> {
  const at = job.value;
  if (at === null || at.kind !== 'weigh-in' || at.siteId === freshFor || isRunning) return;
  if (!isOnline.value || !isSignedIn.value || !holdsRole(placeOf(at.communityId), ['collector'], at.siteId)) return;
  isRunning = true;
  clearTimeout(timer);
  let wait = RETRY_MS;
  try {
    await refreshHouseholds(at.communityId, at.siteId);
    freshFor = at.siteId;
    wait = EVERY_MS;
  } catch {
    // The cache of before is still whole.
  }
  isRunning = false;
  timer = window.setTimeout(() => {
    freshFor = '';
    void keepHouseholdsFresh();
  }, wait);
}
