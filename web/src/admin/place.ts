import { computed, ref } from 'vue';
import { keep, kept } from '../base/kept.js';
import { type Place, session } from '../base/session.js';

const KEPT = 'admin-community';
const chosenId = ref(Number(kept(KEPT)) || 0);

/** The community that the pages speak of: the one chosen on this device, else the first that the person works in. */
export const place = computed<Place | undefined>(() => {
  const places = session.value?.places ?? [];
  return places.find((reached) => reached.communityId === chosenId.value) ?? places[0];
});

export const communityId = computed(() => place.value?.communityId ?? 0);

export function choosePlace(id: number): void {
  chosenId.value = id;
  keep(KEPT, String(id));
}
