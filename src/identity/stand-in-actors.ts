import { type Actor, SYSTEM_ACTOR_ID } from '../kernel/actor.js';

const NOBODY = {
  kind: 'system',
  sessionId: null,
  communityId: 0,
  householdId: null,
  roles: [],
  mustChangePassword: false,
} as const;

/** Whoever uses a public route without a session. */
export const ANONYMOUS: Actor = { ...NOBODY, id: '00000000-0000-7000-8000-0000000000fe', role: 'anonymous' };

/** The installation itself: its first start, its nightly jobs, its demonstration. */
export const SYSTEM: Actor = { ...NOBODY, id: SYSTEM_ACTOR_ID, role: 'system' };
