import { Catalogue, Receipts } from '../../../src/goods/index.js';
import { DomainError } from '../../../src/kernel/domain-error.js';
import type { StoredReply } from '../../../src/platform/index.js';
import { Redemptions, Reservations } from '../../../src/redemptions/index.js';
import { WeighIns } from '../../../src/weigh-ins/index.js';
import { commandOf, type World } from '../../factories/world.js';
import type { ZonedShop } from './zoned-shop.js';

const PRESENTED = { cardId: null, pin: null, isCheckedByEye: true };

/** What a good costs and until when, and how many of it a household may have a day. */
export interface GivenGoods {
  readonly name: string;
  readonly priceCentipoints: number;
  readonly dayLimit?: number;
  readonly expiresOn?: string;
}

/** Somebody at work in a community: what he asks for is done, or its refusal is written down. */
export class Counter {
  readonly refusals: string[] = [];

  constructor(
    private readonly shop: ZonedShop,
    readonly world: World,
  ) {}

  /** Forty pieces on the shelf. @returns the goods id */
  async stock({ name, priceCentipoints, dayLimit, expiresOn }: GivenGoods): Promise<string> {
    const { manager, 'stock-keeper': keeper } = this.world.actors;
    const { goodsId } = await this.shop.app.get(Catalogue).create(manager, {
      name,
      unit: '件',
      category: '日用',
      priceCentipoints,
      isListed: true,
      ...(dayLimit === undefined ? {} : { limit: { quantity: dayLimit, period: 'day' } }),
    });
    await this.shop.app.get(Receipts).receive(commandOf(keeper), this.world.shopId, {
      origin: 'bought',
      supplier: '银塘镇供销社',
      lines: [{ goodsId, quantity: 40, unitCostFen: 10, expiresOn: expiresOn ?? null }],
    });
    return goodsId;
  }

  /** @param occurredAt where the visit was some time before now */
  async weighIn(householdId: string, netGrams: number, occurredAt?: string): Promise<void> {
    await this.ask('weigh-in', () =>
      this.shop.app.get(WeighIns).record(commandOf(this.world.actors.collector), {
        householdId,
        siteId: this.world.dropOffPointId,
        lines: [{ itemCode: 'film', netGrams, quality: 'pass', weightSource: 'typed' }],
        confirmRepeat: true,
        ...(occurredAt === undefined ? {} : { occurredAt: new Date(occurredAt) }),
      }),
    );
  }

  async redeem(householdId: string, goodsId: string, unitCentipoints: number): Promise<void> {
    const order = this.order(householdId, goodsId, unitCentipoints);
    await this.ask('redemption', () =>
      this.shop.app.get(Redemptions).redeem(commandOf(this.world.actors.cashier), order, PRESENTED),
    );
  }

  async reserve(householdId: string, goodsId: string, unitCentipoints: number): Promise<string> {
    const order = this.order(householdId, goodsId, unitCentipoints);
    const placed = await this.shop.app.get(Reservations).place(commandOf(this.world.actors.cashier), order);
    return (JSON.parse(placed.text) as { reservationId: string }).reservationId;
  }

  async pickUp(reservationId: string): Promise<void> {
    await this.ask('pick-up', () =>
      this.shop.app.get(Reservations).pickUp(commandOf(this.world.actors.cashier), reservationId, PRESENTED),
    );
  }

  private order(householdId: string, goodsId: string, unitCentipoints: number) {
    return { householdId, siteId: this.world.shopId, lines: [{ goodsId, quantity: 1, unitCentipoints }] };
  }

  private async ask(what: string, work: () => Promise<StoredReply>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.refusals.push(`${what}: ${error.code} ${JSON.stringify(error.params)}`);
    }
  }
}
