import { randomUUID } from 'node:crypto';
import { Cards, HouseholdReader, PIN_TRIES_MAX } from '../../src/residents/index.js';
import { isCardNumber, parseCardToken } from '../../src/residents/card-number.rules.js';
import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';

const PIN = '409172';
const SCHEME = { purpose: 'scheme', version: '2026-01', channel: 'paper' } as const;
const REASON = { reason: '卡丢了' };

interface Issued {
  cardId: string;
  number: string;
  tokenText: string;
}

let shop: TestApp;
let home: GivenCommunity;
let cards: Cards;
let reader: HouseholdReader;
let doorNumber = 0;

beforeAll(async () => {
  shop = await createTestApp();
  home = await givenCommunity(shop, { tariff: null });
  cards = shop.app.get(Cards, { strict: false });
  reader = shop.app.get(HouseholdReader, { strict: false });
});

afterAll(async () => shop.close());

async function givenCard(): Promise<Issued & { householdId: string }> {
  doorNumber += 1;
  const { body } = await home.staff.manager
    .post(`${home.path}/households`, {
      door: `2-${doorNumber}`,
      members: [{ name: '袁大明' }],
      consents: [SCHEME],
      withCard: true,
    })
    .expect(201);
  const { householdId, card } = body as { householdId: string; card: Issued };
  return { ...card, householdId };
}

function step(cardId: string, name: string) {
  return home.staff.manager.post(`${home.path}/cards/${cardId}/${name}`, REASON);
}

async function setPin(cardId: string, pin = PIN): Promise<void> {
  await home.staff.cashier.put(`${home.path}/cards/${cardId}/pin`, { pin }).expect(204);
}

/** What trying a PIN comes to: `right`, or the code of the refusal with what is left. */
async function tryPin(cardId: string, pin: string): Promise<string> {
  try {
    await cards.verifyPin(home.communityId, cardId, pin);
    return 'right';
  } catch (error) {
    const { code, params } = error as { code: string; params: { triesLeft?: number } };
    return params.triesLeft === undefined ? code : `${code} ${params.triesLeft}`;
  }
}

async function failures(cardId: string): Promise<number> {
  const { rows } = await shop.owner.query<{ failures: number }>(
    `SELECT pin_failures AS failures FROM card WHERE card_id = $1`,
    [cardId],
  );
  return rows[0]?.failures ?? -1;
}

describe('a new card', () => {
  it('has a printed number with a check digit and a token that is told once', async () => {
    const card = await givenCard();
    expect(isCardNumber(card.number)).toBe(true);
    expect(parseCardToken(card.tokenText)).toHaveLength(16);
    const { rows } = await shop.owner.query<{ text: string }>(
      `SELECT c::text AS text FROM card AS c WHERE card_id = $1`,
      [card.cardId],
    );
    const token = Buffer.from(parseCardToken(card.tokenText) ?? []).toString('hex');
    expect(rows[0]?.text).not.toContain(token);
    const found = await reader.findCard(home.communityId, { token: `${card.tokenText}\r\n` });
    expect(found).toEqual({
      cardId: card.cardId,
      householdId: card.householdId,
      number: card.number,
      status: 'active',
      hasPin: false,
    });
    expect(await reader.findCard(home.communityId, { number: card.number })).toEqual(found);
  });

  it('is unknown in every other community', async () => {
    const card = await givenCard();
    const away = await givenCommunity(shop, { tariff: null });
    await expect(reader.findCard(away.communityId, { token: card.tokenText })).rejects.toMatchObject({
      code: 'residents.card-not-found',
    });
    await away.staff.manager.post(`${away.path}/cards/${card.cardId}/freeze`, REASON).expect(404);
    await away.staff.cashier.put(`${away.path}/cards/${card.cardId}/pin`, { pin: PIN }).expect(404);
  });

  it.each(['EM1.short', 'https://example.com/', '', '0123456789'])('is not behind %j', async (token) => {
    await expect(reader.findCard(home.communityId, { token })).rejects.toMatchObject({
      code: 'residents.card-not-found',
    });
  });

  it('is made for a member of the household only', async () => {
    const one = await givenCard();
    const other = await givenCard();
    const { body } = await home.staff.manager.get(`${home.path}/households/${other.householdId}`).expect(200);
    const memberId = (body as { members: { memberId: string }[] }).members[0]?.memberId;
    await home.staff.manager.post(`${home.path}/households/${one.householdId}/cards`, { memberId }).expect(404);
    await home.staff.manager.post(`${home.path}/households/${other.householdId}/cards`, { memberId }).expect(201);
  });
});

describe('the life of a card', () => {
  it('is kept, step by step', async () => {
    const { cardId, householdId } = await givenCard();
    await step(cardId, 'freeze').expect(204);
    await step(cardId, 'unfreeze').expect(204);
    await step(cardId, 'report-lost').expect(204);
    const replaced = await step(cardId, 'replace').expect(201);
    const { body } = await home.staff.supervisor.get(`${home.path}/cards/${cardId}/events`).expect(200);
    expect((body as { status: string; reason: string }[]).map(({ status, reason }) => [status, reason])).toEqual([
      ['active', 'issued'],
      ['frozen', REASON.reason],
      ['active', REASON.reason],
      ['lost', REASON.reason],
      ['replaced', REASON.reason],
    ]);
    const all = await cards.listOf(home.communityId, householdId);
    const next = (replaced.body as Issued).cardId;
    expect(all.map((card) => [card.cardId, card.status, card.replacedBy])).toEqual([
      [next, 'active', null],
      [cardId, 'replaced', next],
    ]);
    const { rows } = await shop.owner.query<{ action: string }>(
      `SELECT action FROM audit_record WHERE community_id = $1 AND subject_id = $2 ORDER BY audit_id`,
      [home.communityId, cardId],
    );
    expect(rows.map((row) => row.action)).toEqual([
      'residents.issue-card',
      'residents.freeze-card',
      'residents.unfreeze-card',
      'residents.report-lost-card',
      'residents.replace-card',
    ]);
  });

  it('never brings a lost card back', async () => {
    const { cardId } = await givenCard();
    await step(cardId, 'report-lost').expect(204);
    const refused = await step(cardId, 'unfreeze').expect(409);
    expect(refused.body).toMatchObject({ type: 'residents.card-not-active', params: { status: 'lost' } });
  });

  it('replaces a card once, however many ask at once', async () => {
    const { cardId, householdId } = await givenCard();
    const answers = await Promise.all(Array.from({ length: 8 }, () => step(cardId, 'replace')));
    const statuses = answers.map((answer) => answer.status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expect(await cards.listOf(home.communityId, householdId)).toHaveLength(2);
  });

  it('does not pass the PIN on to the card that takes its place', async () => {
    const { cardId } = await givenCard();
    await setPin(cardId);
    const { body } = await step(cardId, 'replace').expect(201);
    expect(await tryPin((body as Issued).cardId, PIN)).toBe('residents.pin-not-set');
    expect(await tryPin(cardId, PIN)).toBe('residents.card-not-active');
  });
});

describe('the PIN', () => {
  it('is set in person and compared', async () => {
    const { cardId } = await givenCard();
    expect(await tryPin(cardId, PIN)).toBe('residents.pin-not-set');
    await setPin(cardId);
    expect(await tryPin(cardId, PIN)).toBe('right');
    const { rows } = await shop.owner.query<{ hash: string }>(`SELECT pin_hash AS hash FROM card WHERE card_id = $1`, [
      cardId,
    ]);
    expect(rows[0]?.hash).toMatch(/^\$argon2id\$/);
  });

  it.each(['123456', '000000', '12345', '1234567', 'abcdef', '４０９１７２'])('is not %s', async (pin) => {
    const { cardId } = await givenCard();
    await home.staff.cashier.put(`${home.path}/cards/${cardId}/pin`, { pin }).expect(422);
    expect(await tryPin(cardId, pin)).toBe('residents.pin-not-set');
  });

  it('is no business of a collector', async () => {
    const { cardId } = await givenCard();
    await home.staff.collector.put(`${home.path}/cards/${cardId}/pin`, { pin: PIN }).expect(403);
  });

  it('is forgiven four wrong tries by a right one', async () => {
    const { cardId } = await givenCard();
    await setPin(cardId);
    for (const left of [4, 3, 2, 1]) expect(await tryPin(cardId, '111333')).toBe(`residents.pin-wrong ${left}`);
    expect(await tryPin(cardId, PIN)).toBe('right');
    expect(await failures(cardId)).toBe(0);
  });

  it('is locked by five wrong tries until it is set anew', async () => {
    const { cardId } = await givenCard();
    await setPin(cardId);
    for (const left of [4, 3, 2, 1, 0]) expect(await tryPin(cardId, '111333')).toBe(`residents.pin-wrong ${left}`);
    expect(await tryPin(cardId, PIN)).toBe('residents.pin-locked');
    await setPin(cardId, '730915');
    expect(await tryPin(cardId, '730915')).toBe('right');
    expect(await tryPin(cardId, PIN)).toBe('residents.pin-wrong 4');
  });

  it('counts fifty wrong tries at once as exactly five', async () => {
    const { cardId } = await givenCard();
    await setPin(cardId);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => tryPin(cardId, '111333')));
    const wrong = outcomes.filter((outcome) => outcome.startsWith('residents.pin-wrong'));
    expect(wrong.toSorted()).toEqual([0, 1, 2, 3, 4].map((left) => `residents.pin-wrong ${left}`));
    expect(outcomes.filter((outcome) => outcome === 'residents.pin-locked')).toHaveLength(45);
    expect(await failures(cardId)).toBe(PIN_TRIES_MAX);
    const { rowCount } = await shop.owner.query(
      `SELECT 1 FROM audit_record WHERE community_id = $1 AND subject_id = $2 AND action = 'residents.try-pin'`,
      [home.communityId, cardId],
    );
    expect(rowCount).toBe(PIN_TRIES_MAX);
  });

  it('looks at five wrong tries at most when another process tries, too', async () => {
    const { cardId } = await givenCard();
    await setPin(cardId);
    // A second application on the same database has counted four tries that are not decided yet.
    await shop.owner.query(`UPDATE card SET pin_failures = 4 WHERE card_id = $1`, [cardId]);
    const outcomes = await Promise.all(Array.from({ length: 3 }, () => tryPin(cardId, '111333')));
    expect(outcomes.toSorted()).toEqual(['residents.pin-locked', 'residents.pin-locked', 'residents.pin-wrong 0']);
  });

  it('lets nobody with the right PIN be locked out by others with the right PIN', async () => {
    const { cardId } = await givenCard();
    await setPin(cardId);
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => tryPin(cardId, PIN)));
    expect(new Set(outcomes)).toEqual(new Set(['right']));
    expect(await failures(cardId)).toBe(0);
  });

  it('of no card is no PIN', async () => {
    expect(await tryPin(randomUUID(), PIN)).toBe('residents.card-not-found');
  });
});
