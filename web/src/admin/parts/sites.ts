import { computed, ref, type Ref } from 'vue';
import { get, type View } from '../../base/api.js';
import { keep, kept } from '../../base/kept.js';
import { communityId } from '../place.js';

export type Site = View<'SiteView'>;
export type SiteKind = Site['kind'];

const sites = ref<readonly Site[]>([]);
/** Whose sites they are: another community's are not shown while the new ones are on their way. */
const readOf = ref(0);

/** The places of the community, closed ones too; read again by every page that shows them. */
export const sitesHere = computed<readonly Site[]>(() => (readOf.value === communityId.value ? sites.value : []));

/** @throws Refused, Unanswered */
export async function loadSites(): Promise<readonly Site[]> {
  const id = communityId.value;
  const read = await get('/api/communities/{communityId}/sites', { path: { communityId: id } });
  sites.value = read;
  readOf.value = id;
  return read;
}

/** What a place is called; its id would tell nobody anything. */
export function siteName(siteId: string): string {
  return sitesHere.value.find((site) => site.siteId === siteId)?.name ?? '…';
}

/** The place that somebody worked at last on this device, by kind and community; '' where he has not chosen. */
export function keptSite(kind: SiteKind): Ref<string> {
  const key = `admin-site:${kind}:${communityId.value}`;
  const last = ref(kept(key) ?? '');
  return computed({
    get: () => last.value,
    set: (siteId) => {
      last.value = siteId;
      keep(key, siteId);
    },
  });
}
