import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { View } from '../../base/api.js';
import type { OutboxRecord } from '../outbox/outbox-record.js';

export interface CachedHousehold extends View<'CachedHouseholdView'> {
  readonly communityId: number;
  /** When the refresh began that brought it; older ones are gone from the community. */
  readonly freshAt: number;
}

/** Everything that this device keeps for the time without a network. */
export interface DeskSchema extends DBSchema {
  outbox: { key: string; value: OutboxRecord; indexes: { queue: [string, string] } };
  /** One row: the name under which the device counts its records, and the last count given out. */
  device: { key: 'this'; value: { readonly id: string; readonly seq: number } };
  households: {
    key: string;
    value: CachedHousehold;
    indexes: { card: string; door: string; name: string; fresh: number };
  };
  /** What the server said last, by a name such as `tariff:1000001`. */
  kept: { key: string; value: unknown };
}

export type DeskDb = IDBPDatabase<DeskSchema>;

let opened: Promise<DeskDb> | undefined;

/** Opened once; again where it failed, or where the browser has closed it meanwhile. */
export function deskDb(): Promise<DeskDb> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

function open(): Promise<DeskDb> {
  return openDB<DeskSchema>('desk', 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'key' }).createIndex('queue', ['state', 'visit.occurredAt']);
      db.createObjectStore('device');
      const households = db.createObjectStore('households', { keyPath: 'householdId' });
      households.createIndex('card', 'cardTokenHashes', { multiEntry: true });
      households.createIndex('door', 'door');
      households.createIndex('name', 'headNameMasked');
      households.createIndex('fresh', 'freshAt');
      db.createObjectStore('kept');
    },
    // A newer desk in another tab must not wait for ever for this one.
    blocking(_current, _newer, event) {
      (event.target as IDBDatabase).close();
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
}

export async function keep(name: string, value: unknown): Promise<void> {
  await (await deskDb()).put('kept', value, name);
}

export async function kept<T>(name: string): Promise<T | undefined> {
  return (await (await deskDb()).get('kept', name)) as T | undefined;
}

/** Forgets whom the desk knew: after signing out nobody's balance stays on the device. The outbox and its count stay. */
export async function forgetHouseholds(): Promise<void> {
  await (await deskDb()).clear('households');
}
