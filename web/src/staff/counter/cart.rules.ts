/** What the desk shows of a good: enough to put it into a cart and to hand it out. */
export interface CartGoods {
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly photoUrl: string | null;
  /** The price that was shown: the server refuses to take another one. Centipoints a piece. */
  readonly unitCentipoints: number;
}

export interface CartLine extends CartGoods {
  /** Pieces, 1 to {@link QUANTITY_MAX}. */
  readonly quantity: number;
}

/** As many as the server takes in one line. */
export const QUANTITY_MAX = 1000;
/** As many as the server takes in one order. */
export const LINES_MAX = 50;

type Cart = readonly CartLine[];

/** One piece more; a good that is there already keeps its place and the price at which it was put there. */
export function withOneMore(cart: Cart, goods: CartGoods): Cart {
  const line = cart.find((one) => one.goodsId === goods.goodsId);
  if (line !== undefined) return withQuantity(cart, goods.goodsId, line.quantity + 1);
  if (cart.length >= LINES_MAX) return cart;
  const { goodsId, name, unit, photoUrl, unitCentipoints } = goods;
  return [...cart, { goodsId, name, unit, photoUrl, unitCentipoints, quantity: 1 }];
}

/** With none left the line goes; more than the most is the most. */
export function withQuantity(cart: Cart, goodsId: string, quantity: number): Cart {
  if (quantity <= 0) return cart.filter((line) => line.goodsId !== goodsId);
  const taken = Math.min(Math.trunc(quantity), QUANTITY_MAX);
  return cart.map((line) => (line.goodsId === goodsId ? { ...line, quantity: taken } : line));
}

/** Once somebody has said yes to another price. */
export function atPrice(cart: Cart, goodsId: string, unitCentipoints: number): Cart {
  return cart.map((line) => (line.goodsId === goodsId ? { ...line, unitCentipoints } : line));
}

/** Centipoints. */
export function totalOf(lines: readonly Pick<CartLine, 'quantity' | 'unitCentipoints'>[]): number {
  return lines.reduce((sum, line) => sum + line.quantity * line.unitCentipoints, 0);
}

/** The line below the one that goes away is the next to be worked on; below the last one there is the one above. */
export function nextChosen(cart: Cart, goodsId: string): string | null {
  const at = cart.findIndex((line) => line.goodsId === goodsId);
  return (cart[at + 1] ?? cart[at - 1])?.goodsId ?? null;
}

/** The three figures of the foot, in centipoints. */
export interface Sums {
  readonly total: number;
  /** What may be spent: the balance less what reservations hold. */
  readonly available: number;
  /** Never below 0. */
  readonly left: number;
  /** How much too little there is; 0 where it is enough. */
  readonly missing: number;
}

/** @param ownHold what the order itself holds already: a reservation that is being fetched is paid with it */
export function sumsOf(total: number, balance: number, held: number, ownHold = 0): Sums {
  const available = balance - held + ownHold;
  return { total, available, left: Math.max(0, available - total), missing: Math.max(0, total - available) };
}
