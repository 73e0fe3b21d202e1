import { computed, type Ref, ref, shallowRef, watch } from 'vue';
import type { View } from '../../base/api.js';
import { type CartLine, nextChosen, sumsOf, totalOf, withQuantity } from './cart.rules.js';
import type { CounterPlace } from './counter-place.js';
import type { Customer } from './customer.js';

export type Reservation = View<'ReservationView'>;

interface Kept {
  readonly customer: Customer | null;
  readonly lines: readonly CartLine[];
  readonly reservation: Reservation | null;
}

/**
 * Whom the counter serves and what is in the cart. Kept for this tab, so that a reload loses nothing that was scanned, and
 * gone with the tab, because it has a name in it.
 */
export function basketAt({ communityId, siteId }: CounterPlace) {
  const name = `counter:${communityId}:${siteId}`;
  const kept = keptAs(name);
  const customer: Ref<Customer | null> = shallowRef(kept.customer);
  const lines: Ref<readonly CartLine[]> = shallowRef(kept.lines);
  const reservation: Ref<Reservation | null> = shallowRef(kept.reservation);
  const chosenId = ref<string | null>(kept.lines.at(-1)?.goodsId ?? null);

  watch([customer, lines, reservation], () => {
    const now: Kept = { customer: customer.value, lines: lines.value, reservation: reservation.value };
    sessionStorage.setItem(name, JSON.stringify(now));
  });

  function setQuantity(goodsId: string, quantity: number): void {
    if (quantity <= 0) chosenId.value = nextChosen(lines.value, goodsId);
    lines.value = withQuantity(lines.value, goodsId, quantity);
  }

  return {
    customer,
    lines,
    reservation,
    /** The line that F4 and F8 are about. */
    chosenId,
    setQuantity,
    isEmpty: computed(() => lines.value.length === 0 && reservation.value === null),
    sums: computed(() => {
      const hold = reservation.value?.totalCentipoints ?? 0;
      const total = reservation.value === null ? totalOf(lines.value) : hold;
      return sumsOf(total, customer.value?.balance ?? 0, customer.value?.held ?? 0, hold);
    }),
    clear(): void {
      customer.value = null;
      lines.value = [];
      reservation.value = null;
      chosenId.value = null;
    },
  };
}

export type Basket = ReturnType<typeof basketAt>;

function keptAs(name: string): Kept {
  const text = sessionStorage.getItem(name);
  return text === null ? { customer: null, lines: [], reservation: null } : (JSON.parse(text) as Kept);
}
