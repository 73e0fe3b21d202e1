import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { openCheckpointKey } from '../../src/app/verification/checkpoint-key.js';
import { runCheckpoint } from '../../src/app/verification/checkpoint-command.js';
import { Checkpoints } from '../../src/app/verification/checkpoints.js';
import { lineOf } from '../../src/app/verification/findings.js';
import { runVerify } from '../../src/app/verification/verify-command.js';
import { verify, verifySnapshot, type VerifyOptions } from '../../src/app/verification/verify.js';
import { entryHash, GENESIS_HASH } from '../../src/ledger/entry-hash.js';
import { type CheckpointDocument, documentHash, type SignedCheckpoint, signDocument } from '../../src/ledger/rules.js';
import { ConfigError, loadConfig, SecretBox } from '../../src/platform/index.js';
import { createMigratedDatabase, databaseUrl, TEST_ROLE, TEST_SECRET } from '../support/database.js';
import { expectVerified } from '../support/verify.js';

const COMMUNITY = 1_000_001;
const FIRST_DAY = '2026-11-20';
const SECOND_DAY = '2026-11-21';
/** The morning after the second day. */
const NOW = '2026-11-22T09:00:00+08:00';

const KEY = generateKeyPairSync('ed25519');
const STRANGER = generateKeyPairSync('ed25519');

let ownerUrl: string;
let client: Client;
let dumpUrl: string;
let first: SignedCheckpoint;
let second: SignedCheckpoint;
let households: string[];

/** Two days of a ledger: openings and gifts on each, a checkpoint after each, and a copy of the database in between. */
beforeAll(async () => {
  ownerUrl = await createMigratedDatabase();
  client = await connect(ownerUrl);
  households = await givenCommunity();
  const [giver, neighbour] = households as [string, string, string];
  await setClock(`${FIRST_DAY}T10:00:00+08:00`);
  for (const household of households.slice(0, 2)) await open(household, 1000);
  await give(giver, neighbour, 150);
  await give(giver, null, 20);
  await setClock(NOW);
  first = await new Checkpoints(client, KEY).sign(COMMUNITY, FIRST_DAY);
  await client.end();
  dumpUrl = await copyOf(ownerUrl);
  client = await connect(ownerUrl);
  await setClock(`${SECOND_DAY}T10:00:00+08:00`);
  await open(households[2] ?? '', 400);
  await give(giver, null, 30);
  // The last of the day, and the first after it.
  await setClock(`${SECOND_DAY}T23:59:59.5+08:00`);
  await give(neighbour, null, 5);
  await setClock(NOW);
  await give(neighbour, giver, 10);
  second = await new Checkpoints(client, KEY).sign(COMMUNITY, SECOND_DAY);
});

afterAll(async () => {
  await client.end();
});

async function connect(url: string): Promise<Client> {
  const connected = new Client({ connectionString: url });
  await connected.connect();
  return connected;
}

async function copyOf(url: string): Promise<string> {
  const source = new URL(url).pathname.slice(1);
  const copy = `${source}_copy`;
  const server = await connect(databaseUrl('postgres'));
  await server.query(`CREATE DATABASE ${copy} TEMPLATE ${source}`);
  await server.end();
  return databaseUrl(copy);
}

async function setClock(instant: string): Promise<void> {
  await client.query(
    `CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = public, pg_temp
     AS $f$ SELECT '${instant}'::timestamptz $f$`,
  );
}

async function givenCommunity(): Promise<string[]> {
  const ids = [uuidv7(), uuidv7(), uuidv7()];
  await setClock(`${FIRST_DAY}T08:00:00+08:00`);
  const [county, town] = [uuidv7(), uuidv7()];
  await client.query(
    `INSERT INTO region (region_id, parent_id, kind, name, created_at)
     VALUES ($1, NULL, 'county', '当涂县', app_now()), ($2, $1, 'town', '银塘镇', app_now())`,
    [county, town],
  );
  await client.query(`INSERT INTO community VALUES ($1, $2, '卸巷社区', app_now())`, [COMMUNITY, town]);
  await client.query(
    `INSERT INTO community_settings VALUES ($1, 1, 2, 100, 200000, 1000000, NULL, 5000, 300, 72, 7, 0, 100000, NULL, 30,
       app_now())`,
    [COMMUNITY],
  );
  await client.query(`SELECT commit_open_community($1)`, [COMMUNITY]);
  for (const [number, household] of ids.entries()) {
    await client.query(`SELECT commit_open_account($1, $2, $3)`, [COMMUNITY, household, uuidv7()]);
    await client.query(
      `INSERT INTO household (community_id, household_id, door, status, created_at, updated_at)
       VALUES ($1, $2, $3, 'active', app_now(), app_now())`,
      [COMMUNITY, household, `3-${number}`],
    );
  }
  return ids;
}

async function open(household: string, centipoints: number): Promise<void> {
  const values = [COMMUNITY, uuidv7(), household, centipoints, uuidv7(), uuidv7()];
  await client.query(`SELECT commit_opening($1, $2, $3, $4, $5, $6)`, values);
}

async function give(from: string, to: string | null, centipoints: number): Promise<void> {
  const values = [COMMUNITY, from, uuidv7(), uuidv7(), Buffer.alloc(32), uuidv7(), to, centipoints, uuidv7()];
  const { rows } = await client.query<{ is_refused: boolean }>(
    `SELECT is_refused FROM commit_gift($1, $2, 'resident', NULL, $3, $4, 'POST /gift', $5, $6, $2, $7, $8, $9, '{}')`,
    values,
  );
  expect(rows[0]?.is_refused).toBe(false);
}

const documentOf = (checkpoint: SignedCheckpoint) => JSON.parse(checkpoint.document) as CheckpointDocument;

/** The broken invariants after a sabotage, each with the first thing it names. The sabotage is undone. */
async function broken(sabotage: () => Promise<void>, options: VerifyOptions = {}): Promise<Record<string, string>> {
  await client.query(`BEGIN; SET LOCAL session_replication_role = replica`);
  try {
    await sabotage();
    const findings = await verifySnapshot(client, { publicKey: KEY.publicKey, ...options });
    return Object.fromEntries(
      findings.filter(({ wrong }) => wrong > 0).map(({ invariant, first: what }) => [invariant, what ?? '']),
    );
  } finally {
    await client.query('ROLLBACK');
  }
}

interface LedgerRow {
  readonly entryId: string;
  readonly amount: number;
  readonly counterAccountId: string;
  readonly kind: number;
  readonly sourceId: string;
  readonly actorId: string;
  readonly occurredAtMicros: number;
  readonly recordedAtMicros: number;
}

/** What a forger does who knows this program: numbers, sums and hashes of an account made anew, and the account's row. */
async function makeFit(accountId: string): Promise<void> {
  const { rows } = await client.query<LedgerRow>(
    `SELECT entry_id AS "entryId", amount, counter_account_id AS "counterAccountId", kind, source_id AS "sourceId",
       actor_id AS "actorId", (extract(epoch FROM occurred_at) * 1000000)::bigint AS "occurredAtMicros",
       (extract(epoch FROM recorded_at) * 1000000)::bigint AS "recordedAtMicros"
     FROM ledger_entry WHERE community_id = $1 AND account_id = $2 ORDER BY seq`,
    [COMMUNITY, accountId],
  );
  let hash: Buffer = GENESIS_HASH;
  let [creditedAfter, debitedAfter] = [0, 0];
  for (const [at, row] of rows.entries()) {
    creditedAfter += Math.max(row.amount, 0);
    debitedAfter += Math.max(-row.amount, 0);
    const figures = { seq: at + 1, balanceAfter: creditedAfter - debitedAfter, creditedAfter, debitedAfter };
    const links = { reverses: null, approvalId: null };
    hash = entryHash(hash, { ...row, ...figures, ...links, communityId: COMMUNITY, accountId });
    await client.query(
      `UPDATE ledger_entry SET seq = $3, balance_after = $4, credited_after = $5, debited_after = $6, hash = $7
       WHERE community_id = $1 AND entry_id = $2`,
      [COMMUNITY, row.entryId, figures.seq, figures.balanceAfter, creditedAfter, debitedAfter, hash],
    );
  }
  await client.query(
    `UPDATE ledger_account SET balance = $3, credited = $4, debited = $5, entry_count = $6, head_hash = $7
     WHERE community_id = $1 AND account_id = $2`,
    [COMMUNITY, accountId, creditedAfter - debitedAfter, creditedAfter, debitedAfter, rows.length, hash],
  );
}

/** Deletes an entry with all that tells of it. */
async function deleteWithTraces(accountId: string, seq: number): Promise<void> {
  const { rows } = await client.query<{ entryId: string }>(
    `DELETE FROM ledger_entry WHERE account_id = $1 AND seq = $2 RETURNING entry_id AS "entryId"`,
    [accountId, seq],
  );
  expect(rows).toHaveLength(1);
  await client.query(`DELETE FROM audit_record WHERE subject_id = $1`, [rows[0]?.entryId]);
}

describe('a checkpoint', () => {
  it('says how far every account had come when the day was over', () => {
    const [giver, neighbour, third] = households as [string, string, string];
    const document = documentOf(second);
    expect(document).toMatchObject({
      communityId: COMMUNITY,
      day: SECOND_DAY,
      accounts: 6,
      entries: 8,
      householdCentipoints: 830 - 30 + 1150 - 5 + 400,
      debtCentipoints: 0,
      previous: documentHash(first.document),
    });
    expect(document.systemCentipoints).toMatchObject({ opening: -2400, donation: 55, clearing: 0 });
    expect(document.heads.map(([accountId, entryCount]) => [accountId, entryCount])).toEqual(
      [
        [giver, 4],
        [neighbour, 3],
        [third, 1],
      ].toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
    expect(documentOf(first)).toMatchObject({ day: FIRST_DAY, entries: 5, previous: null });
  });

  it('stays true while the ledger goes on', async () => {
    const options = { publicKey: KEY.publicKey };
    for (const checkpoint of [first, second]) {
      await expectVerified(ownerUrl, { ...options, checkpoint: documentOf(checkpoint) });
    }
    const findings = await verify(client, options);
    expect(findings.map(lineOf)).toContainEqual(
      expect.stringMatching(/^I-16 {2}kept checkpoints .* 2 checkpoints, 2 signatures {2}ok$/),
    );
  });

  it('is given out again, to the byte, however often it is asked for', async () => {
    expect(await new Checkpoints(client, KEY).sign(COMMUNITY, SECOND_DAY)).toEqual(second);
  });

  it('can be signed by the application’s role', async () => {
    const url = new URL(await copyOf(dumpUrl));
    url.username = TEST_ROLE;
    url.password = new SecretBox(TEST_SECRET).derivePassword('application-role');
    const application = await connect(url.href);
    const signed = await new Checkpoints(application, KEY).sign(COMMUNITY, SECOND_DAY);
    await application.end();
    expect(documentOf(signed)).toMatchObject({ day: SECOND_DAY, entries: 5, previous: documentHash(first.document) });
  });

  it.each([
    ['a day that is not over', '2026-11-22', 'day-not-over'],
    ['a day before one that is signed', '2026-11-19', 'out-of-order'],
  ])('is refused for %s', async (_, day, reason) => {
    await expect(new Checkpoints(client, KEY).sign(COMMUNITY, day)).rejects.toMatchObject({ reason });
  });

  it('is refused where any invariant is broken', async () => {
    await setClock('2026-11-23T09:00:00+08:00');
    await client.query(`UPDATE ledger_account SET floor = -1, held = 1 WHERE account_id = $1`, [households[0]]);
    const refused = new Checkpoints(client, KEY).sign(COMMUNITY, '2026-11-22');
    await expect(refused).rejects.toMatchObject({
      reason: 'not-clean',
      message: expect.stringMatching(/I-12 .* WRONG .*: held 1, but its open holds are 0/),
    });
    await client.query(`UPDATE ledger_account SET floor = 0, held = 0 WHERE account_id = $1`, [households[0]]);
    await setClock(NOW);
  });

  it('of another key is not given out as one’s own', async () => {
    await expect(new Checkpoints(client, STRANGER).sign(COMMUNITY, SECOND_DAY)).rejects.toMatchObject({
      reason: 'other-key',
    });
  });
});

describe('T-10: a superuser at work', () => {
  const signed = () => ({ checkpoint: documentOf(second) });

  it('changes an amount: the first wrong entry is named', async () => {
    const [giver] = households as [string];
    const sabotage = async () => {
      await client.query(`UPDATE ledger_entry SET amount = amount + 100 WHERE account_id = $1 AND seq = 1`, [giver]);
    };
    const faults = await broken(sabotage);
    expect(faults).toHaveProperty('balance');
    expect(faults['chain']).toMatch(new RegExp(`account ${giver} seq 1: its hash is not that of its fields`));
  });

  it('changes an amount and makes every sum and hash fit: the signed head is named', async () => {
    const [giver] = households as [string];
    const faults = await broken(async () => {
      await client.query(`UPDATE ledger_entry SET amount = amount + 100 WHERE account_id = $1 AND seq = 1`, [giver]);
      await makeFit(giver);
    }, signed());
    expect(faults).toEqual({
      signedHead: `community ${COMMUNITY} account ${giver} seq 4: is not the entry that was signed on ${SECOND_DAY}`,
    });
  });

  it('deletes a row and renumbers the rest: the first wrong entry is named', async () => {
    const [giver] = households as [string];
    const faults = await broken(async () => {
      await deleteWithTraces(giver, 3);
      await client.query(`UPDATE ledger_entry SET seq = seq - 1 WHERE account_id = $1 AND seq > 3`, [giver]);
      await client.query(`UPDATE ledger_account SET entry_count = entry_count - 1 WHERE account_id = $1`, [giver]);
    });
    expect(faults['sequence']).toMatch(new RegExp(`account ${giver} seq 3: balance after it 800, before it 850`));
    expect(faults['chain']).toMatch(new RegExp(`account ${giver} seq 3: its hash is not that of its fields`));
  });

  it('deletes a row and makes everything fit: the signed head is named', async () => {
    const [giver] = households as [string];
    const faults = await broken(async () => {
      await deleteWithTraces(giver, 3);
      await makeFit(giver);
    }, signed());
    expect(faults).toEqual({
      signedHead: `community ${COMMUNITY} account ${giver} seq 4: is not the entry that was signed on ${SECOND_DAY}`,
    });
  });

  it('cuts the newest rows and makes everything fit: what is gone is named', async () => {
    const [, , third] = households as [string, string, string];
    const faults = await broken(async () => {
      await deleteWithTraces(third, 1);
      await makeFit(third);
    }, signed());
    expect(faults).toEqual({
      signedHead: `community ${COMMUNITY} account ${third} seq 1: was signed on ${SECOND_DAY}, but is gone: the account has 0 entries`,
    });
  });

  it('puts yesterday’s copy back: the ledger is in order, and behind what was signed', async () => {
    await expectVerified(dumpUrl, { publicKey: KEY.publicKey });
    const dump = await connect(dumpUrl);
    const findings = await verify(dump, { publicKey: KEY.publicKey, checkpoint: documentOf(second) });
    await dump.end();
    const wrong = findings.filter((finding) => finding.wrong > 0);
    expect(wrong).toMatchObject([
      {
        invariant: 'signedHead',
        wrong: 3,
        first: expect.stringMatching(/account .* seq \d: was signed on 2026-11-21, but/),
      },
    ]);
  });

  it('forges a kept checkpoint: no key, no signature', async () => {
    const forge =
      (text: string, key = STRANGER) =>
      async () => {
        const values = [SECOND_DAY, text, signDocument(text, key.privateKey)];
        await client.query(`UPDATE ledger_checkpoint SET document = $2, signature = $3 WHERE day = $1`, values);
      };
    const faults = await broken(forge(second.document));
    expect(faults).toEqual({
      checkpoint: `community ${COMMUNITY} checkpoint ${SECOND_DAY}: the signature is not one of our key`,
    });
    // The first day's text under the second day, in our own hand: a checkpoint is bound to its day and to the one before.
    const moved = await broken(forge(first.document, KEY));
    expect(moved['checkpoint']).toMatch(/checkpoint 2026-11-21: is one of another community or day/);
    const emptied = await broken(forge('nothing', KEY));
    expect(emptied['checkpoint']).toMatch(/checkpoint 2026-11-21: is no checkpoint/);
  });

  it('takes a kept checkpoint out of the middle', async () => {
    const faults = await broken(async () => {
      await client.query(`DELETE FROM ledger_checkpoint WHERE day = $1`, [FIRST_DAY]);
    });
    expect(faults).toEqual({
      checkpoint: `community ${COMMUNITY} checkpoint ${SECOND_DAY}: does not follow the checkpoint before it`,
    });
  });
});

describe('the commands', () => {
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'ecomart-checkpoint-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  const environment = (url = ownerUrl): NodeJS.ProcessEnv => ({
    DATABASE_APP_URL: url,
    ECOMART_SECRET: TEST_SECRET.toString('base64url'),
    ECOMART_DATA_DIR: dir,
    ECOMART_CHECKPOINT_KEY_FILE: join(dir, 'signing.pem'),
  });

  async function run(command: typeof runVerify, args: readonly string[], env = environment()) {
    const lines: string[] = [];
    return { code: await command(args, env, (line) => lines.push(line)), lines };
  }

  async function givenFiles(): Promise<{ file: string; key: string }> {
    await writeFile(join(dir, 'signing.pem'), KEY.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const key = join(dir, 'copied.pub.pem');
    await writeFile(key, KEY.publicKey.export({ type: 'spki', format: 'pem' }));
    const { code, lines } = await run(runCheckpoint, ['--out', join(dir, 'out')]);
    const file = join(dir, 'out', `${COMMUNITY}-${SECOND_DAY}.json`);
    expect(lines).toEqual([`community ${COMMUNITY} ${SECOND_DAY}  ${second.shortCode}  ${file}`]);
    expect(code).toBe(0);
    return { file, key };
  }

  it('sign yesterday for every community and write what is to leave the machine', async () => {
    const { file } = await givenFiles();
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(second);
  });

  it('verify a file against the database, and without any', async () => {
    const { file, key } = await givenFiles();
    const given = ['--checkpoint', file, '--public-key', key];
    const online = await run(runVerify, given);
    expect(online.lines[0]).toBe(
      `checkpoint ${second.shortCode} of community ${COMMUNITY}, ${SECOND_DAY}: signed, 8 entries  ok`,
    );
    expect(online.lines).toContainEqual(
      expect.stringMatching(/^I-16 {2}signed heads are still in the ledger +6 heads {2}ok$/),
    );
    expect(online.code).toBe(0);
    const offline = await run(runVerify, [...given, '--offline'], environment('postgresql://nobody@127.0.0.1:1/none'));
    expect(offline).toEqual({ code: 0, lines: online.lines.slice(0, 1) });
  });

  it('end with 1 where the database is behind the file', async () => {
    const { file, key } = await givenFiles();
    const given = ['--checkpoint', file, '--public-key', key];
    const { code, lines } = await run(runVerify, given, environment(dumpUrl));
    expect(lines.at(-1)).toBe('1 of 24 are broken');
    expect(code).toBe(1);
  });

  it('end with 1 for a forged file, before any database is asked', async () => {
    const { file, key } = await givenFiles();
    const forged = { ...second, document: second.document.replace('"entries":8', '"entries":9') };
    await writeFile(file, JSON.stringify(forged));
    const { code, lines } = await run(runVerify, ['--checkpoint', file, '--public-key', key, '--offline']);
    expect(lines).toEqual([`checkpoint ${file}  WRONG: the signature is not one of this key`]);
    expect(code).toBe(1);
  });

  it('name the communities that were refused, and sign the others', async () => {
    const refused = await run(runCheckpoint, ['--out', join(dir, 'out'), '--day', '2026-11-19']);
    expect(refused).toEqual({ code: 1, lines: [`community ${COMMUNITY} 2026-11-19: ${SECOND_DAY} is signed already`] });
  });

  it.each([
    ['nowhere to write', [], /--out is missing/],
    ['a day that does not exist', ['--out', '/tmp', '--day', '2026-02-30'], /--day takes a day/],
  ])('refuse %s', async (_, args, why) => {
    await expect(run(runCheckpoint, args)).rejects.toThrow(why);
  });
});

describe('the key', () => {
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'ecomart-key-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  it('is made once, for the application’s user alone, with its public half beside it', async () => {
    const config = loadConfig({ ECOMART_DATA_DIR: dir });
    const made = await openCheckpointKey(config);
    const again = await openCheckpointKey(config);
    expect(again.privateKey.equals(made.privateKey)).toBe(true);
    const modes = await Promise.all(
      ['keys', 'keys/checkpoint.pem', 'keys/checkpoint.pub.pem'].map(
        async (path) => (await stat(join(dir, path))).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o700, 0o600, 0o644]);
    const publicHalf = await readFile(join(dir, 'keys/checkpoint.pub.pem'), 'utf8');
    expect(publicHalf).toBe(made.publicKey.export({ type: 'spki', format: 'pem' }));
  });

  it('is refused where the file holds another kind, or half of one', async () => {
    const path = join(dir, 'given.pem');
    const config = loadConfig({ ECOMART_CHECKPOINT_KEY_FILE: path });
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    for (const pem of [
      rsa.export({ type: 'pkcs8', format: 'pem' }),
      KEY.publicKey.export({ type: 'spki', format: 'pem' }),
      'no key',
    ]) {
      await writeFile(path, pem);
      await expect(openCheckpointKey(config)).rejects.toThrow(ConfigError);
    }
  });
});
