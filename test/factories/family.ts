import { randomInt } from 'node:crypto';
import type { TestApp } from '../support/app.js';
import { Client } from './client.js';
import type { GivenCommunity } from './community.js';

/** A PIN that nobody would guess first. */
export const PIN = '409172';

/** A household as its own people know it: with a card, a PIN, a phone, and a session. */
export interface GivenFamily {
  readonly householdId: string;
  readonly cardId: string;
  readonly number: string;
  readonly phone: string;
  readonly resident: Client;
}

export async function givenFamily(shop: TestApp, community: GivenCommunity, phone?: string): Promise<GivenFamily> {
  const own = phone ?? `138${String(randomInt(100_000_000)).padStart(8, '0')}`;
  const { body } = await community.staff.manager
    .post(`${community.path}/households`, {
      door: `3 栋 ${randomInt(1_000_000)}`,
      members: [{ name: '袁大明', phone: own }, { name: '李小红' }],
      consents: [
        { purpose: 'scheme', version: '2026-01', channel: 'paper' },
        { purpose: 'phone', version: '2026-01', channel: 'paper' },
      ],
      withCard: true,
    })
    .expect(201);
  const { householdId, card } = body as { householdId: string; card: { cardId: string; number: string } };
  await community.staff.cashier.put(`${community.path}/cards/${card.cardId}/pin`, { pin: PIN }).expect(204);
  const signedIn = await shop.http.post('/api/session/card').send({ number: card.number, pin: PIN }).expect(201);
  const { token } = signedIn.body as { token: string };
  return { householdId, ...card, phone: own, resident: new Client(shop, token, householdId) };
}

/** A listed good with a price and so many pieces in the shop. @returns its id */
export async function givenOffer(
  community: GivenCommunity,
  good: { name: string; unit: string; priceCentipoints: number; limit?: { quantity: number; period: string } },
  quantity: number,
): Promise<string> {
  const { manager, 'stock-keeper': keeper } = community.staff;
  const { name, unit, priceCentipoints, limit } = good;
  const created = await manager
    .post(`${community.path}/goods`, {
      name,
      unit,
      category: '日用',
      isListed: true,
      priceCentipoints,
      ...(limit && { limit }),
    })
    .expect(201);
  const { goodsId } = created.body as { goodsId: string };
  if (quantity > 0) {
    await keeper
      .post(`${community.path}/sites/${community.shopId}/receipts`, {
        origin: 'bought',
        supplier: '银塘镇供销社',
        lines: [{ goodsId, quantity, unitCostFen: 100 }],
      })
      .expect(201);
  }
  return goodsId;
}

/** Film, a point a kilogram. @returns the id of the weigh-in */
export async function givenFilm(community: GivenCommunity, householdId: string, netGrams: number): Promise<string> {
  const visit = {
    householdId,
    siteId: community.dropOffPointId,
    lines: [{ itemCode: 'film', netGrams }],
    confirmRepeat: true,
  };
  const { body } = await community.staff.collector.post(`${community.path}/weigh-ins`, visit).expect(201);
  return (body as { weighInId: string }).weighInId;
}
