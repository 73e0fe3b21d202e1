import { CardCodes } from '../../src/residents/index.js';
import { Sessions } from '../../src/identity/index.js';
import { Client } from '../factories/client.js';
import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';

interface Given {
  readonly householdId: string;
  readonly cardId: string;
  readonly number: string;
  readonly resident: Client;
}

interface Shown {
  text: string;
  number: string;
  stepSeconds: number;
  validUntil: string;
  now: string;
}

let shop: TestApp;
let home: GivenCommunity;
/** The middle of a step: tests move from here by whole steps, and never over a border by being slow. */
let base: string;
let doorNumber = 0;

beforeAll(async () => {
  shop = await createTestApp();
  home = await givenCommunity(shop, { tariff: null });
  base = new Date(Math.floor(Date.now() / 30_000) * 30_000 + 15_000).toISOString();
});
beforeEach(async () => standAt(0));
afterAll(async () => shop.close());

/** Stops the database clock so many seconds after the middle of a step. */
async function standAt(seconds: number): Promise<void> {
  await shop.owner.query(
    `CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = public, pg_temp
     AS $f$ SELECT timestamptz '${base}' + interval '${seconds} seconds' $f$`,
  );
}

async function given(community = home): Promise<Given> {
  doorNumber += 1;
  const { body } = await community.staff.manager
    .post(`${community.path}/households`, {
      door: `6-${doorNumber}`,
      members: [{ name: '袁大明' }],
      consents: [{ purpose: 'scheme', version: '2026-01', channel: 'paper' }],
      withCard: true,
    })
    .expect(201);
  const { householdId, card } = body as { householdId: string; card: { cardId: string; number: string } };
  const { token } = await shop.database.transaction((tx) =>
    shop.app.get(Sessions).open(tx, {
      kind: 'resident',
      actorId: householdId,
      communityId: community.communityId,
      origin: '127.0.0.1',
      lifetime: 'resident',
    }),
  );
  return { householdId, ...card, resident: new Client(shop, token, householdId) };
}

async function shown({ resident, cardId }: Given): Promise<Shown> {
  const { body } = await resident.get(`/api/me/cards/${cardId}/code`).expect(200);
  return body as Shown;
}

function scan(text: string, community = home) {
  return community.staff.collector.post(`${community.path}/cards/code`, { text });
}

async function uses(cardId: string): Promise<number> {
  const { rowCount } = await shop.owner.query(`SELECT 1 FROM card_code_use WHERE card_id = $1`, [cardId]);
  return rowCount ?? 0;
}

describe('the code on the phone', () => {
  it('is another one in every step', async () => {
    const one = await given();
    const code = await shown(one);
    expect(code).toEqual({
      text: expect.stringMatching(new RegExp(`^EC2\\.${one.number}\\.[0-9A-Z]{10}$`)),
      number: one.number,
      stepSeconds: 30,
      validUntil: new Date(Date.parse(base) + 15_000).toISOString(),
      now: base,
    });
    await standAt(14);
    expect((await shown(one)).text).toBe(code.text);
    await standAt(15);
    expect((await shown(one)).text).not.toBe(code.text);
  });

  it('is another one for every card', async () => {
    const one = await given();
    const issued = await home.staff.manager.post(`${home.path}/households/${one.householdId}/cards`).expect(201);
    const { cardId } = issued.body as { cardId: string };
    const texts = [await shown(one), await shown({ ...one, cardId })].map(({ text }) => text.slice(-10));
    expect(new Set(texts).size).toBe(2);
  });

  it('is shown of one’s own card only', async () => {
    const [one, other] = [await given(), await given()];
    const refused = await one.resident.get(`/api/me/cards/${other.cardId}/code`).expect(404);
    expect(refused.body).toMatchObject({ type: 'residents.card-not-found' });
  });

  it.each(['freeze', 'report-lost', 'replace'])('is shown no more after %s', async (step) => {
    const one = await given();
    const reason = { reason: '卡丢了' };
    await home.staff.manager.post(`${home.path}/cards/${one.cardId}/${step}`, reason);
    // Whoever was signed in is signed out by it; he signs in again.
    const { token } = await shop.database.transaction((tx) =>
      shop.app.get(Sessions).open(tx, {
        kind: 'resident',
        actorId: one.householdId,
        communityId: home.communityId,
        origin: '127.0.0.1',
        lifetime: 'resident',
      }),
    );
    const refused = await new Client(shop, token, one.householdId).get(`/api/me/cards/${one.cardId}/code`).expect(409);
    expect(refused.body).toMatchObject({ type: 'residents.card-not-active' });
  });
});

describe('a desk that scans it', () => {
  it('is told who comes, as the search tells it, and nobody notes it down', async () => {
    const one = await given();
    const found = await home.staff.collector.get(`${home.path}/households?q=${one.number}`).expect(200);
    const audits = async () => (await shop.owner.query(`SELECT 1 FROM audit_record`)).rowCount;
    const before = await audits();
    const scanned = await scan(`${(await shown(one)).text}\r\n`).expect(200);
    expect([scanned.body]).toEqual(found.body);
    expect(scanned.body).toMatchObject({ householdId: one.householdId, cardId: one.cardId, cardNumber: one.number });
    expect(await audits()).toBe(before);
  });

  it('takes a code once, however many scan it at once', async () => {
    const one = await given();
    const { text } = await shown(one);
    const answers = await Promise.all(Array.from({ length: 6 }, () => scan(text)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409]);
    const replayed = await scan(text).expect(409);
    expect(replayed.body).toMatchObject({ type: 'residents.card-code-used' });
    expect(await uses(one.cardId)).toBe(1);
  });

  it.each([-30, 30])('takes the code of a clock that differs by %d s, and once', async (seconds) => {
    const one = await given();
    const { text } = await shown(one);
    await standAt(seconds);
    await scan(text).expect(200);
    await standAt(0);
    await scan(text).expect(409);
  });

  it.each([-60, 60, 600])('does not take the code of %d s before', async (seconds) => {
    const one = await given();
    const { text } = await shown(one);
    await standAt(seconds);
    expect((await scan(text).expect(400)).body).toMatchObject({ type: 'residents.card-code-wrong' });
    expect(await uses(one.cardId)).toBe(0);
  });

  it('takes the next code after a used one', async () => {
    const one = await given();
    await scan((await shown(one)).text).expect(200);
    await standAt(30);
    await scan((await shown(one)).text).expect(200);
  });

  it('does not take what somebody made up', async () => {
    const [one, other] = [await given(), await given()];
    const { text } = await shown(other);
    for (const forged of [`EC2.${one.number}.${text.slice(-10)}`, 'EC2.', one.number, `x${text}`]) {
      expect((await scan(forged).expect(400)).body).toMatchObject({ type: 'residents.card-code-wrong' });
    }
    expect(await uses(one.cardId)).toBe(0);
    await scan('').expect(422);
  });

  it('does not know cards of another community', async () => {
    const away = await givenCommunity(shop, { tariff: null });
    const one = await given();
    const { text } = await shown(one);
    expect((await scan(text, away).expect(404)).body).toMatchObject({ type: 'residents.card-not-found' });
    await scan(text).expect(200);
  });

  it('does not take the code of a card that was lost since', async () => {
    const one = await given();
    const { text } = await shown(one);
    await one.resident.post(`/api/me/cards/${one.cardId}/report-lost`).expect(204);
    const refused = await scan(text).expect(409);
    expect(refused.body).toMatchObject({ type: 'residents.card-not-active', params: { status: 'lost' } });
    expect(await uses(one.cardId)).toBe(0);
  });

  it('is not told by a search, which uses nothing up', async () => {
    const one = await given();
    const { text } = await shown(one);
    const found = await home.staff.collector.get(`${home.path}/households?q=${text}`).expect(200);
    expect(found.body).toEqual([]);
    await scan(text).expect(200);
  });
});

describe('codes that were used', () => {
  it('are forgotten once nobody takes them any more', async () => {
    const one = await given();
    const { text } = await shown(one);
    await scan(text).expect(200);
    const codes = shop.app.get(CardCodes);
    await codes.purge(home.communityId);
    expect(await uses(one.cardId)).toBe(1);
    await standAt(3660);
    expect(await codes.purge(home.communityId)).toBeGreaterThan(0);
    expect(await uses(one.cardId)).toBe(0);
  });
});
