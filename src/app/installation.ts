import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Config,
  ConfigError,
  createLogger,
  Database,
  Log,
  type PlatformParts,
  SecretBox,
} from '../platform/index.js';
import { embeddedOwnerUrl, EmbeddedPostgresError, startEmbeddedPostgres } from '../platform/embedded-postgres.js';
import { type ApplicationRole, migrate } from '../platform/schema.js';
import { ENTITIES } from './entities.js';

/** The database this installation uses, and how to leave it. */
export interface ReachedDatabase {
  /** Absent where only the application role's connection was given: then somebody else migrates. */
  readonly ownerUrl: string | null;
  readonly appUrl: string;
  /** The application's role is made and re-keyed by us, not by a DBA. */
  readonly isRoleOurs: boolean;
  readonly isEmbedded: boolean;
  stop(): Promise<void>;
}

/**
 * The database of the configuration: DATABASE_URL and DATABASE_APP_URL where they are given, else the embedded PostgreSQL
 * under the data directory.
 * @param attach use an embedded server that another process of ours runs, instead of refusing
 * @throws EmbeddedPostgresError, ConfigError
 */
export async function reachDatabase(
  config: Config,
  secrets: SecretBox,
  options: { attach?: boolean; log?: (line: string) => void } = {},
): Promise<ReachedDatabase> {
  const { DATABASE_URL, DATABASE_APP_URL } = config;
  const nothing = async () => undefined;
  if (DATABASE_URL !== undefined) {
    return {
      ownerUrl: DATABASE_URL,
      appUrl: DATABASE_APP_URL ?? applicationUrl(DATABASE_URL, secrets),
      isRoleOurs: DATABASE_APP_URL === undefined,
      isEmbedded: false,
      stop: nothing,
    };
  }
  if (DATABASE_APP_URL !== undefined) {
    return { ownerUrl: null, appUrl: DATABASE_APP_URL, isRoleOurs: false, isEmbedded: false, stop: nothing };
  }
  const dataDir = config.dataDir;
  try {
    const server = await startEmbeddedPostgres({
      dataDir,
      address: `http://${config.HOST}:${config.PORT}`,
      ...(options.log === undefined ? {} : { log: options.log }),
    });
    return {
      ownerUrl: server.ownerUrl,
      appUrl: applicationUrl(server.ownerUrl, secrets),
      isRoleOurs: true,
      isEmbedded: true,
      stop: () => server.stop(),
    };
  } catch (error) {
    if (options.attach !== true || !(error instanceof EmbeddedPostgresError) || error.reason !== 'already-running') {
      throw error;
    }
    const ownerUrl = await embeddedOwnerUrl(dataDir);
    return {
      ownerUrl,
      appUrl: applicationUrl(ownerUrl, secrets),
      isRoleOurs: true,
      isEmbedded: true,
      stop: nothing,
    };
  }
}

/** Brings the schema up to date, where the owner's connection is known. */
export async function migrateReached(
  reached: Pick<ReachedDatabase, 'ownerUrl' | 'appUrl' | 'isRoleOurs'>,
): Promise<void> {
  if (reached.ownerUrl === null) return;
  await migrate(reached.ownerUrl, roleOf(reached));
}

function roleOf(reached: Pick<ReachedDatabase, 'appUrl' | 'isRoleOurs'>): ApplicationRole {
  const { username, password } = new URL(reached.appUrl);
  const name = decodeURIComponent(username);
  return { name, password: decodeURIComponent(password), isOurs: reached.isRoleOurs };
}

/** The pool, the secrets and the log that the application is made of. */
export async function openParts(config: Config, secrets: SecretBox, appUrl: string): Promise<PlatformParts> {
  const database = await Database.connect(appUrl, config, ENTITIES);
  return { config, secrets, database, log: new Log(createLogger(config.LOG_LEVEL)) };
}

/**
 * The master secret: ECOMART_SECRET, or a file in the data directory that is made at the first start. It stays outside of
 * the database and of its backups. @throws ConfigError
 */
export async function readSecrets(config: Config): Promise<SecretBox> {
  const given = config.ECOMART_SECRET ?? (await readOrMakeSecret(config.dataDir));
  const bytes = Buffer.from(given, 'base64url');
  if (bytes.length !== 32) throw new ConfigError('ECOMART_SECRET must be 32 bytes in base64url');
  return new SecretBox(bytes);
}

async function readOrMakeSecret(dataDir: string): Promise<string> {
  const keysDir = join(dataDir, 'keys');
  const path = join(keysDir, 'secret');
  // The data directory itself stays open: a database that root may not run goes through it under another account.
  await mkdir(dataDir, { recursive: true, mode: 0o755 });
  await mkdir(keysDir, { recursive: true, mode: 0o700 });
  const made = randomBytes(32).toString('base64url');
  try {
    await writeFile(path, `${made}\n`, { flag: 'wx', mode: 0o600 });
    return made;
  } catch {
    return (await readFile(path, 'utf8')).trim();
  }
}

/**
 * The same database as the application role, whose password is derived from the secret. Roles belong to the whole server,
 * so this one carries the name of the database: two installations on one server do not change each other's password.
 */
export function applicationUrl(ownerUrl: string, secrets: SecretBox, databaseName?: string): string {
  const url = new URL(ownerUrl);
  url.username = `${databaseName ?? decodeURIComponent(url.pathname.slice(1))}_app`;
  url.password = secrets.derivePassword('application-role');
  return url.href;
}
