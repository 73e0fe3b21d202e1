import { computed, ref, watch } from 'vue';
import { forget, keep, kept } from '../../base/kept.js';
import { holdsRole, isStaff, type Place, session } from '../../base/session.js';

/** Who signed in last on this device: enough to work on without a network, until somebody signs out. */
interface KnownPerson {
  readonly personId: string;
  readonly displayName: string;
  readonly places: readonly Place[];
}

/** Where this device stands, and what is done at it. */
export interface Job {
  readonly kind: 'weigh-in' | 'counter';
  readonly communityId: number;
  readonly communityName: string;
  readonly siteId: string;
  readonly siteName: string;
}

/** Who may do what at a site, as the server has it. */
export const ROLES_OF = {
  'weigh-in': ['collector', 'manager'],
  counter: ['cashier', 'manager'],
} as const;

const PERSON = 'desk:person';
const JOB = 'desk:job';

const known = ref(read(PERSON) as KnownPerson | null);
export const job = ref(read(JOB) as Job | null);

watch(
  session,
  (now) => {
    if (now?.kind !== 'staff' || now.person === null || now.mustChangePassword) return;
    const { id: personId, displayName } = now.person;
    known.value = { personId, displayName, places: now.places };
    keep(PERSON, JSON.stringify(known.value));
    // Another person may not work where the last one did.
    if (job.value !== null && !mayDo(job.value)) chooseJob(null);
  },
  { immediate: true },
);

/** Signed in, or known from the last time. */
export const who = computed(() => known.value);

/** The server knows the session; null while it cannot be asked. */
export const isSignedIn = computed(() => isStaff.value && session.value?.mustChangePassword === false);

export function chooseJob(chosen: Job | null): void {
  job.value = chosen;
  if (chosen === null) forget(JOB);
  else keep(JOB, JSON.stringify(chosen));
}

/** True where the person holds a role that does this, at this site or in the whole community. */
export function mayDo({ kind, communityId, siteId }: Pick<Job, 'kind' | 'communityId' | 'siteId'>): boolean {
  return holdsRole(placeOf(communityId), ROLES_OF[kind], siteId);
}

export function placeOf(communityId: number): Place | undefined {
  return known.value?.places.find((place) => place.communityId === communityId);
}

export function forgetPerson(): void {
  known.value = null;
  forget(PERSON);
  chooseJob(null);
}

function read(name: string): unknown {
  return JSON.parse(kept(name) ?? 'null');
}
