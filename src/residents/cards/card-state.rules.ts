/**
 * - `active`: in use. `frozen`: laid aside for a while. `lost`: gone, dead at once; only a replacement follows.
 * - `replaced`: another card took its place.
 */
export const CARD_STATUSES = ['active', 'frozen', 'lost', 'replaced'] as const;
export type CardStatus = (typeof CARD_STATUSES)[number];

export type CardStep = 'freeze' | 'unfreeze' | 'report-lost' | 'replace';

const STEPS: Readonly<Record<CardStep, { readonly from: readonly CardStatus[]; readonly to: CardStatus }>> = {
  freeze: { from: ['active'], to: 'frozen' },
  unfreeze: { from: ['frozen'], to: 'active' },
  'report-lost': { from: ['active', 'frozen'], to: 'lost' },
  replace: { from: ['active', 'frozen', 'lost'], to: 'replaced' },
};

/** The status a card has after a step; null where the step cannot be taken from where the card is. */
export function cardStatusAfter(status: CardStatus, step: CardStep): CardStatus | null {
  const { from, to } = STEPS[step];
  return from.includes(status) ? to : null;
}
