import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { Sessions, SYSTEM } from '../../src/identity/index.js';
import { addDays, type CalendarDay, chinaDay, weekdayOf } from '../../src/kernel/calendar-day.js';
import {
  Areas,
  type CalendarRule,
  Communities,
  DEFAULT_SETTINGS,
  Installations,
  PlacesReader,
  Regions,
  type SettingsValues,
  Sites,
} from '../../src/places/index.js';
import { SETTINGS } from '../../src/places/communities/settings.rules.js';
import { createTestApp, type TestApp } from '../support/app.js';

const FIRST = 7_000_001;
const LAST = 7_000_999;
const NO_ID = '00000000-0000-7000-8000-00000000dead';
const ALL_DAY = { opensMinute: 0, closesMinute: 1440 };

interface Grant {
  readonly role: string;
  readonly regionId?: string;
  readonly communityId?: number;
  readonly siteId?: string;
}

let test: TestApp;
let countyId: string;
let townId: string;
let otherTownId: string;
let communityId: number;
let otherCommunityId: number;
/** A token each: admin of everything, of the county, of the community; others hold what their name says there. */
let root: string;
let countyAdmin: string;
let admin: string;
let collector: string;
let siteAdmin: string;
let serial = 0;

/** Somebody who holds these roles and has just signed in. */
async function staff(...grants: Grant[]): Promise<string> {
  const personId = uuidv7();
  await test.owner.query(
    `INSERT INTO person (person_id, login, display_name, password_hash, must_change_password, password_changed_at, created_at)
     VALUES ($1, $2, '测试', 'none', false, app_now(), app_now())`,
    [personId, `p${(serial += 1)}`],
  );
  for (const { role, regionId, communityId: community, siteId } of grants) {
    await test.owner.query(
      `INSERT INTO role_grant (grant_id, person_id, role, region_id, community_id, site_id, granted_by, granted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $2, app_now())`,
      [uuidv7(), personId, role, regionId ?? null, community ?? null, siteId ?? null],
    );
  }
  const who = { kind: 'staff', actorId: personId, communityId: null, origin: 'test', lifetime: 'staff' } as const;
  return (await test.database.transaction((tx) => test.app.get(Sessions).open(tx, who))).token;
}

type Method = 'get' | 'post' | 'put' | 'patch';

async function send(token: string, method: Method, path: string, body?: object) {
  const call = test.http[method](`/api${path}`).set('Authorization', `Bearer ${token}`);
  return body === undefined ? call : call.send(body);
}

const inCommunity = (path = ''): string => `/communities/${communityId}${path}`;

/** To the microsecond, as text: a Date would round, and count what was recorded just before it. */
async function auditMark(): Promise<string> {
  const { rows } = await test.owner.query<{ mark: string }>(`SELECT clock_timestamp()::text AS mark`);
  return rows[0]?.mark ?? '';
}

/** The audit rows since a mark, as `community action result`. */
async function auditSince(mark: string): Promise<string[]> {
  const { rows } = await test.owner.query<{ line: string }>(
    `SELECT community_id || ' ' || action || ' ' || result AS line FROM audit_record WHERE at > $1 ORDER BY at`,
    [mark],
  );
  return rows.map((row) => row.line);
}

async function settingsOf(community: number): Promise<SettingsValues & { version: number }> {
  return test.app.get(PlacesReader).settings(community);
}

async function newCommunity(name = `社区${(serial += 1)}`): Promise<number> {
  return test.database.transaction((tx) => test.app.get(Communities).createCommunity(tx, SYSTEM, { townId, name }));
}

beforeAll(async () => {
  test = await createTestApp();
  const regions = test.app.get(Regions);
  await test.database.transaction(async (tx) => {
    await test.app.get(Installations).found(tx, SYSTEM, {
      communityIdFirst: FIRST,
      communityIdLast: LAST,
      isDemonstration: false,
    });
    countyId = (await regions.createRegion(tx, SYSTEM, { name: '博望区' })).regionId;
    townId = (await regions.createRegion(tx, SYSTEM, { name: '银塘镇', parentId: countyId })).regionId;
    const otherCounty = await regions.createRegion(tx, SYSTEM, { name: '徽州区' });
    otherTownId = (await regions.createRegion(tx, SYSTEM, { name: '潜口镇', parentId: otherCounty.regionId })).regionId;
    communityId = await test.app.get(Communities).createCommunity(tx, SYSTEM, { townId, name: '卸巷社区' });
    otherCommunityId = await test.app.get(Communities).createCommunity(tx, SYSTEM, {
      townId: otherTownId,
      name: '唐模村',
    });
  });
  root = await staff({ role: 'admin' });
  countyAdmin = await staff({ role: 'admin', regionId: countyId });
  admin = await staff({ role: 'admin', communityId });
  collector = await staff({ role: 'collector', communityId });
  siteAdmin = await staff({ role: 'admin', communityId, siteId: uuidv7() }, { role: 'manager', communityId });
});

afterAll(async () => {
  await test.close();
});

describe('the installation', () => {
  it('is founded once; a later start does not move its range', async () => {
    const founded = await test.database.transaction((tx) =>
      test.app.get(Installations).found(tx, SYSTEM, { communityIdFirst: 1, communityIdLast: 2, isDemonstration: true }),
    );
    expect(founded).toBe(false);
    expect(await test.app.get(Installations).find()).toEqual({
      communityIdFirst: FIRST,
      communityIdLast: LAST,
      isDemonstration: false,
    });
  });
});

describe('counties and towns', () => {
  it('are made by an admin of the installation, a town also by an admin of its county', async () => {
    const county = await send(root, 'post', '/regions', { name: '雨山区', code: '340504000000' });
    expect(county.status).toBe(201);
    expect(county.body).toMatchObject({ kind: 'county', parentId: null, name: '雨山区' });
    const town = await send(countyAdmin, 'post', '/regions', { name: '丹阳镇', parentId: countyId });
    expect(town.status).toBe(201);
    expect(town.body).toMatchObject({ kind: 'town', parentId: countyId });
  });

  it('refuses a county from anybody less, and records the refusal', async () => {
    const mark = await auditMark();
    const refused = await send(countyAdmin, 'post', '/regions', { name: '越界区' });
    expect([refused.status, refused.body.type]).toEqual([403, 'places.scope-too-narrow']);
    expect(await auditSince(mark)).toEqual(['0 places.create-region refused']);
  });

  it.each([
    [
      'a town of a foreign county',
      () => countyAdmin,
      () => ({ name: '越界镇', parentId: otherTownId }),
      404,
      'platform.not-found',
    ],
    [
      'a town, by an admin of a community in it',
      () => admin,
      () => ({ name: '越界镇', parentId: countyId }),
      404,
      'platform.not-found',
    ],
    ['a town under nothing', () => root, () => ({ name: '某镇', parentId: NO_ID }), 404, 'platform.not-found'],
    ['a town under a town', () => root, () => ({ name: '某镇', parentId: townId }), 422, 'places.wrong-parent'],
    ['a second town of the name', () => root, () => ({ name: '银塘镇', parentId: countyId }), 409, 'places.name-taken'],
    ['a second county of the name', () => root, () => ({ name: '博望区' }), 409, 'places.name-taken'],
  ])('refuses %s', async (_, token, body, status, type) => {
    const refused = await send(token(), 'post', '/regions', body());
    expect([refused.status, refused.body.type]).toEqual([status, type]);
  });

  it.each([
    { field: 'name', body: { name: '' } },
    { field: 'name', body: { name: ' 镇' } },
    { field: 'name', body: { name: '镇\u3000' } },
    { field: 'name', body: { name: '上\n下' } },
    { field: 'name', body: { name: '\u202e镇' } },
    { field: 'name', body: { name: '镇'.repeat(61) } },
    { field: 'name', body: { name: 7 } },
    { field: 'name', body: {} },
    { field: 'parentId', body: { name: '镇', parentId: 'x' } },
    { field: 'parentId', body: { name: '镇', parentId: null } },
    { field: 'code', body: { name: '镇', code: '34050600000' } },
    { field: 'code', body: { name: '镇', code: '34050600000０' } },
    { field: 'code', body: { name: '镇', code: null } },
    { field: 'codeValidFrom', body: { name: '镇', code: '340506000000', codeValidFrom: '2026-02-30' } },
    { field: 'codeValidFrom', body: { name: '镇', code: '340506000000', codeValidFrom: '0000-01-01' } },
    { field: 'codeValidFrom', body: { name: '镇', code: '340506000000', codeValidFrom: '2026-01-01T00:00:00Z' } },
    { field: 'kind', body: { name: '镇', kind: 'town' } },
  ])('refuses the body $body', async ({ field, body }) => {
    const refused = await send(root, 'post', '/regions', body);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((fault: { pointer: string }) => fault.pointer)).toEqual([`/${field}`]);
  });

  it('takes names of sixty characters, however many bytes they have', async () => {
    const name = '𠮷'.repeat(60);
    const made = await send(root, 'post', '/regions', { name, parentId: countyId });
    expect([made.status, made.body.name]).toEqual([201, name]);
  });

  it('are shown to an admin of the county with all that lies in it, and with nothing beside it', async () => {
    const { status, body } = await send(countyAdmin, 'get', '/regions');
    expect(status).toBe(200);
    expect(body.map((county: { name: string }) => county.name)).toEqual(['博望区']);
    const towns = body[0].towns as { name: string; communities: { communityId: number }[] }[];
    expect(towns.map((town) => town.name)).toEqual(expect.arrayContaining(['银塘镇', '丹阳镇']));
    const town = towns.find(({ name }) => name === '银塘镇');
    expect(town?.communities).toContainEqual({ communityId, name: '卸巷社区', code: null });
  });

  it('are shown to somebody of one community as the way to it', async () => {
    const { body } = await send(collector, 'get', '/regions');
    expect(body).toEqual([
      {
        regionId: countyId,
        name: '博望区',
        code: null,
        towns: [
          {
            regionId: townId,
            name: '银塘镇',
            code: null,
            communities: [{ communityId, name: '卸巷社区', code: null }],
          },
        ],
      },
    ]);
  });
});

describe('administrative codes', () => {
  it('follow one another; the history stays', async () => {
    const today = chinaDay(await test.database.now());
    const { body: region } = await send(root, 'post', '/regions', {
      name: '当涂县',
      code: '340521000000',
      codeValidFrom: '2012-09-01',
    });
    const path = `/regions/${region.regionId}/codes`;
    const mark = await auditMark();
    const changed = await send(root, 'post', path, { code: '340506000000' });
    expect(changed.status).toBe(201);
    expect(changed.body.codes).toEqual([
      { code: '340521000000', validFrom: '2012-09-01', validTo: today },
      { code: '340506000000', validFrom: today, validTo: null },
    ]);
    expect(await auditSince(mark)).toEqual(['0 places.set-region-code done']);
    const again = await send(root, 'post', path, { code: '340507000000' });
    expect([again.status, again.body.type, again.body.params]).toEqual([
      409,
      'places.code-not-later',
      { latestFrom: today },
    ]);
  });

  it('are in force from their day on, and the one before them until then', async () => {
    const today = chinaDay(await test.database.now());
    const id = await newCommunity();
    const path = `/communities/${id}`;
    const codeNow = async (): Promise<string | null> => (await test.app.get(PlacesReader).community(id)).code;
    expect(await codeNow()).toBeNull();
    expect((await send(root, 'put', `${path}/code`, { code: '340506103001' })).status).toBe(200);
    const tomorrow = { code: '340506103201', validFrom: addDays(today, 1) };
    expect((await send(root, 'put', `${path}/code`, tomorrow)).status).toBe(200);
    expect(await codeNow()).toBe('340506103001');
    await test.moveClock('1 day');
    expect(await codeNow()).toBe('340506103201');
    await test.moveClock('0');
  });

  it('two new ones at once come one after the other', async () => {
    const id = await newCommunity();
    const today = chinaDay(await test.database.now());
    const ahead = [1, 2, 3, 4];
    const answers = await Promise.all(
      ahead.map((days) =>
        send(root, 'put', `/communities/${id}/code`, { code: `34050610300${days}`, validFrom: addDays(today, days) }),
      ),
    );
    expect(answers.map(({ status }) => status).every((status) => status === 200 || status === 409)).toBe(true);
    const { rows } = await test.owner.query<{ valid_from: CalendarDay; valid_to: CalendarDay | null }>(
      `SELECT valid_from, valid_to FROM community_code WHERE community_id = $1 ORDER BY valid_from`,
      [id],
    );
    expect(rows.length).toBe(answers.filter(({ status }) => status === 200).length);
    expect(rows.map((row) => row.valid_to)).toEqual([...rows.slice(1).map((row) => row.valid_from), null]);
  });

  it.each([
    ['of a region, from an admin of a community in it', () => admin, () => ['post', `/regions/${townId}/codes`], 404],
    ['of a region out of reach', () => countyAdmin, () => ['post', `/regions/${otherTownId}/codes`], 404],
    ['of a region that is no UUID', () => root, () => ['post', '/regions/x/codes'], 404],
    ['of a foreign community', () => admin, () => ['put', `/communities/${otherCommunityId}/code`], 404],
    ['from a collector', () => collector, () => ['put', inCommunity('/code')], 403],
    ['from a manager who is admin of one site', () => siteAdmin, () => ['put', inCommunity('/code')], 403],
  ] as const)('are refused %s', async (_, token, route, status) => {
    const [method, path] = route() as [Method, string];
    expect((await send(token(), method, path, { code: '340506103999' })).status).toBe(status);
  });
});

describe('a new community', () => {
  it('has an id of the range, its settings, its code and its ledger accounts', async () => {
    const mark = await auditMark();
    const made = await send(countyAdmin, 'post', '/communities', { townId, name: '杨村', code: '340506103205' });
    expect(made.status).toBe(201);
    const { rows: ids } = await test.owner.query<{ highest: number }>(
      `SELECT max(community_id) AS highest FROM community`,
    );
    expect(made.body).toMatchObject({
      communityId: ids[0]?.highest,
      name: '杨村',
      town: { regionId: townId, name: '银塘镇' },
      county: { regionId: countyId, name: '博望区' },
      code: '340506103205',
      settings: { ...DEFAULT_SETTINGS, version: 1 },
    });
    const { rows } = await test.owner.query<{ kind: string }>(
      `SELECT kind FROM ledger_account WHERE community_id = $1 ORDER BY kind`,
      [made.body.communityId],
    );
    expect(rows.map((row) => row.kind)).toEqual([
      'adjustment',
      'clearing',
      'donation',
      'expiry',
      'issuance',
      'opening',
      'redemption',
    ]);
    expect(await auditSince(mark)).toEqual([`${made.body.communityId} places.create-community done`]);
  });

  it('starts at the first id of the range', async () => {
    expect([communityId, otherCommunityId]).toEqual([FIRST, FIRST + 1]);
  });

  it('gets an id of its own where many are made at once', async () => {
    const ids = await Promise.all(Array.from({ length: 16 }, () => newCommunity()));
    const sorted = ids.toSorted((a, b) => a - b);
    expect(sorted).toEqual(sorted.map((_, index) => (sorted[0] ?? 0) + index));
  });

  it.each([
    ['under a county', () => root, () => ({ townId: countyId, name: '某村' }), 422, 'places.wrong-parent'],
    [
      'under a town out of reach',
      () => countyAdmin,
      () => ({ townId: otherTownId, name: '某村' }),
      404,
      'platform.not-found',
    ],
    ['by an admin of another community', () => admin, () => ({ townId, name: '某村' }), 404, 'platform.not-found'],
    ['of a name that the town has', () => root, () => ({ townId, name: '卸巷社区' }), 409, 'places.name-taken'],
    ['by a collector', () => collector, () => ({ townId, name: '某村' }), 403, 'identity.role-missing'],
  ])('is refused %s', async (_, token, body, status, type) => {
    const refused = await send(token(), 'post', '/communities', body());
    expect([refused.status, refused.body.type]).toEqual([status, type]);
  });

  it('is refused once the range is used up, and leaves nothing behind', async () => {
    const count = async (): Promise<unknown> =>
      (await test.owner.query(`SELECT count(*) FROM community UNION ALL SELECT count(*) FROM community_settings`)).rows;
    const before = await count();
    await test.owner.query(`UPDATE installation SET community_id_last = (SELECT max(community_id) FROM community)`);
    const refused = await send(root, 'post', '/communities', { townId, name: '多余村' });
    await test.owner.query(`UPDATE installation SET community_id_last = $1`, [LAST]);
    expect([refused.status, refused.body.type]).toEqual([409, 'places.ids-exhausted']);
    expect(await count()).toEqual(before);
  });
});

describe('settings', () => {
  it('are read by every staff role, and do not exist for others', async () => {
    for (const role of ['manager', 'collector', 'cashier', 'stock-keeper', 'supervisor']) {
      const read = await send(await staff({ role, communityId }), 'get', inCommunity('/settings'));
      expect(read.status).toBe(200);
    }
    expect((await send(admin, 'get', `/communities/${otherCommunityId}/settings`)).status).toBe(404);
    expect((await test.http.get(`/api${inCommunity('/settings')}`)).status).toBe(401);
  });

  it('are replaced by whoever saw the version in force', async () => {
    const id = await newCommunity();
    const mark = await auditMark();
    const values = { ...DEFAULT_SETTINGS, pinLimitCentipoints: 5000, dayRedemptionCentipointsMax: 20_000 };
    const changed = await send(root, 'put', `/communities/${id}/settings`, { ...values, version: 1 });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ ...values, version: 2 });
    expect(await settingsOf(id)).toMatchObject({ ...values, version: 2 });
    expect(await auditSince(mark)).toEqual([`${id} places.change-settings done`]);
    const { rows } = await test.owner.query(
      `SELECT detail FROM audit_record WHERE community_id = $1 AND action = 'places.change-settings'`,
      [id],
    );
    expect(rows).toEqual([
      {
        detail: { version: 2, pinLimitCentipoints: '3000 → 5000', dayRedemptionCentipointsMax: 'none → 20000' },
      },
    ]);
    const stale = await send(root, 'put', `/communities/${id}/settings`, { ...DEFAULT_SETTINGS, version: 1 });
    expect([stale.status, stale.body.type, stale.body.params]).toEqual([
      409,
      'places.settings-changed',
      { version: 2 },
    ]);
    expect(await settingsOf(id)).toMatchObject(values);
  });

  it('are changed by one of ten who saw the same version', async () => {
    const id = await newCommunity();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        send(root, 'put', `/communities/${id}/settings`, { ...DEFAULT_SETTINGS, undoSeconds: index, version: 1 }),
      ),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won.length).toBe(1);
    expect(answers.filter(({ status }) => status === 409).length).toBe(9);
    expect(await settingsOf(id)).toMatchObject({ version: 2, undoSeconds: won[0]?.body.undoSeconds });
  });

  it.each([
    ['a collector', () => staff({ role: 'collector', communityId }), 'identity.role-missing'],
    ['a supervisor', () => staff({ role: 'supervisor', communityId }), 'identity.role-missing'],
    [
      'a manager of one site',
      () => staff({ role: 'manager', communityId, siteId: uuidv7() }),
      'places.scope-too-narrow',
    ],
  ])('are not changed by %s', async (_, make, type) => {
    const token = await make();
    const mark = await auditMark();
    const refused = await send(token, 'put', inCommunity('/settings'), { ...DEFAULT_SETTINGS, version: 1 });
    expect([refused.status, refused.body.type]).toEqual([403, type]);
    expect((await auditSince(mark)).map((line) => line.split(' ').at(-1))).toEqual(['refused']);
    expect((await settingsOf(communityId)).version).toBe(1);
  });

  /** The CHECK leaves these open at the top. */
  const openTop = new Set([
    'visitCentipointsMax',
    'dayRedemptionCentipointsMax',
    'pinLimitCentipoints',
    'receiptApprovalFen',
  ]);
  const nullable = new Set(['dayRedemptionCentipointsMax', 'expiryMonths']);

  it.each(Object.entries(SETTINGS))('keep %s within what the database allows', async (name, { min, max }) => {
    const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const inDatabase = async (value: number): Promise<string> =>
      test.owner
        .query(`UPDATE community_settings SET ${column} = $2 WHERE community_id = $1`, [otherCommunityId, value])
        .then(
          () => 'kept',
          (error: { code: string }) => error.code,
        );
    const before = (await settingsOf(otherCommunityId))[name as keyof SettingsValues];
    expect(await inDatabase(min)).toBe('kept');
    expect(await inDatabase(max)).toBe('kept');
    expect(await inDatabase(min - 1)).toBe('23514');
    if (!openTop.has(name)) expect(['23514', '22003']).toContain(await inDatabase(max + 1));
    await test.owner.query(`UPDATE community_settings SET ${column} = $2 WHERE community_id = $1`, [
      otherCommunityId,
      before,
    ]);
    const wrong = [min - 1, max + 1, 0.5, String(min), true, [min], undefined, ...(nullable.has(name) ? [] : [null])];
    for (const value of wrong) {
      const body = { ...DEFAULT_SETTINGS, version: 1, [name]: value };
      const refused = await send(admin, 'put', inCommunity('/settings'), body);
      expect([value, refused.status]).toEqual([value, 422]);
      expect(refused.body.errors.map((fault: { pointer: string }) => fault.pointer)).toEqual([`/${name}`]);
    }
  });

  it('put a new overdraft floor on every household account, open ones and later ones', async () => {
    const id = await newCommunity();
    const path = `/communities/${id}/settings`;
    const household = uuidv7();
    const floorOf = async (account: string): Promise<number | undefined> =>
      (
        await test.owner.query<{ floor: number }>(
          `SELECT floor FROM ledger_account WHERE community_id = $1 AND account_id = $2`,
          [id, account],
        )
      ).rows[0]?.floor;
    await test.owner.query(`SELECT commit_open_account($1, $2, $3)`, [id, household, uuidv7()]);
    expect(await floorOf(household)).toBe(0);
    const lowered = { ...DEFAULT_SETTINGS, overdraftFloorCentipoints: -500 };
    expect((await send(root, 'put', path, { ...lowered, version: 1 })).status).toBe(200);
    expect(await floorOf(household)).toBe(-500);
    const later = uuidv7();
    await test.owner.query(`SELECT commit_open_account($1, $2, $3)`, [id, later, uuidv7()]);
    expect(await floorOf(later)).toBe(-500);

    await test.owner.query(
      `UPDATE ledger_account SET balance = -300, debited = 300 WHERE community_id = $1 AND account_id = $2`,
      [id, household],
    );
    const refused = await send(root, 'put', path, { ...DEFAULT_SETTINGS, version: 2 });
    expect([refused.status, refused.body.type, refused.body.params]).toEqual([
      409,
      'places.floor-too-high',
      { floor: 0 },
    ]);
    expect(await settingsOf(id)).toMatchObject({ ...lowered, version: 2 });
    expect(await floorOf(later)).toBe(-500);
  });
});

describe('grids, buildings and entrances', () => {
  const add = (body: object, token = admin) => send(token, 'post', inCommunity('/areas'), body);

  it('stand under one another, in the order in which people count', async () => {
    const mark = await auditMark();
    const { body: grid } = await add({ name: '第一网格' });
    expect(grid).toMatchObject({ kind: 'grid', parentId: null, name: '第一网格' });
    const { body: tenth } = await add({ name: '10栋', parentId: grid.areaId });
    const { body: second } = await add({ name: '2栋', parentId: grid.areaId });
    expect([tenth.kind, second.kind]).toEqual(['building', 'building']);
    const { body: entrance } = await add({ name: '1单元', parentId: second.areaId });
    expect(entrance.kind).toBe('entrance');
    const { body: tree } = await send(collector, 'get', inCommunity('/areas'));
    expect(tree).toEqual([
      {
        ...grid,
        children: [
          { ...second, children: [{ ...entrance, children: [] }] },
          { ...tenth, children: [] },
        ],
      },
    ]);
    expect(await auditSince(mark)).toEqual(Array(4).fill(`${communityId} places.create-area done`));

    const renamed = await send(admin, 'patch', inCommunity(`/areas/${tenth.areaId}`), { name: '12栋' });
    expect([renamed.status, renamed.body]).toEqual([200, { ...tenth, name: '12栋' }]);
  });

  it('have names of their own under one parent, and may share them elsewhere', async () => {
    const { body: one } = await add({ name: '甲网格' });
    const { body: two } = await add({ name: '乙网格' });
    expect((await add({ name: '甲网格' })).body.type).toBe('places.name-taken');
    const { body: building } = await add({ name: '1栋', parentId: one.areaId });
    expect((await add({ name: '1栋', parentId: two.areaId })).status).toBe(201);
    expect((await add({ name: '1栋', parentId: one.areaId })).status).toBe(409);
    const renamed = await send(admin, 'patch', inCommunity(`/areas/${two.areaId}`), { name: '甲网格' });
    expect([renamed.status, renamed.body.type]).toEqual([409, 'places.name-taken']);
    const { body: entrance } = await add({ name: '1单元', parentId: building.areaId });
    const under = await add({ name: '101室', parentId: entrance.areaId });
    expect([under.status, under.body.type]).toEqual([422, 'places.wrong-parent']);
  });

  it('do not reach into another community', async () => {
    const foreign = await test.database.transaction((tx) =>
      test.app.get(Areas).createArea(tx, { ...SYSTEM, communityId: otherCommunityId }, { name: '外网格' }),
    );
    const under = await add({ name: '1栋', parentId: foreign.areaId });
    expect([under.status, under.body.type]).toEqual([422, 'places.unknown-area']);
    const renamed = await send(admin, 'patch', inCommunity(`/areas/${foreign.areaId}`), { name: '改名' });
    expect([renamed.status, renamed.body.type]).toEqual([404, 'platform.not-found']);
    expect((await send(admin, 'get', `/communities/${otherCommunityId}/areas`)).status).toBe(404);
    expect((await add({ name: '某网格' }, collector)).status).toBe(403);
  });
});

describe('drop-off points and shops', () => {
  const add = (body: object, token = admin) => send(token, 'post', inCommunity('/sites'), body);

  it('are made, moved, renamed and listed', async () => {
    const { body: grid } = await send(admin, 'post', inCommunity('/areas'), { name: '东网格' });
    const mark = await auditMark();
    const made = await add({ kind: 'shop', name: '卸巷生态美超市', areaId: grid.areaId });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      kind: 'shop',
      name: '卸巷生态美超市',
      areaId: grid.areaId,
      closedAt: null,
      openingRules: [],
      isOpenNow: false,
      hoursToday: [],
      nextOpening: null,
    });
    const path = inCommunity(`/sites/${made.body.siteId}`);
    const renamed = await send(admin, 'patch', path, { name: '东门超市' });
    expect(renamed.body).toMatchObject({ name: '东门超市', areaId: grid.areaId });
    const moved = await send(admin, 'patch', path, { areaId: null });
    expect(moved.body).toMatchObject({ name: '东门超市', areaId: null });
    expect((await send(admin, 'patch', path, {})).body).toMatchObject({ name: '东门超市', areaId: null });
    const { body: list } = await send(collector, 'get', inCommunity('/sites'));
    expect(list).toContainEqual(moved.body);
    expect(await auditSince(mark)).toEqual([
      `${communityId} places.create-site done`,
      ...Array<string>(3).fill(`${communityId} places.change-site done`),
    ]);
  });

  it.each([
    ['a name that the community has', { kind: 'shop', name: '占名店' }, 409, 'places.name-taken'],
    [
      'an area that the community does not have',
      { kind: 'shop', name: '无地店', areaId: NO_ID },
      422,
      'places.unknown-area',
    ],
    ['another kind', { kind: 'market', name: '菜场' }, 422, 'fields'],
    ['an area of null', { kind: 'shop', name: '空地店', areaId: null }, 422, 'fields'],
  ])('are refused with %s', async (_, body, status, type) => {
    await add({ kind: 'drop-off-point', name: '占名店' });
    const refused = await add(body);
    expect([refused.status, refused.body.type]).toEqual([status, type]);
  });

  it('keep an opening calendar, which says what today is', async () => {
    const today = chinaDay(await test.database.now());
    const { body: site } = await add({ kind: 'drop-off-point', name: '日历点' });
    const setRules = async (...rules: CalendarRule[]) =>
      (await send(admin, 'put', inCommunity(`/sites/${site.siteId}/opening-rules`), { rules })).body;
    const weekly: CalendarRule = { kind: 'weekday', day: weekdayOf(today), ...ALL_DAY };
    expect(await setRules(weekly)).toMatchObject({
      openingRules: [weekly],
      isOpenNow: true,
      hoursToday: [ALL_DAY],
      nextOpening: { day: addDays(today, 7), hours: [ALL_DAY] },
    });
    const holiday: CalendarRule = { kind: 'closed-date', onDate: today };
    const extra: CalendarRule = { kind: 'open-date', onDate: addDays(today, 2), opensMinute: 300, closesMinute: 660 };
    const monthly: CalendarRule = { kind: 'month-day', day: Number(addDays(today, 1).slice(8)), ...ALL_DAY };
    expect(await setRules(weekly, holiday, extra, monthly)).toMatchObject({
      openingRules: [weekly, holiday, extra, monthly],
      isOpenNow: false,
      hoursToday: [],
      nextOpening: { day: addDays(today, 1), hours: [ALL_DAY] },
    });
    expect(await setRules()).toMatchObject({ openingRules: [], hoursToday: [], nextOpening: null });
  });

  it.each<{ fault: string; rule: unknown; pointers: string[] }>([
    { fault: 'no kind', rule: {}, pointers: ['/rules/0/kind'] },
    { fault: 'null', rule: null, pointers: ['/rules/0'] },
    { fault: 'a number', rule: 5, pointers: ['/rules/0'] },
    {
      fault: 'an unknown kind',
      rule: { kind: '__proto__', day: 1, ...ALL_DAY },
      pointers: ['/rules/0/kind', '/rules/0/day', '/rules/0/opensMinute', '/rules/0/closesMinute'],
    },
    { fault: 'weekday 8', rule: { kind: 'weekday', day: 8, ...ALL_DAY }, pointers: ['/rules/0/day'] },
    { fault: 'weekday 0', rule: { kind: 'weekday', day: 0, ...ALL_DAY }, pointers: ['/rules/0/day'] },
    { fault: 'day 32', rule: { kind: 'month-day', day: 32, ...ALL_DAY }, pointers: ['/rules/0/day'] },
    { fault: 'no day', rule: { kind: 'month-day', ...ALL_DAY }, pointers: ['/rules/0/day'] },
    {
      fault: 'a date on a weekday',
      rule: { kind: 'weekday', day: 1, onDate: '2026-11-22', ...ALL_DAY },
      pointers: ['/rules/0/onDate'],
    },
    {
      fault: 'a day on a date',
      rule: { kind: 'open-date', day: 1, onDate: '2026-11-22', ...ALL_DAY },
      pointers: ['/rules/0/day'],
    },
    { fault: 'no date', rule: { kind: 'open-date', ...ALL_DAY }, pointers: ['/rules/0/onDate'] },
    { fault: 'no such date', rule: { kind: 'closed-date', onDate: '2026-02-29' }, pointers: ['/rules/0/onDate'] },
    {
      fault: 'hours on a closed date',
      rule: { kind: 'closed-date', onDate: '2026-11-22', ...ALL_DAY },
      pointers: ['/rules/0/opensMinute', '/rules/0/closesMinute'],
    },
    {
      fault: 'hours that end before they begin',
      rule: { kind: 'weekday', day: 1, opensMinute: 600, closesMinute: 600 },
      pointers: ['/rules/0/closesMinute'],
    },
    {
      fault: 'a minute beyond midnight',
      rule: { kind: 'weekday', day: 1, opensMinute: 600, closesMinute: 1441 },
      pointers: ['/rules/0/closesMinute'],
    },
    {
      fault: 'half a minute',
      rule: { kind: 'weekday', day: 1, opensMinute: 0.5, closesMinute: 60 },
      pointers: ['/rules/0/opensMinute'],
    },
  ])('refuse a calendar with $fault', async ({ rule, pointers }) => {
    const { body: site } = await add({ kind: 'drop-off-point', name: `错误点${(serial += 1)}` });
    const path = inCommunity(`/sites/${site.siteId}/opening-rules`);
    const refused = await send(admin, 'put', path, { rules: [rule] });
    expect(refused.status).toBe(422);
    const found = refused.body.errors.map((fault: { pointer: string }) => fault.pointer);
    expect(found.toSorted()).toEqual(pointers.toSorted());
  });

  it('are changed by a manager of the site, who makes and closes none and sees no other', async () => {
    const { body: own } = await add({ kind: 'shop', name: '自管店' });
    const { body: other } = await add({ kind: 'shop', name: '别管店' });
    const manager = await staff({ role: 'manager', communityId, siteId: own.siteId });
    const rules = { rules: [] };
    expect((await send(manager, 'patch', inCommunity(`/sites/${own.siteId}`), { name: '自管店二' })).status).toBe(200);
    expect((await send(manager, 'put', inCommunity(`/sites/${own.siteId}/opening-rules`), rules)).status).toBe(200);
    expect((await send(manager, 'patch', inCommunity(`/sites/${other.siteId}`), { name: '改名' })).status).toBe(404);
    expect((await send(manager, 'put', inCommunity(`/sites/${other.siteId}/opening-rules`), rules)).status).toBe(404);
    const made = await add({ kind: 'shop', name: '新店' }, manager);
    expect([made.status, made.body.type]).toEqual([403, 'places.scope-too-narrow']);
    expect((await send(manager, 'post', inCommunity(`/sites/${own.siteId}/close`))).status).toBe(403);
  });

  it('are closed for good', async () => {
    const today = chinaDay(await test.database.now());
    const { body: site } = await add({ kind: 'shop', name: '关门店' });
    const path = inCommunity(`/sites/${site.siteId}`);
    const rules: CalendarRule[] = [{ kind: 'weekday', day: weekdayOf(today), ...ALL_DAY }];
    await send(admin, 'put', `${path}/opening-rules`, { rules });
    const reader = test.app.get(PlacesReader);
    expect((await reader.usableSite(communityId, site.siteId, 'shop')).name).toBe('关门店');
    await expect(reader.usableSite(communityId, site.siteId, 'drop-off-point')).rejects.toMatchObject({
      code: 'platform.not-found',
    });
    const closed = await send(admin, 'post', `${path}/close`);
    expect(closed.status).toBe(200);
    expect(closed.body).toMatchObject({ openingRules: rules, isOpenNow: false, hoursToday: [], nextOpening: null });
    expect(closed.body.closedAt).not.toBeNull();
    await expect(reader.usableSite(communityId, site.siteId, 'shop')).rejects.toMatchObject({
      code: 'places.site-closed',
    });
    for (const [method, rest, body] of [
      ['post', '/close', undefined],
      ['patch', '', { name: '重开店' }],
      ['put', '/opening-rules', { rules: [] }],
    ] as const) {
      const refused = await send(admin, method, `${path}${rest}`, body);
      expect([refused.status, refused.body.type]).toEqual([409, 'places.site-closed']);
    }
  });

  it('do not exist outside of their community', async () => {
    const foreign = await test.database.transaction((tx) =>
      test.app.get(Sites).createSite(tx, { ...SYSTEM, communityId: otherCommunityId }, { kind: 'shop', name: '外店' }),
    );
    for (const [method, rest, body] of [
      ['patch', '', { name: '改名' }],
      ['put', '/opening-rules', { rules: [] }],
      ['post', '/close', undefined],
    ] as const) {
      expect((await send(admin, method, inCommunity(`/sites/${foreign}${rest}`), body)).status).toBe(404);
      expect((await send(admin, method, `/communities/${otherCommunityId}/sites/${foreign}${rest}`, body)).status).toBe(
        404,
      );
    }
  });
});

describe('the public opening page', () => {
  it('tells anybody which sites are open, without what is not public', async () => {
    const id = await newCommunity('公开村');
    const actor = { ...SYSTEM, communityId: id };
    const sites = test.app.get(Sites);
    const today = chinaDay(await test.database.now());
    const [point, shop] = await test.database.transaction(async (tx) => [
      await sites.createSite(tx, actor, { kind: 'drop-off-point', name: '东投放点' }),
      await sites.createSite(tx, actor, { kind: 'shop', name: '旧超市' }),
    ]);
    await sites.setOpeningRules(actor, point ?? '', [{ kind: 'open-date', onDate: today, ...ALL_DAY }]);
    await sites.close(actor, shop ?? '');
    const { status, body } = await test.http.get(`/api/public/communities/${id}/opening`);
    expect(status).toBe(200);
    expect(body).toEqual({
      communityId: id,
      name: '公开村',
      today,
      sites: [
        {
          siteId: point,
          kind: 'drop-off-point',
          name: '东投放点',
          isOpenNow: true,
          hoursToday: [ALL_DAY],
          nextOpening: null,
        },
      ],
    });
  });

  it.each(['999999', '0', '-1', 'x', '1e3', '99999999999999999999'])('does not know community %s', async (id) => {
    expect((await test.http.get(`/api/public/communities/${id}/opening`)).status).toBe(404);
  });
});
