import { randomUUID } from 'node:crypto';
import { MessageGateway } from '../../src/identity/index.js';
import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';

const PIN = '409172';
const CONSENTS = [
  { purpose: 'scheme', version: '2026-01', channel: 'paper' },
  { purpose: 'phone', version: '2026-01', channel: 'paper' },
];

interface Given {
  readonly householdId: string;
  readonly cardId: string;
  readonly number: string;
  readonly phone: string;
}

interface Choice {
  households: { householdId: string; communityId: number; door: string; headNameMasked: string }[];
  ticket: string;
}

let shop: TestApp;
let home: GivenCommunity;
let doorNumber = 0;
const sent = new Map<string, string>();

beforeAll(async () => {
  shop = await createTestApp();
  home = await givenCommunity(shop, { tariff: null });
  // The outside world: what would go to a phone is kept here.
  const gateway = shop.app.get(MessageGateway, { strict: false });
  gateway.send = async (phone, text) => {
    sent.set(phone, /\d{6}/.exec(text)?.[0] ?? '');
  };
});

afterAll(async () => shop.close());

async function given(community = home, phone?: string): Promise<Given> {
  doorNumber += 1;
  const own = phone ?? `1380002${String(doorNumber).padStart(4, '0')}`;
  const { body } = await community.staff.manager
    .post(`${community.path}/households`, {
      door: `4-${doorNumber}`,
      members: [{ name: '欧阳大明', phone: own }, { name: '李小红' }],
      consents: CONSENTS,
      withCard: true,
    })
    .expect(201);
  const { householdId, card } = body as { householdId: string; card: { cardId: string; number: string } };
  await community.staff.cashier.put(`${community.path}/cards/${card.cardId}/pin`, { pin: PIN }).expect(204);
  return { householdId, cardId: card.cardId, number: card.number, phone: own };
}

function byCard(number: string, pin = PIN) {
  return shop.http.post('/api/session/card').send({ number, pin });
}

function askCode(phone: string) {
  return shop.http.post('/api/session/phone-code').send({ phone });
}

function byPhone(body: object) {
  return shop.http.post('/api/session/phone').send(body);
}

async function codeFor(phone: string): Promise<string> {
  await askCode(phone).expect(202);
  return sent.get(phone) ?? '';
}

async function tokenOf(household: Given): Promise<string> {
  const { body } = await byCard(household.number).expect(201);
  return (body as { token: string }).token;
}

function as(token: string) {
  const bearer = (request: ReturnType<typeof shop.http.get>) => request.set('Authorization', `Bearer ${token}`);
  return {
    get: (path: string) => bearer(shop.http.get(path)),
    post: (path: string, body: object = {}) => bearer(shop.http.post(path).send(body)),
    delete: (path: string) => bearer(shop.http.delete(path)),
  };
}

describe('signing in by card', () => {
  it('opens a session of the household, with a cookie', async () => {
    const household = await given();
    const answer = await byCard(`${household.number.slice(0, 4)} ${household.number.slice(4)}`).expect(201);
    expect(answer.body).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/) as string,
      expiresInSeconds: 30 * 24 * 3600,
      household: {
        householdId: household.householdId,
        communityId: home.communityId,
        door: `4-${doorNumber}`,
        headNameMasked: '欧阳**',
      },
    });
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^__Host-sid=/);
    const { rows } = await shop.owner.query(
      `SELECT actor_role, result, detail FROM audit_record WHERE subject_id = $1 AND action = 'residents.sign-in'`,
      [household.householdId],
    );
    expect(rows).toEqual([{ actor_role: 'resident', result: 'done', detail: { by: 'card' } }]);
  });

  it('answers every failure alike', async () => {
    const [wrong, frozen, lost, pinless, closed] = [
      await given(),
      await given(),
      await given(),
      await given(),
      await given(),
    ];
    await home.staff.manager.post(`${home.path}/cards/${frozen.cardId}/freeze`, { reason: '核查' }).expect(204);
    const replaced = await home.staff.manager
      .post(`${home.path}/cards/${lost.cardId}/replace`, { reason: '丢了' })
      .expect(201);
    await home.staff.manager
      .post(`${home.path}/households/${closed.householdId}/close`, { reason: '搬走' })
      .expect(200);
    const newNumber = (replaced.body as { number: string }).number;
    const bodies: object[] = [];
    const numbers = [wrong.number, '1234567894', 'not a number', frozen.number, lost.number, newNumber, closed.number];
    for (const number of numbers) {
      const answer = await byCard(number, '111333').expect(401);
      const { type, title, detail } = answer.body as Record<string, string>;
      bodies.push({ type, title, detail });
    }
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject({ type: 'identity.sign-in-failed' });
    await byCard(pinless.number).expect(201);
  });

  it('is locked after five failures, PIN and all, until the PIN is set anew in person', async () => {
    const household = await given();
    for (let round = 0; round < 5; round += 1) await byCard(household.number, '111333').expect(401);
    const locked = await byCard(household.number).expect(429);
    expect(locked.body).toMatchObject({ type: 'identity.sign-in-locked' });
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0);
    await home.staff.cashier.put(`${home.path}/cards/${household.cardId}/pin`, { pin: '730915' }).expect(204);
    await byCard(household.number, '730915').expect(201);
  });

  it.each([
    { number: '1234567894' },
    { pin: PIN },
    { number: 1234567894, pin: PIN },
    { number: '1'.repeat(21), pin: PIN },
  ])('refuses %j', async (body) => {
    await shop.http.post('/api/session/card').send(body).expect(422);
  });

  it('lets a frozen household look at what it has', async () => {
    const household = await given();
    await home.staff.manager
      .post(`${home.path}/households/${household.householdId}/freeze`, { reason: '核查' })
      .expect(200);
    await as(await tokenOf(household))
      .get('/api/me')
      .expect(200);
  });
});

describe('signing in by phone', () => {
  it('sends a code to a phone that is kept, answers the same for one that is not, and lets nobody in without it', async () => {
    const { phone, householdId } = await given();
    const known = await askCode(phone).expect(202);
    const unknown = await askCode('13999999999').expect(202);
    expect(unknown.body).toEqual(known.body);
    expect(sent.has('13999999999')).toBe(false);
    await byPhone({ phone: '13999999999', code: '000000' }).expect(401);
    const code = sent.get(phone) ?? '';
    await byPhone({ phone, code: code === '111111' ? '222222' : '111111' }).expect(401);
    const answer = await byPhone({ phone: `+86 ${phone}`, code }).expect(201);
    expect(answer.body).toMatchObject({ household: { householdId } });
    await byPhone({ phone, code }).expect(401);
  });

  it('asks which household is meant where several keep the phone', async () => {
    const away = await givenCommunity(shop, { tariff: null });
    const phone = '13700000001';
    const here = await given(home, phone);
    const there = await given(away, phone);
    const asked = await byPhone({ phone, code: await codeFor(phone) }).expect(201);
    const { households, ticket } = asked.body as Choice;
    expect(households.map((each) => each.householdId).toSorted()).toEqual(
      [here.householdId, there.householdId].toSorted(),
    );
    expect(households.map((each) => each.headNameMasked)).toEqual(['欧阳**', '欧阳**']);
    expect(asked.headers['set-cookie']).toBeUndefined();
    const chosen = await byPhone({ phone, ticket, householdId: there.householdId }).expect(201);
    expect(chosen.body).toMatchObject({
      household: { householdId: there.householdId, communityId: away.communityId },
    });
  });

  it('takes no ticket of another phone, none that was altered and none that is old', async () => {
    const away = await givenCommunity(shop, { tariff: null });
    const phone = '13700000002';
    const here = await given(home, phone);
    await given(away, phone);
    const stranger = await given();
    const asked = await byPhone({ phone, code: await codeFor(phone) }).expect(201);
    const { ticket } = asked.body as Choice;
    const { householdId } = here;
    await byPhone({ phone: stranger.phone, ticket, householdId: stranger.householdId }).expect(401);
    await byPhone({ phone, ticket, householdId: stranger.householdId }).expect(401);
    const altered = `${ticket.slice(0, 40)}${ticket[40] === 'A' ? 'B' : 'A'}${ticket.slice(41)}`;
    await byPhone({ phone, ticket: altered, householdId }).expect(401);
    await byPhone({ phone, ticket: 'nonsense', householdId }).expect(401);
    await shop.moveClock('6 minutes');
    try {
      await byPhone({ phone, ticket, householdId }).expect(401);
    } finally {
      await shop.moveClock('0');
    }
    await byPhone({ phone, ticket, householdId }).expect(201);
  });

  it('knows a phone no longer when it is removed, and signs out who came by it', async () => {
    const { phone, householdId } = await given();
    const { body } = await byPhone({ phone, code: await codeFor(phone) }).expect(201);
    const { token } = body as { token: string };
    await as(token).get('/api/me').expect(200);
    const { body: detail } = await home.staff.manager.get(`${home.path}/households/${householdId}`).expect(200);
    const memberId = (detail as { members: { memberId: string }[] }).members[0]?.memberId;
    await home.staff.manager.delete(`${home.path}/members/${memberId}/phone`).expect(204);
    await as(token).get('/api/me').expect(401);
    sent.delete(phone);
    await shop.moveClock('2 minutes');
    try {
      await askCode(phone).expect(202);
    } finally {
      await shop.moveClock('0');
    }
    expect(sent.has(phone)).toBe(false);
  });

  it.each([
    { phone: '13800020001' },
    { code: '123456' },
    { phone: '123', code: '123456' },
    { phone: '13800020001', code: 1 },
  ])('refuses %j', async (body) => {
    await byPhone(body).expect(422);
  });
});

describe('a resident’s own household', () => {
  it('is shown with names whole and phones masked', async () => {
    const household = await given();
    const { body } = await as(await tokenOf(household))
      .get('/api/me')
      .expect(200);
    expect(body).toMatchObject({
      householdId: household.householdId,
      communityId: home.communityId,
      status: 'active',
      balanceCentipoints: 0,
      members: [
        { name: '欧阳大明', isHead: true, phoneMasked: expect.stringMatching(/^138\*{4}\d{4}$/) as string },
        { name: '李小红', isHead: false, phoneMasked: null },
      ],
    });
  });

  it('opens no door of the staff, and the staff have no household of their own', async () => {
    const household = await given();
    const resident = as(await tokenOf(household));
    await resident.get(`${home.path}/households/${household.householdId}`).expect(403);
    await home.staff.manager.get('/api/me').expect(403);
    await shop.http.get('/api/me').expect(401);
  });

  it('reports its own card lost, and stays signed in', async () => {
    const [household, neighbour] = [await given(), await given()];
    const [resident, other] = [as(await tokenOf(household)), as(await tokenOf(household))];
    await resident.post(`/api/me/cards/${neighbour.cardId}/report-lost`).expect(404);
    await resident.post(`/api/me/cards/${randomUUID()}/report-lost`).expect(404);
    await resident.post(`/api/me/cards/${household.cardId}/report-lost`).expect(204);
    const { body } = await resident.get('/api/me/cards').expect(200);
    expect(body).toMatchObject([{ cardId: household.cardId, status: 'lost' }]);
    await other.get('/api/me').expect(401);
    await byCard(household.number).expect(401);
  });

  it('gives and withdraws consents; the phone goes with its consent', async () => {
    const household = await given();
    const resident = as(await tokenOf(household));
    const { body: givenConsent } = await resident
      .post('/api/me/consents', { purpose: 'minor', version: '2026-02' })
      .expect(201);
    const { consentId } = givenConsent as { consentId: string };
    const consents = async () =>
      (await resident.get('/api/me/consents').expect(200)).body as {
        consentId: string;
        purpose: string;
        channel: string;
        withdrawnAt: string | null;
      }[];
    expect((await consents())[0]).toMatchObject({ consentId, purpose: 'minor', channel: 'phone', withdrawnAt: null });
    await resident.delete(`/api/me/consents/${consentId}`).expect(204);
    await resident.delete(`/api/me/consents/${consentId}`).expect(404);
    const phone = (await consents()).find((consent) => consent.purpose === 'phone');
    const foreign = as(await tokenOf(await given()));
    await foreign.delete(`/api/me/consents/${phone?.consentId}`).expect(404);
    await resident.delete(`/api/me/consents/${phone?.consentId}`).expect(204);
    const { rows } = await shop.owner.query(`SELECT 1 FROM member WHERE household_id = $1 AND phone_hash IS NOT NULL`, [
      household.householdId,
    ]);
    expect(rows).toEqual([]);
  });

  it('takes a copy of all its data with it, which is recorded', async () => {
    const household = await given();
    await shop.owner.query(`SELECT commit_opening($1, $2, $3, 320, $4, $5)`, [
      home.communityId,
      home.staff.manager.actorId,
      household.householdId,
      randomUUID(),
      randomUUID(),
    ]);
    const { body } = await as(await tokenOf(household))
      .get('/api/me/export')
      .expect(200);
    expect(body).toMatchObject({
      householdId: household.householdId,
      members: [
        { name: '欧阳大明', phone: household.phone },
        { name: '李小红', phone: null },
      ],
      cards: [{ number: household.number }],
      consents: [{}, {}],
      balanceCentipoints: 320,
      entries: [{ seq: 1, kind: 'opening', amountCentipoints: 320, balanceAfterCentipoints: 320 }],
    });
    const { rowCount } = await shop.owner.query(
      `SELECT 1 FROM audit_record WHERE subject_id = $1 AND action = 'residents.export-own'`,
      [household.householdId],
    );
    expect(rowCount).toBe(1);
  });
});
