import { computed, ref } from 'vue';
import { get, type View } from '../../../base/api.js';
import { inLang } from '../../../base/lang.js';
import { allRows } from '../../parts/list.js';
import { communityId } from '../../place.js';

export type WasteItem = View<'WasteItemView'>;

const items = ref<readonly WasteItem[]>([]);
const readOf = ref(0);

/** The waste items of the community, also those that the desk no longer offers. */
export const itemsHere = computed<readonly WasteItem[]>(() => (readOf.value === communityId.value ? items.value : []));

/** @throws Refused, Unanswered */
export async function loadItems(): Promise<readonly WasteItem[]> {
  const id = communityId.value;
  const read = await allRows(
    (query) => get('/api/communities/{communityId}/waste-items', { path: { communityId: id }, query }),
    ({ itemId }) => itemId,
  );
  items.value = read;
  readOf.value = id;
  return read;
}

export function itemName(code: string): string {
  const item = itemsHere.value.find((known) => known.code === code);
  return item === undefined ? code : inLang(item.nameZh, item.nameEn);
}
