import { type Actor, holds, type Role } from '../kernel/actor.js';
import { NotFoundError } from '../platform/index.js';

/** Everybody who works in the community sees the catalogue and the shelves. */
export const STAFF: readonly Role[] = ['admin', 'manager', 'collector', 'cashier', 'stock-keeper', 'supervisor'];

/** Who keeps catalogue and stock. */
export const KEEPERS: readonly Role[] = ['admin', 'manager', 'stock-keeper'];

/** Who sets prices. */
export const PRICERS: readonly Role[] = ['admin', 'manager'];

/** Who sees what a count was expected to give, and allows it. */
export const APPROVERS: readonly Role[] = ['admin', 'manager', 'supervisor'];

/**
 * Lets through whoever holds one of the roles at the shop, and the installation itself; a shop where somebody holds none
 * does not exist for him.
 * @throws NotFoundError
 */
export function requireSite(actor: Actor, roles: readonly Role[], siteId: string): void {
  if (actor.role !== 'system' && !holds(actor, roles, siteId)) throw new NotFoundError();
}

/**
 * The shops at which somebody holds one of the roles, as the text of a PostgreSQL array; null where he holds it in the
 * whole community.
 */
export function sitesOf(actor: Actor, roles: readonly Role[]): string | null {
  if (actor.role === 'system') return null;
  const held = actor.roles.filter(({ role }) => roles.includes(role)).map(({ siteId }) => siteId);
  return held.includes(null) ? null : `{${held.join(',')}}`;
}
