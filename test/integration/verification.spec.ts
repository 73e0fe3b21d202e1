import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { copyRows } from '../../src/app/verification/binary-copy.js';
import { lineOf } from '../../src/app/verification/findings.js';
import { type Invariant, INVARIANTS } from '../../src/app/verification/invariants.js';
import { inSnapshot } from '../../src/app/verification/snapshot.js';
import { runVerify } from '../../src/app/verification/verify-command.js';
import { NothingToVerifyError, verify, verifySnapshot } from '../../src/app/verification/verify.js';
import { SecretBox } from '../../src/platform/index.js';
import { type EveryAct, givenEveryAct } from '../factories/every-act.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { createEmptyDatabase, TEST_ROLE, TEST_SECRET } from '../support/database.js';
import { expectVerified } from '../support/verify.js';

let shop: TestApp;
let acts: EveryAct;
let client: Client;

beforeAll(async () => {
  shop = await createTestApp();
  acts = await givenEveryAct(shop);
  client = new Client({ connectionString: shop.ownerUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await shop.close();
});

/**
 * What verification says of a database that a superuser has been at, past every trigger and grant: the broken invariants in
 * the order of the table, with the first thing that each names. The sabotage is undone.
 */
async function broken(sabotage: string): Promise<Map<Invariant, string | null>> {
  await client.query(`BEGIN; SET LOCAL session_replication_role = replica`);
  try {
    const done = await client.query(sabotage);
    for (const { command, rowCount } of [done].flat()) {
      if (/^(UPDATE|DELETE|INSERT)$/.test(command)) expect([command, rowCount]).not.toEqual([command, 0]);
    }
    const findings = await verifySnapshot(client, {});
    return new Map(findings.filter(({ wrong }) => wrong > 0).map(({ invariant, first }) => [invariant, first]));
  } finally {
    await client.query('ROLLBACK');
  }
}

describe('verification of an untouched ledger', () => {
  it('finds nothing wrong', async () => {
    await expectVerified(shop.ownerUrl);
  });

  it('looks at something for every invariant, so that none is well for want of rows', async () => {
    const findings = await verify(client);
    expect(findings.map(({ invariant }) => invariant)).toEqual(
      Object.keys(INVARIANTS).filter((invariant) => invariant !== 'signedHead'),
    );
    const idle = findings.flatMap(({ invariant, counted }) =>
      Object.entries(counted).flatMap(([noun, number]) => (number === 0 ? [`${invariant}: ${noun}`] : [])),
    );
    expect(idle).toEqual(['checkpoint: checkpoints', 'checkpoint: signatures']);
  });

  it('needs no more than the application may do', async () => {
    const url = new URL(shop.ownerUrl);
    url.username = TEST_ROLE;
    url.password = new SecretBox(TEST_SECRET).derivePassword('application-role');
    await expectVerified(url.href);
  });

  it('cannot write', async () => {
    const write = inSnapshot(client, () => client.query(`CREATE TABLE scratch (id integer)`));
    await expect(write).rejects.toThrow(/read-only transaction/);
  });

  it('refuses a community that is not there', async () => {
    await expect(verify(client, { communityId: 77 })).rejects.toThrow(NothingToVerifyError);
  });

  it('refuses a database without a shop in it', async () => {
    const empty = new Client({ connectionString: await createEmptyDatabase() });
    await empty.connect();
    await expect(verify(empty)).rejects.toThrow(NothingToVerifyError);
    await empty.end();
  });

  it('walks past thousands of accounts without an entry', async () => {
    const idle = `
      INSERT INTO ledger_account (community_id, account_id, kind, owner_id, floor, balance, held, entry_count, credited,
        debited, head_hash, opened_at)
      SELECT ${acts.community.communityId}, ('00000000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, 'debt', new_id(),
        0, 0, 0, 0, 0, 0, decode(repeat('00', 32), 'hex'), app_now() FROM generate_series(1, 12000) AS n`;
    // Nothing but the households that these accounts lack: the entries of the accounts behind them are found and fit.
    expect([...(await broken(idle)).keys()]).toEqual(['wallet']);
    const wrong = `${idle}; UPDATE ledger_entry SET actor_id = new_id() WHERE kind = 10`;
    expect([...(await broken(wrong)).keys()]).toEqual(['chain', 'wallet']);
  });
});

describe('rows in binary form', () => {
  it('come as the server has them, whatever their number', async () => {
    const seen: unknown[] = [];
    const query = `SELECT n, n::smallint, CASE WHEN n < 0 THEN '\\x00ff'::bytea END, timestamptz 'epoch' + n * interval '1 us',
      '00000000-0000-7000-8000-000000000001'::uuid FROM unnest(ARRAY[-320, 0, 9007199254740991 % 100]::bigint[]) AS n`;
    await copyRows(client, query, (row) => {
      seen.push([
        row.int8(),
        row.int2(),
        row.binaryOrNull()?.toString('hex'),
        row.instant(),
        row.binary().toString('hex'),
      ]);
    });
    const uuid = '00000000000070008000000000000001';
    expect(seen).toEqual([
      [-320, -320, '00ff', -320, uuid],
      [0, 0, undefined, 0, uuid],
      [91, 91, undefined, 91, uuid],
    ]);
    const extremes: number[] = [];
    const limits = `SELECT n FROM unnest(ARRAY[-9007199254740991, 9007199254740991]::bigint[]) AS n`;
    await copyRows(client, limits, (row) => void extremes.push(row.int8()));
    expect(extremes).toEqual([Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
  });

  it('that cannot be read leave the connection as it was', async () => {
    await expect(copyRows(client, 'SELECT 1 FROM nowhere', () => undefined)).rejects.toThrow(
      /"nowhere" does not exist/,
    );
    const stumble = copyRows(client, 'SELECT n FROM generate_series(1, 100000) AS n', () => {
      throw new RangeError('no such row');
    });
    await expect(stumble).rejects.toThrow(/no such row/);
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});

/** The first row of a kind, by a condition. */
const one = (table: string, key: string, where: string) =>
  `${key} = (SELECT ${key} FROM ${table} WHERE ${where} ORDER BY ${key} LIMIT 1)`;
const AWARD = one('ledger_entry', 'entry_id', 'kind = 2');
const withoutCheck = (table: string, constraint: string) => `ALTER TABLE ${table} DROP CONSTRAINT ${constraint}`;

const SABOTAGES: readonly [what: string, sql: string, found: readonly Invariant[], first: RegExp][] = [
  [
    'an award that comes from the wrong account of the community',
    `UPDATE ledger_entry SET counter_account_id = '00000000-0000-7000-8000-000000000003' WHERE ${AWARD}`,
    ['zeroSum', 'chain', 'conservation'],
    /seq \d+: kind 2 does not move points to or from that counter-account/,
  ],
  [
    'a gift that arrives smaller than it was given',
    `UPDATE ledger_entry SET amount = amount - 1 WHERE kind = 10`,
    ['zeroSum', 'balance', 'sequence', 'chain'],
    /source .* leaves 1 in the clearing account/,
  ],
  [
    'an award that grew',
    `UPDATE ledger_entry SET amount = amount + 100 WHERE ${AWARD}`,
    ['balance', 'sequence', 'award', 'chain'],
    /balance \d+, but its entries sum to \d+/,
  ],
  [
    'a balance that grew, with its totals',
    `UPDATE ledger_account SET balance = balance + 100, credited = credited + 100
     WHERE ${one('ledger_account', 'account_id', `kind = 'household' AND balance > 0`)}`,
    ['balance', 'sequence', 'conservation'],
    /balance \d+, but its entries sum to \d+/,
  ],
  [
    'a balance below its floor',
    `${withoutCheck('ledger_account', 'ck_ledger_account_floor')};
     UPDATE ledger_account SET floor = balance - held + 1
     WHERE ${one('ledger_account', 'account_id', `kind = 'household' AND balance > 0`)}`,
    ['floor'],
    /balance \d+ less held \d+ is below the floor \d+/,
  ],
  [
    'a guard that was switched off',
    `ALTER TABLE ledger_entry DISABLE TRIGGER tr_ledger_entry_append_only`,
    ['appendOnly'],
    /table ledger_entry: its guards against changes are missing or switched off/,
  ],
  [
    'a right to edit the ledger',
    `GRANT UPDATE ON ledger_entry TO ${TEST_ROLE}`,
    ['appendOnly'],
    new RegExp(`table ledger_entry: may be written to by ${TEST_ROLE}`),
  ],
  [
    'a row deleted and the ones behind it renumbered',
    `${withoutCheck('ledger_entry', 'uq_ledger_entry_seq')};
     DELETE FROM ledger_entry WHERE (account_id, seq) = (
       SELECT account_id, 2 FROM ledger_entry WHERE seq = 4 ORDER BY account_id LIMIT 1);
     UPDATE ledger_entry SET seq = seq - 1 WHERE seq > 2 AND account_id NOT IN (
       SELECT account_id FROM ledger_entry WHERE seq = 2);
     UPDATE ledger_account AS a SET entry_count = (SELECT count(*) FROM ledger_entry AS e WHERE e.account_id = a.account_id)
     WHERE kind = 'household'`,
    ['balance', 'sequence', 'award', 'chain'],
    /balance \d+, but its entries sum to \d+/,
  ],
  [
    'a request without an answer',
    `UPDATE request SET is_refused = NULL, reply = NULL WHERE ${one('request', 'idem_key', 'NOT is_refused')}`,
    ['request'],
    /request .* was begun and never answered/,
  ],
  [
    'a redemption that cost more than was taken',
    `UPDATE redemption SET total_centipoints = total_centipoints + 1 WHERE ${one('redemption', 'redemption_id', 'reservation_id IS NULL')}`,
    ['redemption', 'conservation'],
    /redemption .*: took \d+ instead of \d+/,
  ],
  [
    'a line of more pieces than left the shelf',
    `UPDATE redemption_line SET quantity = quantity + 1
     WHERE ${one('redemption_line', 'line_id', 'line_id NOT IN (SELECT line_id FROM redemption_return_line)')}`,
    ['redemption'],
    /redemption .*: costs \d+, but its lines \d+/,
  ],
  [
    'goods that left the shelf for no redemption',
    `INSERT INTO stock_movement (community_id, movement_id, site_id, goods_id, delta, on_hand_after, kind, source_id,
       redemption_line_id, actor_id, recorded_at)
     SELECT community_id, new_id(), site_id, goods_id, -1, on_hand - 1, 'redemption', new_id(), new_id(), new_id(), app_now()
     FROM shelf WHERE on_hand > 5 LIMIT 1`,
    ['redemption', 'stock'],
    /movement .*: took goods for no redemption line/,
  ],
  [
    'a return whose goods never came back',
    `DELETE FROM stock_movement WHERE kind = 'return'`,
    ['redemption', 'stock'],
    /return .*: brought no goods back/,
  ],
  [
    'a shelf with one piece more',
    `UPDATE shelf SET on_hand = on_hand + 1 WHERE on_hand > 0`,
    ['stock'],
    /shelf .*: \d+ on hand, but its movements sum to \d+/,
  ],
  [
    'a batch with one piece more',
    `UPDATE stock_batch SET remaining = remaining + 1 WHERE ${one('stock_batch', 'batch_id', 'remaining > 0')}`,
    ['stock'],
    /(batch|shelf) .*: \d+ (left, but its draws sum to|on hand, but its batches hold) \d+/,
  ],
  [
    'a running figure of a shelf that was touched up',
    `UPDATE stock_movement SET on_hand_after = on_hand_after + 1 WHERE ${one('stock_movement', 'movement_id', 'on_hand_after > 5')}`,
    ['stock'],
    /shelf .* at \d+: is reached \d times and left \d times/,
  ],
  [
    'pieces reserved by nobody',
    `UPDATE shelf SET reserved = reserved + 1 WHERE on_hand > reserved`,
    ['stock'],
    /shelf .*: \d+ reserved, but open reservations ask for \d+/,
  ],
  [
    'a transfer that sent more than left',
    `UPDATE stock_transfer SET quantity_sent = quantity_sent + 1`,
    ['stock'],
    /transfer .* transfer-out: moved -4 instead of -5/,
  ],
  [
    'a weigh-in of twice the weight',
    `UPDATE weigh_in_line SET net_grams = 2 * net_grams WHERE net_grams = 20000`,
    ['award'],
    /weigh-in .*: credited \d+, recomputed \d+/,
  ],
  [
    'a tariff edited after it was approved',
    `UPDATE tariff_version SET document = replace(document, '1000', '100')`,
    ['award'],
    /tariff .*: its document was changed/,
  ],
  [
    'a tariff edited with its fingerprint',
    `UPDATE tariff_version SET document = d.text, document_hash = sha256(convert_to(d.text, 'UTF8'))
     FROM (SELECT replace(document, '1000', '100') AS text FROM tariff_version) AS d`,
    ['award', 'approval'],
    /weigh-in .*: credited \d+, recomputed \d+/,
  ],
  [
    'an award given twice',
    `${withoutCheck('weigh_in', 'pk_weigh_in')} CASCADE; DROP INDEX uq_ledger_entry_source;
     UPDATE ledger_entry SET source_id = (SELECT source_id FROM ledger_entry WHERE ${AWARD}) WHERE kind = 2`,
    ['award', 'reversal', 'chain'],
    /weigh-in .*: (was awarded twice|earned .*|was awarded .*)/,
  ],
  [
    'a device record counted twice',
    `DROP INDEX uq_weigh_in_device; UPDATE weigh_in SET device_id = '${randomUUID()}', device_seq = 1`,
    ['award'],
    /device .* record 1: was recorded \d+ times/,
  ],
  [
    'a reversal of another entry',
    `UPDATE ledger_entry SET reverses = (SELECT entry_id FROM ledger_entry WHERE kind = 1) WHERE kind = 5`,
    ['redemption', 'reversal', 'chain'],
    /return .*: cancels another redemption/,
  ],
  [
    'a reversal that keeps the points',
    `DELETE FROM ledger_entry WHERE (account_id, seq) = (
       SELECT account_id, max(seq) FROM ledger_entry WHERE kind = 3 GROUP BY account_id ORDER BY account_id LIMIT 1)`,
    ['balance', 'sequence', 'reversal', 'chain'],
    /balance \d+, but its entries sum to \d+/,
  ],
  [
    'a line given back once more than it was taken',
    `UPDATE redemption_return_line SET returned_after = returned_after + 1 WHERE returned_after < line_quantity`,
    ['reversal'],
    /redemption line .*: counts 2 given back, not 1/,
  ],
  [
    'a debt that nobody lent',
    `UPDATE weigh_in_reversal SET debt_centipoints = debt_centipoints + 1 WHERE debt_centipoints > 0`,
    ['debt'],
    /weigh-in reversal .*: says \d+ were lent, not \d+/,
  ],
  [
    'a debt above nothing',
    `${withoutCheck('ledger_account', 'ck_ledger_account_debt')};
     UPDATE ledger_account SET balance = 1, credited = 1 WHERE kind = 'debt' AND balance = 0 AND closed_at IS NULL`,
    ['balance', 'sequence', 'debt', 'conservation'],
    /balance 1, but its entries sum to 0/,
  ],
  [
    'points that are held no more',
    `UPDATE ledger_account SET held = 0 WHERE held > 0`,
    ['hold'],
    /account .*: held 0, but its open holds are \d+/,
  ],
  [
    'a reservation that ended in another way than its hold',
    `UPDATE reservation_end SET outcome = 'cancelled' WHERE outcome = 'expired'`,
    ['hold', 'audit'],
    /reservation .*: ended cancelled, its hold expired/,
  ],
  [
    'a reservation that was confirmed after it had expired',
    `UPDATE reservation SET expires_at = placed_at;
     UPDATE ledger_hold SET expires_at = placed_at`,
    ['hold'],
    /reservation .*: (confirmed|cancelled) at .*, expires at .*/,
  ],
  [
    'an adjustment approved by who asked for it',
    `${withoutCheck('approval', 'ck_approval_maker_checker')};
     UPDATE approval SET decided_by = maker_id WHERE kind = 'ledger.adjustment'`,
    ['approval'],
    /approval .*: was (decided by its maker|carried out by somebody else)/,
  ],
  [
    'an adjustment whose approval was rewritten',
    `UPDATE approval SET payload = replace(payload, '150', '151') WHERE kind = 'ledger.adjustment'`,
    ['approval'],
    /approval .*: (its payload was changed|adjusted 150, approved were 151)/,
  ],
  [
    'an adjustment whose approval was refused',
    `UPDATE approval SET status = 'refused' WHERE kind = 'ledger.adjustment'`,
    ['approval'],
    /account .* seq \d+: adjusted without an approval/,
  ],
  [
    'an expiry without a trace',
    `DELETE FROM ledger_expiry`,
    ['expiry', 'conservation'],
    /account .* seq \d+: an entry without an expiry/,
  ],
  [
    'a collector who weighed in his own household',
    `UPDATE staff_household SET declared_at = '2000-01-01',
       person_id = (SELECT actor_id FROM weigh_in WHERE ${one('weigh_in', 'weigh_in_id', 'true')})`,
    ['ownHousehold'],
    /person .* household .*: posted to it: account .* seq \d+/,
  ],
  [
    'an entry by somebody else',
    `UPDATE ledger_entry SET actor_id = new_id() WHERE kind = 10`,
    ['chain'],
    /account .* seq \d+: its hash is not that of its fields after the entry before/,
  ],
  [
    'a head hash from nowhere',
    `UPDATE ledger_account SET head_hash = sha256('') WHERE kind = 'household' AND entry_count > 3`,
    ['chain'],
    /account .* seq \d+: the head hash of the account is not that of its last entry/,
  ],
  [
    'an act without an audit row',
    `DELETE FROM audit_record WHERE ${one('audit_record', 'audit_id', `action = 'redemptions.redeem'`)}`,
    ['audit'],
    /redemptions.redeem of redemption .*: happened 1 times, audited 0 times/,
  ],
  [
    'an audit row that names somebody else',
    `UPDATE audit_record SET actor_id = new_id() WHERE action = 'goods.write-off'`,
    ['audit'],
    /goods.write-off of stock-write-off .*: happened \d times, audited \d times/,
  ],
  [
    'a wallet whose household is gone',
    `DELETE FROM household WHERE status = 'closed'`,
    ['wallet'],
    /household .*: does not exist, yet has accounts/,
  ],
  [
    'an account closed behind a household’s back',
    `UPDATE household SET status = 'closed' WHERE ${one('household', 'household_id', `status = 'active'`)}`,
    ['wallet'],
    /household .*: is closed, but its accounts are open/,
  ],
  [
    'a column for fractions of points',
    `ALTER TABLE ledger_hold ADD COLUMN extra_points numeric(12, 2)`,
    ['integers', 'privacy'],
    /column ledger_hold.extra_points: is numeric/,
  ],
  [
    'an instant without a time zone',
    `ALTER TABLE goods ADD COLUMN bought_at timestamp`,
    ['instants'],
    /column goods.bought_at: is timestamp without time zone/,
  ],
  [
    'a name beside the entries',
    `ALTER TABLE ledger_entry ADD COLUMN household_name text`,
    ['privacy'],
    /column ledger_entry.household_name: is text and could hold personal data/,
  ],
];

describe('verification after a sabotage', () => {
  it.each(SABOTAGES)('finds %s', async (_, sql, found, first) => {
    const faults = await broken(sql);
    expect([...faults.keys()]).toEqual(found);
    expect(faults.get(found[0]!)).toMatch(first);
  });

  it('was seen to fail for every invariant', () => {
    const seen = new Set<string>(SABOTAGES.flatMap(([, , found]) => found));
    // Checkpoints have a file of their own.
    const unseen = Object.keys(INVARIANTS).filter((invariant) => !seen.has(invariant));
    expect(unseen).toEqual(['checkpoint', 'signedHead']);
  });
});

describe('npm run verify', () => {
  const environment = (): NodeJS.ProcessEnv => ({
    DATABASE_APP_URL: shop.ownerUrl,
    ECOMART_SECRET: TEST_SECRET.toString('base64url'),
  });

  async function run(...args: string[]): Promise<{ code: number; lines: string[] }> {
    const lines: string[] = [];
    return { code: await runVerify(args, environment(), (line) => lines.push(line)), lines };
  }

  it('prints one line an invariant and ends with 0', async () => {
    const { code, lines } = await run('--community', String(acts.community.communityId));
    expect(lines).toEqual([...(await verify(client)).map(lineOf), 'all 23 are well']);
    expect(lines[1]).toMatch(/^I-2 {3}balance = sum of entries +\d+ accounts, \d+ entries {2}ok$/);
    expect(code).toBe(0);
  });

  it('ends with 1 and names the first entry that is wrong', async () => {
    const wrong = `UPDATE shelf SET reserved = reserved + 1 WHERE on_hand > reserved RETURNING 1`;
    await client.query(wrong);
    const { code, lines } = await run();
    await client.query(wrong.replace('+ 1', '- 1'));
    expect(lines.filter((line) => !line.endsWith('ok'))).toEqual([
      expect.stringMatching(/^I-8 .* {2}WRONG \(\d+\): first: community \d+ shelf .*: \d+ reserved, but open .* \d+$/),
      '1 of 23 are broken',
    ]);
    expect(code).toBe(1);
  });

  it.each([
    ['an option it does not know', ['--quick'], /Unknown option '--quick'/],
    ['a community that is no number', ['--community', 'x'], /--community takes a number/],
    ['a checkpoint without a key to trust', ['--checkpoint', 'c.json'], /--checkpoint needs --public-key/],
    ['an offline run without a checkpoint', ['--offline'], /--offline needs --checkpoint/],
  ])('refuses %s', async (_, args, why) => {
    await expect(run(...args)).rejects.toThrow(why);
  });
});
