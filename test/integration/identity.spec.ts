import { jest } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { hash } from '@node-rs/argon2';
import { v7 as uuidv7 } from 'uuid';
import {
  ConsoleGateway,
  MessageGateway,
  type NewGrant,
  OneTimeCodes,
  Passwords,
  People,
  Public,
  SESSION_COOKIE,
  SignInThrottle,
  SYSTEM,
} from '../../src/identity/index.js';
import { RouteRulesCheck } from '../../src/identity/route-rules.check.js';
import { createLogger, loadConfig, Log, SecretBox } from '../../src/platform/index.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { TEST_SECRET } from '../support/database.js';

const PASSWORD = 'Kx7-pvQ2mwz3';
const EVERYWHERE = { regionId: null, communityId: null, siteId: null } as const;

const COUNTY = uuidv7();
const TOWN = uuidv7();
const OTHER_TOWN = uuidv7();
/** Two communities of one town and one of another. */
const [A, B, FAR] = [1_000_001, 1_000_002, 1_000_003] as const;
/** A community in which nobody works but whom its one test employs. */
const QUIET = 1_000_004;
const QUIET_TOWN = uuidv7();
const SHOP_A = uuidv7();
const SHOP_B = uuidv7();

let test: TestApp;
let people: People;
const secrets = new SecretBox(TEST_SECRET);

beforeAll(async () => {
  test = await createTestApp();
  people = test.app.get(People);
  const sql = (text: string, values: unknown[]) => test.owner.query(text, values);
  const region = `INSERT INTO region (region_id, parent_id, kind, name, created_at) VALUES ($1, $2, $3, $4, app_now())`;
  await sql(region, [COUNTY, null, 'county', '示范县']);
  await sql(region, [TOWN, COUNTY, 'town', '银塘镇']);
  await sql(region, [OTHER_TOWN, COUNTY, 'town', '远镇']);
  await sql(region, [QUIET_TOWN, COUNTY, 'town', '静镇']);
  for (const [communityId, townId, name] of [
    [A, TOWN, '卸巷社区'],
    [B, TOWN, '新塘社区'],
    [FAR, OTHER_TOWN, '远山社区'],
    [QUIET, QUIET_TOWN, '静山社区'],
  ]) {
    await sql(`INSERT INTO community (community_id, town_id, name, created_at) VALUES ($1, $2, $3, app_now())`, [
      communityId,
      townId,
      name,
    ]);
  }
  const site = `INSERT INTO site (community_id, site_id, kind, name, created_at) VALUES ($1, $2, 'shop', '超市', app_now())`;
  await sql(site, [A, SHOP_A]);
  await sql(site, [B, SHOP_B]);
});

afterAll(async () => {
  await test.close();
});

afterEach(async () => {
  await test.moveClock('0');
});

let lastLogin = 0;
const anyLogin = (): string => `staff.${(lastLogin += 1)}`;

const inCommunity = (role: NewGrant['role'], communityId: number, siteId: string | null = null): NewGrant => ({
  role,
  regionId: null,
  communityId,
  siteId,
});
const inRegion = (role: NewGrant['role'], regionId: string): NewGrant => ({
  role,
  regionId,
  communityId: null,
  siteId: null,
});

async function givenPerson(...grants: NewGrant[]): Promise<{ personId: string; login: string }> {
  const login = anyLogin();
  return test.database.transaction((tx) =>
    people.create(tx, SYSTEM, { login, displayName: '测试', grants, password: PASSWORD }),
  );
}

async function signIn(login: string, password = PASSWORD) {
  return test.http.post('/api/session').send({ login, password });
}

async function givenSignedIn(...grants: NewGrant[]) {
  const person = await givenPerson(...grants);
  const reply = await signIn(person.login);
  expect(reply.status).toBe(201);
  return { ...person, token: reply.body.token as string };
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

async function stateOf(token: string): Promise<number> {
  return (await test.http.get('/api/session').set(bearer(token))).status;
}

function as(caller: { token: string }) {
  const headers = bearer(caller.token);
  return {
    get: (path: string) => test.http.get(`/api/people${path}`).set(headers),
    post: (path: string, body?: object) => test.http.post(`/api/people${path}`).set(headers).send(body),
    delete: (path: string) => test.http.delete(`/api/people${path}`).set(headers),
  };
}

async function auditOf(subjectId: string): Promise<string[]> {
  const { rows } = await test.owner.query<{ told: string }>(
    `SELECT action || ' ' || result || ' ' || community_id AS told FROM audit_record WHERE subject_id = $1 ORDER BY at`,
    [subjectId],
  );
  return rows.map((row) => row.told);
}

describe('the first administrator', () => {
  it('is made in an empty installation only, and must change the password before anything else', async () => {
    const first = await people.createFirstAdministrator();
    expect(first).toMatchObject({
      login: 'admin',
      oneTimePassword: expect.stringMatching(/^[a-z2-9]{5}(-[a-z2-9]{5}){2}$/),
    });
    expect(await people.createFirstAdministrator()).toBeUndefined();
    if (first === undefined) return;

    const signedIn = await signIn('admin', first.oneTimePassword);
    expect(signedIn.body).toMatchObject({ mustChangePassword: true, expiresInSeconds: 8 * 3600 });
    const { token } = signedIn.body;
    expect(await stateOf(token)).toBe(200);
    const early = await as({ token }).get('');
    expect([early.status, early.body.type]).toEqual([403, 'identity.password-change-needed']);

    const change = (body: object) => test.http.post('/api/session/password').set(bearer(token)).send(body);
    const password = first.oneTimePassword;
    expect((await change({ password: 'wrong', newPassword: PASSWORD })).body.type).toBe('identity.wrong-password');
    expect((await change({ password, newPassword: password })).body).toMatchObject({
      type: 'identity.weak-password',
      params: { reason: 'unchanged' },
    });
    expect((await change({ password, newPassword: 'Admin-2026!' })).body).toMatchObject({
      status: 422,
      params: { reason: 'context-word', charactersMin: 10 },
    });
    const changed = await change({ password, newPassword: PASSWORD });
    expect([changed.status, changed.body.mustChangePassword]).toEqual([201, false]);
    expect(await stateOf(token)).toBe(401);
    expect((await as(changed.body).get('')).status).toBe(200);
    expect((await signIn('admin', first.oneTimePassword)).status).toBe(401);
    expect(await auditOf(first.personId)).toEqual([
      'identity.create-person done 0',
      'identity.grant done 0',
      'identity.sign-in done 0',
      'identity.change-password done 0',
      'identity.sign-in failed 0',
    ]);
  });
});

describe('signing in', () => {
  it('gives the token in the body and in a __Host- cookie, and says where the person works', async () => {
    const { personId, login } = await givenPerson(
      inRegion('supervisor', TOWN),
      inCommunity('cashier', A, SHOP_A),
      inCommunity('collector', A),
    );
    const reply = await signIn(` ${login.toUpperCase()} `);
    expect(reply.body).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/),
      expiresInSeconds: 10 * 3600,
      person: { id: personId, login, displayName: '测试' },
      mustChangePassword: false,
      places: [
        {
          communityId: A,
          name: '卸巷社区',
          roles: expect.arrayContaining([
            { role: 'cashier', siteId: SHOP_A },
            { role: 'collector', siteId: null },
            { role: 'supervisor', siteId: null },
          ]),
        },
        { communityId: B, name: '新塘社区', roles: [{ role: 'supervisor', siteId: null }] },
      ],
    });
    const cookie = String(reply.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-sid=[\w-]{43}; Max-Age=36000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);

    const session = await test.http.get('/api/session').set('Cookie', `${SESSION_COOKIE}=${reply.body.token}`);
    expect(session.body).toMatchObject({
      kind: 'staff',
      person: { id: personId },
      roles: ['cashier', 'collector', 'supervisor'],
      communityId: null,
      householdId: null,
      places: [{ communityId: A }, { communityId: B }],
    });
  });

  it('keeps neither token nor login nor password', async () => {
    const { login } = await givenPerson();
    const { body } = await signIn(login);
    await signIn(login, 'no-such-password');
    const { rows } = await test.owner.query<{ dump: string }>(
      `SELECT (SELECT string_agg(s::text, '') FROM session AS s) || (SELECT string_agg(t::text, '') FROM sign_in_throttle AS t)
         || (SELECT string_agg(a::text, '') FROM audit_record AS a) AS dump`,
    );
    for (const secret of [body.token, 'no-such-password', login]) expect(rows[0]?.dump).not.toContain(secret);
  });

  it('answers the same for an unknown login, a wrong password and somebody disabled', async () => {
    const known = await givenPerson();
    const dismissed = await givenPerson();
    await test.owner.query(`UPDATE person SET disabled_at = app_now() WHERE person_id = $1`, [dismissed.personId]);
    const replies = [
      await signIn('nobody.here', PASSWORD),
      await signIn(known.login, 'wrong'),
      await signIn(dismissed.login, PASSWORD),
    ];
    for (const reply of replies) {
      expect({ ...reply.body, requestId: '' }).toEqual({ ...replies[0]?.body, requestId: '' });
      expect(reply.status).toBe(401);
    }
  });

  it('takes as long for an unknown login as for a wrong password', async () => {
    const known = await Promise.all([givenPerson(), givenPerson(), givenPerson()]);
    const spent = { unknown: [] as number[], wrong: [] as number[] };
    const time = async (login: string): Promise<number> => {
      const start = performance.now();
      await signIn(login, 'wrong');
      return performance.now() - start;
    };
    for (let round = 0; round < 9; round += 1) {
      spent.unknown.push(await time(`unknown.${round}`));
      spent.wrong.push(await time(known[round % 3]?.login ?? ''));
    }
    const median = (times: number[]): number => times.toSorted((a, b) => a - b)[4] ?? 0;
    const ratio = median(spent.unknown) / median(spent.wrong);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  it('refuses a one-time password after 72 hours, and says so only to who knows it', async () => {
    const login = anyLogin();
    const { password } = await test.database.transaction((tx) =>
      people.create(tx, SYSTEM, { login, displayName: '新人', grants: [] }),
    );
    await test.moveClock('71 hours 59 minutes');
    expect((await signIn(login, password)).body.mustChangePassword).toBe(true);
    await test.moveClock('72 hours 1 minute');
    expect((await signIn(login, password)).body.type).toBe('identity.password-expired');
    expect((await signIn(login, 'wrong')).body.type).toBe('identity.sign-in-failed');
  });

  it('hashes a password anew when the cost has risen since it was set', async () => {
    const { personId, login } = await givenPerson();
    const cheap = await hash(PASSWORD, { memoryCost: 4096, timeCost: 1, parallelism: 1 });
    await test.owner.query(`UPDATE person SET password_hash = $2 WHERE person_id = $1`, [personId, cheap]);
    expect((await signIn(login)).status).toBe(201);
    const { rows } = await test.owner.query<{ password_hash: string }>(
      `SELECT password_hash FROM person WHERE person_id = $1`,
      [personId],
    );
    expect(rows[0]?.password_hash).toContain('$m=19456,t=2,p=1$');
    expect((await signIn(login)).status).toBe(201);
  });

  it('opens no session for a password that was reset while it was being compared', async () => {
    const admin = await givenSignedIn({ role: 'admin', ...EVERYWHERE });
    const { login, personId } = await givenPerson();
    const passwords = test.app.get(Passwords);
    const compare = passwords.verify.bind(passwords);
    const slow = jest.spyOn(passwords, 'verify').mockImplementationOnce(async (hashed, password) => {
      const isRight = await compare(hashed, password);
      expect((await as(admin).post(`/${personId}/password-reset`)).status).toBe(200);
      return isRight;
    });
    const reply = await signIn(login);
    slow.mockRestore();
    expect([reply.status, reply.body.type]).toEqual([401, 'identity.sign-in-failed']);
  });

  it('refuses a cookie that another site made the browser send', async () => {
    const { token } = await givenSignedIn();
    const signOut = () => test.http.delete('/api/session').set('Cookie', `${SESSION_COOKIE}=${token}`);
    expect((await signOut().set('Sec-Fetch-Site', 'cross-site')).body.type).toBe('platform.cross-site');
    expect((await signOut()).status).toBe(403);
    expect(await stateOf(token)).toBe(200);
    expect((await signOut().set('Sec-Fetch-Site', 'same-origin')).status).toBe(204);
    expect(await stateOf(token)).toBe(401);
  });
});

describe('a session', () => {
  it('ends after 15 minutes without use, and lives on by use', async () => {
    const idle = await givenSignedIn();
    const busy = await givenSignedIn();
    await test.moveClock('10 minutes');
    expect(await stateOf(busy.token)).toBe(200);
    await test.moveClock('16 minutes');
    expect([await stateOf(idle.token), await stateOf(busy.token)]).toEqual([401, 200]);
  });

  it.each([
    ['cashier', 10],
    ['admin', 8],
  ] as const)('of a %s ends after %d hours whatever happens', async (role, hours) => {
    const { token } = await givenSignedIn(inCommunity(role, A));
    for (let minutes = 14; minutes < hours * 60; minutes += 14) {
      await test.moveClock(`${minutes} minutes`);
      expect(await stateOf(token)).toBe(200);
    }
    await test.moveClock(`${hours * 60 + 1} minutes`);
    expect(await stateOf(token)).toBe(401);
  });

  it('ends at once with sign-out, and no other session of the person does', async () => {
    const person = await givenSignedIn();
    const elsewhere = (await signIn(person.login)).body.token as string;
    const reply = await test.http.delete('/api/session').set(bearer(person.token));
    expect(reply.status).toBe(204);
    expect(String(reply.headers['set-cookie'])).toMatch(/^__Host-sid=;.*Expires=Thu, 01 Jan 1970/);
    expect([await stateOf(person.token), await stateOf(elsewhere)]).toEqual([401, 200]);
    expect((await auditOf(person.personId)).at(-1)).toBe('identity.sign-out done 0');
  });

  it('ends at once when an admin disables the person, resets the password, changes a role or ends it', async () => {
    const admin = await givenSignedIn(inCommunity('admin', A));
    const { login, personId } = await givenPerson(inCommunity('cashier', A));
    let password = PASSWORD;
    const during = async (act: () => Promise<{ status: number }>): Promise<void> => {
      const { token } = (await signIn(login, password)).body;
      expect(await stateOf(token)).toBe(200);
      expect((await act()).status).toBeLessThan(300);
      expect(await stateOf(token)).toBe(401);
    };
    await during(() => as(admin).post(`/${personId}/sign-out`));
    await during(() => as(admin).post(`/${personId}/grants`, { role: 'collector', communityId: A }));
    const grants = (await as(admin).get(`?login=${login}`)).body[0].grants as { role: string; grantId: string }[];
    const collector = grants.find((grant) => grant.role === 'collector')?.grantId;
    await during(() => as(admin).delete(`/${personId}/grants/${collector}`));
    await during(() => as(admin).post(`/${personId}/disable`));
    expect((await signIn(login)).status).toBe(401);
    expect((await as(admin).post(`/${personId}/enable`)).body.isDisabled).toBe(false);
    await during(async () => {
      const reset = await as(admin).post(`/${personId}/password-reset`);
      expect(reset.body).toMatchObject({ person: { personId, mustChangePassword: true }, validHours: 72 });
      password = reset.body.oneTimePassword;
      return reset;
    });
    expect((await signIn(login)).status).toBe(401);
    expect((await signIn(login, password)).body.mustChangePassword).toBe(true);
    expect((await auditOf(personId)).filter((told) => !told.startsWith('identity.sign-in'))).toEqual([
      'identity.create-person done 0',
      `identity.grant done ${A}`,
      'identity.end-sessions done 0',
      `identity.grant done ${A}`,
      `identity.revoke done ${A}`,
      'identity.disable done 0',
      'identity.enable done 0',
      'identity.reset-password done 0',
    ]);
  });

  it('survives a change of the password only under a new token', async () => {
    const person = await givenSignedIn();
    const elsewhere = (await signIn(person.login)).body.token as string;
    const changed = await test.http
      .post('/api/session/password')
      .set(bearer(person.token))
      .send({ password: PASSWORD, newPassword: `${PASSWORD}!` });
    expect(await Promise.all([person.token, elsewhere, changed.body.token].map(stateOf))).toEqual([401, 401, 200]);
  });
});

describe('the throttle of sign-ins', () => {
  it('locks an account after five failures for 15 minutes, but not the session that is open', async () => {
    const { login, token, personId } = await givenSignedIn();
    for (let failure = 1; failure <= 5; failure += 1) expect((await signIn(login, 'wrong')).status).toBe(401);
    const locked = await signIn(login);
    expect([locked.status, locked.body.type]).toEqual([429, 'identity.sign-in-locked']);
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(890);
    expect(Number(locked.headers['retry-after'])).toBeLessThanOrEqual(900);
    expect(await stateOf(token)).toBe(200);
    expect((await auditOf(personId)).slice(-2)).toEqual(['identity.sign-in failed 0', 'identity.sign-in refused 0']);
    await test.moveClock('15 minutes');
    expect((await signIn(login)).status).toBe(201);
  });

  it('locks a login that nobody has just the same', async () => {
    for (let failure = 1; failure <= 5; failure += 1) await signIn('nobody.at.all', 'wrong');
    expect((await signIn('nobody.at.all', 'wrong')).status).toBe(429);
  });

  it('forgets failures with a success, and after 15 minutes', async () => {
    const { login } = await givenPerson();
    const failFourTimes = async (): Promise<void> => {
      for (let failure = 1; failure <= 4; failure += 1) expect((await signIn(login, 'wrong')).status).toBe(401);
    };
    await failFourTimes();
    expect((await signIn(login)).status).toBe(201);
    await failFourTimes();
    await test.moveClock('15 minutes 1 second');
    await failFourTimes();
    expect((await signIn(login)).status).toBe(201);
  });

  it('lets no more than five of 40 guesses at the same instant be looked at', async () => {
    const { login } = await givenPerson();
    const replies = await Promise.all(Array.from({ length: 40 }, () => signIn(login, 'wrong')));
    const count = (status: number): number => replies.filter((reply) => reply.status === status).length;
    expect([count(401), count(429)]).toEqual([5, 35]);
  });

  it('is lifted when an admin resets the password', async () => {
    const admin = await givenSignedIn({ role: 'admin', ...EVERYWHERE });
    const { login, personId } = await givenPerson();
    for (let failure = 1; failure <= 6; failure += 1) await signIn(login, 'wrong');
    const { body } = await as(admin).post(`/${personId}/password-reset`);
    expect((await signIn(login, body.oneTimePassword)).status).toBe(201);
  });

  describe('by itself', () => {
    const wrong = async (): Promise<undefined> => undefined;
    const right = async (): Promise<string> => 'open';
    const throttle = (): SignInThrottle =>
      new SignInThrottle(test.database, secrets, loadConfig({ ECOMART_RATE_FACTOR: '1' }));

    it('doubles each lock up to a day, and begins anew after a day of peace', async () => {
      const guess = throttle();
      let waitedSeconds = 0;
      const lockSeconds = async (): Promise<number> => {
        for (let failure = 1; failure <= 5; failure += 1) await guess.attempt('card:1', '192.0.2.1', wrong);
        const refused = await guess.attempt('card:1', '192.0.2.1', right).catch((error: unknown) => error);
        const { retryAfterSeconds } = (refused as { params: { retryAfterSeconds: number } }).params;
        // Attempts from one address would run into its own limit.
        await test.owner.query(`UPDATE sign_in_throttle SET failures = 0 WHERE locked_until IS NULL`);
        waitedSeconds += retryAfterSeconds;
        await test.moveClock(`${waitedSeconds} seconds`);
        return Math.ceil(retryAfterSeconds / 60);
      };
      const minutes: number[] = [];
      for (let lock = 1; lock <= 9; lock += 1) minutes.push(await lockSeconds());
      expect(minutes).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
      waitedSeconds += 86_401;
      await test.moveClock(`${waitedSeconds} seconds`);
      expect(await lockSeconds()).toBe(15);
    });

    it('stops an address after 30 failures an hour, whatever it tries, and counts no success', async () => {
      const guess = throttle();
      const address = '2001:db8:1:2::1';
      const neighbour = '2001:db8:1:2:ffff::9';
      for (let success = 1; success <= 40; success += 1) {
        expect(await guess.attempt(`card:right-${success}`, address, right)).toBe('open');
      }
      for (let failure = 1; failure <= 30; failure += 1) await guess.attempt(`card:x-${failure}`, address, wrong);
      await expect(guess.attempt('card:other', neighbour, right)).rejects.toMatchObject({
        code: 'identity.sign-in-locked',
      });
      expect(await guess.attempt('card:other', '2001:db8:1:3::1', right)).toBe('open');
      await test.moveClock('61 minutes');
      expect(await guess.attempt('card:other', neighbour, right)).toBe('open');
    });

    it('forgets after two days what no longer counts', async () => {
      const guess = throttle();
      await guess.attempt('card:forgotten', '192.0.2.99', wrong);
      await test.moveClock('47 hours');
      expect(await guess.purge()).toBe(0);
      await test.moveClock('49 hours');
      expect(await guess.purge()).toBeGreaterThanOrEqual(2);
    });
  });
});

describe('administering people', () => {
  it('gives a new account a one-time password and its roles in one step', async () => {
    const admin = await givenSignedIn(inCommunity('admin', A));
    const login = anyLogin();
    const created = await as(admin).post('', {
      login,
      displayName: '王芳',
      grants: [{ role: 'cashier', communityId: A, siteId: SHOP_A.toUpperCase() }],
    });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      person: {
        personId: expect.any(String),
        login,
        displayName: '王芳',
        isDisabled: false,
        mustChangePassword: true,
        hasOtherGrants: false,
        grants: [
          {
            grantId: expect.any(String),
            role: 'cashier',
            regionId: null,
            communityId: A,
            siteId: SHOP_A,
            grantedAt: expect.stringMatching(/Z$/),
          },
        ],
      },
      oneTimePassword: expect.any(String),
      validHours: 72,
    });
    expect((await signIn(login, created.body.oneTimePassword)).body.places).toHaveLength(1);
    const again = await as(admin).post('', { login, displayName: '王芳二' });
    expect([again.status, again.body.type]).toEqual([409, 'identity.login-taken']);
  });

  it.each([
    ['another community', { communityId: B }],
    ['a site of another community', { communityId: A, siteId: SHOP_B }],
    ['the town above', { regionId: TOWN }],
    ['the whole installation', {}],
    ['a community that does not exist', { communityId: 1_999_999 }],
    ['a region that does not exist', { regionId: uuidv7() }],
  ])('keeps an admin of one community from granting in %s', async (_, place) => {
    const admin = await givenSignedIn(inCommunity('admin', A), inCommunity('cashier', B), inRegion('manager', TOWN));
    const { personId } = await givenPerson(inCommunity('cashier', A));
    const reply = await as(admin).post(`/${personId}/grants`, { role: 'collector', ...place });
    expect([reply.status, reply.body.type]).toEqual([404, 'platform.not-found']);
    const born = await as(admin).post('', {
      login: anyLogin(),
      displayName: '新',
      grants: [{ role: 'cashier', ...place }],
    });
    expect(born.status).toBe(404);
  });

  it('lets an admin of a region grant in it and below it, and nowhere else', async () => {
    const admin = await givenSignedIn(inRegion('admin', TOWN));
    const { personId } = await givenPerson();
    const grant = async (body: object): Promise<number> =>
      (await as(admin).post(`/${personId}/grants`, { role: 'supervisor', ...body })).status;
    expect(await grant({ regionId: TOWN })).toBe(201);
    expect(await grant({ communityId: B })).toBe(201);
    expect(await grant({ communityId: B, siteId: SHOP_B })).toBe(201);
    expect(await grant({ communityId: FAR })).toBe(404);
    expect(await grant({ regionId: OTHER_TOWN })).toBe(404);
    expect(await grant({ regionId: COUNTY })).toBe(404);
    const county = await givenSignedIn(inRegion('admin', COUNTY));
    const { body } = await as(county).post(`/${personId}/grants`, { role: 'supervisor', communityId: FAR });
    expect(body.grants).toHaveLength(4);
  });

  it('is no business of an admin of a single site', async () => {
    const admin = await givenSignedIn(inCommunity('admin', A, SHOP_A));
    const { personId } = await givenPerson(inCommunity('cashier', A, SHOP_A));
    expect((await as(admin).post(`/${personId}/disable`)).status).toBe(404);
    const grant = { role: 'collector', communityId: A, siteId: SHOP_A };
    expect((await as(admin).post(`/${personId}/grants`, grant)).status).toBe(404);
  });

  it('shows whoever holds a role within reach, and of his roles only those', async () => {
    const admin = await givenSignedIn(inCommunity('admin', QUIET));
    const here = await givenPerson(inCommunity('cashier', QUIET));
    const both = await givenPerson(inCommunity('cashier', QUIET), inCommunity('collector', A));
    const above = await givenPerson(inRegion('manager', QUIET_TOWN));
    const list = async (caller: { token: string }, query: string): Promise<string[]> =>
      (await as(caller).get(query)).body.map((person: { login: string }) => person.login);
    expect(await list(admin, '')).toEqual([admin.login, here.login, both.login]);
    expect(await list(admin, '?limit=1')).toEqual([admin.login]);
    expect(await list(admin, `?limit=2&after=${admin.personId}`)).toEqual([here.login, both.login]);
    const [seen] = (await as(admin).get(`?login=${both.login}`)).body;
    expect(seen).toMatchObject({ hasOtherGrants: true, grants: [{ communityId: QUIET }] });
    expect((await as(admin).get(`?login=${above.login}`)).body).toMatchObject([{ grants: [], hasOtherGrants: true }]);
    expect((await as(admin).get('?login=nobody')).body).toEqual([]);

    const all = await givenSignedIn({ role: 'admin', ...EVERYWHERE });
    expect(await list(all, `?communityId=${QUIET}`)).toEqual([admin.login, here.login, both.login]);
    expect(await list(all, `?limit=100&after=${both.personId}`)).toContain(above.login);
    expect((await as(admin).get('?limit=101')).status).toBe(422);
  });

  it('leaves the account of somebody who works elsewhere, too, to an admin of both places', async () => {
    const admin = await givenSignedIn(inCommunity('admin', A));
    const { personId, login } = await givenPerson(inCommunity('cashier', A), inCommunity('cashier', B));
    for (const verb of ['disable', 'enable', 'sign-out', 'password-reset']) {
      const reply = await as(admin).post(`/${personId}/${verb}`);
      expect([reply.status, reply.body.type]).toEqual([403, 'identity.beyond-scope']);
    }
    expect((await auditOf(personId)).at(-1)).toBe('identity.reset-password refused 0');
    expect((await signIn(login)).status).toBe(201);
    const town = await givenSignedIn(inRegion('admin', TOWN));
    expect((await as(town).post(`/${personId}/disable`)).status).toBe(200);
    const foreigner = await givenPerson(inCommunity('cashier', FAR));
    expect((await as(town).post(`/${foreigner.personId}/disable`)).status).toBe(404);
    expect((await as(town).post(`/${uuidv7()}/disable`)).status).toBe(404);
    expect((await as(town).post(`/not-an-id/disable`)).status).toBe(404);
  });

  it('takes away only a role within reach', async () => {
    const admin = await givenSignedIn(inCommunity('admin', A));
    const { personId } = await givenPerson(inCommunity('cashier', A), inCommunity('cashier', B));
    const { rows } = await test.owner.query<{ grant_id: string; community_id: string }>(
      `SELECT grant_id, community_id FROM role_grant WHERE person_id = $1 ORDER BY community_id`,
      [personId],
    );
    const [own, foreign] = rows.map((row) => row.grant_id);
    expect((await as(admin).delete(`/${personId}/grants/${foreign}`)).status).toBe(404);
    expect((await as(admin).delete(`/${admin.personId}/grants/${own}`)).status).toBe(409);
    const revoked = await as(admin).delete(`/${personId}/grants/${own}`);
    expect(revoked.body).toMatchObject({ grants: [], hasOtherGrants: true });
    expect((await as(admin).delete(`/${personId}/grants/${own}`)).status).toBe(404);
  });

  it('never lets anybody change his own account or roles', async () => {
    const admin = await givenSignedIn({ role: 'admin', ...EVERYWHERE });
    const grant = await as(admin).post(`/${admin.personId}/grants`, { role: 'cashier', communityId: A });
    expect([grant.status, grant.body.type]).toEqual([409, 'identity.own-roles']);
    for (const verb of ['disable', 'enable', 'sign-out', 'password-reset']) {
      expect((await as(admin).post(`/${admin.personId}/${verb}`)).body.type).toBe('identity.own-account');
    }
    expect(await stateOf(admin.token)).toBe(200);
  });

  it('refuses a role that is held already', async () => {
    const admin = await givenSignedIn(inCommunity('admin', A));
    const { personId } = await givenPerson(inCommunity('cashier', A));
    const reply = await as(admin).post(`/${personId}/grants`, { role: 'cashier', communityId: A });
    expect([reply.status, reply.body.type]).toEqual([409, 'identity.already-granted']);
  });

  it.each([
    ['a region and a community', { role: 'cashier', regionId: TOWN, communityId: A }],
    ['a site without its community', { role: 'cashier', siteId: SHOP_A }],
    ['a role that staff cannot hold', { role: 'resident', communityId: A }],
    ['a community id beyond 2^53', { role: 'cashier', communityId: 1e300 }],
    ['a field that is not known', { role: 'cashier', communityId: A, grantedBy: 'me' }],
  ])('refuses %s as a malformed grant', async (_, body) => {
    const admin = await givenSignedIn({ role: 'admin', ...EVERYWHERE });
    const { personId } = await givenPerson();
    expect((await as(admin).post(`/${personId}/grants`, body)).status).toBe(422);
  });

  it.each(['A', 'Wang', '王芳', '.wang', 'w'.repeat(41), 'wang fang'])('refuses the login %s', async (login) => {
    const admin = await givenSignedIn(inCommunity('admin', A));
    expect((await as(admin).post('', { login, displayName: '王' })).status).toBe(422);
  });

  it('is for admins', async () => {
    const manager = await givenSignedIn(inCommunity('manager', A));
    expect((await as(manager).get('')).body.type).toBe('identity.role-missing');
    const nobody = await givenSignedIn();
    expect((await as(nobody).get('')).status).toBe(404);
    expect((await test.http.get('/api/people')).status).toBe(401);
  });

  it('lets one of two admins win who dismiss each other at the same instant', async () => {
    const [one, two] = [
      await givenSignedIn({ role: 'admin', ...EVERYWHERE }),
      await givenSignedIn({ role: 'admin', ...EVERYWHERE }),
    ];
    const replies = await Promise.all([
      as(one).post(`/${two.personId}/disable`),
      as(two).post(`/${one.personId}/disable`),
    ]);
    expect(replies.map((reply) => reply.status).toSorted((a, b) => a - b)).toEqual([200, 401]);
  });
});

describe('own and kin households', () => {
  const [HOME, KIN, FOREIGN] = [uuidv7(), uuidv7(), uuidv7()];

  beforeAll(async () => {
    for (const [communityId, householdId, door] of [
      [A, HOME, '1-101'],
      [A, KIN, '1-102'],
      [B, FOREIGN, '1-101'],
    ]) {
      await test.owner.query(
        `INSERT INTO ledger_account (community_id, account_id, kind, owner_id, floor, balance, held, entry_count,
           credited, debited, head_hash, opened_at)
         VALUES ($1, $2, 'household', $2, 0, 0, 0, 0, 0, 0, decode(repeat('00', 32), 'hex'), app_now())`,
        [communityId, householdId],
      );
      await test.owner.query(
        `INSERT INTO household (community_id, household_id, door, status, created_at, updated_at)
         VALUES ($1, $2, $3, 'active', app_now(), app_now())`,
        [communityId, householdId, door],
      );
    }
  });

  const put = (caller: { token: string }, personId: string, households: object[]) =>
    test.http.put(`/api/communities/${A}/people/${personId}/households`).set(bearer(caller.token)).send({ households });

  it('are declared and replaced by an admin of the community', async () => {
    const admin = await givenSignedIn(inCommunity('admin', A));
    const { personId } = await givenPerson(inRegion('manager', TOWN));
    const both = [
      { householdId: HOME, relation: 'own' },
      { householdId: KIN, relation: 'kin' },
    ];
    expect((await put(admin, personId, both)).body).toEqual(both);
    expect((await put(admin, personId, [{ householdId: KIN, relation: 'own' }])).body).toEqual([
      { householdId: KIN, relation: 'own' },
    ]);
    const list = await test.http.get(`/api/communities/${A}/people/${personId}/households`).set(bearer(admin.token));
    expect(list.body).toEqual([{ householdId: KIN, relation: 'own' }]);
    expect((await auditOf(personId)).filter((told) => told.includes('declare'))).toEqual([
      `identity.declare-households done ${A}`,
      `identity.declare-households done ${A}`,
    ]);
  });

  it('must be households of this community, of somebody who works in it', async () => {
    const admin = await givenSignedIn(inCommunity('admin', A));
    const here = await givenPerson(inCommunity('cashier', A));
    const elsewhere = await givenPerson(inCommunity('cashier', B));
    expect((await put(admin, here.personId, [{ householdId: FOREIGN, relation: 'own' }])).status).toBe(404);
    expect((await put(admin, elsewhere.personId, [{ householdId: HOME, relation: 'own' }])).status).toBe(404);
    const twice = [
      { householdId: HOME, relation: 'own' },
      { householdId: HOME.toUpperCase(), relation: 'kin' },
    ];
    expect((await put(admin, here.personId, twice)).status).toBe(422);
    const cashier = await givenSignedIn(inCommunity('cashier', A));
    expect((await put(cashier, here.personId, [])).status).toBe(403);
  });

  it('may be added for oneself, but not taken back', async () => {
    const admin = await givenSignedIn(inCommunity('admin', A));
    expect((await put(admin, admin.personId, [{ householdId: HOME, relation: 'own' }])).status).toBe(200);
    const taken = await put(admin, admin.personId, [{ householdId: KIN, relation: 'own' }]);
    expect([taken.status, taken.body.type]).toEqual([409, 'identity.own-account']);
  });
});

describe('one-time codes', () => {
  class NotingGateway extends MessageGateway {
    readonly sent: { phone: string; code: string }[] = [];

    override async send(phone: string, text: string): Promise<void> {
      this.sent.push({ phone, code: /\d{6}/.exec(text)?.[0] ?? '' });
    }
  }

  let lastPhone = 13_800_000_000;
  const given = () => {
    const phone = String((lastPhone += 1));
    const phoneHash = secrets.lookupHash('member.phone', phone);
    const gateway = new NotingGateway();
    const codes = new OneTimeCodes(test.database, secrets, gateway);
    return { phone, phoneHash, gateway, codes, code: () => gateway.sent.at(-1)?.code ?? '' };
  };

  it('open once, within five minutes', async () => {
    const { phone, phoneHash, gateway, codes, code } = given();
    await codes.send(phoneHash, phone);
    expect(gateway.sent).toEqual([{ phone, code: expect.stringMatching(/^\d{6}$/) }]);
    const both = await Promise.all([codes.verify(phoneHash, code()), codes.verify(phoneHash, code())]);
    expect(both.toSorted()).toEqual([false, true]);

    await test.moveClock('2 minutes');
    await codes.send(phoneHash, phone);
    await test.moveClock('7 minutes 1 second');
    expect(await codes.verify(phoneHash, code())).toBe(false);
    expect(await codes.purge()).toBe(0);
    await test.moveClock('9 minutes');
    expect(await codes.purge()).toBe(1);
  });

  it('are worth nothing after five wrong guesses', async () => {
    const { phone, phoneHash, codes, code } = given();
    await codes.send(phoneHash, phone);
    const wrong = code() === '111111' ? '222222' : '111111';
    for (let guess = 1; guess <= 5; guess += 1) expect(await codes.verify(phoneHash, wrong)).toBe(false);
    expect(await codes.verify(phoneHash, code())).toBe(false);
  });

  it('are sent to a phone once a minute, and the new one takes the place of the old', async () => {
    const { phone, phoneHash, gateway, codes, code } = given();
    await codes.send(phoneHash, phone);
    const first = code();
    await expect(codes.send(phoneHash, phone)).rejects.toMatchObject({
      code: 'identity.code-too-soon',
      params: { retryAfterSeconds: 60 },
    });
    await test.moveClock('61 seconds');
    await codes.send(phoneHash, phone);
    expect(gateway.sent).toHaveLength(2);
    if (first !== code()) expect(await codes.verify(phoneHash, first)).toBe(false);
    expect(await codes.verify(phoneHash, code())).toBe(true);
  });

  it('go nowhere, at the same pace, for a phone that nobody has', async () => {
    const { phoneHash, gateway, codes } = given();
    await codes.send(phoneHash, null);
    expect(gateway.sent).toEqual([]);
    await expect(codes.send(phoneHash, null)).rejects.toMatchObject({ code: 'identity.code-too-soon' });
  });

  it('are printed for a developer, and in production neither they nor the phone are', async () => {
    const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const before = process.env['NODE_ENV'];
    const gateway = new ConsoleGateway(new Log(createLogger('warn')));
    try {
      await gateway.send('13800000000', '验证码 123456');
      expect(String(printed.mock.calls)).toMatch(/13800000000.*123456/);
      printed.mockClear();
      process.env['NODE_ENV'] = 'production';
      await gateway.send('13800000000', '验证码 123456');
      expect(String(printed.mock.calls)).not.toMatch(/1380|123456/);
    } finally {
      process.env['NODE_ENV'] = before;
      printed.mockRestore();
    }
  });
});

describe('a route without a rule', () => {
  @Controller('open')
  class RuledController {
    @Public()
    @Get()
    look(): string {
      return '';
    }
  }

  @Controller('forgotten')
  class ForgottenController {
    @Get()
    look(): string {
      return this.helper();
    }

    @Get('more')
    lookMore(): string {
      return this.helper();
    }

    private helper(): string {
      return '';
    }
  }

  @Module({ imports: [DiscoveryModule], providers: [RouteRulesCheck], controllers: [RuledController] })
  class RuledModule {}

  @Module({ imports: [RuledModule], controllers: [ForgottenController] })
  class ForgottenModule {}

  it('keeps the application from starting, by name', async () => {
    const ruled = await Test.createTestingModule({ imports: [RuledModule] }).compile();
    await ruled.init();
    await ruled.close();
    const forgotten = await Test.createTestingModule({ imports: [ForgottenModule] }).compile();
    await expect(forgotten.init()).rejects.toThrow(
      'These routes have no rule (@Allow, @SignedIn or @Public): ForgottenController.look, ForgottenController.lookMore',
    );
  });
});
