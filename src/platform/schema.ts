import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type QueryRunner } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { sqlState } from './database.js';
import { TABLES } from './table-classes.js';

const SOURCE_DIR = join(import.meta.dirname, '..');
const MIGRATION_TABLE = 'schema_migration';

/** One SQL function, in a file of its own beside its room: `src/<room>/sql/<function name>.sql`. */
export interface FunctionSource {
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

export function readFunctionSources(): FunctionSource[] {
  return readdirSync(SOURCE_DIR, { recursive: true, encoding: 'utf8' })
    .filter((path) => /[/\\]sql[/\\][a-z_]+\.sql$/.test(path))
    .toSorted()
    .map((path) => {
      const text = readFileSync(join(SOURCE_DIR, path), 'utf8');
      const name = path.replace(/^.*[/\\]/, '').replace('.sql', '');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    });
}

/** The role the application runs under. `isOurs`: made and re-keyed by us, not by a DBA. */
export interface ApplicationRole {
  readonly name: string;
  readonly password: string;
  readonly isOurs: boolean;
}

/** The owner's connection, for migrations only. */
export function ownerDataSource(ownerUrl: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: [...MIGRATIONS],
    migrationsTableName: MIGRATION_TABLE,
    migrationsTransactionMode: 'each',
    poolSize: 2,
  });
}

/**
 * Brings the schema up to date and hands the application role exactly what it may do: SELECT everywhere, writes on the
 * tables that are written row by row, EXECUTE on commit functions. Safe to run by several processes at once and again.
 */
export async function migrate(ownerUrl: string, app: ApplicationRole): Promise<void> {
  const owner = await ownerDataSource(ownerUrl).initialize();
  const runner = owner.createQueryRunner();
  try {
    // Session lock of this installer run; the application itself uses no advisory locks (scale.md F2).
    await runner.query(`SELECT pg_advisory_lock(7411720260)`);
    await createRole(runner, app);
    await replaceFunctions(runner);
    await owner.runMigrations({ transaction: 'each' });
    await runner.startTransaction();
    await grant(runner, app.name);
    await runner.commitTransaction();
    await runner.query(`ANALYZE`);
  } finally {
    await runner.query(`SELECT pg_advisory_unlock(7411720260)`).catch(() => undefined);
    await runner.release();
    await owner.destroy();
  }
}

/** Takes the schema down again, newest migration first. For tests: a shop never does this. */
export async function revertAll(ownerUrl: string): Promise<void> {
  const owner = await ownerDataSource(ownerUrl).initialize();
  try {
    for (let left = MIGRATIONS.length; left > 0; left -= 1) await owner.undoLastMigration({ transaction: 'each' });
  } finally {
    await owner.destroy();
  }
}

async function createRole(runner: QueryRunner, app: ApplicationRole): Promise<void> {
  const known = (await runner.query(`SELECT 1 FROM pg_roles WHERE rolname = $1`, [app.name])) as unknown[];
  if (known.length > 0 && !app.isOurs) return;
  const secret = `'${app.password.replaceAll("'", "''")}'`;
  // Only a superuser may name the other attributes again, even to leave them as they are; the owner need not be one.
  const statement = known.length > 0 ? 'ALTER ROLE' : 'CREATE ROLE';
  const rights = known.length > 0 ? 'LOGIN' : 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS';
  await runner.query(`${statement} ${quoteName(app.name)} ${rights} PASSWORD ${secret}`);
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

async function replaceFunctions(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS function_source (
      name text NOT NULL, hash text NOT NULL, CONSTRAINT pk_function_source PRIMARY KEY (name))`);
  const rows = (await runner.query(`SELECT name, hash FROM function_source`)) as { name: string; hash: string }[];
  const known = new Map(rows.map((row) => [row.name, row.hash]));
  for (const source of readFunctionSources()) {
    if (known.get(source.name) === source.hash) continue;
    await runner.startTransaction();
    try {
      // Bodies are checked when they first run: the tables they name may be made by a migration after them.
      await runner.query(`SET LOCAL check_function_bodies = off`);
      await replaceFunction(runner, source);
      await runner.query(
        `INSERT INTO function_source (name, hash) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET hash = excluded.hash`,
        [source.name, source.hash],
      );
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
  }
}

/**
 * In place wherever PostgreSQL can: a function that is dropped and made anew takes its rights with it and fails the
 * statement that is just calling it ("cache lookup failed").
 */
async function replaceFunction(runner: QueryRunner, { name, text }: FunctionSource): Promise<void> {
  const before = await signaturesOf(runner, name);
  await runner.query(`SAVEPOINT before_function`);
  try {
    await runner.query(text.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'));
  } catch (error) {
    // 42P13: the same parameters with other names, or another result.
    if (sqlState(error) !== '42P13') throw error;
    await runner.query(`ROLLBACK TO SAVEPOINT before_function`);
    for (const signature of before) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query(text);
    return;
  }
  const after = await signaturesOf(runner, name);
  if (after.length === before.length) return;
  for (const signature of before) await runner.query(`DROP FUNCTION ${signature}`);
}

async function signaturesOf(runner: QueryRunner, name: string): Promise<string[]> {
  const overloads = (await runner.query(
    `SELECT oid::regprocedure::text AS signature FROM pg_proc
     WHERE proname = $1 AND pronamespace = 'public'::regnamespace`,
    [name],
  )) as { signature: string }[];
  return overloads.map(({ signature }) => signature);
}

async function grant(runner: QueryRunner, role: string): Promise<void> {
  const quoted = quoteName(role);
  const written = Object.entries(TABLES).filter(([, table]) => table.writtenBy === 'rows');
  const names = written.map(([name]) => name).join(', ');
  await runner.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${quoted}`);
  await runner.query(`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, ${quoted}`);
  await runner.query(`GRANT USAGE ON SCHEMA public TO ${quoted}`);
  await runner.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${quoted}`);
  await runner.query(`GRANT INSERT, UPDATE, DELETE ON ${names} TO ${quoted}`);
  for (const { name } of readFunctionSources()) {
    if (!name.startsWith('commit_') && !READ_FUNCTIONS.includes(name)) continue;
    const overloads = (await runner.query(
      `SELECT oid::regprocedure::text AS signature FROM pg_proc
       WHERE proname = $1 AND pronamespace = 'public'::regnamespace`,
      [name],
    )) as { signature: string }[];
    for (const { signature } of overloads) await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO ${quoted}`);
  }
}

/** Functions that only read and that queries of the application call, besides the commit functions. */
const READ_FUNCTIONS = ['app_now', 'due_expiry', 'goods_taken', 'redeemed_since', 'system_account', 'unexpired_stock'];
