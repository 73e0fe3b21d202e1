import { computed, ref, shallowRef, watch } from 'vue';
import { get, post } from '../../base/api.js';
import { day } from '../../base/format.js';
import { inLang } from '../../base/lang.js';
import { Refused, sentence } from '../../base/problem.js';
import { refuseRepeat } from '../../../../src/weigh-ins/rules.js';
import { documentAt, settings, tariff, type WasteItem } from '../desk/desk-data.js';
import { isSignedIn, job } from '../desk/who.js';
import type { OutboxRecord, RecordedLine } from '../outbox/outbox-record.js';
import { isOnline, records } from '../outbox/outbox.js';
import type { DeskHousehold } from './find-household.js';
import { type CreditedBefore, leftToday, measured, type Preview, previewOf, usageOf } from './preview.rules.js';

const REPEAT_MS = 30_000;
const PREVIEW_REST_MS = 150;

/** What is known of a household's day. */
interface Today {
  readonly visits: number;
  readonly lines: readonly CreditedBefore[];
}

/** Whose visit is being recorded; the next card replaces it. */
export const household = shallowRef<DeskHousehold | null>(null);
/** Lines that are done, and the one at hand. */
export const done = shallowRef<readonly RecordedLine[]>([]);
export const current = shallowRef<RecordedLine | null>(null);
const today = shallowRef<Today>({ visits: 0, lines: [] });
const fromServer = shallowRef<{ readonly of: string; readonly preview: Preview | null; readonly fault: string } | null>(
  null,
);
const now = ref(new Date());

export const items = computed(() => tariff.value?.items ?? []);
export const tariffNow = computed(() => documentAt(now.value));
export const lines = computed(() => (current.value === null ? done.value : [...done.value, current.value]));
/** Without the scale's frames: a pan at rest sends one after the other, and nothing has changed. */
const content = computed(() =>
  JSON.stringify([household.value?.householdId, lines.value.map((line) => ({ ...line, rawFrame: '' }))]),
);

/** This device's own records of the household's day that the server has not answered for. */
const unsentToday = computed(() =>
  records.value.filter(
    ({ state, visit }) =>
      state === 'waiting' &&
      visit.householdId === household.value?.householdId &&
      day(visit.occurredAt) === day(now.value.toISOString()),
  ),
);

const usage = computed(() => {
  const document = tariffNow.value;
  if (document === null) return null;
  const unsent = unsentToday.value.flatMap(({ visit, about }) => shared(visit.lines, about.expectedCentipoints ?? 0));
  return usageOf([...today.value.lines, ...unsent], document, items.value);
});

export const visitsToday = computed(() => today.value.visits + unsentToday.value.length);
export const left = computed(() =>
  tariffNow.value === null || usage.value === null ? null : leftToday(tariffNow.value, usage.value),
);

const localPreview = computed<Preview | null>(() => {
  const document = tariffNow.value;
  if (document === null || usage.value === null || lines.value.length === 0) return null;
  const visitCentipointsMax = settings.value?.visitCentipointsMax ?? Number.MAX_SAFE_INTEGER;
  const firstVisit = household.value?.entries === 0 && visitsToday.value === 0;
  const ground = { document, items: items.value, visitCentipointsMax, firstVisit, usage: usage.value };
  return previewOf(ground, lines.value, now.value);
});

const answered = computed(() => (fromServer.value?.of === content.value ? fromServer.value : null));
export const preview = computed(() => answered.value?.preview ?? localPreview.value);
/** True where the server has not said it: what it will credit may differ. */
export const isExpected = computed(() => answered.value?.preview == null);
/** Why the server would refuse this visit; empty where it would not, or was not asked. */
export const fault = computed(() => answered.value?.fault ?? '');

watch(household, async (chosen) => {
  today.value = { visits: 0, lines: [] };
  now.value = new Date();
  if (chosen === null || job.value === null || !isOnline.value || !isSignedIn.value) return;
  try {
    const query = { day: day(now.value.toISOString()), householdId: chosen.householdId, limit: 100 };
    const path = { communityId: job.value.communityId };
    const visits = await get('/api/communities/{communityId}/weigh-ins', { path, query });
    const counted = visits.filter(({ isReversed }) => !isReversed);
    if (household.value !== chosen) return;
    today.value = { visits: counted.length, lines: counted.flatMap((visit) => visit.lines) };
  } catch {
    // The desk goes on with what it knows; the strip says that the server is away.
  }
});

let timer = 0;
watch(content, () => {
  clearTimeout(timer);
  now.value = new Date();
  if (lines.value.length > 0) timer = window.setTimeout(() => void askServer(), PREVIEW_REST_MS);
});

/** What the server would credit: it knows the year, the first visit and what other desks recorded. */
async function askServer(): Promise<void> {
  const of = content.value;
  const [chosen, at] = [household.value, job.value];
  // What still waits here the server does not know of: the local answer is the better one.
  if (chosen === null || at === null || !isOnline.value || !isSignedIn.value || unsentToday.value.length > 0) return;
  const { householdId } = chosen;
  const body = { householdId, siteId: at.siteId, lines: [...lines.value], confirmRepeat: true };
  try {
    const path = { communityId: at.communityId };
    const { centipoints, sentences } = await post('/api/communities/{communityId}/weigh-ins/preview', { path, body });
    fromServer.value = { of, preview: { centipoints, ...sentences }, fault: '' };
  } catch (error) {
    const isSaid = error instanceof Refused && error.problem.status !== 401 && error.problem.status !== 429;
    if (isSaid && error.problem.status < 500) fromServer.value = { of, preview: null, fault: sentence(error) };
  }
}

/** True where the same was recorded for this household in the last 30 seconds, by the server's own rule. */
export function isRepeat(): boolean {
  const since = Date.now() - REPEAT_MS;
  const recent = records.value
    .filter(({ visit, isReversed }) => visit.householdId === household.value?.householdId && !isReversed)
    .filter(({ visit }) => Date.parse(visit.occurredAt) >= since)
    .flatMap(({ visit }) => measured(visit.lines, items.value));
  try {
    refuseRepeat(measured(lines.value, items.value), recent);
    return false;
  } catch {
    return true;
  }
}

export function clearVisit(): void {
  household.value = null;
  done.value = [];
  current.value = null;
  fromServer.value = null;
}

export function itemOf(code: string): WasteItem | undefined {
  return items.value.find((item) => item.code === code);
}

export function itemName(code: string): string {
  const item = itemOf(code);
  return item === undefined ? code : inLang(item.nameZh, item.nameEn);
}

/** What the lines of one record are expected to be credited, where only their sum is known: all of it at the first. */
function shared(recorded: OutboxRecord['visit']['lines'], centipoints: number): CreditedBefore[] {
  return recorded.map(({ itemCode }, index) => ({ itemCode, centipoints: index === 0 ? centipoints : 0 }));
}
