import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource, QueryFailedError } from 'typeorm';
import { isTransient, sqlState, violatedConstraint } from '../../src/platform/index.js';
import { readCatalogue } from '../support/catalogue.js';
import { createMigratedDatabase } from '../support/database.js';

/** As pg reports an error of a distributed PostgreSQL: no field `constraint`, and the names of shards in the message. */
function errorOfShard(code: string, message: string): pg.DatabaseError {
  const error = new pg.DatabaseError(message, message.length, 'error');
  error.code = code;
  return error;
}

/** The same after it has passed through the ORM. */
function throughTypeOrm(error: pg.DatabaseError): QueryFailedError {
  return new QueryFailedError('INSERT …', [], error);
}

const UNIQUE = errorOfShard('23505', 'duplicate key value violates unique constraint "uq_ledger_entry_source_102106"');
const FOREIGN_KEY = errorOfShard(
  '23503',
  'insert or update on table "shelf_102214" violates foreign key constraint "fk_shelf_goods_102214"',
);
const CHECK = errorOfShard(
  '23514',
  'new row for relation "ledger_account_102072" violates check constraint "ck_ledger_account_floor"',
);
const NOT_NULL = errorOfShard(
  '23502',
  'null value in column "name" of relation "goods_102180" violates not-null constraint',
);
const OWN = errorOfShard('EM009', 'append-only: UPDATE on ledger_entry_102106 is refused');

describe('violatedConstraint', () => {
  it.each([
    ['a unique key', UNIQUE, 'uq_ledger_entry_source'],
    ['a foreign key', FOREIGN_KEY, 'fk_shelf_goods'],
    ['a check', CHECK, 'ck_ledger_account_floor'],
  ])('reads %s off the message of a distributed PostgreSQL', (_what, error, name) => {
    expect(error.constraint).toBeUndefined();
    expect(violatedConstraint(error)).toBe(name);
    expect(violatedConstraint(throughTypeOrm(error))).toBe(name);
  });

  it.each([
    ['a missing value', NOT_NULL],
    ['a refusal of ours', OWN],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a text', 'constraint "uq_goods_name"'],
    ['nothing', undefined],
    ['null', null],
  ])('names no constraint for %s', (_what, error) => {
    expect(violatedConstraint(error)).toBeUndefined();
  });

  describe('against a database', () => {
    let dataSource: DataSource;
    let client: pg.Client;

    beforeAll(async () => {
      const url = await createMigratedDatabase();
      dataSource = await new DataSource({ type: 'postgres', url, poolSize: 1 }).initialize();
      client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`INSERT INTO person (person_id, login, display_name, password_hash, must_change_password,
          password_changed_at, created_at)
        VALUES (gen_random_uuid(), 'li.na', '李娜', 'x', false, now(), now())`);
    });

    afterAll(async () => {
      await client.end();
      await dataSource.destroy();
    });

    const cases: [name: string, statement: string][] = [
      ['ck_person_login', `UPDATE person SET login = 'Li Na'`],
      [
        'fk_role_grant_person',
        `INSERT INTO role_grant (grant_id, person_id, role, granted_by, granted_at)
         VALUES (gen_random_uuid(), gen_random_uuid(), 'admin', gen_random_uuid(), now())`,
      ],
    ];

    async function errorOf(work: Promise<unknown>): Promise<unknown> {
      return work.then(
        () => undefined,
        (error: unknown) => error,
      );
    }

    it.each(cases)('names %s, whoever sends the statement', async (name, statement) => {
      expect(violatedConstraint(await errorOf(client.query(statement)))).toBe(name);
      expect(violatedConstraint(await errorOf(dataSource.query(statement)))).toBe(name);
    });

    it('is never compared with a constraint that does not exist', async () => {
      const { tables } = await readCatalogue(client);
      const present = new Set(
        tables.flatMap(({ constraints, indexes }) => [...constraints, ...indexes].map(({ name }) => name)),
      );
      const source = join(import.meta.dirname, '../../src');
      const files = (await readdir(source, { recursive: true })).filter((file) => /(?<!\.spec)\.ts$/.test(file));
      const texts = await Promise.all(files.map((file) => readFile(join(source, file), 'utf8')));
      const named = texts.flatMap((text) =>
        [...text.matchAll(/'((?:pk|uq|ck|fk|ix)_[a-z_]+)'/g)].map((found) => found[1]),
      );
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((name) => !present.has(name ?? ''))).toEqual([]);
    });

    it('names the same constraint whether the server or a shard reports it', async () => {
      const statement = `INSERT INTO person SELECT gen_random_uuid(), login, display_name, password_hash,
        must_change_password, password_changed_at, password_expires_at, disabled_at, created_at FROM person`;
      const whole = await errorOf(client.query(statement));
      expect(violatedConstraint(whole)).toBe('uq_person_login');
      const { message } = whole as pg.DatabaseError;
      expect(
        violatedConstraint(errorOfShard('23505', message.replace('uq_person_login', 'uq_person_login_102033'))),
      ).toBe('uq_person_login');
    });
  });
});

describe('sqlState', () => {
  it('survives the ORM', () => {
    expect(sqlState(throughTypeOrm(UNIQUE))).toBe('23505');
    expect(sqlState(throughTypeOrm(OWN))).toBe('EM009');
  });
});

describe('isTransient', () => {
  it.each(['40001', '40P01', '57P01', '08006', '53300'])('has %s tried again, also through the ORM', (code) => {
    const error = errorOfShard(code, 'gone');
    expect(isTransient(error)).toBe(true);
    expect(isTransient(throughTypeOrm(error))).toBe(true);
  });

  it.each([UNIQUE, FOREIGN_KEY, CHECK, NOT_NULL, OWN])('does not have $code tried again', (error) => {
    expect(isTransient(error)).toBe(false);
  });
});
