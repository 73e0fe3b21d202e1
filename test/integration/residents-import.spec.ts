import { randomUUID } from 'node:crypto';
import iconv from 'iconv-lite';
import { cardNumberFrom } from '../../src/residents/card-number.rules.js';
import { HouseholdReader } from '../../src/residents/index.js';
import { type GivenCommunity, givenCommunity } from '../factories/community.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { wrongSums } from '../support/recon.js';

const HEADER = '门牌,户主姓名,家庭成员,手机号,网格,楼栋,单元,卡号,期初积分';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Finding {
  rowNo: number;
  column: string | null;
  code: string;
  sentence: string;
}

interface Preview {
  previewHash: string;
  totals: Record<string, number>;
  errors: Finding[];
  warnings: Finding[];
  rows: { rowNo: number; door: string; areaNames: string[]; phoneMasked: string | null }[];
  newAreas: string[][];
  skippedRowNos: number[];
}

interface Imported {
  importId: string;
  totals: Record<string, number>;
  cards: { rowNo: number; householdId: string; door: string; number: string; tokenText: string }[];
}

let shop: TestApp;
let home: GivenCommunity;
let reader: HouseholdReader;

beforeAll(async () => {
  shop = await createTestApp();
  reader = shop.app.get(HouseholdReader, { strict: false });
});

beforeEach(async () => {
  home = await givenCommunity(shop, { tariff: null });
});

afterAll(async () => shop.close());

function sheet(...rows: string[]): Buffer {
  return Buffer.from([HEADER, ...rows].join('\r\n'), 'utf8');
}

function preview(file: Buffer, fileName = '花名册.csv', client = home.staff.manager) {
  return shop.http
    .post(`${home.path}/household-imports/preview`)
    .set('Authorization', `Bearer ${client.token}`)
    .attach('file', file, fileName);
}

async function previewed(file: Buffer, fileName?: string): Promise<Preview> {
  return (await preview(file, fileName).expect(200)).body as Preview;
}

function runImport(file: Buffer, previewHash: string, key: string = randomUUID(), fileName = '花名册.csv') {
  return shop.http
    .post(`${home.path}/household-imports`)
    .set('Authorization', `Bearer ${home.staff.manager.token}`)
    .set('Idempotency-Key', key)
    .field('previewHash', previewHash)
    .field('consentVersion', '2026-01')
    .attach('file', file, fileName);
}

async function count(table: string): Promise<number> {
  const { rows } = await shop.owner.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} WHERE community_id = $1`,
    [home.communityId],
  );
  return rows[0]?.count ?? -1;
}

/** A card number that no card has yet. */
function freeNumber(): string {
  return cardNumberFrom(String(Math.floor(Math.random() * 1e9)).padStart(9, '0'));
}

describe('the preview', () => {
  it('says what would become of each row, and changes nothing', async () => {
    const file = iconv.encode(
      sheet(
        '３－２０１,张　三,李四、王五,13800012345,第一网格,3栋,2单元,,3.2',
        '201,赵六,,,第一网格,3栋,2单元,,',
        '例：1-1,某某,,,,,,,',
      ).toString(),
      'gb18030',
    );
    const found = await previewed(file);
    expect(found.errors).toEqual([]);
    expect(found.totals).toEqual({
      households: 2,
      people: 4,
      phones: 1,
      givenCards: 0,
      openingCentipoints: 320,
      newAreas: 3,
      errors: 0,
      warnings: 0,
    });
    expect(found.rows).toMatchObject([
      { rowNo: 2, door: '3-201', areaNames: ['第一网格', '3栋', '2单元'], phoneMasked: '138****2345' },
      { rowNo: 3, door: '3-2-201', phoneMasked: null },
    ]);
    expect(found.newAreas).toEqual([['第一网格'], ['第一网格', '3栋'], ['第一网格', '3栋', '2单元']]);
    expect(found.skippedRowNos).toEqual([4]);
    expect([await count('household'), await count('area'), await count('request')]).toEqual([0, 0, 0]);
  });

  it('names what is wrong in each row, also against what the community has', async () => {
    const { body } = await home.staff.manager
      .post(`${home.path}/households`, {
        door: '1-1',
        members: [{ name: '袁大明' }],
        consents: [{ purpose: 'scheme', version: '1', channel: 'paper' }],
        withCard: true,
      })
      .expect(201);
    const { number } = (body as { card: { number: string } }).card;
    const away = await givenCommunity(shop, { tariff: null });
    const { body: foreign } = await away.staff.manager
      .post(`${away.path}/households`, {
        door: '7-7',
        members: [{ name: '袁大明' }],
        consents: [{ purpose: 'scheme', version: '1', channel: 'paper' }],
        withCard: true,
      })
      .expect(201);
    const foreignNumber = (foreign as { card: { number: string } }).card.number;
    const found = await previewed(
      sheet(
        '1-1,张三,,,,,,,',
        `2-1,李四,,,,,,${number},`,
        `2-2,李四,,,,,,${foreignNumber},`,
        '3-201,王五,,,,,,,',
        '201,王六,,,第一网格,3栋,,,',
        '4-1,赵一,,,,9栋,,,',
        '4-2,赵二,,,第一网格,,1单元,,',
        `${'长'.repeat(39)}-1,赵三,,,,,,,`,
        '7-7,钱一,,12345,,,,,',
        ',孙一,,,,,,,',
      ),
    );
    expect(found.errors.map(({ rowNo, column, code }) => [rowNo, column, code])).toEqual([
      [2, 'door', 'door-taken'],
      [3, 'cardNumber', 'card-taken'],
      [4, 'cardNumber', 'card-taken'],
      [6, 'door', 'full-door-duplicate'],
      [7, 'building', 'grid-missing'],
      [8, 'building', 'building-missing'],
      [9, 'door', 'full-door-too-long'],
      [10, 'phone', 'phone-bad'],
      [11, 'door', 'door-missing'],
    ]);
    expect(found.errors[0]?.sentence).toBe('这个门牌已有住户');
    expect(found.totals['errors']).toBe(9);
  });

  it.each([
    ['no file', undefined, 422, 'residents.upload-missing'],
    ['an old workbook', ['x', '名册.xls'], 422, 'residents.sheet-unreadable'],
    ['a broken workbook', ['PK nonsense', '名册.xlsx'], 422, 'residents.sheet-unreadable'],
    ['a picture', ['x', 'a.png'], 422, 'residents.sheet-unreadable'],
  ] as const)('refuses %s', async (_what, file, status, type) => {
    const request = shop.http
      .post(`${home.path}/household-imports/preview`)
      .set('Authorization', `Bearer ${home.staff.manager.token}`);
    const sending =
      file === undefined ? request.field('a', 'b') : request.attach('file', Buffer.from(file[0]), file[1]);
    expect((await sending.expect(status)).body).toMatchObject({ type });
  });

  it('refuses a body that is no form, and a file of more than 5 MB', async () => {
    await home.staff.manager.post(`${home.path}/household-imports/preview`, {}).expect(422);
    await preview(Buffer.alloc(5 * 1024 * 1024 + 1, 'x')).expect(413);
  });

  it('is for managers and admins', async () => {
    await preview(sheet('1-1,张三,,,,,,,'), 'a.csv', home.staff.cashier).expect(403);
  });
});

describe('the import', () => {
  it('takes everything over: places, households, members, cards, consents, balances', async () => {
    const number = freeNumber();
    const file = sheet(
      `3-201,张三,李四、王五,13800012345,第一网格,3栋,2单元,${number},3.2`,
      '3-202,赵六,,,第一网格,3栋,,,100',
      '三组12号,钱七,,,,,,,',
    );
    const { previewHash } = await previewed(file);
    const key = randomUUID();
    const answer = await runImport(file, previewHash, key).expect(201);
    const imported = answer.body as Imported;
    expect(imported.totals).toMatchObject({ households: 3, people: 5, openingCentipoints: 10_320, newAreas: 3 });
    expect(imported.cards.map((card) => card.rowNo)).toEqual([2, 3, 4]);
    expect(imported.cards[0]?.number).toBe(number);

    const first = await reader.whole(home.communityId, imported.cards[0]?.householdId ?? '');
    expect(first.household).toMatchObject({
      door: '3-201',
      areaNames: ['第一网格', '3栋', '2单元'],
      status: 'active',
      balance: 320,
    });
    expect(first.members.map((member) => [member.name, member.isHead])).toEqual([
      ['张三', true],
      ['李四', false],
      ['王五', false],
    ]);
    expect(
      first.consents.map(({ purpose, channel, version }) => `${purpose} ${channel} ${version}`).toSorted(),
    ).toEqual(['phone paper 2026-01', 'scheme paper 2026-01']);
    expect(imported.cards[0]?.door).toBe('3-201');
    for (const card of imported.cards) {
      const found = await reader.findCard(home.communityId, { token: card.tokenText });
      expect(found).toMatchObject({ householdId: card.householdId, number: card.number, hasPin: false });
    }
    const { body } = await home.staff.cashier.get(`${home.path}/households?q=13800012345`).expect(200);
    expect(body).toMatchObject([{ headName: '张三', balanceCentipoints: 320 }]);
    expect(await wrongSums(shop.owner, home.communityId)).toEqual([]);
    const { rows } = await shop.owner.query(
      `SELECT subject_id, detail FROM audit_record WHERE community_id = $1 AND action = 'residents.import-households'`,
      [home.communityId],
    );
    expect(rows).toEqual([{ subject_id: key, detail: imported.totals }]);
  });

  it('happens once for a key, with the same answer to every repetition', async () => {
    const file = sheet('1-1,张三,,,,,,,3.2');
    const { previewHash } = await previewed(file);
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => runImport(file, previewHash, key)));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(await count('household')).toBe(1);
    const other = sheet('1-2,张三,,,,,,,3.2');
    const reused = await runImport(other, (await previewed(other)).previewHash, key).expect(422);
    expect(reused.body).toMatchObject({ type: 'platform.key-reused' });
  });

  it('takes the file that was previewed and no other, and only while nothing has changed', async () => {
    const file = sheet('1-1,张三,,,,,,,');
    const { previewHash } = await previewed(file);
    const refused = await runImport(sheet('1-1,张四,,,,,,,'), previewHash).expect(409);
    expect(refused.body).toMatchObject({ type: 'residents.preview-stale' });
    await home.staff.manager
      .post(`${home.path}/households`, {
        door: '1-1',
        members: [{ name: '袁大明' }],
        consents: [{ purpose: 'scheme', version: '1', channel: 'paper' }],
      })
      .expect(201);
    await runImport(file, previewHash).expect(409);
    expect(await count('household')).toBe(1);
  });

  it('is nothing at all when one row is wrong', async () => {
    const file = sheet('1-1,张三,,,第一网格,,,,5', '1-2,李四,,12345,,,,,');
    const { previewHash } = await previewed(file);
    const refused = await runImport(file, previewHash).expect(422);
    expect(refused.body).toMatchObject({ type: 'residents.import-has-errors', params: { errorCount: 1 } });
    expect([await count('household'), await count('area'), await count('member')]).toEqual([0, 0, 0]);
  });

  it('lets one of two managers through who import the same sheet', async () => {
    const file = sheet('1-1,张三,,,第一网格,3栋,,,5', '1-2,李四,,,第一网格,3栋,,,');
    const { previewHash } = await previewed(file);
    const answers = await Promise.all([runImport(file, previewHash), runImport(file, previewHash)]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect([await count('household'), await count('area')]).toEqual([2, 2]);
    expect(await wrongSums(shop.owner, home.communityId)).toEqual([]);
  });

  it('needs a key, the hash of the preview and the wording of the consent', async () => {
    const file = sheet('1-1,张三,,,,,,,');
    const form = () =>
      shop.http
        .post(`${home.path}/household-imports`)
        .set('Authorization', `Bearer ${home.staff.manager.token}`)
        .attach('file', file, 'a.csv');
    await form().expect(400);
    const noHash = await form().set('Idempotency-Key', randomUUID()).field('consentVersion', '1').expect(422);
    expect(noHash.body).toMatchObject({ errors: [{ pointer: '/previewHash' }] });
    const noConsent = await form()
      .set('Idempotency-Key', randomUUID())
      .field('previewHash', 'a'.repeat(64))
      .expect(422);
    expect(noConsent.body).toMatchObject({ errors: [{ pointer: '/consentVersion' }] });
  });

  it('takes more rows than one statement does', async () => {
    const rows = Array.from({ length: 1201 }, (_, at) => `8-${at + 1},张三,李四,,,,,,1`);
    const file = sheet(...rows);
    const { previewHash, totals } = await previewed(file);
    expect(totals).toMatchObject({ households: 1201, people: 2402 });
    const { body } = await runImport(file, previewHash).expect(201);
    expect((body as Imported).cards).toHaveLength(1201);
    expect([await count('household'), await count('member'), await count('card')]).toEqual([1201, 2402, 1201]);
    expect(await wrongSums(shop.owner, home.communityId)).toEqual([]);
  });
});

describe('the template', () => {
  it('is a workbook that the import reads: a header, a sample and a note that are no households', async () => {
    const answer = await home.staff.manager
      .get(`${home.path}/household-imports/template`)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200);
    expect(answer.headers['content-type']).toBe(XLSX);
    const found = await previewed(answer.body as Buffer, '住户花名册.xlsx');
    expect(found).toMatchObject({ rows: [], errors: [{ code: 'sheet-empty' }], unreadHeadings: [] });
  });
});
