import { computed, watch } from 'vue';
import { canKeep, forget, keep, kept } from '../base/kept.js';
import { isResident, loadSession, session } from '../base/session.js';

const KEPT = 'resident';
const ASK_AGAIN_MS = 5000;

/** A resident was signed in here last time. A device that keeps nothing cannot say, so the server is asked. */
const wasInside = kept(KEPT) !== null || !canKeep();

/**
 * True while a resident's own pages are shown: also before the server has said who is here, if it was a resident last time,
 * so that the balance is asked for at once.
 */
export const isInside = computed(() => (session.value === undefined ? wasInside : isResident.value));

watch(session, (known) => {
  if (known?.kind === 'resident') keep(KEPT, '1');
  if (known === null) forget(KEPT);
});

/** Asks who is here, until there is an answer. On a first visit nobody can be, and nothing is asked. */
export async function enter(): Promise<void> {
  if (!wasInside) {
    session.value = null;
    return;
  }
  try {
    await loadSession();
  } catch {
    setTimeout(() => void enter(), ASK_AGAIN_MS);
  }
}
