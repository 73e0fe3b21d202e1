/**
 * The whole shop as one page of plain arithmetic: what the real one must agree with, command by command. Points in
 * centipoints, days as numbers. A refusal is its code, and changes nothing.
 */
export interface ModelWeighIn {
  readonly household: number;
  readonly day: number;
  readonly centipoints: number;
  isReversed: boolean;
}

export interface ModelLine {
  readonly goods: number;
  readonly quantity: number;
  readonly price: number;
  returned: number;
}

export interface ModelRedemption {
  readonly household: number;
  readonly day: number;
  readonly lines: ModelLine[];
}

export interface ModelReservation {
  readonly household: number;
  readonly lastDay: number;
  readonly total: number;
  readonly lines: readonly Omit<ModelLine, 'returned'>[];
  status: 'open' | 'confirmed' | 'cancelled' | 'expired';
}

export class ShopModel {
  day = 0;
  readonly balance: number[];
  readonly held: number[];
  readonly debt: number[];
  readonly closed: boolean[];
  readonly price: number[];
  readonly onHand: number[];
  readonly reserved: number[];
  readonly weighIns: ModelWeighIn[] = [];
  readonly redemptions: ModelRedemption[] = [];
  readonly reservations: ModelReservation[] = [];

  constructor(
    households: number,
    goods: readonly { price: number; quantity: number }[],
    private dayMax: number,
    private readonly reservationDays: number,
  ) {
    this.balance = Array<number>(households).fill(0);
    this.held = Array<number>(households).fill(0);
    this.debt = Array<number>(households).fill(0);
    this.closed = Array<boolean>(households).fill(false);
    this.price = goods.map((one) => one.price);
    this.onHand = goods.map((one) => one.quantity);
    this.reserved = goods.map(() => 0);
  }

  /** One point a kilogram, floored to the centipoint, capped for the day. */
  weighIn(household: number, grams: number): string | null {
    if (this.closed[household]) return 'residents.household-closed';
    const used = this.weighIns
      .filter((one) => one.household === household && one.day === this.day && !one.isReversed)
      .reduce((sum, one) => sum + one.centipoints, 0);
    const centipoints = Math.max(0, Math.min(Math.floor(grams / 10), this.dayMax - used));
    this.weighIns.push({ household, day: this.day, centipoints, isReversed: false });
    const repaid = Math.min(centipoints, this.debt[household]!);
    this.debt[household]! -= repaid;
    this.balance[household]! += centipoints - repaid;
    return null;
  }

  reverse(weighIn: ModelWeighIn, isApproved: boolean): string | null {
    const { household } = weighIn;
    if (this.closed[household]) return 'ledger.account-closed';
    if (weighIn.isReversed) return 'weigh-ins.already-reversed';
    const shortage = Math.max(0, weighIn.centipoints - this.available(household));
    if (shortage > 0 && !isApproved) return 'weigh-ins.points-spent';
    weighIn.isReversed = true;
    this.debt[household]! += shortage;
    this.balance[household]! += shortage - weighIn.centipoints;
    return null;
  }

  redeem(household: number, asked: readonly { goods: number; quantity: number }[]): string | null {
    const refused = this.refuseOrder(household, asked);
    if (refused !== null) return refused;
    const lines = this.priced(asked).map((line) => ({ ...line, returned: 0 }));
    for (const line of lines) this.onHand[line.goods]! -= line.quantity;
    this.balance[household]! -= totalOf(lines);
    this.redemptions.push({ household, day: this.day, lines });
    return null;
  }

  reserve(household: number, asked: readonly { goods: number; quantity: number }[]): string | null {
    const refused = this.refuseOrder(household, asked);
    if (refused !== null) return refused;
    const lines = this.priced(asked);
    for (const line of lines) this.reserved[line.goods]! += line.quantity;
    this.held[household]! += totalOf(lines);
    const lastDay = this.day + this.reservationDays;
    this.reservations.push({ household, lastDay, total: totalOf(lines), lines, status: 'open' });
    return null;
  }

  endReservation(reservation: ModelReservation, outcome: 'confirmed' | 'cancelled' | 'expired'): string | null {
    if (reservation.status !== 'open') return 'redemptions.reservation-ended';
    const isOver = this.day > reservation.lastDay;
    if (outcome !== 'expired' && isOver) return 'redemptions.reservation-expired';
    reservation.status = outcome;
    this.held[reservation.household]! -= reservation.total;
    for (const line of reservation.lines) {
      this.reserved[line.goods]! -= line.quantity;
      if (outcome === 'confirmed') this.onHand[line.goods]! -= line.quantity;
    }
    if (outcome === 'confirmed') {
      this.balance[reservation.household]! -= reservation.total;
      const lines = reservation.lines.map((line) => ({ ...line, returned: 0 }));
      this.redemptions.push({ household: reservation.household, day: this.day, lines });
    }
    return null;
  }

  /** What the sweeper ends. */
  sweep(): void {
    for (const one of this.reservations) {
      if (one.status === 'open' && this.day > one.lastDay) this.endReservation(one, 'expired');
    }
  }

  cancel(redemption: ModelRedemption): string | null {
    if (this.closed[redemption.household]) return 'ledger.account-closed';
    if (redemption.day !== this.day) return 'redemptions.cancellation-too-late';
    if (redemption.lines.some((line) => line.returned > 0)) return 'redemptions.already-returned';
    for (const line of redemption.lines) this.giveBack(redemption.household, line, line.quantity);
    return null;
  }

  giveBackSome(redemption: ModelRedemption, goods: number, quantity: number): string | null {
    const line = redemption.lines.find((one) => one.goods === goods);
    if (line === undefined) return 'redemptions.line-not-found';
    if (this.closed[redemption.household]) return 'ledger.account-closed';
    if (line.returned + quantity > line.quantity) return 'redemptions.already-returned';
    this.giveBack(redemption.household, line, quantity);
    return null;
  }

  adjust(household: number, amount: number): string | null {
    if (this.closed[household]) return 'ledger.account-closed';
    if (amount < 0 && this.available(household) + amount < 0) return 'ledger.insufficient-points';
    this.balance[household]! += amount;
    return null;
  }

  give(from: number, to: number, amount: number): string | null {
    if (from === to) return 'ledger.gift-to-self';
    if (this.closed[from] || this.closed[to]) return 'ledger.account-closed';
    if (this.available(from) < amount) return 'ledger.insufficient-points';
    this.balance[from]! -= amount;
    const repaid = Math.min(amount, this.debt[to]!);
    this.debt[to]! -= repaid;
    this.balance[to]! += amount - repaid;
    return null;
  }

  close(household: number): string | null {
    if (this.closed[household]) return 'residents.household-closed';
    if (this.held[household]! > 0) return 'residents.points-held';
    if (this.balance[household]! > 0) return 'residents.balance-not-zero';
    if (this.debt[household]! > 0) return 'residents.debt-open';
    this.closed[household] = true;
    return null;
  }

  changeTariff(dayMax: number): void {
    this.dayMax = dayMax;
  }

  available(household: number): number {
    return this.balance[household]! - this.held[household]!;
  }

  private refuseOrder(household: number, asked: readonly { goods: number; quantity: number }[]): string | null {
    if (this.closed[household]) return 'residents.household-closed';
    const lines = this.priced(asked);
    if (this.available(household) < totalOf(lines)) return 'redemptions.insufficient-points';
    const isShort = lines.some((line) => this.onHand[line.goods]! - this.reserved[line.goods]! < line.quantity);
    return isShort ? 'redemptions.out-of-stock' : null;
  }

  /** Pieces of one good asked for twice are one line. */
  private priced(asked: readonly { goods: number; quantity: number }[]): Omit<ModelLine, 'returned'>[] {
    const sums = new Map<number, number>();
    for (const { goods, quantity } of asked) sums.set(goods, (sums.get(goods) ?? 0) + quantity);
    return [...sums].map(([goods, quantity]) => ({ goods, quantity, price: this.price[goods]! }));
  }

  private giveBack(household: number, line: ModelLine, quantity: number): void {
    line.returned += quantity;
    this.onHand[line.goods]! += quantity;
    this.balance[household]! += quantity * line.price;
  }
}

function totalOf(lines: readonly { quantity: number; price: number }[]): number {
  return lines.reduce((sum, line) => sum + line.quantity * line.price, 0);
}
