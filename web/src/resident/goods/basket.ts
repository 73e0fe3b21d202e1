import { ref, watch } from 'vue';
import { session } from '../../base/session.js';

/** How many of each good are chosen, by the id of the good. It stays while one looks at other pages, and goes with the session. */
export const basket = ref<Readonly<Record<string, number>>>({});

export function choose(goodsId: string, quantity: number): void {
  const { [goodsId]: _, ...others } = basket.value;
  basket.value = quantity > 0 ? { ...others, [goodsId]: quantity } : others;
}

watch(session, (known, before) => {
  if (known?.householdId !== before?.householdId) basket.value = {};
});
