import { createHash } from 'node:crypto';
import { HouseholdSearch } from '../../src/residents/index.js';
import { LOOKUP_KINDS } from '../../src/residents/search/household-query.rules.js';
import { FOUND_MAX, SEARCH_STATEMENTS } from '../../src/residents/search/household-search.js';
import { parseCardToken } from '../../src/residents/card-number.rules.js';
import { type GivenCommunity, givenCommunity, givenStaff } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';

const CROWD = 20_000;
const CONSENTS = [
  { purpose: 'scheme', version: '2026-01', channel: 'paper' },
  { purpose: 'phone', version: '2026-01', channel: 'paper' },
];

interface Line {
  householdId: string;
  door: string;
  headName: string;
  memberNames: string[];
  cardId: string | null;
  cardNumber: string | null;
  cardStatus: string | null;
  balanceCentipoints: number;
}

interface Card {
  cardId: string;
  number: string;
  tokenText: string;
}

let shop: TestApp;
let home: GivenCommunity;
let yuan: { householdId: string; card: Card };
let lv: { householdId: string; card: Card };

beforeAll(async () => {
  shop = await createTestApp();
  home = await givenCommunity(shop, { tariff: null });
  yuan = await open('12-3-201', [{ name: '袁大明', phone: '13800012345' }, { name: '李小红' }]);
  lv = await open('三组12号', [{ name: '吕布', phone: '13900012345' }]);
  await fill(home.communityId);
  await shop.owner.query('ANALYZE');
});

afterAll(async () => shop.close());

async function open(door: string, members: object[]): Promise<{ householdId: string; card: Card }> {
  const { body } = await home.staff.manager
    .post(`${home.path}/households`, { door, members, consents: CONSENTS, withCard: true })
    .expect(201);
  return body as { householdId: string; card: Card };
}

/** Twenty thousand households with two members and a card each, as rows: the services would take minutes. */
async function fill(communityId: number): Promise<void> {
  const id = (kind: string) => `('01900000-0000-7000-8${kind}00-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const each = `generate_series(1, ${CROWD}) AS n`;
  const statements = [
    `INSERT INTO ledger_account SELECT $1, ${id('0')}, 'household', ${id('0')}, 0, 0, 0, 0, 0, 0,
       decode(repeat('00', 32), 'hex'), now() FROM ${each}`,
    `INSERT INTO household SELECT $1, ${id('0')}, (n % 60) || '-' || (n % 7) || '-' || n, NULL, 'active', NULL, now(), now()
     FROM ${each}`,
    `INSERT INTO member SELECT $1, ${id('1')}, ${id('0')}, '王' || n, 'wang' || n, 'w' || n, true, '\\x00',
       sha256(('a' || n)::bytea), sha256(('t' || (n % 10000))::bytea), NULL, now() FROM ${each}`,
    `INSERT INTO member SELECT $1, ${id('2')}, ${id('0')}, '张' || n, 'zhang' || n, 'z' || n, false, NULL, NULL, NULL,
       NULL, now() FROM ${each}`,
    `INSERT INTO card SELECT $1, ${id('3')}, ${id('0')}, NULL, 'x' || n, sha256(n::text::bytea), 'active', NULL, NULL, 0,
       now() FROM ${each}`,
  ];
  for (const statement of statements) await shop.owner.query(statement, [communityId]);
}

async function find(q: string, by = 'auto'): Promise<Line[]> {
  const path = `${home.path}/households?by=${by}&q=${encodeURIComponent(q)}`;
  return (await home.staff.cashier.get(path).expect(200)).body as Line[];
}

describe('looking a household up', () => {
  it.each([
    ['its card’s QR text', () => yuan.card.tokenText],
    ['its card’s number', () => `${yuan.card.number.slice(0, 5)} ${yuan.card.number.slice(5)}`],
    ['the whole phone', () => '138-0001-2345'],
    ['the end of the phone', () => '2345'],
    ['the beginning of the door', () => '１２－３－２'],
    ['the beginning of the head’s name', () => '袁大'],
    ['the beginning of a member’s name', () => '李小'],
    ['pinyin', () => 'yuandam'],
    ['initials', () => 'YDM'],
  ])('finds it by %s', async (_what, q) => {
    const found = await find(q());
    const line = found.find((each) => each.householdId === yuan.householdId);
    expect(line).toEqual({
      householdId: yuan.householdId,
      door: '12-3-201',
      areaId: null,
      status: 'active',
      headName: '袁大明',
      memberNames: ['袁大明', '李小红'],
      cardId: yuan.card.cardId,
      cardNumber: yuan.card.number,
      cardStatus: 'active',
      balanceCentipoints: 0,
      heldCentipoints: 0,
    });
  });

  it('finds a door that is written in characters, and ü typed as v or u with dots', async () => {
    for (const q of ['三组12', 'lvbu', 'lübu', 'lb']) {
      expect((await find(q)).map((line) => line.householdId)).toContain(lv.householdId);
    }
  });

  it('finds everybody whose phone ends so', async () => {
    const found = await find('2345', 'tail');
    expect(found.map((line) => line.householdId).toSorted()).toEqual([yuan.householdId, lv.householdId].toSorted());
  });

  it('shows the card that was looked for, lost or not', async () => {
    const lost = await open('99-1', [{ name: '袁小明' }]);
    await home.staff.manager.post(`${home.path}/cards/${lost.card.cardId}/report-lost`, { reason: '丢了' }).expect(204);
    await home.staff.manager.post(`${home.path}/households/${lost.householdId}/cards`).expect(201);
    expect(await find(lost.card.tokenText)).toMatchObject([
      { householdId: lost.householdId, cardNumber: lost.card.number, cardStatus: 'lost' },
    ]);
  });

  it('finds nothing of a closed household but by its card', async () => {
    const closed = await open('99-2', [{ name: '独孤求败' }]);
    await home.staff.manager
      .post(`${home.path}/households/${closed.householdId}/close`, { reason: '搬走' })
      .expect(200);
    expect(await find('独孤')).toEqual([]);
    expect(await find('99-2')).toEqual([]);
    expect(await find(closed.card.number)).toMatchObject([{ status: 'closed' }]);
  });

  it('finds no member who has left', async () => {
    const { householdId } = await open('99-3', [{ name: '袁老三' }, { name: '令狐冲' }]);
    const { body } = await home.staff.manager.get(`${home.path}/households/${householdId}`).expect(200);
    const member = (body as { members: { memberId: string; name: string }[] }).members.find(
      ({ name }) => name === '令狐冲',
    );
    await home.staff.manager.post(`${home.path}/members/${member?.memberId}/leave`, { reason: '成家' }).expect(204);
    expect(await find('令狐')).toEqual([]);
  });

  it('finds 20 at most, each once', async () => {
    for (const q of ['王', 'w', '1', 'zhang']) {
      const ids = (await find(q)).map((line) => line.householdId);
      expect(ids).toHaveLength(FOUND_MAX);
      expect(new Set(ids).size).toBe(FOUND_MAX);
    }
  });

  it.each(['%', '_', "'; DROP TABLE member; --", '\\', '🧼', '138000123456789'])('is not confused by %s', async (q) => {
    expect(await find(q)).toEqual([]);
  });

  it('finds nobody of another community', async () => {
    const away = await givenCommunity(shop, { tariff: null });
    for (const q of [yuan.card.tokenText, yuan.card.number, '13800012345', '2345', '12-3-201', '袁大明', 'ydm']) {
      const { body } = await away.staff.cashier.get(`${away.path}/households?q=${encodeURIComponent(q)}`).expect(200);
      expect(body).toEqual([]);
    }
  });

  it.each(['by=magic&q=1', 'q=', `q=${'1'.repeat(101)}`, 'limit=101', 'status=gone', 'after=1', 'areaId=1'])(
    'refuses ?%s',
    async (query) => {
      await home.staff.cashier.get(`${home.path}/households?${query}`).expect(422);
    },
  );
});

describe('what a look-up costs', () => {
  it.each(LOOKUP_KINDS)('by %s touches no table as a whole, whatever plan is made', async (kind) => {
    const bytes = kind === 'token' || kind === 'phone' || kind === 'tail';
    const parameters = bytes
      ? ['bigint', 'bytea']
      : kind === 'number'
        ? ['bigint', 'text']
        : ['bigint', 'text', 'text'];
    const values = bytes ? `, '\\x00'` : kind === 'number' ? `, '1'` : `, 'w1', 'w2'`;
    const client = await shop.owner.connect();
    try {
      await client.query(`PREPARE look (${parameters.join(', ')}) AS ${SEARCH_STATEMENTS[kind]}`);
      for (const mode of ['force_generic_plan', 'force_custom_plan']) {
        await client.query(`SET plan_cache_mode = ${mode}`);
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(
          `EXPLAIN EXECUTE look (${home.communityId}${values})`,
        );
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan).not.toMatch(/Seq Scan/);
        expect(plan).toMatch(/Index (Only )?Scan|Bitmap Index Scan/);
      }
    } finally {
      await client.query('DEALLOCATE ALL; RESET plan_cache_mode');
      client.release();
    }
  });

  it('is below 50 ms at the median, for every kind', async () => {
    const search = shop.app.get(HouseholdSearch, { strict: false });
    for (const q of [yuan.card.tokenText, yuan.card.number, '13800012345', '2345', '12-3', '王', 'wang1', 'w']) {
      const times: number[] = [];
      for (let round = 0; round < 15; round += 1) {
        const begun = performance.now();
        await search.find(home.communityId, q, 'auto');
        times.push(performance.now() - begun);
      }
      expect(times.toSorted((a, b) => a - b)[7]).toBeLessThan(50);
    }
  });
});

describe('the list', () => {
  it('goes through all households page by page, each once', async () => {
    const { body: grid } = await home.staff.manager.post(`${home.path}/areas`, { name: '第九网格' }).expect(201);
    const { areaId: gridId } = grid as { areaId: string };
    const { body: building } = await home.staff.manager
      .post(`${home.path}/areas`, { name: '9栋', parentId: gridId })
      .expect(201);
    const { areaId } = building as { areaId: string };
    const made: string[] = [];
    for (let number = 1; number <= 7; number += 1) {
      const { householdId } = await open(`9-9-${number}`, [{ name: '袁大明' }]);
      await home.staff.manager.patch(`${home.path}/households/${householdId}`, { areaId }).expect(200);
      made.push(householdId);
    }
    for (const place of [gridId, areaId]) {
      const seen: string[] = [];
      for (let after = ''; ; after = `&after=${seen.at(-1)}`) {
        const { body } = await home.staff.supervisor
          .get(`${home.path}/households?limit=3&areaId=${place}${after}`)
          .expect(200);
        const page = (body as Line[]).map((line) => line.householdId);
        seen.push(...page);
        if (page.length < 3) break;
      }
      expect(seen).toEqual(made.toReversed());
    }
  });

  it('shows frozen households with the open ones, or by themselves', async () => {
    const { householdId } = await open('99-4', [{ name: '袁大明' }]);
    await home.staff.manager.post(`${home.path}/households/${householdId}/freeze`, { reason: '核查' }).expect(200);
    const list = async (status: string) =>
      ((await home.staff.supervisor.get(`${home.path}/households?limit=100${status}`).expect(200)).body as Line[]).map(
        (line) => line.householdId,
      );
    expect(await list('')).toContain(householdId);
    expect(await list('&status=frozen')).toContain(householdId);
    expect(await list('&status=active')).not.toContain(householdId);
  });
});

describe('what an offline desk takes along', () => {
  interface Cached {
    householdId: string;
    headNameMasked: string;
    cardTokenHashes: string[];
  }

  it('is every open household once, masked, with hashes that recognise its cards', async () => {
    const seen = new Map<string, Cached>();
    let after = '';
    for (;;) {
      const { body } = await home.staff.collector
        .get(`${home.path}/desk-cache?siteId=${home.dropOffPointId}&limit=1000${after}`)
        .expect(200);
      const page = body as Cached[];
      for (const household of page) {
        expect(seen.has(household.householdId)).toBe(false);
        seen.set(household.householdId, household);
      }
      if (page.length < 1000) break;
      after = `&after=${page.at(-1)?.householdId}`;
    }
    const { rows } = await shop.owner.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM household WHERE community_id = $1 AND status IN ('active', 'frozen')`,
      [home.communityId],
    );
    expect(seen.size).toBe(rows[0]?.open);
    const token = parseCardToken(yuan.card.tokenText) ?? new Uint8Array();
    expect(seen.get(yuan.householdId)).toEqual({
      householdId: yuan.householdId,
      door: '12-3-201',
      status: 'active',
      headNameMasked: '袁**',
      cardTokenHashes: [createHash('sha256').update(token).digest('hex')],
      balanceCentipoints: 0,
      seq: 0,
    });
  });

  it('is for the collectors of that drop-off point', async () => {
    const path = `${home.path}/desk-cache?siteId=`;
    await home.staff.manager.get(path + home.dropOffPointId).expect(403);
    await home.staff.collector.get(path + home.shopId).expect(404);
    const elsewhere = await givenStaff(shop, home.communityId, 'collector', home.shopId);
    await elsewhere.get(path + home.dropOffPointId).expect(404);
    await home.staff.collector.get(`${path}${home.dropOffPointId}&limit=1001`).expect(422);
  });
});
