import { randomBytes } from 'node:crypto';
import { jest } from '@jest/globals';
import { MessageGateway } from '../../../src/identity/index.js';
import { Client } from '../../factories/client.js';
import { givenCommunity, type GivenCommunity } from '../../factories/community.js';
import type { TestApp } from '../app.js';
import { tasksEnded } from '../tasks-ended.js';

/** One pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** What a good of {@link BusyCommunity} costs, in centipoints: next to nothing, so that nobody runs out of points. */
export const PRICE = 1;

/** A household with a head and a second member, a card without a PIN, a phone number, and consent to both. */
export interface Home {
  readonly householdId: string;
  readonly headId: string;
  readonly memberId: string;
  readonly cardId: string;
  readonly cardNumber: string;
  readonly phone: string;
  readonly consentId: string;
}

export const PIN = '409172';

/** A name or a login that nobody else has. */
export function unique(word: string): string {
  return `${word}${randomBytes(4).toString('hex')}`;
}

/** The last message to each phone. */
const messages = new Map<string, string>();

function keepMessages(shop: TestApp): void {
  jest.spyOn(shop.app.get(MessageGateway), 'send').mockImplementation(async (phone, text) => {
    messages.set(phone, text);
  });
}

let phones = 0;

function nextPhone(): string {
  phones += 1;
  return `139${String(phones).padStart(8, '0')}`;
}

/**
 * A community in which everything has happened once, and can be made to happen again: whoever tests a route needs the
 * thing that it is about. Everything comes in over HTTP, as its staff would bring it in.
 */
export class BusyCommunity {
  private constructor(
    readonly shop: TestApp,
    readonly given: GivenCommunity,
    readonly secondShopId: string,
    readonly secondDropOffPointId: string,
  ) {}

  /** A good of which both shops have plenty. */
  goodsId: string;
  /** A household that has points. */
  home: Home;

  static async found(shop: TestApp): Promise<BusyCommunity> {
    keepMessages(shop);
    const given = await givenCommunity(shop);
    const site = async (kind: string, name: string) =>
      idOf(await given.staff.manager.post(`${given.path}/sites`, { kind, name }), 'siteId');
    const community = new BusyCommunity(
      shop,
      given,
      await site('shop', '西门分店'),
      await site('drop-off-point', '西门投放点'),
    );
    community.goodsId = await community.goods();
    community.home = await community.household();
    await community.weighIn(community.home.householdId);
    return community;
  }

  get path(): string {
    return this.given.path;
  }

  get manager(): Client {
    return this.given.staff.manager;
  }

  async household(): Promise<Home> {
    const phone = nextPhone();
    const opened = await this.manager.post(`${this.path}/households`, {
      door: unique('3-'),
      members: [{ name: '袁大明', phone }, { name: '李小红' }],
      consents: ['scheme', 'phone'].map((purpose) => ({ purpose, version: '2026-10', channel: 'paper' })),
      withCard: true,
    });
    const householdId = idOf(opened, 'householdId');
    const { card } = opened.body as { card: { cardId: string; number: string } };
    const seen = await this.manager.get(`${this.path}/households/${householdId}`).expect(200);
    const { members, consents } = seen.body as {
      members: { memberId: string; isHead: boolean }[];
      consents: { consentId: string; purpose: string }[];
    };
    return {
      householdId,
      headId: members.find(({ isHead }) => isHead)?.memberId ?? '',
      memberId: members.find(({ isHead }) => !isHead)?.memberId ?? '',
      cardId: card.cardId,
      cardNumber: card.number,
      phone,
      consentId: consents.find(({ purpose }) => purpose === 'phone')?.consentId ?? '',
    };
  }

  /** A card with the PIN {@link PIN}. @returns the number printed on it */
  async cardWithPin(): Promise<string> {
    const { cardId, cardNumber } = await this.household();
    await this.manager.put(`${this.path}/cards/${cardId}/pin`, { pin: PIN }).expect(204);
    return cardNumber;
  }

  /** A further card of a household that has one. */
  async card(householdId: string): Promise<string> {
    return idOf(await this.manager.post(`${this.path}/households/${householdId}/cards`), 'cardId');
  }

  /** A listed good, with 1000 pieces in either shop. */
  async goods(): Promise<string> {
    const good = { name: unique('肥皂'), unit: '块', category: '洗护', isListed: true, priceCentipoints: PRICE };
    const goodsId = idOf(await this.manager.post(`${this.path}/goods`, good), 'goodsId');
    for (const siteId of [this.given.shopId, this.secondShopId]) {
      const lines = [{ goodsId, quantity: 1000, unitCostFen: 1 }];
      const receipt = { origin: 'bought', supplier: '银塘镇供销社', lines };
      await this.manager.post(`${this.path}/sites/${siteId}/receipts`, receipt).expect(201);
    }
    return goodsId;
  }

  /** @returns the id of the photo that a good has now */
  async photo(goodsId: string): Promise<string> {
    const sent = await this.shop.http
      .post(`${this.path}/goods/${goodsId}/photo`)
      .set('Authorization', `Bearer ${this.manager.token}`)
      .attach('file', PNG, { filename: 'soap.png', contentType: 'image/png' })
      .expect(201);
    const { photoUrl } = sent.body as { photoUrl: string };
    return photoUrl.split('/').at(-1) ?? '';
  }

  /** 20 kg of film, worth 20 points. */
  async weighIn(householdId: string, collector: Client = this.given.staff.collector): Promise<string> {
    const visit = this.visit(householdId);
    return idOf(await collector.post(`${this.path}/weigh-ins`, visit), 'weighInId');
  }

  visit(householdId: string): object {
    const lines = [{ itemCode: 'film', netGrams: 20_000 }];
    return { householdId, siteId: this.given.dropOffPointId, lines, confirmRepeat: true };
  }

  order(): { siteId: string; lines: object[] } {
    return { siteId: this.given.shopId, lines: [{ goodsId: this.goodsId, quantity: 1, unitCentipoints: PRICE }] };
  }

  async redemption(): Promise<string> {
    const order = { ...this.order(), householdId: this.home.householdId };
    return idOf(await this.given.staff.cashier.post(`${this.path}/redemptions`, order), 'redemptionId');
  }

  async reservation(): Promise<{ reservationId: string; code: string }> {
    const order = { ...this.order(), householdId: this.home.householdId };
    const placed = await this.given.staff.cashier.post(`${this.path}/reservations`, order).expect(201);
    return placed.body as { reservationId: string; code: string };
  }

  /** An adjustment that waits for a second person. */
  async approval(): Promise<string> {
    const adjustment = { householdId: this.home.householdId, amountCentipoints: 1, reason: '补记' };
    return idOf(await this.manager.post(`${this.path}/adjustments`, adjustment), 'approvalId');
  }

  /** Under way from the second shop to the first. */
  async transfer(): Promise<string> {
    const { goodsId, secondShopId: fromSiteId } = this;
    const sent = { fromSiteId, toSiteId: this.given.shopId, goodsId, quantity: 1 };
    return idOf(await this.manager.post(`${this.path}/transfers`, sent), 'transferId');
  }

  /** Being counted in the first shop; the one before it, if there was one, is given up. */
  async stocktake(): Promise<string> {
    await this.endStocktake();
    return idOf(await this.manager.post(`${this.path}/sites/${this.given.shopId}/stocktakes`), 'stocktakeId');
  }

  async endStocktake(): Promise<void> {
    const { body } = await this.manager.get(`${this.path}/stocktakes?siteId=${this.given.shopId}&limit=1`).expect(200);
    const [newest] = body as { stocktakeId: string; status: string; approvalId: string | null }[];
    if (newest === undefined || newest.status === 'posted' || newest.status === 'cancelled') return;
    if (newest.approvalId !== null) {
      const refusal = { decision: 'refused', reason: '重新盘点' };
      await this.given.staff.supervisor.post(`${this.path}/approvals/${newest.approvalId}/close`, refusal);
    }
    await this.manager.post(`${this.path}/stocktakes/${newest.stocktakeId}/cancel`).expect(200);
  }

  /** Counted, with a difference. */
  async countedStocktake(): Promise<string> {
    const stocktakeId = await this.stocktake();
    await this.manager.put(`${this.path}/stocktakes/${stocktakeId}/lines/${this.goodsId}`, { counted: 1 }).expect(200);
    return stocktakeId;
  }

  /** Counted, with a difference, and given back by whoever was asked to allow it. */
  async submittedStocktake(): Promise<string> {
    const stocktakeId = await this.countedStocktake();
    const submitted = await this.manager.post(`${this.path}/stocktakes/${stocktakeId}/submit`).expect(201);
    const { approvalId } = submitted.body as { approvalId: string };
    const refusal = { decision: 'withdrawn', reason: '重新盘点' };
    await this.manager.post(`${this.path}/approvals/${approvalId}/close`, refusal).expect(201);
    return stocktakeId;
  }

  async tariffDraft(): Promise<string> {
    const draft = { name: unique('标准'), document: tariffDocument() };
    return idOf(await this.manager.post(`${this.path}/tariff-versions`, draft), 'versionId');
  }

  async wasteItem(): Promise<string> {
    const item = { nameZh: unique('塑料'), nameEn: unique('Plastic '), wasteClass: 'recyclable', unit: 'gram' };
    return idOf(await this.manager.post(`${this.path}/waste-items`, { code: unique('item-'), ...item }), 'itemId');
  }

  async area(): Promise<string> {
    return idOf(await this.manager.post(`${this.path}/areas`, { name: unique('网格') }), 'areaId');
  }

  async site(): Promise<string> {
    return idOf(await this.manager.post(`${this.path}/sites`, { kind: 'shop', name: unique('分店') }), 'siteId');
  }

  async display(): Promise<string> {
    return idOf(await this.manager.post(`${this.path}/displays`, { name: unique('大厅') }), 'tokenId');
  }

  /** A collector of the community, with a password that was issued and not changed yet. */
  async person(): Promise<{ personId: string; grantId: string; login: string; password: string }> {
    const grants = [{ role: 'collector', communityId: this.given.communityId }];
    const login = unique('person.');
    const made = await this.given.staff.admin.post('/api/people', { login, displayName: '王芳', grants }).expect(201);
    const { person, oneTimePassword } = made.body as {
      person: { personId: string; grants: { grantId: string }[] };
      oneTimePassword: string;
    };
    return {
      personId: person.personId,
      grantId: person.grants[0]?.grantId ?? '',
      login,
      password: oneTimePassword,
    };
  }

  /** The code that a phone is sent, read where the message would go out. */
  async codeFor(phone: string): Promise<string> {
    await this.shop.http.post('/api/session/phone-code').send({ phone }).expect(202);
    return /\d{6}/.exec(messages.get(phone) ?? '')?.[0] ?? '';
  }

  /** A consent of the household that has points, given just now. */
  async consent(): Promise<string> {
    const given = { purpose: 'scheme', version: '2026-10', channel: 'paper' };
    return idOf(
      await this.manager.post(`${this.path}/households/${this.home.householdId}/consents`, given),
      'consentId',
    );
  }

  /** The settings in force, as a change of them has to name them. */
  async settings(): Promise<object> {
    const { body } = await this.manager.get(`${this.path}/settings`).expect(200);
    const { updatedAt: _, ...settings } = body as Record<string, unknown>;
    return settings;
  }

  /** A task of the caller's own that has made its file; the manager's, where the caller is a stranger here. */
  async task(token: string | null): Promise<string> {
    const ask = (client: Client) => client.post(`${this.path}/exports`, { list: 'goods' });
    const asked = await ask(new Client(this.shop, token ?? '', ''));
    const taskId = idOf(asked.status === 404 ? await ask(this.manager) : asked, 'taskId', 202);
    await tasksEnded(this.shop.owner);
    return taskId;
  }

  /** The calendar day it is in China, by the database's clock. */
  async today(): Promise<string> {
    const { rows } = await this.shop.owner.query<{ day: string }>(
      `SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date::text AS day`,
    );
    return rows[0]?.day ?? '';
  }
}

export function tariffDocument(): object {
  return { rules: [{ ruleId: 'film', itemCode: 'film', unit: 'gram', step: 1000, centipointsPerStep: 100 }] };
}

function idOf(reply: { status: number; body: unknown; text: string }, name: string, status = 201): string {
  const id = (reply.body as Record<string, unknown>)[name];
  if (reply.status !== status || typeof id !== 'string')
    throw new Error(`${name} was refused: ${reply.status} ${reply.text}`);
  return id;
}
