import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { Sessions } from '../../src/identity/index.js';
import { type TariffDocument, TariffReader } from '../../src/tariff/index.js';
import { createTestApp, type TestApp } from '../support/app.js';

/** The community of most tests, one whose past is simulated, one whose tariff changes, and one that is foreign to all. */
const [HOME, PAST, CHANGING, FOREIGN] = [7_100_001, 7_100_002, 7_100_003, 7_100_004] as const;
const SITE = uuidv7();

const CARDBOARD = { code: 'cardboard', nameZh: '纸板', nameEn: 'Cardboard', wasteClass: 'recyclable', unit: 'gram' };
const BOTTLE = { code: 'bottle', nameZh: '饮料瓶', nameEn: 'Bottles', wasteClass: 'recyclable', unit: 'piece' };
const BATTERY = { code: 'battery', nameZh: '电池', nameEn: 'Batteries', wasteClass: 'hazardous', unit: 'drop' };

function byTheKilogram(centipointsPerStep: number): TariffDocument {
  return { rules: [{ ruleId: 'cardboard', itemCode: 'cardboard', unit: 'gram', step: 1000, centipointsPerStep }] };
}

let test: TestApp;
/** Tokens: the maker and the checker of drafts, and somebody who only weighs. */
let admin: string;
let checker: string;
let collector: string;
let serial = 0;

beforeAll(async () => {
  test = await createTestApp();
  const [county, town] = [uuidv7(), uuidv7()];
  const region = `INSERT INTO region (region_id, parent_id, kind, name, created_at) VALUES ($1, $2, $3, $4, app_now())`;
  await test.owner.query(region, [county, null, 'county', '示范县']);
  await test.owner.query(region, [town, county, 'town', '银塘镇']);
  for (const communityId of [HOME, PAST, CHANGING, FOREIGN]) {
    await test.owner.query(
      `INSERT INTO community (community_id, town_id, name, created_at) VALUES ($1, $2, $3, app_now())`,
      [communityId, town, `社区 ${communityId}`],
    );
  }
  await test.owner.query(
    `INSERT INTO site (community_id, site_id, kind, name, created_at) VALUES ($1, $2, 'drop-off-point', '东门', app_now())`,
    [PAST, SITE],
  );
  admin = await staff('admin', HOME, PAST, CHANGING);
  checker = await staff('supervisor', HOME, PAST, CHANGING);
  collector = await staff('collector', HOME);
  for (const communityId of [HOME, PAST, CHANGING]) {
    for (const item of [CARDBOARD, BOTTLE, BATTERY]) {
      expect((await send(admin, 'post', communityId, '/waste-items', item)).status).toBe(201);
    }
  }
});

afterEach(async () => {
  await test.moveClock('0');
});

afterAll(async () => {
  await test.close();
});

/** Somebody who holds the role in these communities and has just signed in. */
async function staff(role: string, ...communities: number[]): Promise<string> {
  const personId = await person();
  for (const communityId of communities) await grant(personId, role, communityId, null);
  return open(personId);
}

/** Somebody who holds the role at one drop-off point only. */
async function staffOfOneSite(role: string): Promise<string> {
  const personId = await person();
  await grant(personId, role, PAST, SITE);
  return open(personId);
}

async function person(): Promise<string> {
  const personId = uuidv7();
  await test.owner.query(
    `INSERT INTO person (person_id, login, display_name, password_hash, must_change_password, password_changed_at, created_at)
     VALUES ($1, $2, '测试', 'none', false, app_now(), app_now())`,
    [personId, `p${(serial += 1)}`],
  );
  return personId;
}

async function grant(personId: string, role: string, communityId: number, siteId: string | null): Promise<void> {
  await test.owner.query(
    `INSERT INTO role_grant (grant_id, person_id, role, community_id, site_id, granted_by, granted_at)
     VALUES ($1, $2, $3, $4, $5, $2, app_now())`,
    [uuidv7(), personId, role, communityId, siteId],
  );
}

async function open(personId: string): Promise<string> {
  const who = { kind: 'staff', actorId: personId, communityId: null, origin: 'test', lifetime: 'staff' } as const;
  const { token } = await test.database.transaction((tx) => test.app.get(Sessions).open(tx, who));
  // The clock is moved by days in some tests; what is tested here is not how long a session lasts.
  await test.owner.query(`UPDATE session SET idle_seconds = 1e8, expires_at = expires_at + interval '2 years'`);
  return token;
}

type Method = 'get' | 'post' | 'put' | 'patch';

async function send(token: string, method: Method, communityId: number, path: string, body?: object) {
  const call = test.http[method](`/api/communities/${communityId}${path}`)
    .set('Authorization', `Bearer ${token}`)
    .set('Idempotency-Key', uuidv7());
  return body === undefined ? call : call.send(body);
}

async function givenDraft(document: TariffDocument, communityId: number = HOME): Promise<string> {
  const reply = await send(admin, 'post', communityId, '/tariff-versions', { name: '草案', document });
  expect(reply.status).toBe(201);
  return reply.body.versionId as string;
}

/** Submits a draft and returns the id of its approval. */
async function givenSubmitted(
  versionId: string,
  effectiveFrom: string | null,
  communityId: number = HOME,
): Promise<string> {
  const body = { effectiveFrom, reason: '年度调整' };
  const reply = await send(admin, 'post', communityId, `/tariff-versions/${versionId}/submission`, body);
  expect(reply.status).toBe(201);
  return reply.body.approvalId as string;
}

async function givenApproved(
  document: TariffDocument,
  effectiveFrom: string | null,
  communityId: number = HOME,
): Promise<{ versionId: string; effectiveFrom: Date }> {
  const versionId = await givenDraft(document, communityId);
  const approvalId = await givenSubmitted(versionId, effectiveFrom, communityId);
  const reply = await send(checker, 'post', communityId, `/approvals/${approvalId}/approve`);
  expect(reply.status).toBe(201);
  return { versionId, effectiveFrom: new Date(reply.body.effectiveFrom as string) };
}

const versionOf = async (versionId: string, communityId: number = HOME) =>
  (await send(admin, 'get', communityId, `/tariff-versions/${versionId}`)).body;

const now = async (): Promise<Date> => test.database.now();
const inHours = async (hours: number): Promise<Date> => new Date((await now()).getTime() + hours * 3_600_000);

/** What was done to something, as its audit rows tell, oldest first. */
async function actionsOn(subjectId: string): Promise<string[]> {
  const { rows } = await test.owner.query<{ action: string }>(
    `SELECT action FROM audit_record WHERE subject_id = $1 ORDER BY audit_id`,
    [subjectId],
  );
  return rows.map(({ action }) => action);
}

describe('waste items', () => {
  it('are created under a class and its sub-class, renamed and taken off the list', async () => {
    const item = { ...CARDBOARD, code: 'newspaper', nameZh: '报纸', nameEn: 'Newspaper', subClass: 'paper' };
    const created = await send(admin, 'post', HOME, '/waste-items', item);
    expect(created.status).toBe(201);
    expect(created.body).toEqual({ ...item, itemId: expect.any(String), isListed: true });
    const { itemId } = created.body;

    const change = { nameZh: '旧报纸', isListed: false };
    const changed = await send(admin, 'patch', HOME, `/waste-items/${itemId}`, change);
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({ ...created.body, ...change });
    expect(await actionsOn(itemId)).toEqual(['tariff.create-item', 'tariff.change-item']);

    const listed = await send(collector, 'get', HOME, '/waste-items?listed=true');
    const unlisted = await send(collector, 'get', HOME, '/waste-items?listed=false');
    expect(listed.body.map(({ code }: { code: string }) => code)).toEqual(['cardboard', 'bottle', 'battery']);
    expect(unlisted.body).toEqual([changed.body]);
  });

  it('come in pages', async () => {
    const first = await send(collector, 'get', HOME, '/waste-items?limit=2');
    const second = await send(collector, 'get', HOME, `/waste-items?limit=100&after=${first.body[1].itemId}`);
    const all = await send(collector, 'get', HOME, '/waste-items?limit=100');
    expect([...first.body, ...second.body]).toEqual(all.body);
  });

  it.each([
    ['a sub-class of another class', { subClass: 'battery' }, '/subClass'],
    ['a class that the standard does not have', { wasteClass: 'compost' }, '/wasteClass'],
    ['a code with capitals', { code: 'Newspaper' }, '/code'],
    ['a name of blanks', { nameZh: ' ' }, '/nameZh'],
    ['a field that is not there', { points: 5 }, '/points'],
  ])('are refused with %s', async (_, wrong, pointer) => {
    const reply = await send(admin, 'post', HOME, '/waste-items', { ...CARDBOARD, code: 'another', ...wrong });
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toEqual([{ pointer, detail: expect.any(String) }]);
  });

  it('keep their code, class and unit for good', async () => {
    const { itemId } = (await send(admin, 'get', HOME, '/waste-items')).body[0];
    for (const field of [{ code: 'paper' }, { wasteClass: 'other' }, { unit: 'piece' }]) {
      expect((await send(admin, 'patch', HOME, `/waste-items/${itemId}`, field)).status).toBe(422);
    }
    const again = await send(admin, 'post', HOME, '/waste-items', CARDBOARD);
    expect([again.status, again.body.type]).toEqual([409, 'tariff.item-code-taken']);
  });

  it('are kept by admins and managers of the whole community', async () => {
    const item = { ...CARDBOARD, code: 'never' };
    expect((await send(collector, 'post', HOME, '/waste-items', item)).status).toBe(403);
    expect((await send(admin, 'get', FOREIGN, '/waste-items')).status).toBe(404);
    const refused = await send(await staffOfOneSite('manager'), 'post', PAST, '/waste-items', item);
    expect([refused.status, refused.body.type]).toEqual([403, 'tariff.scope-too-narrow']);
  });
});

describe('a draft', () => {
  it('is read back in data, in words and with its faults', async () => {
    const document: TariffDocument = {
      ...byTheKilogram(100),
      caps: [
        { per: 'day', of: { item: 'cardboard' }, centipointsMax: 1000 },
        { per: 'day', of: { item: 'film' }, centipointsMax: 100 },
      ],
    };
    const version = await versionOf(await givenDraft(document));
    expect(version).toMatchObject({ name: '草案', status: 'draft', effectiveFrom: null, approvalId: null, document });
    expect(version.sentences.zh[0]).toEqual({ pointer: '/rules/0', text: '纸板，每公斤 1 分，每户每日最多 10 分' });
    expect(version.sentences.en[0].text).toContain('Cardboard');
    expect(version.faults).toEqual([
      {
        code: 'cap-unruled-item',
        pointer: '/caps/1/of/item',
        zh: expect.any(String),
        en: expect.any(String),
        min: null,
        max: null,
      },
    ]);
  });

  it.each([
    ['no rules', { rules: [] }, '/document/rules'],
    ['a step of nothing', { rules: [{ ...byTheKilogram(100).rules[0], step: 0 }] }, '/document/rules/0/step'],
    ['an unknown field', { ...byTheKilogram(100), 'a/b': 1 }, '/document/a~1b'],
    ['a field named as one of every object', { ...byTheKilogram(100), toString: 1 }, '/document/toString'],
    ['a list', [byTheKilogram(100)], '/document'],
    ['text', 'rules', '/document'],
  ])('is refused with %s', async (_, document, pointer) => {
    const reply = await send(admin, 'post', HOME, '/tariff-versions', { name: '草案', document });
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toContainEqual({ pointer, detail: expect.any(String) });
  });

  it('is edited until it is submitted, and again when it was withdrawn', async () => {
    const versionId = await givenDraft(byTheKilogram(100));
    const edit = { name: '改过', document: byTheKilogram(150) };
    expect((await send(admin, 'put', HOME, `/tariff-versions/${versionId}`, edit)).body).toMatchObject(edit);

    const approvalId = await givenSubmitted(versionId, null);
    expect(await versionOf(versionId)).toMatchObject({ ...edit, status: 'submitted', approvalId });
    const refused = await send(admin, 'put', HOME, `/tariff-versions/${versionId}`, edit);
    expect(refused.body).toMatchObject({ status: 409, type: 'tariff.not-a-draft', params: { status: 'submitted' } });
    const twice = await send(admin, 'post', HOME, `/tariff-versions/${versionId}/submission`, {
      effectiveFrom: null,
      reason: '再来一次',
    });
    expect([twice.status, twice.body.type]).toEqual([409, 'tariff.not-a-draft']);

    const withdrawal = { decision: 'withdrawn', reason: '还要改' };
    expect((await send(admin, 'post', HOME, `/approvals/${approvalId}/close`, withdrawal)).status).toBe(201);
    expect(await versionOf(versionId)).toMatchObject({ status: 'draft', approvalId: null });
    const edited = await send(admin, 'put', HOME, `/tariff-versions/${versionId}`, { ...edit, name: '再改' });
    expect(edited.body).toMatchObject({ name: '再改', status: 'draft' });
    expect(await actionsOn(versionId)).toEqual([
      'tariff.create-draft',
      'tariff.edit-draft',
      'tariff.submit-version',
      'tariff.edit-draft',
    ]);
  });

  it('is a draft again when nobody decided for seven days', async () => {
    const versionId = await givenDraft(byTheKilogram(100));
    const approvalId = await givenSubmitted(versionId, null);
    await test.moveClock('7 days 1 second');
    expect(await versionOf(versionId)).toMatchObject({ status: 'draft', approvalId: null });
    const late = await send(checker, 'post', HOME, `/approvals/${approvalId}/approve`);
    expect([late.status, late.body.type]).toEqual([409, 'approvals.expired']);
    await givenSubmitted(versionId, null);
    expect(await versionOf(versionId)).toMatchObject({ status: 'submitted' });
  });

  it('is not submitted with faults', async () => {
    const { rules } = byTheKilogram(100);
    const versionId = await givenDraft({ rules: [{ ...rules[0]!, itemCode: 'unheard-of' }] });
    const body = { effectiveFrom: null, reason: '试试' };
    const reply = await send(admin, 'post', HOME, `/tariff-versions/${versionId}/submission`, body);
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toEqual([{ pointer: '/document/rules/0/itemCode', detail: expect.any(String) }]);
    expect(await versionOf(versionId)).toMatchObject({ status: 'draft' });
  });

  it('is not submitted for the past, or for something that is no instant', async () => {
    const versionId = await givenDraft(byTheKilogram(100));
    const submit = async (effectiveFrom: unknown) =>
      send(admin, 'post', HOME, `/tariff-versions/${versionId}/submission`, { effectiveFrom, reason: '试试' });
    const late = await submit((await inHours(-1)).toISOString());
    expect([late.status, late.body.type]).toEqual([422, 'tariff.retroactive']);
    for (const wrong of ['2027-01-01', '2027-02-30T00:00:00Z', '2027-01-01T00:00:00', 5, undefined]) {
      expect((await submit(wrong)).body.errors).toEqual([{ pointer: '/effectiveFrom', detail: expect.any(String) }]);
    }
  });

  it('is not seen, edited or submitted from another community', async () => {
    const versionId = await givenDraft(byTheKilogram(100));
    const edit = { name: '改', document: byTheKilogram(1) };
    const submission = { effectiveFrom: null, reason: '试试' };
    expect((await send(admin, 'get', PAST, `/tariff-versions/${versionId}`)).status).toBe(404);
    expect((await send(admin, 'put', PAST, `/tariff-versions/${versionId}`, edit)).status).toBe(404);
    expect((await send(admin, 'post', PAST, `/tariff-versions/${versionId}/submission`, submission)).status).toBe(404);
  });
});

describe('a submitted version', () => {
  it('is not approved by its maker, and once by somebody else', async () => {
    const versionId = await givenDraft(byTheKilogram(100));
    const approvalId = await givenSubmitted(versionId, null);
    const own = await send(admin, 'post', HOME, `/approvals/${approvalId}/approve`);
    expect([own.status, own.body.type]).toEqual([403, 'approvals.own-submission']);
    expect(await versionOf(versionId)).toMatchObject({ status: 'submitted' });

    const before = await now();
    const reply = await send(checker, 'post', HOME, `/approvals/${approvalId}/approve`);
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ approvalId, versionId, status: 'approved' });
    expect(new Date(reply.body.effectiveFrom as string).getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(await versionOf(versionId)).toMatchObject({
      status: 'approved',
      isInForce: true,
      approvalId,
      effectiveFrom: reply.body.effectiveFrom,
    });
    const again = await send(checker, 'post', HOME, `/approvals/${approvalId}/approve`);
    expect([again.status, again.body.type]).toEqual([409, 'approvals.already-decided']);
    expect(await actionsOn(versionId)).toEqual([
      'tariff.create-draft',
      'tariff.submit-version',
      'tariff.approve-version',
    ]);
  });

  it('is not approved by somebody whose role is for one site only', async () => {
    const approvalId = await givenSubmitted(await givenDraft(byTheKilogram(100), PAST), null, PAST);
    const reply = await send(await staffOfOneSite('supervisor'), 'post', PAST, `/approvals/${approvalId}/approve`);
    expect([reply.status, reply.body.type]).toEqual([403, 'identity.role-missing']);
  });

  it('is refused for good', async () => {
    const versionId = await givenDraft(byTheKilogram(100));
    const approvalId = await givenSubmitted(versionId, null);
    const refusal = { decision: 'refused', reason: '太高' };
    expect((await send(checker, 'post', HOME, `/approvals/${approvalId}/close`, refusal)).status).toBe(201);
    expect(await versionOf(versionId)).toMatchObject({ status: 'refused' });
    const edit = { name: '改', document: byTheKilogram(50) };
    const reply = await send(admin, 'put', HOME, `/tariff-versions/${versionId}`, edit);
    expect(reply.body).toMatchObject({ status: 409, params: { status: 'refused' } });
  });

  it('never takes effect before its approval, whatever was wished for', async () => {
    const versionId = await givenDraft(byTheKilogram(100));
    const wished = await inHours(1);
    const approvalId = await givenSubmitted(versionId, wished.toISOString());
    await test.moveClock('2 hours');
    const before = await now();
    const reply = await send(checker, 'post', HOME, `/approvals/${approvalId}/approve`);
    expect(new Date(reply.body.effectiveFrom as string).getTime()).toBeGreaterThanOrEqual(before.getTime());
  });

  it('does not share its instant with another one', async () => {
    const at = (await inHours(24 * 400)).toISOString();
    const [first, second] = [await givenDraft(byTheKilogram(1)), await givenDraft(byTheKilogram(2))];
    const [firstApproval, secondApproval] = [await givenSubmitted(first, at), await givenSubmitted(second, at)];
    expect((await send(checker, 'post', HOME, `/approvals/${firstApproval}/approve`)).status).toBe(201);
    const taken = await send(checker, 'post', HOME, `/approvals/${secondApproval}/approve`);
    expect([taken.status, taken.body.type]).toEqual([409, 'tariff.instant-taken']);
    expect(await versionOf(second)).toMatchObject({ status: 'submitted' });
    const third = await givenDraft(byTheKilogram(3));
    const known = { effectiveFrom: at, reason: '试试' };
    const refused = await send(admin, 'post', HOME, `/tariff-versions/${third}/submission`, known);
    expect([refused.status, refused.body.type]).toEqual([409, 'tariff.instant-taken']);
  });

  it('is approved as the document that was submitted, or not at all', async () => {
    const versionId = await givenDraft(byTheKilogram(100));
    const approvalId = await givenSubmitted(versionId, null);
    await test.owner.query(`UPDATE tariff_version SET document_hash = '\\x00' WHERE version_id = $1`, [versionId]);
    const reply = await send(checker, 'post', HOME, `/approvals/${approvalId}/approve`);
    expect([reply.status, reply.body.type]).toEqual([409, 'tariff.not-submitted']);
    expect((await send(admin, 'get', HOME, `/approvals?limit=100`)).body).toContainEqual(
      expect.objectContaining({ approvalId, status: 'pending' }),
    );
  });
});

describe('the table of versions', () => {
  const settled = { code: 'EM009' };

  it('lets nobody change or delete an approved version, not even its owner', async () => {
    const { versionId } = await givenApproved(byTheKilogram(120), null);
    for (const change of [`name = 'x'`, `document = '{}'`, `effective_from = now()`, `status = 'draft'`]) {
      const update = test.owner.query(`UPDATE tariff_version SET ${change} WHERE version_id = $1`, [versionId]);
      await expect(update).rejects.toMatchObject(settled);
    }
    const deletion = test.owner.query(`DELETE FROM tariff_version WHERE version_id = $1`, [versionId]);
    await expect(deletion).rejects.toMatchObject(settled);
  });

  it('keeps the document of a submitted version as it is', async () => {
    const versionId = await givenDraft(byTheKilogram(100));
    await givenSubmitted(versionId, null);
    const update = test.owner.query(`UPDATE tariff_version SET document = '{}' WHERE version_id = $1`, [versionId]);
    await expect(update).rejects.toMatchObject(settled);
  });

  it('holds the hash of each document', async () => {
    const versionId = await givenDraft(byTheKilogram(100));
    const { rows } = await test.owner.query<{ document: string; document_hash: Buffer }>(
      `SELECT document, document_hash FROM tariff_version WHERE version_id = $1`,
      [versionId],
    );
    expect(JSON.parse(rows[0]!.document)).toEqual(byTheKilogram(100));
    expect(createHash('sha256').update(rows[0]!.document).digest()).toEqual(rows[0]!.document_hash);
  });
});

describe('the tariff in force', () => {
  it('changes at the very instant, for weigh-ins, desks and everybody', async () => {
    const reader = test.app.get(TariffReader);
    const current = async () => send(admin, 'get', CHANGING, '/tariff/current');
    const published = async () => (await test.http.get(`/api/public/communities/${CHANGING}/tariff`)).body;
    expect((await current()).body).toMatchObject({ status: 404, type: 'tariff.none-in-force' });
    expect(await published()).toEqual({ communityName: `社区 ${CHANGING}`, inForce: null, next: null });

    const first = await givenApproved(byTheKilogram(100), null, CHANGING);
    const change = await inHours(24);
    const second = await givenApproved(byTheKilogram(200), change.toISOString(), CHANGING);
    expect(second.effectiveFrom).toEqual(change);
    const beforeIt = new Date(change.getTime() - 1);
    expect((await reader.current(CHANGING)).versionId).toBe(first.versionId);
    expect((await reader.current(CHANGING, beforeIt)).versionId).toBe(first.versionId);
    expect((await reader.current(CHANGING, change)).versionId).toBe(second.versionId);
    expect((await reader.current(CHANGING, change)).document).toEqual(byTheKilogram(200));
    const beforeAll = reader.current(CHANGING, new Date(first.effectiveFrom.getTime() - 1));
    await expect(beforeAll).rejects.toMatchObject({ code: 'tariff.none-in-force' });

    const desk = await current();
    expect(desk.body).toMatchObject({
      versionId: first.versionId,
      effectiveFrom: first.effectiveFrom.toISOString(),
      document: byTheKilogram(100),
      next: { versionId: second.versionId, effectiveFrom: change.toISOString(), document: byTheKilogram(200) },
    });
    expect(desk.body.items.map(({ code }: { code: string }) => code)).toEqual(['cardboard', 'bottle', 'battery']);
    const wall = await published();
    expect(wall.inForce.zh[0]).toBe('纸板，每公斤 1 分');
    expect(wall.inForce.en[0]).toBe('Cardboard: 1 point per kg');
    expect(wall.next).toMatchObject({ effectiveFrom: change.toISOString() });
    expect(wall.next.zh[0]).toBe('纸板，每公斤 2 分');

    await test.moveClock('25 hours');
    expect((await reader.current(CHANGING)).versionId).toBe(second.versionId);
    expect((await current()).body).toMatchObject({ versionId: second.versionId, next: null });
    expect(await published()).toMatchObject({ inForce: wall.next, next: null });
    const list = (await send(admin, 'get', CHANGING, '/tariff-versions')).body;
    expect(list.map((version: { isInForce: boolean }) => version.isInForce)).toEqual([true, false]);
  });

  it('is sent again to a desk only when something of it has changed', async () => {
    await givenApproved(byTheKilogram(100), null);
    const ask = async (tag = '"none"') =>
      test.http
        .get(`/api/communities/${HOME}/tariff/current`)
        .set('Authorization', `Bearer ${collector}`)
        .set('If-None-Match', tag);
    const first = await ask();
    const tag = first.headers['etag'] as string;
    expect(first.status).toBe(200);
    const unchanged = await ask(tag);
    expect([unchanged.status, unchanged.text, unchanged.headers['etag']]).toEqual([304, '', tag]);
    const { itemId } = first.body.items[0];
    await send(admin, 'patch', HOME, `/waste-items/${itemId}`, { nameZh: '硬纸板' });
    const renamed = await ask(tag);
    expect([renamed.status, renamed.body.items[0].nameZh]).toEqual([200, '硬纸板']);
    await send(admin, 'patch', HOME, `/waste-items/${itemId}`, { nameZh: CARDBOARD.nameZh });
    expect((await ask(tag)).status).toBe(304);
  });

  it('is looked up by version within one community, approved versions only', async () => {
    const reader = test.app.get(TariffReader);
    const { versionId } = await givenApproved(byTheKilogram(100), null);
    expect((await reader.byId(HOME, versionId)).document).toEqual(byTheKilogram(100));
    await expect(reader.byId(PAST, versionId)).rejects.toMatchObject({ code: 'platform.not-found' });
    const draft = await givenDraft(byTheKilogram(100));
    await expect(reader.byId(HOME, draft)).rejects.toMatchObject({ code: 'platform.not-found' });
  });

  it('is not published for a community that does not exist', async () => {
    expect((await test.http.get('/api/public/communities/999/tariff')).status).toBe(404);
    expect((await test.http.get('/api/public/communities/x/tariff')).status).toBe(404);
  });
});

describe('the simulator', () => {
  const THEN: TariffDocument = {
    rules: [
      ...byTheKilogram(100).rules,
      { ruleId: 'bottle', itemCode: 'bottle', unit: 'piece', step: 35, centipointsPerStep: 100 },
      { ruleId: 'battery', itemCode: 'battery', unit: 'drop', step: 1, centipointsPerStep: 50 },
    ],
  };
  /** Twice as much for cardboard, nothing for batteries; at most 5 points a day and 10 a year for cardboard. */
  const DRAFT: TariffDocument = {
    rules: [...byTheKilogram(200).rules, THEN.rules[1]!],
    caps: [
      { per: 'day', of: 'all', centipointsMax: 500 },
      { per: 'year', of: { item: 'cardboard' }, centipointsMax: 1000 },
    ],
    multipliers: [{ factorPermille: 2000, when: { firstVisit: true } }],
  };
  const SPAN = { from: '2026-03-01', to: '2026-03-31' };
  // Ids in order, so that households come in the order in which they are written down here.
  const [FIRST, SECOND] = [uuidv7(), uuidv7()];

  let then: string;
  let items: Map<string, string>;
  const visitsOf = new Map<string, number>();

  interface Line {
    readonly code: string;
    readonly grams?: number;
    readonly pieces?: number;
    readonly drops?: number;
    readonly centipoints: number;
  }

  /** As it would have been recorded, in the order of calls. */
  async function visited(householdId: string, at: string, lines: readonly Line[], wasCut = false): Promise<string> {
    const weighInId = uuidv7();
    const seq = (visitsOf.get(householdId) ?? 0) + 1;
    visitsOf.set(householdId, seq);
    const cuts = wasCut ? [{ centipointsCut: 1 }] : [];
    await test.owner.query(
      `INSERT INTO weigh_in (community_id, weigh_in_id, household_id, household_seq, site_id, occurred_at, recorded_at,
         is_late, tariff_version_id, centipoints, credit, actor_id)
       VALUES ($1, $2, $3, $4, $5, $6, app_now(), false, $7, $8, $9, $3)`,
      [
        PAST,
        weighInId,
        householdId,
        seq,
        SITE,
        at,
        then,
        lines.reduce((sum, { centipoints }) => sum + centipoints, 0),
        JSON.stringify({ result: { cuts }, firstVisit: seq === 1, visitCentipointsMax: 1_000_000 }),
      ],
    );
    for (const [index, line] of lines.entries()) {
      await test.owner.query(
        `INSERT INTO weigh_in_line (community_id, weigh_in_id, line_no, item_id, net_grams, pieces, drops, quality,
           weight_source, credited_as, centipoints)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'pass', 'typed', $8, $9)`,
        [
          PAST,
          weighInId,
          index + 1,
          items.get(line.code),
          line.grams ?? null,
          line.pieces ?? null,
          line.drops ?? null,
          line.code,
          line.centipoints,
        ],
      );
    }
    return weighInId;
  }

  const simulate = async (versionId: string, span: object = SPAN) =>
    send(checker, 'post', PAST, `/tariff-versions/${versionId}/simulation`, span);

  beforeAll(async () => {
    then = (await givenApproved(THEN, null, PAST)).versionId;
    const known = (await send(admin, 'get', PAST, '/waste-items')).body as { code: string; itemId: string }[];
    items = new Map(known.map(({ code, itemId }) => [code, itemId]));
    for (const householdId of [FIRST, SECOND]) {
      await test.owner.query(
        `INSERT INTO ledger_account (community_id, account_id, kind, owner_id, floor, balance, held, entry_count, credited,
           debited, head_hash, opened_at)
         VALUES ($1, $2, 'household', $2, 0, 0, 0, 0, 0, 0, decode(repeat('00', 32), 'hex'), app_now())`,
        [PAST, householdId],
      );
      await test.owner.query(
        `INSERT INTO household (community_id, household_id, door, status, created_at, updated_at)
         VALUES ($1, $2, $3, 'active', app_now(), app_now())`,
        [PAST, householdId, `1-${householdId.slice(-6)}`],
      );
    }
    const cardboard = (kilograms: number): Line => ({
      code: 'cardboard',
      grams: kilograms * 1000,
      centipoints: kilograms * 100,
    });
    const bottles = (points: number): Line => ({ code: 'bottle', pieces: points * 35, centipoints: points * 100 });

    // Under the draft: 4 of 10 points of the year are gone; then 4, 1 (5 a day) and 1 (10 a year) instead of 2, 1 and 4.
    await visited(FIRST, '2026-01-05T01:00:00Z', [cardboard(4)]);
    await visited(FIRST, '2026-03-02T01:00:00Z', [cardboard(2)]);
    await visited(FIRST, '2026-03-02T08:00:00Z', [cardboard(1)]);
    await visited(FIRST, '2026-03-03T01:00:00Z', [cardboard(4)], true);
    await visited(FIRST, '2026-04-20T01:00:00Z', [cardboard(9)]);
    // 4 (twice for the first visit) and 2; the late entry finds 1 left of that first day. The reversed visit never was.
    await visited(SECOND, '2026-03-02T01:00:00Z', [bottles(2)]);
    const reversed = await visited(SECOND, '2026-03-04T01:00:00Z', [cardboard(5)]);
    const battery: Line = { code: 'battery', drops: 1, centipoints: 50 };
    await visited(SECOND, '2026-03-05T01:00:00Z', [cardboard(1), battery]);
    await visited(SECOND, '2026-03-02T09:00:00Z', [bottles(2)]);
    await test.owner.query(
      `INSERT INTO weigh_in_reversal (community_id, weigh_in_id, reversal_id, reason, debt_centipoints, actor_id, recorded_at)
       VALUES ($1, $2, $3, '录错', 0, $2, app_now())`,
      [PAST, reversed, uuidv7()],
    );
  });

  it('credits the visits of a span by the draft, and compares', async () => {
    const reply = await simulate(await givenDraft(DRAFT, PAST));
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      ...SPAN,
      visits: 6,
      households: 2,
      creditedCentipoints: 1250,
      draftCentipoints: 1300,
      differenceCentipoints: 50,
      visitsCapped: { credited: 1, draft: 3, creditedPermille: 167, draftPermille: 500 },
      items: [
        { itemCode: 'bottle', creditedCentipoints: 400, draftCentipoints: 500, differenceCentipoints: 100 },
        { itemCode: 'battery', creditedCentipoints: 50, draftCentipoints: 0, differenceCentipoints: -50 },
        { itemCode: 'cardboard', creditedCentipoints: 800, draftCentipoints: 800, differenceCentipoints: 0 },
      ],
      classes: [
        { wasteClass: 'recyclable', creditedCentipoints: 1200, draftCentipoints: 1300, differenceCentipoints: 100 },
        { wasteClass: 'hazardous', creditedCentipoints: 50, draftCentipoints: 0, differenceCentipoints: -50 },
      ],
      gaining: [{ householdId: SECOND, creditedCentipoints: 550, draftCentipoints: 700, differenceCentipoints: 150 }],
      losing: [{ householdId: FIRST, creditedCentipoints: 700, draftCentipoints: 600, differenceCentipoints: -100 }],
    });
  });

  it('finds no difference between what was credited and the tariff it was credited by', async () => {
    const { body } = await simulate(then);
    expect(body).toMatchObject({ visits: 6, differenceCentipoints: 0, gaining: [], losing: [] });
    expect(body.items.map((item: { differenceCentipoints: number }) => item.differenceCentipoints)).toEqual([0, 0, 0]);
  });

  it('takes days of China, first and last included', async () => {
    const oneDay = await simulate(then, { from: '2026-03-03', to: '2026-03-03' });
    expect(oneDay.body).toMatchObject({ visits: 1, creditedCentipoints: 400 });
    const none = await simulate(then, { from: '2026-02-01', to: '2026-02-28' });
    expect(none.body).toMatchObject({ visits: 0, households: 0, items: [], visitsCapped: { draftPermille: 0 } });
  });

  it('goes on from page to page', async () => {
    const many = uuidv7();
    await test.owner.query(
      `INSERT INTO ledger_account (community_id, account_id, kind, owner_id, floor, balance, held, entry_count, credited,
         debited, head_hash, opened_at)
       SELECT $1, h.id, 'household', h.id, 0, 0, 0, 0, 0, 0, decode(repeat('00', 32), 'hex'), app_now()
       FROM (SELECT (left($2, 24) || lpad(n::text, 12, '0'))::uuid AS id FROM generate_series(1, 230) AS n) AS h`,
      [PAST, many],
    );
    await test.owner.query(
      `INSERT INTO household (community_id, household_id, door, status, created_at, updated_at)
       SELECT $1, account_id, account_id::text, 'active', app_now(), app_now() FROM ledger_account
       WHERE community_id = $1 AND account_id::text LIKE left($2, 24) || '%' AND account_id NOT IN (
         SELECT household_id FROM household WHERE community_id = $1)`,
      [PAST, many],
    );
    await test.owner.query(
      `INSERT INTO weigh_in (community_id, weigh_in_id, household_id, household_seq, site_id, occurred_at, recorded_at,
         is_late, tariff_version_id, centipoints, credit, actor_id)
       SELECT $1, gen_random_uuid(), h.household_id, n, $3, '2026-06-01T01:00:00Z', app_now(), false, $4, 100,
         '{"result": {"cuts": []}, "firstVisit": false, "visitCentipointsMax": 1000000}', h.household_id
       FROM household AS h, generate_series(1, 3) AS n
       WHERE h.community_id = $1 AND h.household_id::text LIKE left($2, 24) || '%'`,
      [PAST, many, SITE, then],
    );
    await test.owner.query(
      `INSERT INTO weigh_in_line (community_id, weigh_in_id, line_no, item_id, net_grams, quality, weight_source,
         credited_as, centipoints)
       SELECT $1, weigh_in_id, 1, $2, 1000, 'pass', 'typed', 'cardboard', 100 FROM weigh_in
       WHERE community_id = $1 AND business_date = '2026-06-01'`,
      [PAST, items.get('cardboard')],
    );
    const { body } = await simulate(await givenDraft(DRAFT, PAST), { from: '2026-06-01', to: '2026-06-30' });
    // 2, 2 and 1 points: the cap of the day.
    expect(body).toMatchObject({
      visits: 690,
      households: 230,
      creditedCentipoints: 69_000,
      draftCentipoints: 115_000,
      visitsCapped: { draft: 230 },
    });
    expect(body.gaining).toHaveLength(10);
  });

  it('asks for a draft without faults and at most 92 days', async () => {
    const faulty = await givenDraft({ rules: [{ ...THEN.rules[0]!, itemCode: 'unheard-of' }] }, PAST);
    expect((await simulate(faulty)).body.errors).toEqual([
      { pointer: '/document/rules/0/itemCode', detail: expect.any(String) },
    ]);
    expect((await simulate(then, { from: '2026-03-01', to: '2026-05-31' })).status).toBe(200);
    for (const to of ['2026-06-01', '2026-02-28']) {
      expect((await simulate(then, { from: '2026-03-01', to })).body.errors[0].pointer).toBe('/to');
    }
    expect((await simulate(then, { from: '2026-02-30', to: '2026-03-01' })).body.errors[0].pointer).toBe('/from');
    expect((await simulate(uuidv7())).status).toBe(404);
  });

  it('is for who approves, and runs once at a time', async () => {
    const path = `/tariff-versions/${then}/simulation`;
    expect((await send(collector, 'post', HOME, path, SPAN)).status).toBe(403);
    // Whoever holds the table lets the first one wait for as long as the second one is asked for.
    const client = await test.owner.connect();
    try {
      await client.query(`BEGIN`);
      await client.query(`LOCK TABLE weigh_in IN ACCESS EXCLUSIVE MODE`);
      const first = simulate(then);
      const waiting = `SELECT 1 FROM pg_locks WHERE relation = 'weigh_in'::regclass AND NOT granted`;
      while ((await client.query(waiting)).rowCount === 0);
      const second = await simulate(then);
      expect([second.status, second.body.type]).toEqual([409, 'tariff.simulation-running']);
      await client.query(`COMMIT`);
      expect((await first).status).toBe(200);
    } finally {
      client.release(true);
    }
    expect((await simulate(then)).status).toBe(200);
  });
});
