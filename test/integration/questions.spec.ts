import { Sessions } from '../../src/identity/index.js';
import { addDays, chinaDay } from '../../src/kernel/calendar-day.js';
import { Client } from '../factories/client.js';
import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';

interface Given {
  readonly householdId: string;
  readonly memberId: string;
  readonly resident: Client;
}

interface Question {
  questionId: string;
  kind: string;
  text: string | null;
  entry: { entryId: string } | null;
  dueOn: string;
  status: string;
  isOverdue?: boolean;
}

const OTHER = { kind: 'other', text: '什么时候发米？' };

let shop: TestApp;
let home: GivenCommunity;
let today: string;
let doorNumber = 0;

beforeAll(async () => {
  shop = await createTestApp();
});
beforeEach(async () => {
  await shop.moveClock('0');
  home = await givenCommunity(shop);
  today = chinaDay(await shop.database.now());
});
afterAll(async () => shop.close());

/** A household with 20 points, signed in. */
async function given(): Promise<Given> {
  doorNumber += 1;
  const opened = await home.staff.manager
    .post(`${home.path}/households`, {
      door: `7-${doorNumber}`,
      members: [{ name: '袁大明' }],
      consents: [{ purpose: 'scheme', version: '2026-01', channel: 'paper' }],
    })
    .expect(201);
  const { householdId } = opened.body as { householdId: string };
  const lines = [{ itemCode: 'film', netGrams: 20_000 }];
  await home.staff.collector
    .post(`${home.path}/weigh-ins`, { householdId, siteId: home.dropOffPointId, lines })
    .expect(201);
  const { body } = await home.staff.manager.get(`${home.path}/households/${householdId}`).expect(200);
  const { members } = body as { members: { memberId: string }[] };
  return { householdId, memberId: members[0]?.memberId ?? '', resident: await signedIn(householdId) };
}

async function signedIn(householdId: string): Promise<Client> {
  const who = {
    kind: 'resident',
    actorId: householdId,
    communityId: home.communityId,
    origin: '127.0.0.1',
    lifetime: 'resident',
  } as const;
  const { token } = await shop.database.transaction((tx) => shop.app.get(Sessions).open(tx, who));
  return new Client(shop, token, householdId);
}

async function staffAgain(): Promise<Client> {
  const { actorId } = home.staff.manager;
  const who = { kind: 'staff', actorId, communityId: null, origin: '127.0.0.1', lifetime: 'staff' } as const;
  const { token } = await shop.database.transaction((tx) => shop.app.get(Sessions).open(tx, who));
  return new Client(shop, token, actorId);
}

async function entryOf({ resident }: Given): Promise<string> {
  const { body } = await resident.get('/api/me/statement').expect(200);
  return (body as { entryId: string }[])[0]?.entryId ?? '';
}

async function ask({ resident }: Given, body: object = OTHER): Promise<Question> {
  return (await resident.post('/api/me/questions', body).expect(201)).body as Question;
}

function answer(questionId: string, text = '下周六上午。') {
  return home.staff.manager.post(`${home.path}/questions/${questionId}/answer`, { text });
}

async function own({ resident }: Given, query = ''): Promise<Question[]> {
  return (await resident.get(`/api/me/questions${query}`).expect(200)).body as Question[];
}

async function listed(query = '', client = home.staff.supervisor): Promise<Question[]> {
  return (await client.get(`${home.path}/questions${query}`).expect(200)).body as Question[];
}

const ids = (questions: readonly Question[]) => questions.map(({ questionId }) => questionId);

describe('a resident', () => {
  it('objects to a line of his statement and reads the answer', async () => {
    const one = await given();
    const entryId = await entryOf(one);
    const asked = await ask(one, { kind: 'entry', entryId, text: '  秤没有归零。 ' });
    expect(asked).toEqual({
      questionId: expect.any(String),
      kind: 'entry',
      entry: { entryId, kind: 'award', amountCentipoints: 2000, day: today },
      text: '秤没有归零。',
      askedAt: expect.any(String),
      dueOn: addDays(today, 10),
      status: 'open',
      answer: null,
      answeredAt: null,
    });
    const answered = await answer(asked.questionId, '已核对，秤是准的。').expect(200);
    const replied = { ...asked, status: 'answered', answer: '已核对，秤是准的。', answeredAt: expect.any(String) };
    expect(answered.body).toMatchObject(replied);
    expect(await own(one)).toEqual([replied]);
  });

  it('waits 15 days to be erased, and 10 for anything else', async () => {
    const one = await given();
    expect((await ask(one, { kind: 'erasure', text: '我要注销。' })).dueOn).toBe(addDays(today, 15));
    expect((await ask(one)).dueOn).toBe(addDays(today, 10));
  });

  it('asks about his own lines only', async () => {
    const [one, other] = [await given(), await given()];
    const refused = await one.resident
      .post('/api/me/questions', { kind: 'entry', entryId: await entryOf(other), text: '这是什么？' })
      .expect(404);
    expect(refused.body).toMatchObject({ type: 'questions.entry-not-found' });
    expect(await own(one)).toEqual([]);
  });

  it('asks about one line once at a time', async () => {
    const one = await given();
    const question = { kind: 'entry', entryId: await entryOf(one), text: '这是什么？' };
    const { questionId } = await ask(one, question);
    const refused = await one.resident.post('/api/me/questions', question).expect(409);
    expect(refused.body).toMatchObject({ type: 'questions.already-asked' });
    await answer(questionId).expect(200);
    await ask(one, question);
  });

  it('has five questions open at most, however many he sends at once', async () => {
    const one = await given();
    const sent = await Promise.all(Array.from({ length: 8 }, () => one.resident.post('/api/me/questions', OTHER)));
    expect(sent.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 201, 201, 201, 201, 409, 409, 409,
    ]);
    const refused = await one.resident.post('/api/me/questions', OTHER).expect(409);
    expect(refused.body).toMatchObject({ type: 'questions.too-many-open', params: { openMax: 5 } });
    const [oldest] = await own(one);
    await answer(oldest?.questionId ?? '').expect(200);
    await ask(one);
  });

  it('sees his own questions, newest first, page by page', async () => {
    const [one, other] = [await given(), await given()];
    const first = await ask(one);
    const second = await ask(one);
    await ask(other);
    expect(ids(await own(one))).toEqual([second.questionId, first.questionId]);
    expect(ids(await own(one, `?limit=1&after=${second.questionId}`))).toEqual([first.questionId]);
  });

  it.each([
    ['about no line', { kind: 'entry', text: '这是什么？' }],
    ['about what is no line', { kind: 'entry', entryId: 'x', text: '这是什么？' }],
    ['a question of no kind', { kind: 'praise', text: '很好！' }],
    ['without words', { kind: 'other' }],
    ['with one character', { kind: 'other', text: ' 嗯 ' }],
    ['with 301 characters', { kind: 'other', text: '问'.repeat(301) }],
  ])('cannot ask %s', async (_, body) => {
    const one = await given();
    await one.resident.post('/api/me/questions', body).expect(422);
  });

  it('may fill the field with rare characters', async () => {
    const text = '𠮷'.repeat(300);
    expect((await ask(await given(), { kind: 'other', text })).text).toBe(text);
  });
});

describe('the manager', () => {
  it('sees who asks what, whose last day comes first', async () => {
    const one = await given();
    const erasure = await ask(one, { kind: 'erasure', text: '我要注销。' });
    const objection = await ask(one, { kind: 'entry', entryId: await entryOf(one), text: '这是什么？' });
    expect(await listed()).toEqual([
      { ...objection, householdId: one.householdId, door: `7-${doorNumber}`, headName: '袁大明', isOverdue: false },
      { ...erasure, householdId: one.householdId, door: `7-${doorNumber}`, headName: '袁大明', isOverdue: false },
    ]);
    expect(ids(await listed(`?limit=1`))).toEqual([objection.questionId]);
    expect(ids(await listed(`?limit=1&after=${objection.questionId}`))).toEqual([erasure.questionId]);
    expect(await listed(`?after=${erasure.questionId}`)).toEqual([]);
  });

  it('finds what he answered among the answered ones', async () => {
    const one = await given();
    const [first, second, third] = [await ask(one), await ask(one), await ask(one)];
    await answer(first.questionId).expect(200);
    await answer(third.questionId).expect(200);
    expect(ids(await listed())).toEqual([second.questionId]);
    expect(ids(await listed('?status=answered'))).toEqual([third.questionId, first.questionId]);
    expect(ids(await listed(`?status=answered&after=${third.questionId}`))).toEqual([first.questionId]);
  });

  it('is told from the day after the last one that he is late', async () => {
    const one = await given();
    const { dueOn } = await ask(one);
    const isOverdue = async () => (await listed('', await staffAgain()))[0]?.isOverdue;
    const lastInstant = `timestamptz '${dueOn} 23:59:59+08' - clock_timestamp()`;
    const until = async (sql: string) =>
      (await shop.owner.query<{ text: string }>(`SELECT (${sql})::text AS text`)).rows[0]?.text ?? '';
    await shop.moveClock(await until(`${lastInstant} - interval '1 minute'`));
    expect(await isOverdue()).toBe(false);
    await shop.moveClock(await until(`${lastInstant} + interval '1 minute'`));
    expect(await isOverdue()).toBe(true);
  });

  it('answers a question once, however many do at once', async () => {
    const { questionId } = await ask(await given());
    const answers = await Promise.all(['好的。', '不行。', '再说。'].map((text) => answer(questionId, text)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect((await answer(questionId).expect(409)).body).toMatchObject({ type: 'questions.already-answered' });
  });

  it('of another community has no such question', async () => {
    const { questionId } = await ask(await given());
    const away = await givenCommunity(shop, { tariff: null });
    const refused = await away.staff.manager
      .post(`${away.path}/questions/${questionId}/answer`, { text: '好的。' })
      .expect(404);
    expect(refused.body).toMatchObject({ type: 'questions.not-found' });
    expect((await away.staff.manager.get(`${away.path}/questions`).expect(200)).body).toEqual([]);
  });

  it('leaves a record of asking and answering, without a word of it', async () => {
    const one = await given();
    const { questionId } = await ask(one);
    await answer(questionId).expect(200);
    const { rows } = await shop.owner.query<{ action: string; actor: string; row: string }>(
      `SELECT action, actor_id AS actor, a::text AS row FROM audit_record AS a
       WHERE community_id = $1 AND subject_kind = 'question' AND subject_id = $2 ORDER BY audit_id`,
      [home.communityId, questionId],
    );
    expect(rows.map(({ action, actor }) => [action, actor])).toEqual([
      ['questions.ask', one.householdId],
      ['questions.answer', home.staff.manager.actorId],
    ]);
    expect(rows.some(({ row }) => row.includes('发米') || row.includes('周六'))).toBe(false);
  });
});

describe('the words of a question', () => {
  it('go when somebody of the household is erased; the question stays', async () => {
    const [one, other] = [await given(), await given()];
    const entryId = await entryOf(one);
    const open = await ask(one, { kind: 'entry', entryId, text: '袁大明问：这是什么？' });
    const erasure = await ask(one, { kind: 'erasure', text: '请删除袁大明。' });
    await answer(erasure.questionId, '袁大明已删除。').expect(200);
    const untouched = await ask(other);
    await home.staff.manager.post(`${home.path}/members/${one.memberId}/erase`, { reason: '本人要求' }).expect(204);
    const { rows } = await shop.owner.query<{ row: string }>(
      `SELECT q::text AS row FROM question AS q WHERE community_id = $1 AND household_id = $2`,
      [home.communityId, one.householdId],
    );
    expect(rows).toHaveLength(2);
    expect(rows.filter(({ row }) => /袁|问|删除/.test(row))).toEqual([]);
    expect(await own(one)).toMatchObject([
      { questionId: erasure.questionId, text: null, answer: null, status: 'answered' },
      { questionId: open.questionId, text: null, entry: { entryId }, dueOn: open.dueOn, status: 'open' },
    ]);
    expect(await own(other)).toEqual([untouched]);
  });

  it('go along when households are merged, and are forgotten there', async () => {
    const [from, into] = [await given(), await given()];
    const { questionId } = await ask(from);
    await home.staff.manager
      .post(`${home.path}/households/${from.householdId}/merge`, {
        intoHouseholdId: into.householdId,
        reason: '两户合为一户',
      })
      .expect(201);
    expect(await own(into)).toMatchObject([{ questionId, text: OTHER.text }]);
    await home.staff.manager.post(`${home.path}/members/${from.memberId}/erase`, { reason: '本人要求' }).expect(204);
    expect(await own(into)).toMatchObject([{ questionId, text: null }]);
  });
});
