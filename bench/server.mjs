import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../dist/src/platform/embedded-postgres.js';
import { SecretBox } from '../dist/src/platform/secret-box.js';

/**
 * Filling writes as much log as data: checkpoints in between would only write pages twice. Nothing here weakens what a
 * commit promises; fsync stays on.
 */
const FILL_SETTINGS = { max_wal_size: '16GB', checkpoint_timeout: '1h', maintenance_work_mem: '512MB' };

/**
 * Where the databases live: a directory that is kept between runs, or a temporary one that goes with the run.
 * @param {string | undefined} wanted
 */
export async function openDataDir(wanted) {
  if (wanted !== undefined) return { path: wanted, remove: async () => undefined };
  const path = await mkdtemp(join(tmpdir(), 'ecomart-bench-'));
  // mkdtemp makes private directories, which the server's account could not enter where the bench runs as root.
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A PostgreSQL of the bench's own, as the product starts it, with as many databases as there are sizes. */
export class Server {
  #running;

  constructor(dataDir, running, secret) {
    this.dataDir = dataDir;
    this.secret = secret;
    this.#running = running;
  }

  /** @param {string} dataDir @param {{forFilling?: boolean}} options */
  static async start(dataDir, { forFilling = false } = {}) {
    const settings = forFilling ? FILL_SETTINGS : {};
    const running = await startEmbeddedPostgres({ dataDir, database: 'bench', settings });
    return new Server(dataDir, running, await readSecret(dataDir));
  }

  /** The application's role in a database, named and keyed as the application itself does it. */
  roleOf(database) {
    const password = new SecretBox(Buffer.from(this.secret, 'base64url')).derivePassword('application-role');
    return { name: `${database}_app`, password, isOurs: true };
  }

  /** @param {string} database @returns {string} */
  ownerUrl(database) {
    const url = new URL(this.#running.ownerUrl);
    url.pathname = `/${database}`;
    return url.href;
  }

  /** @param {string} database @returns {string} */
  appUrl(database) {
    const url = new URL(this.ownerUrl(database));
    const { name, password } = this.roleOf(database);
    url.username = name;
    url.password = password;
    return url.href;
  }

  /** Runs one statement outside of the databases that are measured. */
  async admin(text, values) {
    const client = new Client({ connectionString: this.ownerUrl('bench') });
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** A filled database is marked by its comment, so that one left half-way is never taken for one. */
  async isFilled(database, mark) {
    const rows = await this.admin(
      `SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = $1`,
      [database],
    );
    return rows[0]?.mark === mark;
  }

  async markFilled(database, mark) {
    await this.admin(`COMMENT ON DATABASE ${database} IS '${mark}'`);
  }

  async createEmpty(database) {
    await this.admin(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await this.admin(`CREATE DATABASE ${database}`);
  }

  /** Puts a database back to what its template is. Whoever is connected to it loses the connection. */
  async restore(database, template) {
    await this.admin(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await this.admin(`CREATE DATABASE ${database} TEMPLATE ${template} STRATEGY wal_log`);
  }

  async stop() {
    await this.#running.stop();
  }
}

async function readSecret(dataDir) {
  const path = join(dataDir, 'bench-secret');
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known !== undefined) return known.trim();
  const made = randomBytes(32).toString('base64url');
  await writeFile(path, made, { mode: 0o600 });
  return made;
}
