import { computed, ref, watch } from 'vue';
import { get, onSignedOut, post, remove, type View } from './api.js';
import { canKeep, forget, keep, kept } from './kept.js';
import { isRefusal } from './problem.js';

export type Session = View<'SessionView'>;
export type Place = View<'ReachedPlaceView'>;
export type Role = Session['roles'][number];

/** Who is signed in here; null: nobody; undefined: not asked yet. */
export const session = ref<Session | null | undefined>();

export const isStaff = computed(() => session.value?.kind === 'staff');
export const isResident = computed(() => session.value?.kind === 'resident');

onSignedOut(() => {
  session.value = null;
});

const KEPT = 'signed-in';

watch(session, (known) => {
  if (known) keep(KEPT, idOf(known));
  else if (known === null) forget(KEPT);
});

let lastActor = kept(KEPT) ?? '';

/**
 * Who acts here, as the server tells people apart: whoever is signed in, or was last, because a session that ended in
 * mid-act does not make the act another's. Empty: nobody ever was.
 */
export function actorId(): string {
  if (session.value) lastActor = idOf(session.value);
  return lastActor;
}

const idOf = ({ person, householdId }: Session): string => person?.id ?? householdId ?? '';

/**
 * Asks who is here, where somebody was signed in last time. On a first visit nobody can be, and nothing is asked.
 * @throws Unanswered without a network
 */
export async function restoreSession(): Promise<void> {
  if (kept(KEPT) === null && canKeep()) session.value = null;
  else await loadSession();
}

/** Asks the server. @throws Unanswered without a network */
export async function loadSession(): Promise<void> {
  try {
    session.value = await get('/api/session', {});
  } catch (error) {
    if (!isRefusal(error, 'identity.not-signed-in')) throw error;
    session.value = null;
  }
}

/** @throws Refused where name or password are wrong, or after too many failures */
export async function signIn(login: string, password: string): Promise<void> {
  await post('/api/session', { body: { login, password } });
  await loadSession();
}

export async function changePassword(password: string, newPassword: string): Promise<void> {
  await post('/api/session/password', { body: { password, newPassword } });
  await loadSession();
}

export async function signOut(): Promise<void> {
  await remove('/api/session', {});
  session.value = null;
}

/** True when the person holds one of the roles in the whole community, not at single sites of it only. */
export function holdsRoleInAll(place: Place | undefined, roles: readonly Role[]): boolean {
  return place?.roles.some(({ role, siteId }) => siteId === null && roles.includes(role)) ?? false;
}

/** True when the person holds one of the roles at the place, or in the whole community. */
export function holdsRole(place: Place | undefined, roles: readonly Role[], siteId?: string): boolean {
  return (
    place?.roles.some(
      (held) => roles.includes(held.role) && (held.siteId === null || siteId === undefined || held.siteId === siteId),
    ) ?? false
  );
}
