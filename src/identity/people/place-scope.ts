import type { Role } from '../../kernel/actor.js';

/** Where a role holds: a region, a community, one site of a community, or (all null) the whole installation. */
export interface PlaceScope {
  readonly regionId: string | null;
  readonly communityId: number | null;
  /** Narrows a role in a community to one drop-off point or shop. */
  readonly siteId: string | null;
}

/** A role that the staff may hold, with its place. Residents are no persons who sign in by name. */
export interface NewGrant extends PlaceScope {
  readonly role: StaffRole;
}

export const STAFF_ROLES = [
  'admin',
  'manager',
  'collector',
  'cashier',
  'stock-keeper',
  'supervisor',
] as const satisfies readonly Role[];
export type StaffRole = (typeof STAFF_ROLES)[number];

/**
 * SQL that is true where the row `held` of role_grant covers the place of the row `place`, which has a region_id and a
 * community_id: everything below a place belongs to it. A session's roles and a person's places
 * follow the same rule, from the other end: which grants cover one community.
 */
export const HELD_COVERS_PLACE = `(
  (held.region_id IS NULL AND held.community_id IS NULL)
  OR held.community_id = place.community_id
  OR held.region_id = place.region_id
  OR held.region_id IN (SELECT r.parent_id FROM region AS r WHERE r.region_id = place.region_id)
  OR held.region_id IN (SELECT c.town_id FROM community AS c WHERE c.community_id = place.community_id)
  OR held.region_id IN (SELECT r.parent_id FROM community AS c JOIN region AS r ON r.region_id = c.town_id
     WHERE c.community_id = place.community_id))`;
