import { get, post, type View } from '../../base/api.js';

export type HouseholdLine = View<'HouseholdLineView'>;
type Card = View<'CardView'>;

/** Who stands at the counter. Points are centipoints. */
export interface Customer {
  readonly householdId: string;
  readonly name: string;
  readonly door: string;
  readonly status: string;
  readonly balance: number;
  readonly held: number;
  /** The card that was shown; for somebody who was looked up, the newest one in use, against which a PIN is checked. */
  readonly card: Card | null;
  /** Only a card that was shown is recorded with the redemption. */
  readonly isCardShown: boolean;
}

/** Who comes with this code of a phone; the code is used up. @throws Refused for a wrong, old or used one */
export async function byPhoneCode(communityId: number, text: string): Promise<Customer> {
  const line = await post('/api/communities/{communityId}/cards/code', { path: { communityId }, body: { text } });
  return whole(communityId, line, true);
}

/** Everybody whom the text can mean, at most 20. */
export async function search(communityId: number, text: string): Promise<readonly HouseholdLine[]> {
  return get('/api/communities/{communityId}/households', { path: { communityId }, query: { q: text } });
}

/** A household with its cards, from a line of the search. */
export async function whole(communityId: number, line: HouseholdLine, isCardShown: boolean): Promise<Customer> {
  return byId(communityId, line.householdId, line.cardNumber, isCardShown);
}

/** A household by itself; `cardNumber` names the card that was shown, null stands for any in use. */
export async function byId(
  communityId: number,
  householdId: string,
  cardNumber: string | null,
  isCardShown: boolean,
): Promise<Customer> {
  const path = { communityId, householdId };
  const household = await get('/api/communities/{communityId}/households/{householdId}', { path });
  const head = household.members.find((member) => member.isHead) ?? household.members[0];
  const card =
    household.cards.find((one) => (cardNumber === null ? one.status === 'active' : one.number === cardNumber)) ?? null;
  return {
    householdId,
    name: head?.name ?? '',
    door: household.door,
    status: household.status,
    balance: household.balanceCentipoints,
    held: household.heldCentipoints,
    card,
    isCardShown,
  };
}

/** True for a card, a card number and anything else that only the card itself has: then the holder stands there with it. */
export function isCardText(text: string): boolean {
  return text.startsWith('EM1.') || /^\d{10}$/.test(text);
}
