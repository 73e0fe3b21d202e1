import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { Sessions, type StaffRole } from '../../src/identity/index.js';
import { Ledger } from '../../src/ledger/index.js';
import { Reservations } from '../../src/redemptions/index.js';
import type { TestApp } from '../support/app.js';
import { Client } from './client.js';
import { givenCommunity, type GivenCommunity } from './community.js';
import { commandOf } from './world.js';

const SOAP = 300;
const SALT = 200;

/** A community in which every act that leaves rows in the ledger or on a shelf has happened at least once. */
export interface EveryAct {
  readonly community: GivenCommunity;
  /** Has earned, spent, owed, repaid, given, reserved. */
  readonly householdId: string;
  readonly neighbourId: string;
  readonly soapId: string;
}

/** Everything comes in by the ways that people use; only the clock and the paper book's balance are set from outside. */
export async function givenEveryAct(shop: TestApp): Promise<EveryAct> {
  const community = await givenCommunity(shop);
  const history = new History(shop, community);
  await history.stock();
  await history.earn();
  await history.spend();
  await history.owe();
  await history.reserve();
  await history.adjustAndGive();
  await history.end();
  await history.expire();
  const { householdId, neighbourId, soapId } = history;
  return { community, householdId, neighbourId, soapId };
}

class History {
  householdId = '';
  neighbourId = '';
  soapId = '';
  private saltId = '';
  private readonly path: string;
  private staff: Readonly<Record<StaffRole, Client>>;

  constructor(
    private readonly shop: TestApp,
    private readonly community: GivenCommunity,
  ) {
    this.path = community.path;
    this.staff = community.staff;
  }

  /** Two goods in two shops: received by one and by two people, written off, moved, counted. */
  async stock(): Promise<void> {
    const { shopId } = this.community;
    const secondShopId = await this.made('siteId', this.staff.manager, '/sites', { kind: 'shop', name: '西门分店' });
    this.soapId = await this.goods('肥皂', SOAP);
    this.saltId = await this.goods('食盐', SALT);
    await this.receive(shopId, this.soapId, 40, 100);
    await this.receive(shopId, this.saltId, 30, 100);
    const dear = await this.receive(shopId, this.soapId, 5, 1_000_000);
    await this.approve(dear['approvalId']);
    const broken = { goodsId: this.saltId, quantity: 2, reason: '包装破损' };
    await this.post(this.staff['stock-keeper'], `/sites/${shopId}/write-offs`, broken);
    const moved = { fromSiteId: shopId, toSiteId: secondShopId, goodsId: this.soapId, quantity: 4 };
    const transferId = await this.made('transferId', this.staff['stock-keeper'], '/transfers', moved);
    await this.post(this.staff['stock-keeper'], `/transfers/${transferId}/receive`, {
      quantity: 3,
      differenceReason: '途中破损',
    });
    const stocktakeId = await this.made('stocktakeId', this.staff['stock-keeper'], `/sites/${shopId}/stocktakes`, {});
    await this.staff['stock-keeper']
      .put(`${this.path}/stocktakes/${stocktakeId}/lines/${this.soapId}`, { counted: 42 })
      .expect(200);
    await this.staff['stock-keeper']
      .put(`${this.path}/stocktakes/${stocktakeId}/lines/${this.saltId}`, { counted: 27 })
      .expect(200);
    const submitted = await this.post(this.staff['stock-keeper'], `/stocktakes/${stocktakeId}/submit`, {});
    await this.approve(submitted['approvalId']);
  }

  /** Visits of two households: one from an offline device, one of no worth, one reversed whole, one by a line. */
  async earn(): Promise<void> {
    this.householdId = await this.household('3-101');
    this.neighbourId = await this.household('3-102');
    await this.weighIn(this.householdId, [film(20_000), bags(60)]);
    await this.weighIn(this.householdId, [film(1000)], { device: { id: randomUUID(), seq: 1 } });
    await this.weighIn(this.householdId, [{ itemCode: 'film', netGrams: 900, quality: 'fail' }]);
    const wrong = await this.weighIn(this.householdId, [film(3000)]);
    await this.post(this.staff.collector, `/weigh-ins/${wrong}/reversal`, { reason: '称错了' });
    const partly = await this.weighIn(this.neighbourId, [film(2000), bags(100)]);
    await this.post(this.staff.manager, `/weigh-ins/${partly}/reversal`, { reason: '袋子不是他的', lineNos: [2] });
  }

  /** Goods taken: kept, partly brought back, cancelled. */
  async spend(): Promise<void> {
    const { householdId } = this;
    const kept = await this.redeem(householdId, [this.soap(2), this.salt(1)]);
    const returned = { reason: '拿错了', lines: [{ goodsId: this.soapId, quantity: 1 }] };
    await this.post(this.staff.cashier, `/redemptions/${kept}/returns`, returned);
    const cancelled = await this.redeem(householdId, [this.salt(1)]);
    await this.post(this.staff.cashier, `/redemptions/${cancelled}/cancellation`, { reason: '不要了' });
  }

  /** A visit is reversed whose points are spent, by two people; the next visit repays some of it. */
  async owe(): Promise<void> {
    const indebted = await this.household('3-103');
    const wrong = await this.weighIn(indebted, [film(5000)]);
    await this.redeem(indebted, [this.soap(1)]);
    const submission = { reason: '称重有误' };
    const submitted = await this.post(this.staff.manager, `/weigh-ins/${wrong}/reversal-submission`, submission);
    await this.approve(submitted['approvalId']);
    await this.weighIn(indebted, [film(1000)]);
  }

  /** Fetched, cancelled, expired and still open. */
  async reserve(): Promise<void> {
    const { householdId } = this;
    const fetched = await this.reservation(householdId, [this.soap(1)]);
    await this.post(this.staff.cashier, `/reservations/${fetched}/pick-up`, { isCheckedByEye: true });
    const cancelled = await this.reservation(householdId, [this.salt(1)]);
    await this.post(this.staff.cashier, `/reservations/${cancelled}/cancellation`, {});
    await this.reservation(this.householdId, [this.soap(1)]);
    await this.moveOn('9 days');
    await this.shop.app.get(Reservations).expireOverdue(uuidv7());
    await this.reservation(householdId, [this.salt(2)]);
  }

  async adjustAndGive(): Promise<void> {
    const adjustment = { householdId: this.householdId, amountCentipoints: 150, reason: '补记' };
    const submitted = await this.post(this.staff.manager, '/adjustments', adjustment);
    await this.approve(submitted['approvalId']);
    const resident = { ...this.community.system, id: this.householdId, householdId: this.householdId };
    const ledger = this.shop.app.get(Ledger);
    await ledger.give(commandOf(resident), this.householdId, this.neighbourId, 120);
    await ledger.give(commandOf(resident), this.householdId, null, 80);
  }

  /** One household comes with a balance and is merged, one is closed, one belongs to the cashier. */
  async end(): Promise<void> {
    const merged = await this.household('3-104');
    await this.shop.owner.query(`SELECT commit_opening($1, $2, $3, 320, $4, $5)`, [
      this.community.communityId,
      this.staff.manager.actorId,
      merged,
      uuidv7(),
      uuidv7(),
    ]);
    const into = { intoHouseholdId: this.neighbourId, reason: '两户合为一户' };
    await this.post(this.staff.manager, `/households/${merged}/merge`, into);
    const closed = await this.household('3-105');
    await this.staff.manager.post(`${this.path}/households/${closed}/close`, { reason: '搬走了' }).expect(200);
    const own = await this.household('3-106');
    await this.weighIn(own, [film(1000)]);
    await this.staff.admin
      .put(`${this.path}/people/${this.staff.cashier.actorId}/households`, {
        households: [{ householdId: own, relation: 'own' }],
      })
      .expect(200);
  }

  /** What the neighbour earned is lost a month later. */
  async expire(): Promise<void> {
    const { communityId } = this.community;
    await this.shop.owner.query(`UPDATE community_settings SET expiry_months = 1 WHERE community_id = $1`, [
      communityId,
    ]);
    await this.moveOn('80 days');
    await this.shop.owner.query(`SELECT commit_expiry($1, $2)`, [communityId, this.neighbourId]);
  }

  /** So long after the beginning; everybody signs in again, because no session lasts that long. */
  private async moveOn(interval: string): Promise<void> {
    await this.shop.moveClock(interval);
    const sessions = this.shop.app.get(Sessions);
    const signedIn: [string, Client][] = [];
    for (const [role, { actorId }] of Object.entries(this.staff)) {
      const session = { kind: 'staff', actorId, communityId: null, origin: '127.0.0.1', lifetime: 'staff' } as const;
      const { token } = await this.shop.database.transaction((tx) => sessions.open(tx, session));
      signedIn.push([role, new Client(this.shop, token, actorId)]);
    }
    this.staff = Object.fromEntries(signedIn) as Record<StaffRole, Client>;
  }

  private soap(quantity: number): object {
    return { goodsId: this.soapId, quantity, unitCentipoints: SOAP };
  }

  private salt(quantity: number): object {
    return { goodsId: this.saltId, quantity, unitCentipoints: SALT };
  }

  private async goods(name: string, priceCentipoints: number): Promise<string> {
    const good = { name, unit: '块', category: '日用', isListed: true, priceCentipoints };
    return this.made('goodsId', this.staff.manager, '/goods', good);
  }

  private async receive(siteId: string, goodsId: string, quantity: number, unitCostFen: number) {
    const lines = [{ goodsId, quantity, unitCostFen }];
    return this.post(this.staff['stock-keeper'], `/sites/${siteId}/receipts`, {
      origin: 'bought',
      supplier: '银塘镇供销社',
      lines,
    });
  }

  private async household(door: string): Promise<string> {
    const consents = [{ purpose: 'scheme', version: '2026-12', channel: 'paper' }];
    return this.made('householdId', this.staff.manager, '/households', {
      door,
      members: [{ name: '袁大明' }],
      consents,
    });
  }

  private async weighIn(householdId: string, lines: object[], more: object = {}): Promise<string> {
    const visit = { householdId, siteId: this.community.dropOffPointId, lines, confirmRepeat: true, ...more };
    return this.made('weighInId', this.staff.collector, '/weigh-ins', visit);
  }

  private async redeem(householdId: string, lines: object[]): Promise<string> {
    const order = { householdId, siteId: this.community.shopId, lines, isCheckedByEye: true };
    return this.made('redemptionId', this.staff.cashier, '/redemptions', order);
  }

  private async reservation(householdId: string, lines: object[]): Promise<string> {
    const order = { householdId, siteId: this.community.shopId, lines };
    return this.made('reservationId', this.staff.cashier, '/reservations', order);
  }

  private async approve(approvalId: unknown): Promise<void> {
    await this.post(this.staff.supervisor, `/approvals/${String(approvalId)}/approve`, {});
  }

  private async made(name: string, client: Client, route: string, body: object): Promise<string> {
    const made = (await this.post(client, route, body))[name];
    if (typeof made !== 'string') throw new Error(`${route} answered without ${name}`);
    return made;
  }

  private async post(client: Client, route: string, body: object): Promise<Record<string, unknown>> {
    const reply = await client.post(`${this.path}${route}`, body);
    if (reply.status !== 201) throw new Error(`${route}: ${reply.status} ${reply.text}`);
    return reply.body as Record<string, unknown>;
  }
}

const film = (netGrams: number) => ({ itemCode: 'film', netGrams });
const bags = (pieces: number) => ({ itemCode: 'plastic-bag', pieces });
