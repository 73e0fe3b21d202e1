import { computed, ref, watch } from 'vue';
import { get } from '../../../base/api.js';
import { communityId } from '../../place.js';
import { reviews } from '../roles.js';

const LOOK_EVERY_MS = 60_000;
const COUNTED_MAX = 100;

const count = ref(0);

/** How many requests wait for a second person, for the menu. */
export const pendingCount = computed(() => count.value);

/** Counts again; a count that cannot be read is left as it was. */
export async function refreshPending(): Promise<void> {
  if (!reviews.value || communityId.value === 0) {
    count.value = 0;
    return;
  }
  const id = communityId.value;
  try {
    const waiting = await get('/api/communities/{communityId}/approvals', {
      path: { communityId: id },
      query: { limit: COUNTED_MAX },
    });
    if (id === communityId.value) count.value = waiting.length;
  } catch {
    // The menu says no faults; the page does.
  }
}

/** Keeps the count fresh for as long as the admin is open. */
export function watchPending(): void {
  watch([communityId, reviews], refreshPending, { immediate: true });
  setInterval(() => {
    if (document.visibilityState === 'visible') void refreshPending();
  }, LOOK_EVERY_MS);
}
