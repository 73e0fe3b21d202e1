import { fork, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..');
const CLIENT = join(import.meta.dirname, 'load/client.mjs');
const START_PATIENCE_MS = 120_000;
const SESSIONS = 16;

/** The application as a user starts it, in a process of its own, on one of the bench's databases. */
export class Application {
  constructor(child, port) {
    this.pid = child.pid;
    this.port = port;
    this.child = child;
  }

  /** @param {{server: import('./server.mjs').Server, database: string, profileDir?: string}} given */
  static async start({ server, database, profileDir }) {
    const dataDir = join(server.dataDir, `application-${database}`);
    await mkdir(dataDir, { recursive: true });
    const profile = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
    const child = spawn(process.execPath, [...profile, ...(await startArguments())], {
      cwd: PROJECT,
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        DATABASE_URL: server.ownerUrl(database),
        ECOMART_SECRET: server.secret,
        ECOMART_DATA_DIR: dataDir,
        ECOMART_RATE_FACTOR: '1000000',
        LOG_LEVEL: 'fatal',
        PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new Application(child, await portOf(child));
  }

  async stop() {
    if (this.child.exitCode !== null) return;
    const gone = new Promise((resolve) => {
      this.child.once('exit', resolve);
    });
    this.child.kill('SIGTERM');
    await gone;
  }
}

/** What `npm start` gives to node, flags included: the bench measures what users run. */
async function startArguments() {
  const { scripts } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'));
  return scripts.start.split(' ').slice(1);
}

/** The application says on standard output where it listens. */
function portOf(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`the application did not start: ${said}`)), START_PATIENCE_MS);
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const port = /http:\/\/[^\s:]+:(\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(late);
      resolve(Number(port));
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the application ended with ${code}: ${said}`));
    });
  });
}

/** The process that makes the load. */
export class LoadClient {
  #child;
  #waiting = new Map();
  #last = 0;

  static start() {
    const client = new LoadClient();
    client.#child = fork(CLIENT);
    client.#child.on('message', ({ id, value, error }) => {
      const { resolve, reject } = client.#waiting.get(id);
      client.#waiting.delete(id);
      if (error === undefined) resolve(value);
      else reject(new Error(error));
    });
    client.#child.on('exit', () => {
      for (const { reject } of client.#waiting.values()) reject(new Error('the load client ended'));
    });
    return client;
  }

  /** @param {'connect' | 'disconnect' | 'slice'} order */
  tell(order, given) {
    this.#last += 1;
    const id = this.#last;
    this.#child.send({ id, order, given });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
  }

  stop() {
    this.#child.kill();
  }
}

/**
 * Signs the staff of a filled database in, each at two terminals. Nobody knows their passwords, so the rows are written
 * as signing in writes them.
 * @param {import('pg').Client} owner the owner's connection @returns {Promise<string[]>} the tokens
 */
export async function openSessions(owner) {
  const { rows: staff } = await owner.query(
    `SELECT person_id AS id FROM person WHERE login LIKE 'bench-%' ORDER BY login`,
  );
  const tokens = [];
  for (let session = 0; session < SESSIONS; session += 1) {
    const token = createHash('sha256').update(`bench session ${session}`).digest('base64url');
    await owner.query(
      `INSERT INTO session (token_hash, session_id, kind, actor_id, community_id, origin, created_at, last_seen_at,
         idle_seconds, expires_at)
       VALUES ($1, gen_random_uuid(), 'staff', $2, NULL, '127.0.0.1', now(), now(), 86400, now() + interval '1 day')
       ON CONFLICT (token_hash) DO UPDATE SET last_seen_at = now(), expires_at = now() + interval '1 day'`,
      [createHash('sha256').update(token).digest(), staff[session % staff.length].id],
    );
    tokens.push(token);
  }
  return tokens;
}
