import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { SecretBox, sqlState } from '../../src/platform/index.js';
import { TABLES } from '../../src/platform/table-classes.js';
import { type CatalogueColumn, readCatalogue } from '../support/catalogue.js';
import { APPEND_ONLY } from '../support/catalogue-rules.js';
import { createMigratedDatabase, TEST_ROLE, TEST_SECRET } from '../support/database.js';

const INSUFFICIENT_PRIVILEGE = '42501';
const APPEND_ONLY_GUARD = 'EM009';

/** What the application may call beside commit functions: they read, with its own rights. */
const READING = ['app_now', 'due_expiry', 'goods_taken', 'redeemed_since', 'system_account', 'unexpired_stock'];

/** A value of each type, for rows nobody reads. */
const ANY_VALUE: Readonly<Record<string, string>> = {
  bigint: '1',
  boolean: 'false',
  bytea: `'\\x00'`,
  date: `'2026-01-01'`,
  integer: '1',
  jsonb: `'{}'`,
  smallint: '1',
  text: `'x'`,
  'timestamp with time zone': `'2026-01-01T00:00:00Z'`,
  uuid: 'gen_random_uuid()',
};

const writtenBy = (writer: 'functions' | 'rows'): string[] =>
  Object.entries(TABLES)
    .filter(([, table]) => table.writtenBy === writer)
    .map(([name]) => name);

let owner: pg.Client;
let application: pg.Client;

beforeAll(async () => {
  const ownerUrl = await createMigratedDatabase();
  const url = new URL(ownerUrl);
  url.username = TEST_ROLE;
  url.password = new SecretBox(TEST_SECRET).derivePassword('application-role');
  owner = new pg.Client({ connectionString: ownerUrl });
  application = new pg.Client({ connectionString: url.href });
  await owner.connect();
  await application.connect();
});

afterAll(async () => {
  await owner.end();
  await application.end();
});

/** The SQLSTATE a statement fails with; undefined where it does not fail. */
async function stateOf(client: pg.Client, statement: string): Promise<string | undefined> {
  return client.query(statement).then(
    () => undefined,
    (error: unknown) => sqlState(error),
  );
}

async function valuesOf<Value>(text: string, parameters: unknown[] = []): Promise<Value[]> {
  const { rows } = await owner.query<{ value: Value }>(text, parameters);
  return rows.map(({ value }) => value);
}

describe('the application role', () => {
  it('has no right but to sign in', async () => {
    const { rows } = await owner.query(
      `SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication, rolcanlogin FROM pg_roles WHERE rolname = $1`,
      [TEST_ROLE],
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolcreatedb: false,
        rolcreaterole: false,
        rolbypassrls: false,
        rolreplication: false,
        rolcanlogin: true,
      },
    ]);
  });

  it('belongs to no other role and owns nothing', async () => {
    expect(
      await valuesOf(`SELECT roleid::regrole::text AS value FROM pg_auth_members WHERE member = $1::regrole`, [
        TEST_ROLE,
      ]),
    ).toEqual([]);
    expect(
      await valuesOf(
        `SELECT relname AS value FROM pg_class WHERE relowner = $1::regrole
         UNION ALL SELECT proname FROM pg_proc WHERE proowner = $1::regrole
         UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = $1::regrole
         UNION ALL SELECT datname FROM pg_database WHERE datdba = $1::regrole`,
        [TEST_ROLE],
      ),
    ).toEqual([]);
  });

  it.each([
    ['make a table', 'CREATE TABLE own (n integer)'],
    ['make a function', 'CREATE FUNCTION own() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$'],
    ['make a schema', 'CREATE SCHEMA own'],
    ['set the clock', 'CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT now() $$'],
    ['switch triggers off for its session', 'SET session_replication_role = replica'],
    ['switch a trigger off', 'ALTER TABLE ledger_entry DISABLE TRIGGER ALL'],
    ['take a role of the server', 'SET ROLE pg_write_all_data'],
    ['read files of the server', `COPY goods (name) FROM '/etc/hostname'`],
  ])('cannot %s', async (_what, statement) => {
    expect(await stateOf(application, statement)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it.each(writtenBy('functions'))('cannot write %s by rows', async (table) => {
    const [column] = await valuesOf<string>(
      `SELECT attname AS value FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 LIMIT 1`,
      [table],
    );
    for (const statement of [
      `INSERT INTO ${table} DEFAULT VALUES`,
      `UPDATE ${table} SET ${column} = ${column}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
    ]) {
      expect([statement, await stateOf(application, statement)]).toEqual([statement, INSUFFICIENT_PRIVILEGE]);
    }
    expect(await stateOf(application, `SELECT 1 FROM ${table} LIMIT 1`)).toBeUndefined();
  });

  it('has on the other tables what rows need, and no more', async () => {
    const { rows } = await owner.query(
      `SELECT t.name, array_agg(p.name ORDER BY p.name) FILTER (WHERE has_table_privilege($2, t.name, p.name)) AS held
       FROM unnest($1::text[]) AS t (name)
       CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p (name)
       GROUP BY t.name`,
      [writtenBy('rows'), TEST_ROLE],
    );
    expect(rows).toHaveLength(writtenBy('rows').length);
    for (const { held } of rows as { held: string[] }[]) expect(held).toEqual(['DELETE', 'INSERT', 'SELECT', 'UPDATE']);
  });

  it('holds no right on single columns', async () => {
    expect(
      await valuesOf(`SELECT attrelid::regclass::text AS value FROM pg_attribute WHERE attacl IS NOT NULL
        AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)`),
    ).toEqual([]);
  });
});

describe('the functions', () => {
  it('may be called by the application if they commit or only read', async () => {
    const { functions } = await readCatalogue(owner);
    const callable = await valuesOf<string>(
      `SELECT proname AS value FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace AND has_function_privilege($1, oid, 'EXECUTE') ORDER BY proname`,
      [TEST_ROLE],
    );
    const commits = functions.map(({ name }) => name).filter((name) => name.startsWith('commit_'));
    expect(commits.length).toBeGreaterThan(0);
    expect(callable).toEqual([...commits, ...READING].toSorted());
  });

  it('are refused to it where they write inside of a commit function', async () => {
    const state = await stateOf(
      application,
      `SELECT finish_request(1, gen_random_uuid(), gen_random_uuid(), false, '{}')`,
    );
    expect(state).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it('are closed to PUBLIC', async () => {
    const open = await valuesOf(
      `SELECT p.oid::regprocedure::text AS value FROM pg_proc AS p
       WHERE p.pronamespace = 'public'::regnamespace
         AND (p.proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(p.proacl) AS a WHERE a.grantee = 0))`,
    );
    expect(open).toEqual([]);
  });

  it('run with the rights of the owner if they commit, under a search path nobody can change, and else without', async () => {
    const { functions } = await readCatalogue(owner);
    for (const { name, isSecurityDefiner, settings } of functions) {
      expect([name, isSecurityDefiner]).toEqual([name, name.startsWith('commit_')]);
      if (isSecurityDefiner) expect([name, settings]).toEqual([name, ['search_path=public, pg_temp']]);
    }
  });

  it('do not see a table that the application slips in front of ours', async () => {
    await application.query('CREATE TEMP TABLE ledger_account (community_id bigint, floor bigint, kind text)');
    await application.query(`INSERT INTO pg_temp.ledger_account VALUES (1, 5, 'household')`);
    await application.query('SELECT commit_floor(1, 0)');
    const { rows } = await application.query('SELECT floor FROM pg_temp.ledger_account');
    await application.query('DROP TABLE pg_temp.ledger_account');
    expect(rows).toEqual([{ floor: 5 }]);
  });
});

describe('history', () => {
  it('is what the list says: every table that only functions write and that no function updates', async () => {
    const { functions, tables } = await readCatalogue(owner);
    const guarded = tables.filter(({ triggers }) =>
      triggers.some(({ functionName }) => functionName === 'refuse_change'),
    );
    expect(guarded.map(({ name }) => name)).toEqual(APPEND_ONLY);
    const updated = functions.flatMap(({ definition }) =>
      [...definition.matchAll(/\b(?:UPDATE|DELETE FROM) ([a-z_]+)/g)].map((found) => found[1]),
    );
    expect(APPEND_ONLY.filter((table) => updated.includes(table))).toEqual([]);
  });

  it.each(APPEND_ONLY)('%s cannot be changed, not even by its owner', async (table) => {
    const { tables } = await readCatalogue(owner);
    const found = tables.find(({ name }) => name === table);
    const given = found?.columns.filter(({ isGenerated, isNullable }) => !isGenerated && !isNullable) ?? [];
    await owner.query('BEGIN');
    try {
      // A row that nothing but its types makes sense of: what is checked is the guard, not the row.
      await owner.query('SET LOCAL session_replication_role = replica');
      for (const { name } of found?.constraints.filter(({ kind }) => kind === 'check') ?? []) {
        await owner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
      }
      await owner.query(`INSERT INTO ${table} (${given.map(({ name }) => name).join(', ')}) VALUES (${anyRow(given)})`);
      await owner.query('SET LOCAL session_replication_role = origin');
      for (const statement of [
        `UPDATE ${table} SET community_id = community_id`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        await owner.query('SAVEPOINT before');
        expect([statement, await stateOf(owner, statement)]).toEqual([statement, APPEND_ONLY_GUARD]);
        await owner.query('ROLLBACK TO SAVEPOINT before');
      }
    } finally {
      await owner.query('ROLLBACK');
    }
  });
});

function anyRow(columns: readonly CatalogueColumn[]): string {
  return columns.map(({ type }) => ANY_VALUE[type]).join(', ');
}
