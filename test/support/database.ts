import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ENTITIES } from '../../src/app/entities.js';
import { createLogger, Database, loadConfig, Log, type PlatformParts, SecretBox } from '../../src/platform/index.js';
import { migrate } from '../../src/platform/schema.js';

const TEMPLATE = 'ecomart_test_template';
const TEMPLATE_LOCK = 4711;

/** A secret for tests only; the application role's password is derived from it as in a real installation. */
export const TEST_SECRET = Buffer.alloc(32, 7);
export const TEST_ROLE = 'ecomart_test_app';

function serverUrl(): string {
  const url = process.env['TEST_POSTGRES_URL'];
  if (url === undefined) throw new Error('TEST_POSTGRES_URL is not set: run through jest');
  return url;
}

export function databaseUrl(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

async function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** An empty database that the spec migrates itself. */
export async function createEmptyDatabase(): Promise<string> {
  const name = `ecomart_test_${randomBytes(6).toString('hex')}`;
  await asOwner((client) => client.query(`CREATE DATABASE ${name}`));
  return databaseUrl(name);
}

/** A migrated database of one's own, cloned from a template that the first caller builds. */
export async function createMigratedDatabase(): Promise<string> {
  const name = `ecomart_test_${randomBytes(6).toString('hex')}`;
  await asOwner(async (client) => {
    await client.query(`SELECT pg_advisory_lock(${TEMPLATE_LOCK})`);
    const known = await client.query(`SELECT 1 FROM pg_database WHERE datname = $1`, [TEMPLATE]);
    if (known.rowCount === 0) {
      const building = `${TEMPLATE}_building`;
      await client.query(`DROP DATABASE IF EXISTS ${building}`);
      await client.query(`CREATE DATABASE ${building}`);
      const password = new SecretBox(TEST_SECRET).derivePassword('application-role');
      await migrate(databaseUrl(building), { name: TEST_ROLE, password, isOurs: true });
      await client.query(`ALTER DATABASE ${building} RENAME TO ${TEMPLATE}`);
    }
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY wal_log`);
  });
  return databaseUrl(name);
}

/** The application's side of a fresh migrated database: its own role, its own pool. */
export async function connectApplication(
  env: Record<string, string> = {},
): Promise<{ parts: PlatformParts; ownerUrl: string }> {
  const ownerUrl = await createMigratedDatabase();
  const secrets = new SecretBox(TEST_SECRET);
  const appUrl = new URL(ownerUrl);
  appUrl.username = TEST_ROLE;
  appUrl.password = secrets.derivePassword('application-role');
  const config = loadConfig({ ECOMART_RATE_FACTOR: '1000000', LOG_LEVEL: 'fatal', ...env });
  const database = await Database.connect(appUrl.href, config, ENTITIES);
  return { parts: { config, database, secrets, log: new Log(createLogger(config.LOG_LEVEL)) }, ownerUrl };
}
