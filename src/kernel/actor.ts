/** What a person may be, each within a scope: a place and everything below it. */
export const ROLES = ['admin', 'manager', 'collector', 'cashier', 'stock-keeper', 'supervisor', 'resident'] as const;
export type Role = (typeof ROLES)[number];

/** A role that holds in the community of the request; `siteId` narrows it to one shop or drop-off point. */
export interface HeldRole {
  readonly role: Role;
  readonly siteId: string | null;
}

/** Whoever acts in a request, as the session table knows them at this very moment. */
export interface Actor {
  /** The person who signed in; for a resident, the household. The idempotency key is unique for it. */
  readonly id: string;
  readonly kind: 'staff' | 'resident' | 'system';
  readonly sessionId: string | null;
  /** The community the request is about; 0 where it is about the installation. */
  readonly communityId: number;
  /** Set for residents: the only household they may see. */
  readonly householdId: string | null;
  readonly roles: readonly HeldRole[];
  /** The role under which this request was let in; it is what the audit record names. */
  readonly role: Role | 'anonymous' | 'system';
  readonly mustChangePassword: boolean;
}

/** True when the actor holds one of the roles at the site; without one, when he holds it anywhere in the community. */
export function holds(actor: Actor, roles: readonly Role[], siteId?: string): boolean {
  return actor.roles.some(
    (held) => roles.includes(held.role) && (held.siteId === null || siteId === undefined || held.siteId === siteId),
  );
}

/** True when the actor holds one of the roles for the whole community, and not for single sites of it. */
export function holdsForAll(actor: Actor, roles: readonly Role[]): boolean {
  return actor.roles.some(({ role, siteId }) => siteId === null && roles.includes(role));
}

/** Acts for the installation itself: the nightly jobs, the demonstration, the import of a first administrator. */
export const SYSTEM_ACTOR_ID = '00000000-0000-7000-8000-0000000000ff';
