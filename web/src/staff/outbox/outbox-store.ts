import { deskDb } from '../desk/desk-db.js';
import type { OutboxRecord, RecordAnswer, RecordedAbout, RecordedVisit, RecordState } from './outbox-record.js';
import type { SyncStore } from './sync-engine.js';

/** What the server has taken is kept for the list of the last records, and for a look back at the end of the shift. */
const SENT_KEPT = 300;

const oldest = (state: RecordState) => IDBKeyRange.bound([state], [state, []]);

export interface Draft {
  readonly communityId: number;
  readonly visit: Omit<RecordedVisit, 'device'>;
  readonly about: RecordedAbout;
}

export interface OutboxCounts {
  readonly waiting: number;
  /** Of those that no person has looked at yet. */
  readonly refused: number;
  readonly cut: number;
}

/** The outbox in IndexedDB. Every method is one transaction, so that a kill leaves it as it was before or after. */
export const outboxStore = {
  /** Gives the record its key and the device's next count, and has it on the disk before it returns. */
  async add(draft: Draft): Promise<OutboxRecord> {
    const db = await deskDb();
    const tx = db.transaction(['outbox', 'device'], 'readwrite', { durability: 'strict' });
    const before = await tx.objectStore('device').get('this');
    const device = { id: before?.id ?? crypto.randomUUID(), seq: (before?.seq ?? 0) + 1 };
    const record: OutboxRecord = {
      key: crypto.randomUUID(),
      ...draft,
      visit: { ...draft.visit, device },
      state: 'waiting',
      attempts: 0,
      answer: null,
      isReversed: false,
      isSettled: false,
    };
    await Promise.all([tx.objectStore('device').put(device, 'this'), tx.objectStore('outbox').add(record), tx.done]);
    return record;
  },

  async waiting(limit: number, without: ReadonlySet<string>): Promise<OutboxRecord[]> {
    const db = await deskDb();
    const found = await db.getAllFromIndex('outbox', 'queue', oldest('waiting'), limit + without.size);
    return found.filter((record) => !without.has(record.key)).slice(0, limit);
  },

  async claim(keys: readonly string[]): Promise<OutboxRecord[]> {
    const claimed: OutboxRecord[] = [];
    const tx = (await deskDb()).transaction('outbox', 'readwrite', { durability: 'strict' });
    for (const key of keys) {
      const record = await tx.store.get(key);
      if (record?.state !== 'waiting') continue;
      const next = { ...record, attempts: record.attempts + 1 };
      await tx.store.put(next);
      claimed.push(next);
    }
    await tx.done;
    return claimed;
  },

  async settle(key: string, state: RecordState, answer: RecordAnswer): Promise<void> {
    await change(key, (record) => (record.state === 'waiting' ? { ...record, state, answer } : record));
  },

  async get(key: string): Promise<OutboxRecord | undefined> {
    return (await deskDb()).get('outbox', key);
  },

  /** All of the device, oldest first. */
  async all(): Promise<OutboxRecord[]> {
    const records = await (await deskDb()).getAll('outbox');
    return records.toSorted((a, b) => (a.visit.occurredAt < b.visit.occurredAt ? -1 : 1));
  },

  async counts(): Promise<OutboxCounts> {
    const db = await deskDb();
    const waiting = await db.countFromIndex('outbox', 'queue', oldest('waiting'));
    const unseen = async (state: RecordState) =>
      (await db.getAllFromIndex('outbox', 'queue', oldest(state))).filter((record) => !record.isSettled).length;
    return { waiting, refused: await unseen('refused'), cut: await unseen('cut') };
  },

  /** Takes back what was never about to be sent. False: it was, and only the server can take it back. */
  async removeUnsent(key: string): Promise<boolean> {
    const tx = (await deskDb()).transaction('outbox', 'readwrite', { durability: 'strict' });
    const record = await tx.store.get(key);
    const isUnsent = record?.state === 'waiting' && record.attempts === 0;
    if (isUnsent) await tx.store.delete(key);
    await tx.done;
    return isUnsent;
  },

  async markReversed(key: string): Promise<void> {
    await change(key, (record) => ({ ...record, isReversed: true }));
  },

  async markSettled(key: string): Promise<void> {
    await change(key, (record) => (record.state === 'waiting' ? record : { ...record, isSettled: true }));
  },

  /** Sends a refused record again under a new key, because the refusal is what the old one answers; its count stays. */
  async retry(key: string): Promise<void> {
    const tx = (await deskDb()).transaction('outbox', 'readwrite', { durability: 'strict' });
    const record = await tx.store.get(key);
    if (record?.state === 'refused' && !record.isSettled) {
      await tx.store.delete(key);
      await tx.store.add({ ...record, key: crypto.randomUUID(), state: 'waiting', answer: null, isSettled: false });
    }
    await tx.done;
  },

  /** Adds those whose key is not here. @returns how many were added */
  async addImported(records: readonly OutboxRecord[]): Promise<number> {
    const tx = (await deskDb()).transaction('outbox', 'readwrite', { durability: 'strict' });
    let added = 0;
    for (const record of records) {
      if ((await tx.store.getKey(record.key)) !== undefined) continue;
      await tx.store.add(record);
      added += 1;
    }
    await tx.done;
    return added;
  },

  /** Lets the oldest of what was sent go. */
  async prune(): Promise<void> {
    const db = await deskDb();
    const keys = await db.getAllKeysFromIndex('outbox', 'queue', oldest('sent'));
    for (const key of keys.slice(0, Math.max(0, keys.length - SENT_KEPT))) await db.delete('outbox', key);
  },
} as const satisfies SyncStore & Record<string, unknown>;

async function change(key: string, next: (record: OutboxRecord) => OutboxRecord): Promise<void> {
  const tx = (await deskDb()).transaction('outbox', 'readwrite');
  const record = await tx.store.get(key);
  if (record !== undefined) await tx.store.put(next(record));
  await tx.done;
}
