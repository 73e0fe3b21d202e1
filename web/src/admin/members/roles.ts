import { computed } from 'vue';
import { holdsRole, holdsRoleInAll, type Role } from '../../base/session.js';
import { place } from '../place.js';

/** Who may do what, as the controllers allow it; the server decides again. */
export const KEEPERS: readonly Role[] = ['admin', 'manager'];
export const REVIEWERS: readonly Role[] = ['admin', 'manager', 'supervisor'];
export const READERS: readonly Role[] = ['admin', 'manager', 'collector', 'cashier', 'supervisor'];
export const WEIGH_IN_READERS: readonly Role[] = ['admin', 'manager', 'collector', 'supervisor'];
export const REDEMPTION_READERS: readonly Role[] = ['admin', 'manager', 'cashier', 'supervisor'];
export const TARIFF_READERS: readonly Role[] = [
  'admin',
  'manager',
  'collector',
  'cashier',
  'stock-keeper',
  'supervisor',
];

export const keepsMembers = computed(() => holdsRole(place.value, KEEPERS));
export const reviews = computed(() => holdsRole(place.value, REVIEWERS));
export const seesWeighIns = computed(() => holdsRole(place.value, WEIGH_IN_READERS));
export const seesRedemptions = computed(() => holdsRole(place.value, REDEMPTION_READERS));

/** Decisions that the whole community pays for need the role in all of it, not at one place. */
export const decides = computed(() => holdsRoleInAll(place.value, REVIEWERS));
export const draftsTariff = computed(() => holdsRoleInAll(place.value, KEEPERS));
