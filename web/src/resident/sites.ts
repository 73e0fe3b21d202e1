import { shallowRef, watch } from 'vue';
import { get, type View } from '../base/api.js';
import { session } from '../base/session.js';

export type Opening = View<'OpeningView'>;

/** The places of the signed-in resident's community: their names, and when they open. */
export const opening = shallowRef<Opening>();

let asked: Promise<void> | undefined;

/** Asks once; a failure is asked again by the next page that needs it. */
export function needOpening(): void {
  asked ??= load().catch(() => {
    asked = undefined;
  });
}

export function siteName(siteId: string): string {
  return opening.value?.sites.find((site) => site.siteId === siteId)?.name ?? '';
}

async function load(): Promise<void> {
  const communityId = session.value?.communityId ?? (await communityOfSession());
  opening.value = await get('/api/public/communities/{communityId}/opening', { path: { communityId } });
}

/** The session may be on its way still. */
async function communityOfSession(): Promise<number> {
  return new Promise((found) => {
    const stop = watch(session, (known) => {
      if (known?.communityId == null) return;
      stop();
      found(known.communityId);
    });
  });
}

// Another household may be of another community.
watch(session, (known, before) => {
  if (before == null || known?.communityId === before.communityId) return;
  asked = undefined;
  opening.value = undefined;
});
