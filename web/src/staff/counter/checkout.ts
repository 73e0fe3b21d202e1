import { ref, shallowRef } from 'vue';
import { get, type View } from '../../base/api.js';
import type { KeptCommand } from '../../base/command.js';
import { isRefusal, sentence } from '../../base/problem.js';
import { points } from '../../base/format.js';
import { say } from '../../base/speech.js';
import { toast } from '../../kit/toast.js';
import type { Basket } from './basket.js';
import { atPrice, withQuantity } from './cart.rules.js';
import { carryOut, waiting } from './counter-command.js';
import type { CounterPlace } from './counter-place.js';
import { byId } from './customer.js';
import { type NewPrice, paramsOf } from './refusal-params.js';
import type { Shelf } from './shelf.js';
import { t } from './words.js';

/** What has been handed out, as the result and the slip show it. Points are centipoints. */
export interface HandedOut {
  readonly redemptionId: string;
  readonly recordedAt: string;
  readonly name: string;
  readonly door: string;
  readonly lines: readonly {
    readonly goodsId: string;
    readonly name: string;
    readonly quantity: number;
    readonly unitCentipoints: number;
  }[];
  readonly totalCentipoints: number;
  readonly balance: number;
  readonly held: number;
}

type Reply = View<'RedemptionReplyView'> | View<'ReservationEndReplyView'>;

const CHECK = ['redemptions.check-needed', 'redemptions.card-needed'] as const;
const PIN = ['residents.pin-wrong', 'residents.pin-locked', 'residents.pin-not-set'] as const;

/** Turns the basket into a redemption: points and goods together or not at all, and once. */
export function checkoutOf(place: CounterPlace, basket: Basket, shelf: Shelf) {
  const { communityId, siteId } = place;
  const isBusy = ref(false);
  /** Why the last try came to nothing; gone as soon as anything is changed. */
  const refusal = shallowRef<unknown>(null);
  const isCheckOpen = ref(false);
  const isCheckedByEye = ref(false);
  const pin = ref('');
  const newPrice = shallowRef<NewPrice | null>(null);
  const handedOut = shallowRef<HandedOut | null>(null);

  /** Does nothing while an answer is awaited: a second F9 is no second redemption. */
  async function confirm(): Promise<void> {
    const customer = basket.customer.value;
    if (isBusy.value || waiting.value !== null || customer === null || basket.isEmpty.value) return;
    isBusy.value = true;
    refusal.value = null;
    const isPinTyped = pin.value !== '';
    const cardId = customer.card !== null && (customer.isCardShown || isPinTyped) ? customer.card.cardId : undefined;
    const presented = { ...(cardId !== undefined && { cardId }), isCheckedByEye: isCheckedByEye.value };
    const secrets: Record<string, string> = isPinTyped ? { pin: pin.value } : {};
    try {
      await settle(await send(customer, presented, secrets));
    } catch (error) {
      if (waiting.value === null) await refused(error);
      else closeCheck();
    } finally {
      pin.value = '';
      isBusy.value = false;
    }
  }

  function send(
    { householdId, door }: { householdId: string; door: string },
    presented: { cardId?: string; isCheckedByEye: boolean },
    secrets: Readonly<Record<string, string>>,
  ): Promise<Reply> {
    const reservation = basket.reservation.value;
    const lines = reservation?.lines ?? basket.lines.value;
    const what = lines.map(({ name, quantity }) => t('times', name, quantity)).join(t('comma'));
    const about = t('about', door, what, points(basket.sums.value.total));
    if (reservation !== null) {
      const path = { communityId, reservationId: reservation.reservationId };
      return carryOut(about, '/api/communities/{communityId}/reservations/{reservationId}/pick-up', {
        path,
        body: presented,
        secrets,
      });
    }
    const asked = basket.lines.value.map(({ goodsId, quantity, unitCentipoints }) => ({
      goodsId,
      quantity,
      unitCentipoints,
    }));
    return carryOut(about, '/api/communities/{communityId}/redemptions', {
      path: { communityId },
      body: { householdId, siteId, lines: asked, ...presented },
      secrets,
    });
  }

  /** Shows what is to be handed out, also for an answer that came only after a reload. */
  async function settle(reply: Reply): Promise<void> {
    const shown = await shownOf(reply);
    basket.clear();
    closeCheck();
    handedOut.value = shown;
    const what = shown.lines.map((line) => piecesOf(line)).join(t('comma'));
    say(t('spoken', what, points(shown.balance - shown.held)));
    void shelf.refresh().catch(() => undefined);
  }

  async function shownOf(reply: Reply): Promise<HandedOut> {
    const { balanceCentipoints: balance, heldCentipoints: held, totalCentipoints, recordedAt } = reply;
    const redemptionId = reply.redemptionId ?? '';
    const customer = basket.customer.value;
    const known = { redemptionId, recordedAt, totalCentipoints, balance, held };
    try {
      const path = { communityId, redemptionId };
      const record =
        'lines' in reply ? reply : await get('/api/communities/{communityId}/redemptions/{redemptionId}', { path });
      const { name, door } =
        customer?.householdId === record.householdId
          ? customer
          : await byId(communityId, record.householdId, null, false);
      return { ...known, lines: record.lines, name, door };
    } catch (error) {
      // It is done all the same: what this screen knows is shown.
      toast(sentence(error), 'bad');
      const lines = 'lines' in reply ? reply.lines : (basket.reservation.value?.lines ?? []);
      return { ...known, lines, name: customer?.name ?? '', door: customer?.door ?? '' };
    }
  }

  async function refused(error: unknown): Promise<void> {
    refusal.value = error;
    if (isRefusal(error, ...CHECK)) {
      isCheckOpen.value = true;
      say(t('checkNeeded'));
      return;
    }
    if (isRefusal(error, ...PIN)) {
      isCheckOpen.value = true;
      await lookAgain();
      return;
    }
    closeCheck();
    newPrice.value = paramsOf(error, 'redemptions.price-changed');
    for (const one of paramsOf(error, 'redemptions.out-of-stock')?.short ?? []) {
      shelf.setAvailable(one.goodsId, one.availableQuantity);
    }
    await lookAgain();
  }

  /** The figures of the customer as they are now; what was refused stays on the screen. */
  async function lookAgain(): Promise<void> {
    const { customer } = basket;
    if (customer.value === null) return;
    const { householdId, card, isCardShown } = customer.value;
    try {
      customer.value = await byId(communityId, householdId, card?.number ?? null, isCardShown);
    } catch {
      // The old figures stay: the refusal itself has the ones that count.
    }
  }

  function closeCheck(): void {
    isCheckOpen.value = false;
    isCheckedByEye.value = false;
    pin.value = '';
  }

  function piecesOf({ goodsId, name, quantity }: { goodsId: string; name: string; quantity: number }): string {
    return t('pieces', name, quantity, shelf.byId.value.get(goodsId)?.unit ?? '');
  }

  return {
    isBusy,
    refusal,
    isCheckOpen,
    isCheckedByEye,
    pin,
    newPrice,
    handedOut,
    confirm,
    closeCheck,
    piecesOf,
    /** Into the cart only: it is redeemed by the next F9, so that a hasty second press agrees to nothing. */
    takeNewPrice(): void {
      const asked = newPrice.value;
      if (asked !== null) basket.lines.value = atPrice(basket.lines.value, asked.goodsId, asked.unitCentipoints);
      newPrice.value = refusal.value = null;
    },
    leaveGoods(): void {
      const asked = newPrice.value;
      if (asked !== null) basket.lines.value = withQuantity(basket.lines.value, asked.goodsId, 0);
      newPrice.value = refusal.value = null;
    },
    /** An answer to `kept`, which had been waiting. */
    async settleWaiting(kept: KeptCommand, answer: unknown): Promise<void> {
      if (isHandingOut(kept)) await settle(answer as Reply);
      else toast(t('returned'));
    },
    /** A definite no to `kept`: nothing has happened. */
    async refuseWaiting(kept: KeptCommand, error: unknown): Promise<void> {
      if (isHandingOut(kept) && basket.customer.value !== null) await refused(error);
      else toast(sentence(error), 'bad');
    },
  };
}

export type Checkout = ReturnType<typeof checkoutOf>;

function isHandingOut(kept: KeptCommand): boolean {
  return /\/(redemptions|pick-up)$/.test(kept.wire.url);
}
