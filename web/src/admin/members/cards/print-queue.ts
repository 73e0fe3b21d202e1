import { computed, ref } from 'vue';
import { communityId } from '../../place.js';

/** A card to be printed. Its token cannot be read again from the server. */
export interface CardToPrint {
  readonly number: string;
  readonly tokenText: string;
  readonly door: string;
}

const turn = ref(0);
const key = () => `cards-to-print:${communityId.value}`;

/**
 * New cards of this community that wait for the printer. They are kept in this tab alone, until somebody says that they are
 * printed: a token lies nowhere else, and another person at this computer should not find it tomorrow.
 */
export const cardsToPrint = computed<readonly CardToPrint[]>(() => {
  void turn.value;
  const kept = sessionStorage.getItem(key());
  return kept === null ? [] : (JSON.parse(kept) as CardToPrint[]);
});

export function toBePrinted(cards: readonly CardToPrint[]): void {
  const numbers = new Set(cards.map(({ number }) => number));
  const kept = cardsToPrint.value.filter(({ number }) => !numbers.has(number));
  sessionStorage.setItem(key(), JSON.stringify([...kept, ...cards]));
  turn.value += 1;
}

/** Forgets them all: they are on paper now. */
export function printed(): void {
  sessionStorage.removeItem(key());
  turn.value += 1;
}
