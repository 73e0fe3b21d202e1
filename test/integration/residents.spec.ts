import { Households } from '../../src/residents/index.js';
import { Ledger } from '../../src/ledger/index.js';
import { type GivenCommunity, givenCommunity, givenStaff } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';

const SCHEME = { purpose: 'scheme', version: '2026-01', channel: 'paper' } as const;
const PHONE = { purpose: 'phone', version: '2026-01', channel: 'desk' } as const;

interface Detail {
  householdId: string;
  door: string;
  areaId: string | null;
  areaNames: string[];
  status: string;
  members: { memberId: string; name: string; isHead: boolean; phoneMasked: string | null }[];
  cards: { cardId: string; number: string; status: string; hasPin: boolean }[];
  consents: { consentId: string; purpose: string; withdrawnAt: string | null }[];
}

let shop: TestApp;
let home: GivenCommunity;
let doorNumber = 0;

beforeAll(async () => {
  shop = await createTestApp();
  home = await givenCommunity(shop, { tariff: null });
});

afterAll(async () => shop.close());

function nextDoor(): string {
  doorNumber += 1;
  return `1-${doorNumber}`;
}

/** Opens a household over HTTP; the answer as it came. */
function open(body: object) {
  return home.staff.manager.post(`${home.path}/households`, {
    door: nextDoor(),
    members: [{ name: '袁大明' }],
    consents: [SCHEME],
    ...body,
  });
}

async function opened(body: object = {}): Promise<string> {
  const answer = await open(body).expect(201);
  return (answer.body as { householdId: string }).householdId;
}

async function detail(householdId: string): Promise<Detail> {
  const answer = await home.staff.manager.get(`${home.path}/households/${householdId}`).expect(200);
  return answer.body as Detail;
}

async function auditsOf(subjectId: string): Promise<string[]> {
  const { rows } = await shop.owner.query<{ action: string }>(
    `SELECT action FROM audit_record WHERE community_id = $1 AND subject_id = $2 ORDER BY audit_id`,
    [home.communityId, subjectId],
  );
  return rows.map((row) => row.action);
}

describe('opening a household', () => {
  it('makes account, members, consents and a first card in one', async () => {
    const answer = await open({
      door: ' ３ － ２０１ ',
      members: [{ name: '欧阳　修', phone: '+86 138-0001-2345' }, { name: '李小红' }],
      consents: [SCHEME, PHONE],
      withCard: true,
    }).expect(201);
    const { householdId, card } = answer.body as {
      householdId: string;
      card: { cardId: string; number: string; tokenText: string };
    };
    expect(card.tokenText).toMatch(/^EM1\.[\w-]{22}$/);
    const found = await detail(householdId);
    expect(found).toMatchObject({ door: '3-201', status: 'active', balanceCentipoints: 0, areaNames: [] });
    expect(found.members).toMatchObject([
      { name: '欧阳修', isHead: true, phoneMasked: '138****2345' },
      { name: '李小红', isHead: false, phoneMasked: null },
    ]);
    expect(found.cards).toMatchObject([{ number: card.number, status: 'active', hasPin: false }]);
    expect(found.consents.map((consent) => consent.purpose).toSorted()).toEqual(['phone', 'scheme']);
    expect(await shop.app.get(Ledger, { strict: false }).balance(home.communityId, householdId)).toMatchObject({
      balance: 0,
    });
    expect(await auditsOf(householdId)).toEqual(['residents.open-household']);
  });

  it.each(['A"1', 'B\\\\2', '{C,3}', "D'4", 'NULL', '𠮷栋-5'])('keeps the door %j as it is', async (door) => {
    expect(await detail(await opened({ door }))).toMatchObject({ door });
  });

  it('refuses a door that an open household has, and leaves nothing behind', async () => {
    const door = nextDoor();
    await opened({ door });
    const count = async () =>
      (await shop.owner.query(`SELECT 1 FROM ledger_account WHERE community_id = $1`, [home.communityId])).rowCount;
    const before = await count();
    const refused = await open({ door }).expect(409);
    expect(refused.body).toMatchObject({ type: 'residents.door-taken' });
    expect(await count()).toBe(before);
  });

  it('lets one of two desks have a door that both want at once', async () => {
    const door = nextDoor();
    const answers = await Promise.all([open({ door }), open({ door })]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  it('enters nobody without his consent, and no phone without one of its own', async () => {
    const noScheme = await open({ consents: [PHONE] }).expect(422);
    expect(noScheme.body).toMatchObject({ type: 'residents.consent-missing', params: { purpose: 'scheme' } });
    const noPhone = await open({ members: [{ name: '袁大明', phone: '13800010000' }] }).expect(422);
    expect(noPhone.body).toMatchObject({ params: { purpose: 'phone' } });
  });

  it.each([
    ['an unknown area', { areaId: '018f0000-0000-7000-8000-000000000000' }, 'places.unknown-area'],
    ['a name of signs', { members: [{ name: '***' }] }, 'fields'],
    ['a landline', { members: [{ name: '袁大明', phone: '05558888888' }] }, 'fields'],
    ['nobody', { members: [] }, 'fields'],
    ['an unknown field', { points: 100 }, 'fields'],
    ['a door of 41 characters', { door: '一'.repeat(41) }, 'fields'],
    ['a door that tidying makes too long', { door: '℡'.repeat(20) }, 'fields'],
    ['two consents to one thing', { consents: [SCHEME, SCHEME] }, 'fields'],
  ])('refuses %s', async (_what, body, type) => {
    const refused = await open(body).expect(422);
    expect(refused.body).toMatchObject({ type });
  });

  it('keeps no phone number readable in the database', async () => {
    const phone = '13912345678';
    await opened({ members: [{ name: '袁大明', phone }], consents: [SCHEME, PHONE] });
    const { rows } = await shop.owner.query<{ text: string }>(
      `SELECT m::text AS text FROM member AS m UNION ALL SELECT p::text FROM phone_directory AS p
       UNION ALL SELECT a::text FROM audit_record AS a`,
    );
    const hex = Buffer.from(phone).toString('hex');
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ text }) => text.includes(phone) || text.includes(hex))).toEqual([]);
  });
});

describe('who may do what', () => {
  it('lets collectors, cashiers and supervisors look, and change nothing', async () => {
    const householdId = await opened();
    for (const role of ['collector', 'cashier', 'supervisor'] as const) {
      const client = home.staff[role];
      await client.get(`${home.path}/households/${householdId}`).expect(200);
      await client.get(`${home.path}/households?q=1-`).expect(200);
      await client.patch(`${home.path}/households/${householdId}`, { door: nextDoor() }).expect(403);
      await client.post(`${home.path}/households/${householdId}/cards`).expect(403);
      await client.post(`${home.path}/households/${householdId}/freeze`, { reason: '试试' }).expect(403);
    }
    await home.staff['stock-keeper'].get(`${home.path}/households/${householdId}`).expect(403);
  });

  it('knows no household of another community', async () => {
    const householdId = await opened();
    const away = await givenCommunity(shop, { tariff: null });
    await away.staff.manager.get(`${home.path}/households/${householdId}`).expect(404);
    const foreign = await away.staff.manager.get(`${away.path}/households/${householdId}`).expect(404);
    expect(foreign.body).toMatchObject({ type: 'residents.household-not-found' });
    await away.staff.manager.patch(`${away.path}/households/${householdId}`, { door: '9-9' }).expect(404);
  });
});

describe('moving within the community', () => {
  it('changes door and grid, with both states in the audit record', async () => {
    const { body: grid } = await home.staff.manager.post(`${home.path}/areas`, { name: '第一网格' }).expect(201);
    const { body: building } = await home.staff.manager
      .post(`${home.path}/areas`, { name: '3栋', parentId: (grid as { areaId: string }).areaId })
      .expect(201);
    const { areaId } = building as { areaId: string };
    const householdId = await opened();
    const door = nextDoor();
    await home.staff.manager.patch(`${home.path}/households/${householdId}`, { door, areaId }).expect(200);
    expect(await detail(householdId)).toMatchObject({ door, areaId, areaNames: ['第一网格', '3栋'] });
    await home.staff.manager.patch(`${home.path}/households/${householdId}`, { areaId: null }).expect(200);
    expect(await detail(householdId)).toMatchObject({ door, areaId: null });
    const { rows } = await shop.owner.query(
      `SELECT before_hash, after_hash FROM audit_record WHERE community_id = $1 AND subject_id = $2
         AND action = 'residents.change-household' AND before_hash <> after_hash`,
      [home.communityId, householdId],
    );
    expect(rows).toHaveLength(2);
  });

  it('refuses a door that is taken', async () => {
    const door = nextDoor();
    await opened({ door });
    const householdId = await opened();
    const refused = await home.staff.manager.patch(`${home.path}/households/${householdId}`, { door }).expect(409);
    expect(refused.body).toMatchObject({ type: 'residents.door-taken' });
  });
});

describe('freezing and closing', () => {
  it('freezes once and unfreezes once', async () => {
    const householdId = await opened();
    const path = `${home.path}/households/${householdId}`;
    const reason = '积分有疑问';
    await home.staff.manager.post(`${path}/freeze`, { reason }).expect(200);
    expect((await home.staff.manager.post(`${path}/freeze`, { reason }).expect(409)).body).toMatchObject({
      type: 'residents.household-frozen',
    });
    await home.staff.manager.post(`${path}/unfreeze`, { reason }).expect(200);
    expect((await home.staff.manager.post(`${path}/unfreeze`, { reason }).expect(409)).body).toMatchObject({
      type: 'residents.household-not-frozen',
    });
    expect(await auditsOf(householdId)).toEqual([
      'residents.open-household',
      'residents.freeze-household',
      'residents.unfreeze-household',
    ]);
  });

  it('closes an empty household: cards laid aside, door free, nothing changes any more', async () => {
    const door = nextDoor();
    const householdId = await opened({ door, withCard: true });
    const path = `${home.path}/households/${householdId}`;
    await home.staff.manager.post(`${path}/close`, { reason: '搬走了' }).expect(200);
    expect(await detail(householdId)).toMatchObject({ status: 'closed', cards: [{ status: 'frozen' }] });
    await opened({ door });
    const refused = await home.staff.manager.patch(path, { door: nextDoor() }).expect(409);
    expect(refused.body).toMatchObject({ type: 'residents.household-closed', params: { status: 'closed' } });
    await home.staff.manager.post(`${path}/cards`).expect(409);
  });

  it('does not close a household that has points', async () => {
    const householdId = await opened();
    await shop.owner.query(`SELECT commit_opening($1, $2, $3, 320, $4, $5)`, [
      home.communityId,
      home.staff.manager.actorId,
      householdId,
      '018f0000-0000-7000-8000-000000000001',
      '018f0000-0000-7000-8000-000000000002',
    ]);
    const refused = await home.staff.manager
      .post(`${home.path}/households/${householdId}/close`, { reason: '搬走了' })
      .expect(409);
    expect(refused.body).toMatchObject({ type: 'residents.balance-not-zero' });
    expect(await detail(householdId)).toMatchObject({ status: 'active' });
  });
});

describe('members', () => {
  it('come, change their name, become head and leave', async () => {
    const householdId = await opened();
    const { body } = await home.staff.manager
      .post(`${home.path}/households/${householdId}/members`, { name: '李小红' })
      .expect(201);
    const { memberId } = body as { memberId: string };
    await home.staff.manager.patch(`${home.path}/members/${memberId}`, { name: '李晓红', isHead: true }).expect(204);
    const { members } = await detail(householdId);
    expect(members.map(({ name, isHead }) => [name, isHead])).toEqual([
      ['李晓红', true],
      ['袁大明', false],
    ]);
    const refused = await home.staff.manager
      .post(`${home.path}/members/${memberId}/leave`, { reason: '搬走了' })
      .expect(409);
    expect(refused.body).toMatchObject({ type: 'residents.head-needed' });
    const other = members[1]?.memberId ?? '';
    await home.staff.manager.post(`${home.path}/members/${other}/leave`, { reason: '搬走了' }).expect(204);
    expect((await detail(householdId)).members).toHaveLength(1);
    await home.staff.manager.post(`${home.path}/members/${other}/leave`, { reason: '搬走了' }).expect(404);
  });

  it('are 21 at most, also when many are added at once', async () => {
    const householdId = await opened({ members: Array.from({ length: 19 }, () => ({ name: '袁小明' })) });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        home.staff.manager.post(`${home.path}/households/${householdId}/members`, { name: '袁小红' }),
      ),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 201, 409, 409, 409]);
  });
});

describe('phones', () => {
  const path = (memberId: string) => `${home.path}/members/${memberId}/phone`;

  async function memberOf(householdId: string): Promise<string> {
    return (await detail(householdId)).members[0]?.memberId ?? '';
  }

  async function directory(householdId: string): Promise<number> {
    const { rows } = await shop.owner.query(`SELECT 1 FROM phone_directory WHERE household_id = $1`, [householdId]);
    return rows.length;
  }

  it('are kept with an open consent only; one given in the request counts', async () => {
    const householdId = await opened();
    const memberId = await memberOf(householdId);
    const refused = await home.staff.manager.put(path(memberId), { phone: '13800010000' }).expect(422);
    expect(refused.body).toMatchObject({ type: 'residents.consent-missing', params: { purpose: 'phone' } });
    await home.staff.manager.put(path(memberId), { phone: '13800010000', consent: PHONE }).expect(204);
    expect((await detail(householdId)).members[0]).toMatchObject({ phoneMasked: '138****0000' });
    expect(await directory(householdId)).toBe(1);
    await home.staff.manager.put(path(memberId), { phone: '13800019999' }).expect(204);
    expect(await directory(householdId)).toBe(1);
    await home.staff.manager.delete(path(memberId)).expect(204);
    expect(await directory(householdId)).toBe(0);
  });

  it('are shown whole for a reason, which is recorded', async () => {
    const phone = '13800010001';
    const householdId = await opened({ members: [{ name: '袁大明', phone }], consents: [SCHEME, PHONE] });
    const memberId = await memberOf(householdId);
    await home.staff.manager.post(`${path(memberId)}/reveal`).expect(422);
    await home.staff.supervisor.post(`${path(memberId)}/reveal`, { reason: '核对' }).expect(403);
    const shown = await home.staff.manager.post(`${path(memberId)}/reveal`, { reason: '通知领取奖品' }).expect(200);
    expect(shown.body).toEqual({ phone });
    const { rows } = await shop.owner.query(
      `SELECT actor_id, detail FROM audit_record WHERE community_id = $1 AND subject_id = $2
         AND action = 'residents.reveal-phone'`,
      [home.communityId, memberId],
    );
    expect(rows).toEqual([{ actor_id: home.staff.manager.actorId, detail: { reason: '通知领取奖品' } }]);
    await home.staff.manager.delete(path(memberId)).expect(204);
    const none = await home.staff.manager.post(`${path(memberId)}/reveal`, { reason: '核对' }).expect(404);
    expect(none.body).toMatchObject({ type: 'residents.no-phone' });
  });

  it('go with the last consent to keep them', async () => {
    const householdId = await opened({
      members: [{ name: '袁大明', phone: '13800010002' }],
      consents: [SCHEME, PHONE],
    });
    const consents = `${home.path}/households/${householdId}/consents`;
    const { body: second } = await home.staff.manager.post(consents, PHONE).expect(201);
    const open = (await detail(householdId)).consents.filter((consent) => consent.purpose === 'phone');
    const first = open.find((consent) => consent.consentId !== (second as { consentId: string }).consentId);
    await home.staff.manager.delete(`${consents}/${first?.consentId}`).expect(204);
    expect((await detail(householdId)).members[0]?.phoneMasked).toBe('138****0002');
    await home.staff.manager.delete(`${consents}/${(second as { consentId: string }).consentId}`).expect(204);
    expect((await detail(householdId)).members[0]?.phoneMasked).toBeNull();
    expect(await directory(householdId)).toBe(0);
    await home.staff.manager.delete(`${consents}/${(second as { consentId: string }).consentId}`).expect(404);
  });
});

describe('erasing a member', () => {
  it('leaves neither name, pinyin nor phone, and no sum or hash changed', async () => {
    const householdId = await opened({
      members: [{ name: '尉迟敬德', phone: '13800010003' }],
      consents: [SCHEME, PHONE],
    });
    const { members } = await detail(householdId);
    const memberId = members[0]?.memberId ?? '';
    await home.staff.manager
      .post(`${home.path}/households/${householdId}/consents`, { ...SCHEME, memberId })
      .expect(201);
    const ledger = async () =>
      (await shop.owner.query(`SELECT * FROM ledger_account WHERE owner_id = $1 ORDER BY account_id`, [householdId]))
        .rows as unknown;
    const before = await ledger();
    await home.staff.manager.post(`${home.path}/members/${memberId}/erase`, { reason: '本人要求' }).expect(204);
    const after = await detail(householdId);
    expect(after.members[0]).toMatchObject({ name: '已注销', phoneMasked: null });
    expect(await ledger()).toEqual(before);
    for (const q of ['尉迟', 'yuchi', 'ycjd', '0003', '13800010003']) {
      const { body } = await home.staff.manager.get(`${home.path}/households?q=${encodeURIComponent(q)}`).expect(200);
      expect((body as Detail[]).some((line) => line.householdId === householdId)).toBe(false);
    }
    const { rows } = await shop.owner.query<{ text: string }>(
      `SELECT m::text AS text FROM member AS m UNION ALL SELECT a::text FROM audit_record AS a
       UNION ALL SELECT c::text FROM card_event AS c UNION ALL SELECT r::text FROM request AS r`,
    );
    expect(rows.filter(({ text }) => /尉迟|yuchi/.test(text))).toEqual([]);
    const open = await shop.owner.query(
      `SELECT 1 FROM consent WHERE community_id = $1 AND member_id = $2 AND withdrawn_at IS NULL`,
      [home.communityId, memberId],
    );
    expect(open.rowCount).toBe(0);
  });
});

describe('a manager of one site', () => {
  it('may open households too: they belong to the community', async () => {
    const manager = await givenStaff(shop, home.communityId, 'manager', home.shopId);
    await manager
      .post(`${home.path}/households`, { door: nextDoor(), members: [{ name: '袁大明' }], consents: [SCHEME] })
      .expect(201);
  });
});

describe('the service, called directly', () => {
  it('opens a household for the installation itself', async () => {
    const opened = await shop.app.get(Households, { strict: false }).open(home.system, {
      door: nextDoor(),
      areaId: null,
      people: [{ name: '袁大明', phone: null }],
      consents: [SCHEME],
      withCard: false,
    });
    expect(opened.card).toBeNull();
  });
});
