import { givenCommunity, type GivenCommunity, givenStaff } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';

interface Shown {
  readonly auditId: string;
  readonly at: string;
  readonly actorId: string;
  readonly actorName: string | null;
  readonly actorRole: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly result: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

describe('the audit trail', () => {
  let shop: TestApp;
  let community: GivenCommunity;
  let path: string;

  beforeAll(async () => {
    shop = await createTestApp();
    community = await givenCommunity(shop);
    path = `${community.path}/audit-records`;
  });
  afterAll(() => shop.close());

  async function list(query = ''): Promise<Shown[]> {
    const reply = await community.staff.supervisor.get(`${path}?${query}`).expect(200);
    return reply.body as Shown[];
  }

  async function openHousehold(door: string): Promise<string> {
    const opened = await community.staff.manager.post(`${community.path}/households`, {
      door,
      members: [{ name: '袁大明', phone: '13800010000' }],
      consents: ['scheme', 'phone'].map((purpose) => ({ purpose, version: '1', channel: 'paper' })),
    });
    return (opened.body as { householdId: string }).householdId;
  }

  it('names who did what to what, newest first', async () => {
    const householdId = await openHousehold('3-101');
    await community.staff.manager.post(`${community.path}/households/${householdId}/freeze`, { reason: '搬家' });
    const [newest, before] = await list(`subjectId=${householdId}`);
    expect(newest).toMatchObject({
      actorId: community.staff.manager.actorId,
      actorName: 'manager',
      actorRole: 'manager',
      action: 'residents.freeze-household',
      subjectKind: 'household',
      subjectId: householdId,
    });
    expect(before?.at.localeCompare(newest?.at ?? '')).toBeLessThan(0);
    expect(Object.keys(newest ?? {})).not.toContain('sessionId');
  });

  it('gives every record once, page by page', async () => {
    const { rows } = await shop.owner.query<{ id: string }>(
      `SELECT audit_id AS id FROM audit_record WHERE community_id = $1 ORDER BY at DESC, audit_id DESC`,
      [community.communityId],
    );
    const seen: string[] = [];
    for (let page = await list('limit=4'); page.length > 0; page = await list(`limit=4&after=${seen.at(-1)}`)) {
      seen.push(...page.map(({ auditId }) => auditId));
    }
    expect(rows.length).toBeGreaterThan(8);
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  it('is cut by day, by action and by person', async () => {
    const all = await list('limit=100');
    const today = new Date(Date.parse(all[0]?.at ?? '') + 8 * 3_600_000).toISOString().slice(0, 10);
    expect((await list(`limit=100&from=${today}&to=${today}`)).length).toBe(all.length);
    expect(await list('to=2020-01-01')).toEqual([]);
    expect(await list('from=2090-01-01')).toEqual([]);
    const action = 'tariff.submit-version';
    expect(await list(`limit=100&action=${action}`)).toEqual(all.filter((record) => record.action === action));
    const actorId = community.staff.manager.actorId;
    expect(await list(`limit=100&actorId=${actorId}`)).toEqual(all.filter((record) => record.actorId === actorId));
    expect(all.some((record) => record.actorId !== actorId)).toBe(true);
  });

  it('shows no whole phone number that somebody typed into a reason', async () => {
    const householdId = await openHousehold('3-102');
    const { body } = await community.staff.manager.get(`${community.path}/households/${householdId}`);
    const { members } = body as { members: { memberId: string }[] };
    const memberId = members[0]?.memberId ?? '';
    await community.staff.manager
      .post(`${community.path}/members/${memberId}/phone/reveal`, { reason: '打 13800010000 通知领奖' })
      .expect(200);
    const [record] = await list(`subjectId=${memberId}&action=residents.reveal-phone`);
    expect(record?.detail).toEqual({ reason: '打 138****0000 通知领奖' });
  });

  it('ends at the community', async () => {
    const elsewhere = await givenCommunity(shop, { tariff: null });
    await elsewhere.staff.supervisor.get(path).expect(404);
    const own = await elsewhere.staff.supervisor.get(`${elsewhere.path}/audit-records?limit=100`).expect(200);
    const ids = (own.body as Shown[]).map(({ auditId }) => auditId);
    const { rows } = await shop.owner.query(
      `SELECT 1 FROM audit_record WHERE audit_id = ANY ($1) AND community_id <> $2`,
      [ids, elsewhere.communityId],
    );
    expect(rows).toEqual([]);
    const foreign = (await list())[0]?.auditId ?? '';
    await elsewhere.staff.supervisor.get(`${elsewhere.path}/audit-records?after=${foreign}`).expect(200, []);
  });

  it('is for administrators and supervisors', async () => {
    await community.staff.admin.get(path).expect(200);
    await community.staff.manager.get(path).expect(403);
    await community.staff.cashier.get(path).expect(403);
  });

  it('is not for who supervises a single place', async () => {
    const inspector = await givenStaff(shop, community.communityId, 'supervisor', community.shopId);
    await inspector.get(path).expect(403);
    const [refused] = await list(`actorId=${inspector.actorId}`);
    expect(refused).toMatchObject({ action: 'reports.audit-records', result: 'refused' });
  });
});
