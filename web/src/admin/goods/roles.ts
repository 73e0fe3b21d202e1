import { holdsRole, holdsRoleInAll, type Role } from '../../base/session.js';
import { place } from '../place.js';

/** Who may do what with goods, as the server has it; there it is decided again. */
export const STAFF: readonly Role[] = ['admin', 'manager', 'collector', 'cashier', 'stock-keeper', 'supervisor'];
export const KEEPERS: readonly Role[] = ['admin', 'manager', 'stock-keeper'];
const PRICERS: readonly Role[] = ['admin', 'manager'];
const APPROVERS: readonly Role[] = ['admin', 'manager', 'supervisor'];

/** Keeps catalogue and stock; with a shop: that shop's. */
export function mayKeep(siteId?: string): boolean {
  return holdsRole(place.value, KEEPERS, siteId);
}

/** Prices hold in the whole community, and only a role for all of it reaches so far. */
export function mayPrice(): boolean {
  return holdsRoleInAll(place.value, PRICERS);
}

/** Sees what a count was expected to give. */
export function mayApprove(siteId: string): boolean {
  return holdsRole(place.value, APPROVERS, siteId);
}
