import type { View } from '../../base/api.js';

type Limit = { readonly quantity: number; readonly period: string };

/** What arranging needs to know of a good. */
export interface Offered {
  readonly goodsId: string;
  readonly name: string;
  readonly centipoints: number;
  readonly isInSeason: boolean;
  readonly limit: Limit | null;
  readonly shops: readonly { readonly siteId: string; readonly available: number }[];
}

export type Offer = View<'OfferView'>;

/** A good as it stands in the list of one shop for one household. */
export interface Standing<O extends Offered> {
  readonly offer: O;
  /** Pieces in this shop that can be had today. */
  readonly available: number;
  /** What is missing for one piece, in centipoints; 0: affordable. */
  readonly shortBy: number;
  readonly state: 'affordable' | 'too-dear' | 'out-of-stock' | 'out-of-season';
}

const ORDER = ['affordable', 'too-dear', 'out-of-stock', 'out-of-season'] as const;

/** Affordable goods first, then those too dear, then those that cannot be had; each kind from the cheapest on. */
export function arrange<O extends Offered>(offers: readonly O[], siteId: string, centipoints: number): Standing<O>[] {
  return offers
    .map((offer) => standing(offer, siteId, centipoints))
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
        a.offer.centipoints - b.offer.centipoints ||
        a.offer.name.localeCompare(b.offer.name, 'zh-CN'),
    );
}

/** How many pieces may be chosen: as many as are there, as the limit allows, and as the points that are left will pay. */
export function mostOf({ offer, available }: Standing<Offered>, chosen: number, centipointsLeft: number): number {
  const affordable = chosen + Math.floor(Math.max(0, centipointsLeft) / offer.centipoints);
  return Math.min(available, offer.limit?.quantity ?? available, affordable);
}

function standing<O extends Offered>(offer: O, siteId: string, centipoints: number): Standing<O> {
  const available = offer.shops.find((shop) => shop.siteId === siteId)?.available ?? 0;
  const shortBy = Math.max(0, offer.centipoints - centipoints);
  const state = !offer.isInSeason
    ? 'out-of-season'
    : available === 0
      ? 'out-of-stock'
      : shortBy > 0
        ? 'too-dear'
        : 'affordable';
  return { offer, available, shortBy, state };
}
