import { get, post, type View } from '../../base/api.js';
import { isRefusal, Refused, Unanswered } from '../../base/problem.js';
import { parseCardCode, parseCardToken } from '../../../../src/residents/rules.js';
import type { CachedHousehold } from '../desk/desk-db.js';
import { cachedByCard, cachedById, cachedByText } from '../desk/household-cache.js';
import { heard, isOnline } from '../outbox/outbox.js';
import { isSignedIn } from '../desk/who.js';

/** A household as the desk shows it. */
export interface DeskHousehold {
  readonly householdId: string;
  readonly name: string;
  readonly door: string;
  readonly status: string;
  /** Null where the device does not know it. */
  readonly balanceCentipoints: number | null;
  /** How many entries its account had; null where it was not said. */
  readonly entries: number | null;
  /** From the cache: the balance is the last one heard of, the name is masked. */
  readonly isFromCache: boolean;
  /** Of the card that was looked for, or the newest; null where there is none or it is not known. */
  readonly cardStatus: string | null;
}

/** Why nobody was found, as a word of the screen. */
export type NotFound = 'noSuchCard' | 'cardNotActive' | 'codeNeedsNetwork' | 'nobodyFound' | 'notInCache';

export class NotFoundHere extends Error {
  constructor(readonly why: NotFound) {
    super(why);
  }
}

/** How long a queue waits for the server before the desk looks into its own cache, in milliseconds. */
const PATIENCE_MS = 3000;

/** Who comes with what was scanned. @throws NotFoundHere; Refused for a code that was used or is wrong */
export async function findScanned(communityId: number, scanned: string): Promise<DeskHousehold> {
  if (parseCardCode(scanned) !== null) return byCode(communityId, scanned);
  if (parseCardToken(scanned) === null) {
    const [found, another] = await findTyped(communityId, scanned);
    if (found === undefined || another !== undefined) throw new NotFoundHere('noSuchCard');
    if (found.cardStatus !== null && found.cardStatus !== 'active') throw new NotFoundHere('cardNotActive');
    return found;
  }
  const lines = await asked((signal) =>
    get('/api/communities/{communityId}/households', { path: { communityId }, query: { q: scanned }, signal }),
  );
  if (lines === null) {
    const cached = await cachedByCard(scanned);
    if (cached === undefined) throw new NotFoundHere('notInCache');
    return fromCache(cached);
  }
  const [line] = lines;
  if (line === undefined) throw new NotFoundHere('noSuchCard');
  if (line.cardStatus !== 'active') throw new NotFoundHere('cardNotActive');
  return fromLine(line);
}

/** Everybody whom a text can mean: card number, phone tail, door, name, pinyin; without a network door and family name. */
export async function findTyped(communityId: number, typed: string): Promise<DeskHousehold[]> {
  const lines = await asked((signal) =>
    get('/api/communities/{communityId}/households', { path: { communityId }, query: { q: typed }, signal }),
  );
  if (lines === null) return (await cachedByText(typed)).map(fromCache);
  return Promise.all(lines.filter(({ status }) => status === 'active' || status === 'frozen').map(fromLine));
}

async function byCode(communityId: number, text: string): Promise<DeskHousehold> {
  const line = await asked((signal) =>
    post('/api/communities/{communityId}/cards/code', { path: { communityId }, body: { text }, signal }),
  );
  if (line === null) throw new NotFoundHere('codeNeedsNetwork');
  return fromLine(line);
}

/** Null: the server cannot be asked now. @throws Refused */
async function asked<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  if (!isOnline.value || !isSignedIn.value) return null;
  try {
    const answer = await ask(AbortSignal.timeout(PATIENCE_MS));
    heard(true);
    return answer;
  } catch (error) {
    if (error instanceof Unanswered) heard(false);
    else if (!(error instanceof Refused) || !isRefusal(error, 'identity.not-signed-in')) throw error;
    return null;
  }
}

async function fromLine(line: View<'HouseholdLineView'>): Promise<DeskHousehold> {
  const { householdId, door, status, balanceCentipoints, cardStatus } = line;
  const cached = await cachedById(householdId);
  return {
    householdId,
    name: line.headName || (line.memberNames[0] ?? door),
    door,
    status,
    balanceCentipoints,
    entries: cached?.seq ?? null,
    isFromCache: false,
    cardStatus,
  };
}

function fromCache(household: CachedHousehold): DeskHousehold {
  const { householdId, headNameMasked, door, status, balanceCentipoints, seq: entries } = household;
  const name = headNameMasked || door;
  return { householdId, name, door, status, balanceCentipoints, entries, isFromCache: true, cardStatus: null };
}
