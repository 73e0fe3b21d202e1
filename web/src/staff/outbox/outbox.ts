import { computed, ref, shallowRef } from 'vue';
import type { OutboxRecord } from './outbox-record.js';
import { type Draft, type OutboxCounts, outboxStore } from './outbox-store.js';
import { exportedText, importedRecords } from './outbox-file.js';
import { type RoundEnd, SyncEngine } from './sync-engine.js';
import { transport } from './transport.js';

/** What was recorded on this device, and its way to the server. */
const EVERY_MS = 20_000;
const LOCK = 'outbox-sync';

export const counts = shallowRef<OutboxCounts>({ waiting: 0, refused: 0, cut: 0 });
export const records = shallowRef<readonly OutboxRecord[]>([]);
/** What the browser says about the network, and how the last round ended. */
export const hasNetwork = ref(navigator.onLine);
const lastEnd = ref<RoundEnd>('done');

/** False: nothing is asked of the server now, the desk works with what it knows. */
export const isOnline = computed(() => hasNetwork.value && lastEnd.value !== 'away');
export const isSyncing = ref(false);
export const syncEnd = computed<RoundEnd>(() => (hasNetwork.value ? lastEnd.value : 'away'));

/** Other tabs of this browser show the same numbers. */
const CHANGED = 'outbox:changed';
const engine = new SyncEngine(outboxStore, transport, (work) => navigator.locks.request(LOCK, work));

/** Records a visit: first on the disk, then, if there is a network, on the server. */
export async function record(draft: Draft): Promise<OutboxRecord> {
  const made = await outboxStore.add(draft);
  await tell();
  void sync();
  return made;
}

/** Sends what waits. Without a network it does not even try, so that what was never sent can be taken back. */
export async function sync(): Promise<void> {
  if (!hasNetwork.value || isQuiet) return;
  if (counts.value.waiting === 0 && lastEnd.value === 'done') return;
  isSyncing.value = true;
  try {
    lastEnd.value = counts.value.waiting > 0 ? await engine.run() : await engine.probe();
  } finally {
    isSyncing.value = false;
    await tell();
  }
}

/** Says that a request was answered or was not: the strip shows it, and the next round knows. */
export function heard(isThere: boolean): void {
  if (isThere && lastEnd.value === 'away') lastEnd.value = 'done';
  if (!isThere) lastEnd.value = 'away';
}

/** While nobody is signed in, or the page is about to be left. */
let isQuiet = true;

/** Begins, or goes on after somebody has signed in. */
export async function wake(): Promise<void> {
  isQuiet = false;
  if (lastEnd.value === 'signed-out') lastEnd.value = 'done';
  await refresh();
  await sync();
}

export function quiet(): void {
  isQuiet = true;
}

/** To be called once: keeps the numbers right, and sends at every occasion. */
export async function startOutbox(): Promise<void> {
  window.addEventListener('storage', ({ key }) => {
    if (key === CHANGED) void refresh();
  });
  window.addEventListener('online', () => {
    hasNetwork.value = true;
    lastEnd.value = 'done';
    void sync();
  });
  window.addEventListener('offline', () => (hasNetwork.value = false));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void sync();
  });
  setInterval(() => void sync(), EVERY_MS);
  await outboxStore.prune();
  await refresh();
}

export async function refresh(): Promise<void> {
  records.value = await outboxStore.all();
  counts.value = await outboxStore.counts();
}

/** Waits until the server has said what became of a record, at most so long. */
export async function answerOf(key: string, patienceMs: number): Promise<OutboxRecord | undefined> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const found = await outboxStore.get(key);
    const isOver = found?.state !== 'waiting' || performance.now() > until || !isOnline.value || isQuiet;
    if (isOver) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function exportOutbox(): Promise<Blob> {
  const text = exportedText(await outboxStore.all(), new Date().toISOString());
  return new Blob([text], { type: 'application/json' });
}

/** @returns how many were not here before @throws OutboxFileError */
export async function importOutbox(text: string): Promise<number> {
  const added = await outboxStore.addImported(importedRecords(text));
  await tell();
  void sync();
  return added;
}

export async function retry(key: string): Promise<void> {
  await outboxStore.retry(key);
  await tell();
  void sync();
}

export async function settle(key: string): Promise<void> {
  await outboxStore.markSettled(key);
  await tell();
}

/** Numbers have changed: here and in the other tabs. */
export async function tell(): Promise<void> {
  await refresh();
  localStorage.setItem(CHANGED, crypto.randomUUID());
}
