import { setTimeout as sleep } from 'node:timers/promises';
import { Chance } from '../../../src/app/demonstration/chance.js';
import type { Answer, Journal } from './journal.js';
import { type OpenShop, PRICE } from './opening.js';

const WORKERS = 16;
/** After a request whose fate is unknown, as a client waits that means well. */
const PAUSE_MS = 50;

/** Sixteen counters at work: weigh-ins, redemptions, reservations and their ends. */
export class Load {
  private isOver = false;
  private readonly workers: Promise<void>[];
  /** Reservations that were placed and that nobody has tried to end yet. */
  private readonly open: string[] = [];

  constructor(
    private readonly baseUrl: string,
    private readonly shop: OpenShop,
    private readonly journal: Journal,
    seed: number,
  ) {
    this.workers = [...Array(WORKERS).keys()].map((number) => this.work(new Chance(seed + number)));
  }

  /** Waits for the last answers, or for knowing that there are none. */
  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.workers);
  }

  private async work(chance: Chance): Promise<void> {
    while (!this.isOver) {
      if ((await this.step(chance)) === undefined) await sleep(PAUSE_MS);
    }
  }

  private async step(chance: Chance): Promise<Answer | undefined> {
    const turn = chance.between(1, 20);
    if (turn <= 10) return this.weighIn(chance);
    if (turn <= 15) return this.redeem(chance);
    const reservationId = turn <= 17 ? undefined : this.open.pop();
    return reservationId === undefined ? this.reserve(chance) : this.end(chance, reservationId);
  }

  private async weighIn(chance: Chance): Promise<Answer | undefined> {
    const { path, collector: token, dropOffPointId, households } = this.shop;
    return this.journal.send(this.baseUrl, {
      kind: 'weigh-in',
      path: `${path}/weigh-ins`,
      token,
      body: {
        householdId: chance.oneOf(households),
        siteId: dropOffPointId,
        lines: [{ itemCode: 'film', netGrams: chance.between(1, 12) * 1000 }],
        confirmRepeat: true,
      },
    });
  }

  private async redeem(chance: Chance): Promise<Answer | undefined> {
    const { path, cashier: token } = this.shop;
    const body = { ...this.order(chance), isCheckedByEye: true };
    return this.journal.send(this.baseUrl, { kind: 'redemption', path: `${path}/redemptions`, token, body });
  }

  private async reserve(chance: Chance): Promise<Answer | undefined> {
    const { path, cashier: token } = this.shop;
    const body = this.order(chance);
    const answer = await this.journal.send(this.baseUrl, {
      kind: 'reservation',
      path: `${path}/reservations`,
      token,
      body,
    });
    if (answer?.status === 201) {
      this.open.push((JSON.parse(answer.body) as { reservationId: string }).reservationId);
    }
    return answer;
  }

  /** Fetched or given up; now and then both at once, of which one must be refused. */
  private async end(chance: Chance, reservationId: string): Promise<Answer | undefined> {
    const { path, cashier: token } = this.shop;
    const base = `${path}/reservations/${reservationId}`;
    const pickUp = () =>
      this.journal.send(this.baseUrl, {
        kind: 'pick-up',
        path: `${base}/pick-up`,
        token,
        body: { isCheckedByEye: true },
      });
    const cancel = () =>
      this.journal.send(this.baseUrl, { kind: 'cancellation', path: `${base}/cancellation`, token, body: {} });
    if (chance.happens(0.2)) return (await Promise.all([pickUp(), cancel()]))[0];
    return chance.happens(0.6) ? pickUp() : cancel();
  }

  private order(chance: Chance): object {
    const { shopId, households, goods } = this.shop;
    const first = chance.between(0, goods.length - 1);
    const chosen = [first, (first + 1) % goods.length].slice(0, chance.between(1, 2));
    return {
      householdId: chance.oneOf(households),
      siteId: shopId,
      lines: chosen.map((at) => ({
        goodsId: goods[at],
        quantity: chance.between(1, 2),
        unitCentipoints: PRICE,
      })),
    };
  }
}
