import type { Locator, Page } from 'playwright-core';
import { v7 as uuidv7 } from 'uuid';
import type { Client } from '../factories/client.js';
import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { typeAsGun } from './wedge-gun.js';
import { DESKTOP, type Shopfront, type Visit } from '../support/browser.js';

export const PIN = '019284';
const SOAP_PRICE = 300;
const SALT_PRICE = 220;
const LIQUID_PRICE = 3500;

/** A shop with three goods on its shelf and a household with a card and points. */
export interface GivenCounter {
  readonly community: GivenCommunity;
  readonly householdId: string;
  readonly card: { readonly cardId: string; readonly number: string; readonly tokenText: string };
  readonly soap: GivenGoods;
  readonly salt: GivenGoods;
  /** Dearer than the limit above which a PIN or a check by eye is needed. */
  readonly liquid: GivenGoods;
  available(goods: GivenGoods): Promise<number>;
  balance(): Promise<{ balanceCentipoints: number; heldCentipoints: number }>;
  redemptions(): Promise<{ redemptionId: string; totalCentipoints: number; checkedBy: string }[]>;
  /** Takes some out of the shop for the household, as if at another desk. */
  redeem(goods: GivenGoods, quantity: number, cashier?: Client): Promise<string>;
  reserve(goods: GivenGoods, quantity: number): Promise<{ reservationId: string; code: string }>;
}

export interface GivenGoods {
  readonly goodsId: string;
  readonly barcode: string;
  readonly priceCentipoints: number;
}

export async function givenCounter(front: Shopfront, points = 2000, pieces = 20): Promise<GivenCounter> {
  const community = await givenCommunity(front.shop, { tariff: null });
  const { path, staff, shopId } = community;
  const opened = await staff.manager
    .post(`${path}/households`, {
      door: '3-101',
      members: [{ name: '袁大明' }],
      consents: [{ purpose: 'scheme', version: '2026-12', channel: 'paper' }],
      withCard: true,
    })
    .expect(201);
  const { householdId, card } = opened.body as Pick<GivenCounter, 'householdId' | 'card'>;
  await staff.cashier.put(`${path}/cards/${card.cardId}/pin`, { pin: PIN }).expect(204);
  const opening = `SELECT commit_opening($1, $2, $3, $4, $5, $6)`;
  const { communityId } = community;
  await front.shop.owner.query(opening, [communityId, staff.manager.actorId, householdId, points, uuidv7(), uuidv7()]);

  const goods = async (name: string, unit: string, category: string, priceCentipoints: number, barcode: string) => {
    const good = { name, unit, category, isListed: true, priceCentipoints, barcode };
    const { body } = await staff.manager.post(`${path}/goods`, good).expect(201);
    const { goodsId } = body as { goodsId: string };
    await staff['stock-keeper']
      .post(`${path}/sites/${shopId}/receipts`, {
        origin: 'bought',
        supplier: '银塘镇供销社',
        lines: [{ goodsId, quantity: pieces, unitCostFen: 100 }],
      })
      .expect(201);
    return { goodsId, barcode, priceCentipoints };
  };
  const order = ({ goodsId, priceCentipoints }: GivenGoods, quantity: number) => ({
    householdId,
    siteId: shopId,
    lines: [{ goodsId, quantity, unitCentipoints: priceCentipoints }],
  });

  return {
    community,
    householdId,
    card,
    soap: await goods('肥皂', '块', '洗护', SOAP_PRICE, '6901234567892'),
    salt: await goods('食盐', '袋', '食品', SALT_PRICE, '4006381333931'),
    liquid: await goods('洗衣液', '瓶', '洗护', LIQUID_PRICE, '2000000000015'),
    available: async ({ goodsId }) => {
      const { body } = await staff.cashier.get(`${path}/sites/${shopId}/shelves?limit=100`).expect(200);
      const shelves = body as { goodsId: string; available: number }[];
      return shelves.find((shelf) => shelf.goodsId === goodsId)?.available ?? Number.NaN;
    },
    balance: async () => {
      const { body } = await staff.cashier.get(`${path}/households/${householdId}`).expect(200);
      const { balanceCentipoints, heldCentipoints } = body as Awaited<ReturnType<GivenCounter['balance']>>;
      return { balanceCentipoints, heldCentipoints };
    },
    redemptions: async () => {
      const found = await front.shop.owner.query(
        `SELECT redemption_id AS "redemptionId", total_centipoints::int AS "totalCentipoints", checked_by AS "checkedBy"
         FROM redemption WHERE community_id = $1 ORDER BY redemption_id`,
        [communityId],
      );
      return found.rows as Awaited<ReturnType<GivenCounter['redemptions']>>;
    },
    redeem: async (good, quantity, cashier = staff.cashier) => {
      const asked = { ...order(good, quantity), isCheckedByEye: true };
      const { body } = await cashier.post(`${path}/redemptions`, asked).expect(201);
      return (body as { redemptionId: string }).redemptionId;
    },
    reserve: async (good, quantity) => {
      const { body } = await staff.cashier.post(`${path}/reservations`, order(good, quantity)).expect(201);
      return body as { reservationId: string; code: string };
    },
  };
}

/** Gives a good a picture. */
export async function givenPhoto(
  front: Shopfront,
  { community }: GivenCounter,
  goodsId: string,
  png: Buffer,
): Promise<void> {
  await front.shop.http
    .post(`${community.path}/goods/${goodsId}/photo`)
    .set('Authorization', `Bearer ${community.staff.manager.token}`)
    .attach('file', png, 'picture.png')
    .expect(201);
}

/** The counter on a screen, with what one does and looks for at it. */
export interface AtCounter {
  readonly visit: Visit;
  readonly page: Page;
  readonly hands: Hands;
  tile(name: string): Locator;
  /** Labels and figures of the foot, in turns. */
  foot(): Promise<string[]>;
  sees(text: string | RegExp): Promise<void>;
  /** Scans the household's card, waits until it is there, and scans goods. */
  serve(...barcodes: string[]): Promise<void>;
}

export async function openCounter(
  front: Shopfront,
  given: GivenCounter,
  options: Parameters<Shopfront['open']>[0] = {},
): Promise<AtCounter> {
  const { token } = given.community.staff.cashier;
  const visit = await front.open({ token, viewport: DESKTOP, ...options });
  const { page } = visit;
  const tile = (name: string) => page.locator('.goods-tile', { hasText: name });
  await page.goto('/staff');
  await tile('肥皂').waitFor();
  const hands = new Hands(page);
  return {
    visit,
    page,
    hands,
    tile,
    foot: async () => (await page.locator('.foot-sums').innerText()).split(/\s+/),
    sees: (text) => page.getByText(text).first().waitFor(),
    serve: async (...barcodes) => {
      await hands.scan(given.card.tokenText);
      await page.locator('.customer-name', { hasText: '袁大明' }).waitFor();
      for (const barcode of barcodes) await hands.scan(barcode);
    },
  };
}

/** The gun and the keys of one desk; presses by hand are counted, scans are not. */
export class Hands {
  presses = 0;

  constructor(readonly page: Page) {}

  async scan(text: string): Promise<void> {
    await typeAsGun(this.page, text, 5);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.presses += 1;
      await this.page.keyboard.press(key);
    }
  }

  /** Somebody's fingers, each key a press. */
  async type(text: string): Promise<void> {
    this.presses += Array.from(text).length;
    await this.page.keyboard.type(text, { delay: 70 });
  }
}
