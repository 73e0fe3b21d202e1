import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { MIGRATIONS } from '../../migrations/index.js';
import { type ApplicationRole, migrate, ownerDataSource, revertAll } from '../../src/platform/schema.js';
import { type Catalogue, readCatalogue } from '../support/catalogue.js';
import { createEmptyDatabase } from '../support/database.js';

/** A role of this file alone: other files change the password of theirs at the same time. */
const ROLE: ApplicationRole = {
  name: `ecomart_test_${randomBytes(6).toString('hex')}`,
  password: randomBytes(16).toString('hex'),
  isOurs: true,
};

async function inDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function catalogueOf(url: string): Promise<Catalogue> {
  return inDatabase(url, readCatalogue);
}

async function appliedMigrations(url: string): Promise<string[]> {
  return inDatabase(url, async (client) => {
    const { rows } = await client.query<{ name: string }>('SELECT name FROM schema_migration ORDER BY id');
    return rows.map(({ name }) => name);
  });
}

describe('migrate', () => {
  let url: string;
  let migrated: Catalogue;

  beforeAll(async () => {
    url = await createEmptyDatabase();
    await migrate(url, ROLE);
    migrated = await catalogueOf(url);
  });

  it('applies every migration, in order', async () => {
    expect(await appliedMigrations(url)).toEqual(MIGRATIONS.map(({ name }) => name));
  });

  it('changes nothing the second time', async () => {
    await migrate(url, ROLE);
    expect(await catalogueOf(url)).toEqual(migrated);
    expect(await appliedMigrations(url)).toHaveLength(MIGRATIONS.length);
  });

  it('makes the same catalogue again after everything was taken down', async () => {
    const own = await createEmptyDatabase();
    await migrate(own, ROLE);
    await revertAll(own);
    const bare = await catalogueOf(own);
    expect(bare.tables.map(({ name }) => name)).toEqual(['function_source', 'schema_migration']);
    await migrate(own, ROLE);
    expect(await catalogueOf(own)).toEqual(migrated);
  });

  it.each(['all', 'each'] as const)('makes the same catalogue in transaction mode %s', async (transaction) => {
    const own = await createEmptyDatabase();
    await migrate(own, ROLE);
    await revertAll(own);
    const owner = await ownerDataSource(own).initialize();
    try {
      await owner.runMigrations({ transaction });
    } finally {
      await owner.destroy();
    }
    // The grants are not the migrations' work.
    await migrate(own, ROLE);
    expect(await catalogueOf(own)).toEqual(migrated);
  });

  // To the server, connections of one process are what several processes are.
  it('may be run by several at once', async () => {
    const own = await createEmptyDatabase();
    await Promise.all([migrate(own, ROLE), migrate(own, ROLE), migrate(own, ROLE)]);
    expect(await catalogueOf(own)).toEqual(migrated);
    expect(await appliedMigrations(own)).toHaveLength(MIGRATIONS.length);
  });

  it('needs no superuser, the second time neither', async () => {
    const own = new URL(await createEmptyDatabase());
    const owner = `ecomart_test_${randomBytes(6).toString('hex')}`;
    await inDatabase(own.href, async (client) => {
      await client.query(`CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD 'x'`);
      await client.query(`ALTER DATABASE ${own.pathname.slice(1)} OWNER TO ${owner}`);
    });
    own.username = owner;
    own.password = 'x';
    const role = { ...ROLE, name: `${owner}_app` };
    await migrate(own.href, role);
    await migrate(own.href, { ...role, password: 'another' });
    own.username = role.name;
    own.password = 'another';
    const signedIn = await inDatabase(own.href, (client) => client.query('SELECT 1 FROM community'));
    expect(signedIn.rows).toEqual([]);
  });

  it('leaves nothing half done where a migration fails, and goes on from there', async () => {
    const own = await createEmptyDatabase();
    await inDatabase(own, (client) => client.query('CREATE TABLE weigh_in_line (stands_in_the_way boolean)'));
    const said = jest.spyOn(console, 'log').mockReturnValue();
    await expect(migrate(own, ROLE)).rejects.toThrow('already exists');
    said.mockRestore();
    const { tables } = await catalogueOf(own);
    expect(tables.map(({ name }) => name)).not.toContain('weigh_in');
    await inDatabase(own, (client) => client.query('DROP TABLE weigh_in_line'));
    await migrate(own, ROLE);
    expect(await catalogueOf(own)).toEqual(migrated);
  });
});

describe('a function whose text has changed', () => {
  let url: string;
  let client: pg.Client;

  beforeAll(async () => {
    url = await createEmptyDatabase();
    await migrate(url, ROLE);
    client = new pg.Client({ connectionString: url });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
  });

  async function definitionOf(name: string): Promise<string | undefined> {
    const found = (await readCatalogue(client)).functions.find((known) => known.name === name);
    return found === undefined ? undefined : `${found.definition} ${found.grants.join(' ')}`;
  }

  /** As an older version of the application has left it. */
  async function age(name: string): Promise<void> {
    await client.query(`UPDATE function_source SET hash = 'older' WHERE name = $1`, [name]);
  }

  it('is made anew, even with other parameters, and granted again', async () => {
    const wanted = await definitionOf('commit_floor');
    await client.query('DROP FUNCTION commit_floor');
    await client.query(
      'CREATE FUNCTION commit_floor(p_community bigint) RETURNS text LANGUAGE sql AS $$ SELECT NULL $$',
    );
    await age('commit_floor');
    expect(await definitionOf('commit_floor')).not.toBe(wanted);
    await migrate(url, ROLE);
    expect(await definitionOf('commit_floor')).toBe(wanted);
  });

  it('is replaced under the triggers that run it', async () => {
    const wanted = await definitionOf('refuse_change');
    await client.query(
      'CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    );
    await age('refuse_change');
    await migrate(url, ROLE);
    expect(await definitionOf('refuse_change')).toBe(wanted);
    const { tables } = await readCatalogue(client);
    expect(tables.flatMap(({ triggers }) => triggers).length).toBeGreaterThan(0);
  });

  it('is left alone where its text is the same', async () => {
    const oidOf = async (): Promise<unknown[]> =>
      (await client.query(`SELECT oid FROM pg_proc WHERE proname = 'commit_floor'`)).rows;
    const before = await oidOf();
    await migrate(url, ROLE);
    expect(await oidOf()).toEqual(before);
  });
});
