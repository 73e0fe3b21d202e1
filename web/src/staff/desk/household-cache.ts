import { get } from '../../base/api.js';
import { normalizeDoor, parseCardToken } from '../../../../src/residents/rules.js';
import { type CachedHousehold, deskDb } from './desk-db.js';

const PAGE = 1000;
const FOUND_MAX = 20;
const LAST_CHARACTER = '\u{10FFFF}';

/**
 * Fetches every open household of the community. Those of before stay until all have come, so that a lost network leaves a
 * whole cache behind.
 * @throws Refused, Unanswered
 */
export async function refreshHouseholds(communityId: number, siteId: string): Promise<void> {
  const freshAt = Date.now();
  const db = await deskDb();
  let after: string | undefined;
  do {
    const query = { siteId, limit: PAGE, ...(after !== undefined && { after }) };
    const page = await get('/api/communities/{communityId}/desk-cache', { path: { communityId }, query });
    const tx = db.transaction('households', 'readwrite');
    await Promise.all([...page.map((household) => tx.store.put({ ...household, communityId, freshAt })), tx.done]);
    after = page.length < PAGE ? undefined : page.at(-1)?.householdId;
  } while (after !== undefined);
  const tx = db.transaction('households', 'readwrite');
  const gone = await tx.store.index('fresh').getAllKeys(IDBKeyRange.upperBound(freshAt, true));
  await Promise.all([...gone.map((householdId) => tx.store.delete(householdId)), tx.done]);
}

/** The household of a scanned card. */
export async function cachedByCard(scanned: string): Promise<CachedHousehold | undefined> {
  const token = parseCardToken(scanned);
  if (token === null) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', token.slice().buffer));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return (await deskDb()).getFromIndex('households', 'card', hash);
}

/** By the beginning of the door, or by the family name, which is all that the device knows of a name. */
export async function cachedByText(typed: string): Promise<CachedHousehold[]> {
  const db = await deskDb();
  const door = normalizeDoor(typed);
  if (door === '') return [];
  const family = typed.trim().slice(0, 1);
  const beginning = (text: string) => IDBKeyRange.bound(text, text + LAST_CHARACTER);
  const found = [
    ...(await db.getAllFromIndex('households', 'door', beginning(door), FOUND_MAX)),
    ...(await db.getAllFromIndex('households', 'name', beginning(family), FOUND_MAX)),
  ];
  return [...new Map(found.map((household) => [household.householdId, household])).values()].slice(0, FOUND_MAX);
}

export async function cachedById(householdId: string): Promise<CachedHousehold | undefined> {
  return (await deskDb()).get('households', householdId);
}

/** Keeps the balance that the server named last. */
export async function rememberBalance(householdId: string, balanceCentipoints: number): Promise<void> {
  const tx = (await deskDb()).transaction('households', 'readwrite');
  const household = await tx.store.get(householdId);
  if (household !== undefined) await tx.store.put({ ...household, balanceCentipoints });
  await tx.done;
}

export async function countOfCached(): Promise<number> {
  return (await deskDb()).count('households');
}
