import { shallowRef } from 'vue';
import { get, type View } from '../../base/api.js';
import { Unanswered } from '../../base/problem.js';
import type { TariffDocument } from '../../../../src/tariff/rules.js';
import { heard } from '../outbox/outbox.js';
import { keep, kept } from './desk-db.js';

export type WasteItem = View<'WasteItemView'>;

/** What visits are credited by: the tariff with its items, and the community's own limits. */
export interface DeskTariff {
  readonly versions: readonly { readonly effectiveFrom: string; readonly document: TariffDocument }[];
  readonly items: readonly WasteItem[];
}

export const tariff = shallowRef<DeskTariff | null>(null);
export const settings = shallowRef<View<'SettingsView'> | null>(null);

/** From the server, and where it does not answer what it said last. @throws Refused, such as where no tariff is in force */
export async function loadDesk(communityId: number): Promise<void> {
  const path = { communityId };
  const [current, limits] = await Promise.all([
    latest(`tariff:${communityId}`, () => get('/api/communities/{communityId}/tariff/current', { path })),
    latest(`settings:${communityId}`, () => get('/api/communities/{communityId}/settings', { path })),
  ]);
  settings.value = limits ?? null;
  if (current === undefined) return;
  const { effectiveFrom, document, next, items } = current;
  const versions = [{ effectiveFrom, document }, ...(next === null ? [] : [next])];
  tariff.value = { items, versions: versions as unknown as DeskTariff['versions'] };
}

/** The tariff in force at an instant: the one announced takes over by itself, also without a network. */
export function documentAt(at: Date): TariffDocument | null {
  const begun = tariff.value?.versions.filter(({ effectiveFrom }) => Date.parse(effectiveFrom) <= at.getTime());
  return begun?.at(-1)?.document ?? null;
}

/** Asks, and keeps the answer; without an answer gives what was kept. */
async function latest<T>(name: string, ask: () => Promise<T>): Promise<T | undefined> {
  if (!navigator.onLine) return kept<T>(name);
  try {
    const answer = await ask();
    heard(true);
    await keep(name, answer);
    return answer;
  } catch (error) {
    const before = await kept<T>(name);
    if (error instanceof Unanswered) heard(false);
    // Signed out while away: what was kept is what the desk works by until somebody signs in.
    else if (before === undefined) throw error;
    return before;
  }
}
