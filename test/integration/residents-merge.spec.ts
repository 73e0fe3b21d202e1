import { randomUUID } from 'node:crypto';
import { Cards, HouseholdReader } from '../../src/residents/index.js';
import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { wrongSums } from '../support/recon.js';

const CONSENTS = [
  { purpose: 'scheme', version: '2026-01', channel: 'paper' },
  { purpose: 'phone', version: '2026-01', channel: 'paper' },
];

let shop: TestApp;
let home: GivenCommunity;
let doorNumber = 0;

beforeAll(async () => {
  shop = await createTestApp();
  home = await givenCommunity(shop, { tariff: null });
});

afterAll(async () => shop.close());

/** With one member, who has a phone, one card, and so many centipoints. */
async function givenHousehold(centipoints = 0, phone = '13800010000'): Promise<string> {
  doorNumber += 1;
  const { body } = await home.staff.manager
    .post(`${home.path}/households`, {
      door: `3-${doorNumber}`,
      members: [{ name: '袁大明', phone }],
      consents: CONSENTS,
      withCard: true,
    })
    .expect(201);
  const { householdId } = body as { householdId: string };
  if (centipoints > 0) {
    await shop.owner.query(`SELECT commit_opening($1, $2, $3, $4, $5, $6)`, [
      home.communityId,
      home.staff.manager.actorId,
      householdId,
      centipoints,
      randomUUID(),
      randomUUID(),
    ]);
  }
  return householdId;
}

function merge(from: string, into: string, key: string = randomUUID()) {
  const body = { intoHouseholdId: into, reason: '两户合为一户' };
  return home.staff.manager.post(`${home.path}/households/${from}/merge`, body, key);
}

async function balance(householdId: string): Promise<number> {
  const { body } = await home.staff.manager.get(`${home.path}/households/${householdId}/balance`).expect(200);
  return (body as { balanceCentipoints: number }).balanceCentipoints;
}

describe('merging two households', () => {
  it('moves points by postings, members, cards, consents and phones by name', async () => {
    const from = await givenHousehold(320, '13800010001');
    const into = await givenHousehold(100, '13800010002');
    const key = randomUUID();
    const merged = await merge(from, into, key).expect(201);
    expect(merged.body).toEqual({ householdId: from, status: 'merged', mergedInto: into });
    expect((await merge(from, into, key).expect(201)).text).toBe(merged.text);

    expect([await balance(from), await balance(into)]).toEqual([0, 420]);
    const reader = shop.app.get(HouseholdReader, { strict: false });
    const [source, target] = [await reader.whole(home.communityId, from), await reader.whole(home.communityId, into)];
    expect(source.household).toMatchObject({ status: 'merged', mergedInto: into });
    expect([source.members, source.cards, source.consents].map((list) => list.length)).toEqual([0, 0, 0]);
    expect(target.members.map((member) => member.isHead)).toEqual([true, false]);
    expect(target.cards.map((card) => card.status)).toEqual(['active', 'active']);
    expect(target.consents).toHaveLength(4);
    const { rows } = await shop.owner.query<{ id: string }>(
      `SELECT household_id AS id FROM phone_directory WHERE household_id IN ($1, $2)`,
      [from, into],
    );
    expect(rows.map((row) => row.id)).toEqual([into, into]);
    expect(await wrongSums(shop.owner, home.communityId)).toEqual([]);
  });

  it('signs out whoever was signed in to the household that ends', async () => {
    const from = await givenHousehold(0, '13800010003');
    const into = await givenHousehold(0, '13800010004');
    const [card] = await shop.app.get(Cards, { strict: false }).listOf(home.communityId, from);
    await home.staff.cashier.put(`${home.path}/cards/${card?.cardId}/pin`, { pin: '409172' }).expect(204);
    const signedIn = await shop.http
      .post('/api/session/card')
      .send({ number: card?.number, pin: '409172' })
      .expect(201);
    const { token } = signedIn.body as { token: string };
    await shop.http.get('/api/me').set('Authorization', `Bearer ${token}`).expect(200);
    await merge(from, into).expect(201);
    await shop.http.get('/api/me').set('Authorization', `Bearer ${token}`).expect(401);
    const again = await shop.http.post('/api/session/card').send({ number: card?.number, pin: '409172' }).expect(201);
    expect(again.body).toMatchObject({ household: { householdId: into } });
  });

  it('refuses itself, a stranger, and one that has ended', async () => {
    const [one, two, three] = [await givenHousehold(), await givenHousehold(), await givenHousehold()];
    expect((await merge(one, one).expect(409)).body).toMatchObject({ type: 'residents.merge-into-itself' });
    await merge(one, randomUUID()).expect(404);
    await merge(one, two).expect(201);
    expect((await merge(one, three).expect(409)).body).toMatchObject({ type: 'residents.household-closed' });
    expect((await merge(three, one).expect(409)).body).toMatchObject({ params: { status: 'merged' } });
  });

  it('is refused while a reservation is open, and keeps that answer under its key', async () => {
    const from = await givenHousehold(320);
    const into = await givenHousehold();
    await shop.owner.query(`UPDATE ledger_account SET held = 100 WHERE community_id = $1 AND account_id = $2`, [
      home.communityId,
      from,
    ]);
    const key = randomUUID();
    const refused = await merge(from, into, key).expect(409);
    expect(refused.body).toMatchObject({ type: 'residents.points-held' });
    await shop.owner.query(`UPDATE ledger_account SET held = 0 WHERE community_id = $1 AND account_id = $2`, [
      home.communityId,
      from,
    ]);
    expect((await merge(from, into, key).expect(409)).body).toEqual(refused.body);
    await merge(from, into).expect(201);
  });

  it('is not for the operator’s own household, and carries the declaration over', async () => {
    const from = await givenHousehold(100);
    const into = await givenHousehold();
    await shop.owner.query(`INSERT INTO staff_household VALUES ($1, $2, $3, 'own', now())`, [
      home.communityId,
      from,
      home.staff.manager.actorId,
    ]);
    expect((await merge(from, into).expect(403)).body).toMatchObject({ type: 'ledger.own-household' });
    const body = { intoHouseholdId: into, reason: '两户合为一户' };
    await home.staff.admin.post(`${home.path}/households/${from}/merge`, body).expect(201);
    const { rowCount } = await shop.owner.query(
      `SELECT 1 FROM staff_household WHERE community_id = $1 AND household_id = $2 AND person_id = $3`,
      [home.communityId, into, home.staff.manager.actorId],
    );
    expect(rowCount).toBe(1);
  });

  it('lets one of two merges of the same household through', async () => {
    const from = await givenHousehold(320);
    const targets = await Promise.all([givenHousehold(), givenHousehold()]);
    const answers = await Promise.all(targets.map((into) => merge(from, into)));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect((await balance(targets[0] ?? '')) + (await balance(targets[1] ?? ''))).toBe(320);
  });

  it('lets one of two opposite merges through, without a deadlock', async () => {
    const deadlocks = async () => {
      const { rows } = await shop.owner.query<{ deadlocks: number }>(
        `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`,
      );
      return rows[0]?.deadlocks;
    };
    const before = await deadlocks();
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [await givenHousehold(200), await givenHousehold(120)];
      const answers = await Promise.all([merge(one, two), merge(two, one)]);
      expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 409]);
      expect((await balance(one)) + (await balance(two))).toBe(320);
    }
    expect(await deadlocks()).toBe(before);
    expect(await wrongSums(shop.owner, home.communityId)).toEqual([]);
  });
});
