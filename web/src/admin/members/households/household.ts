import { computed, ref } from 'vue';
import { get, type View } from '../../../base/api.js';
import { sentence } from '../../../base/problem.js';
import { communityId } from '../../place.js';

export type Household = View<'HouseholdView'>;
export type Balance = View<'BalanceView'>;
export type Member = View<'MemberView'>;
export type Card = View<'CardView'>;

/** A household and what it has, as a page or a preview shows it. @throws Refused, Unanswered */
export async function readHousehold(householdId: string): Promise<{ household: Household; balance: Balance }> {
  const path = { communityId: communityId.value, householdId };
  const [household, balance] = await Promise.all([
    get('/api/communities/{communityId}/households/{householdId}', { path }),
    get('/api/communities/{communityId}/households/{householdId}/balance', { path }),
  ]);
  // Without a day it is today's balance with all its parts.
  return { household, balance: balance as Balance };
}

export function headName(household: Household): string {
  return household.members.find(({ isHead }) => isHead)?.name ?? '';
}

/** The household of a page. What is shown stays until the new answer is there. */
export function useHousehold(householdId: () => string) {
  const household = ref<Household>();
  const balance = ref<Balance>();
  const fault = ref('');

  async function reload(): Promise<void> {
    const asked = householdId();
    try {
      const read = await readHousehold(asked);
      if (asked !== householdId()) return;
      household.value = read.household;
      balance.value = read.balance;
      fault.value = '';
    } catch (error) {
      fault.value = sentence(error);
    }
  }

  const isOpen = computed(() => household.value?.status === 'active' || household.value?.status === 'frozen');
  return { household, balance, fault, isOpen, reload };
}
