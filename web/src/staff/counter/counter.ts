import { shallowRef, watch } from 'vue';
import { get } from '../../base/api.js';
import { isRefusal, sentence } from '../../base/problem.js';
import { toast } from '../../kit/toast.js';
import { basketAt, type Reservation } from './basket.js';
import { type CartGoods, withOneMore } from './cart.rules.js';
import { checkoutOf } from './checkout.js';
import { waiting } from './counter-command.js';
import type { CounterPlace } from './counter-place.js';
import { byId, byPhoneCode, type Customer, type HouseholdLine, isCardText, search, whole } from './customer.js';
import { readScan, type Scanned } from './scanned.rules.js';
import { shelfOf } from './shelf.js';
import { t } from './words.js';

/** One counter at work: whatever is scanned or typed finds its way from here. */
export function counterAt(place: CounterPlace) {
  const { communityId, siteId } = place;
  const shelf = shelfOf(communityId, siteId);
  const basket = basketAt(place);
  const checkout = checkoutOf(place, basket, shelf);
  /** Households that a text can mean, to choose from; null: nobody was looked for. */
  const found = shallowRef<readonly HouseholdLine[] | null>(null);
  /** What waits for the customer at this shop. */
  const openReservations = shallowRef<readonly Reservation[]>([]);
  let lookUps: Promise<void> = Promise.resolve();

  watch([() => basket.lines.value, () => basket.customer.value?.householdId], () => {
    checkout.refusal.value = null;
  });
  watch(
    () => basket.customer.value?.householdId,
    () => {
      openReservations.value = [];
    },
    { flush: 'sync' },
  );

  /** A scan, or a text that was typed and ended with Enter. It also begins the next customer. */
  function take(typed: string): void {
    if (waiting.value !== null) return toast(t('settleFirst'), 'bad');
    if (checkout.isBusy.value) return;
    checkout.handedOut.value = null;
    found.value = null;
    const scanned = readScan(typed, (barcode) => shelf.byBarcode(barcode) !== undefined);
    const known = scanned.kind === 'goods' ? shelf.byBarcode(scanned.barcode) : undefined;
    if (known !== undefined) return add(known);
    lookUps = lookUp(scanned, lookUps);
  }

  /** One after the other: a card that is slow to be found is not overtaken by the next one. */
  async function lookUp(scanned: Scanned, before: Promise<void>): Promise<void> {
    await before;
    try {
      if (scanned.kind === 'goods') await addUnknown(scanned.barcode);
      else if (scanned.kind === 'phone-code') serve(await byPhoneCode(communityId, scanned.text));
      else if (scanned.kind === 'pick-up') await fetchOrFind(scanned.code);
      else await find(scanned.text);
    } catch (error) {
      toast(sentence(error), 'bad');
    }
  }

  function add(goods: CartGoods): void {
    if (checkout.isBusy.value) return;
    checkout.handedOut.value = null;
    if (basket.reservation.value !== null) return toast(t('finishFirst'), 'bad');
    basket.lines.value = withOneMore(basket.lines.value, goods);
    basket.chosenId.value = goods.goodsId;
  }

  /** It may have been listed a minute ago. */
  async function addUnknown(barcode: string): Promise<void> {
    await shelf.refresh();
    const goods = shelf.byBarcode(barcode);
    if (goods === undefined) toast(t('unknownGoods'), 'bad');
    else add(goods);
  }

  async function find(text: string): Promise<void> {
    const lines = await search(communityId, text);
    const [only] = lines;
    if (only !== undefined && lines.length === 1) serve(await whole(communityId, only, isCardText(text)));
    else if (only === undefined) toast(t('nobody'), 'bad');
    else found.value = lines;
  }

  async function fetchOrFind(code: string): Promise<void> {
    const path = '/api/communities/{communityId}/reservations/by-code';
    try {
      await fetchReservation(await get(path, { path: { communityId }, query: { code } }));
    } catch (error) {
      if (!isRefusal(error, 'redemptions.reservation-not-found')) throw error;
      await find(code);
    }
  }

  async function fetchReservation(reservation: Reservation): Promise<void> {
    if (reservation.status !== 'open') return toast(t('reservationOver'), 'bad');
    if (reservation.siteId !== siteId) return toast(t('otherShop'), 'bad');
    const { customer } = basket;
    if (basket.lines.value.length > 0) return toast(t('finishFirst'), 'bad');
    if (customer.value?.householdId !== reservation.householdId) {
      basket.clear();
      customer.value = await byId(communityId, reservation.householdId, null, false);
    }
    basket.reservation.value = reservation;
  }

  /** Goods may be scanned before the card; but nobody gets what another household has in the cart. */
  function serve(customer: Customer): void {
    const present = basket.customer.value;
    if (present !== null && present.householdId !== customer.householdId && !basket.isEmpty.value) {
      return toast(t('finishFirst'), 'bad');
    }
    basket.customer.value = customer;
    found.value = null;
    void refresh();
  }

  /** What may have changed since the last look. The old figures stay where the network fails: the server has the last word. */
  async function refresh(): Promise<void> {
    const householdId = basket.customer.value?.householdId;
    const waitingGoods = householdId === undefined ? [] : reservationsOf(householdId);
    const [, reservations] = await Promise.allSettled([shelf.refresh(), waitingGoods]);
    if (reservations.status === 'fulfilled' && basket.customer.value?.householdId === householdId) {
      openReservations.value = reservations.value;
    }
  }

  async function reservationsOf(householdId: string): Promise<readonly Reservation[]> {
    const all = await get('/api/communities/{communityId}/reservations', {
      path: { communityId },
      query: { householdId },
    });
    return all.filter((one) => one.status === 'open' && one.siteId === siteId);
  }

  return {
    place,
    shelf,
    basket,
    checkout,
    found,
    openReservations,
    refresh,
    take,
    add,
    fetchReservation,
    /** While somebody types: whom it can mean so far. */
    async preview(text: string): Promise<void> {
      const isSomething = /^\p{Script=Han}/u.test(text) || text.length >= 2;
      try {
        found.value = isSomething ? await search(communityId, text) : null;
      } catch (error) {
        toast(sentence(error), 'bad');
      }
    },
    async choose(line: HouseholdLine): Promise<void> {
      try {
        serve(await whole(communityId, line, false));
      } catch (error) {
        toast(sentence(error), 'bad');
      }
    },
    clear(): void {
      basket.clear();
      checkout.closeCheck();
      checkout.handedOut.value = null;
      found.value = null;
    },
  };
}

export type Counter = ReturnType<typeof counterAt>;
