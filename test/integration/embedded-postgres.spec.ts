import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, type QueryResultRow } from 'pg';
import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../../src/platform/embedded-postgres.js';

const SUPPORT = join(process.cwd(), 'test', 'support');

let parentDir: string;
let dataDir: string;
let running: { stop(): Promise<void> }[];
let processes: ChildProcess[];

beforeEach(async () => {
  // A blank and Chinese characters, because users have them in their paths.
  parentDir = await mkdtemp(join(tmpdir(), 'ecomart 超市-'));
  await chmod(parentDir, 0o755);
  dataDir = join(parentDir, 'deep', '.data');
  running = [];
  processes = [];
});

afterEach(async () => {
  for (const server of running) await server.stop();
  for (const child of processes) await kill(child);
  await chmod(parentDir, 0o755);
  await rm(parentDir, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, noSync: true, ...options });
  running.push(server);
  return server;
}

/** Starts the server from another process, as the application does, which may then be killed. */
async function startElsewhere(): Promise<{ child: ChildProcess; ownerUrl: string }> {
  const child = fork(join(SUPPORT, 'embedded-postgres-holder.ts'), [dataDir], {
    detached: true,
    execArgv: ['--import', pathToFileURL(join(SUPPORT, 'typescript-hooks.mjs')).href],
  });
  processes.push(child);
  const [report] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the holder ended with ${String(code)}`))),
  ])) as [{ ownerUrl: string }];
  return { child, ownerUrl: report.ownerUrl };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function query<Row extends QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // The tests kill servers under their connections.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function setting(url: string, name: string): Promise<unknown> {
  const [row] = await query<Record<string, unknown>>(url, `SELECT current_setting('${name}') AS value`);
  return row?.value;
}

const postmasterPid = async (): Promise<number> =>
  Number((await readFile(join(dataDir, 'pg', 'postmaster.pid'), 'utf8')).split('\n')[0]);

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

async function refusal(starting: Promise<EmbeddedPostgres>): Promise<EmbeddedPostgresError> {
  try {
    running.push(await starting);
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) return error;
    throw error;
  }
  throw new Error('the server started, although it should have refused');
}

describe('a first start', () => {
  it('makes a database from an empty directory, and stops it without a trace of a running server', async () => {
    const server = await start({ noSync: false });
    expect(server.adopted).toBe(false);
    expect(new URL(server.ownerUrl)).toMatchObject({
      username: 'ecomart_owner',
      pathname: '/ecomart',
      hostname: '127.0.0.1',
    });
    await query(server.ownerUrl, 'CREATE TABLE soap AS SELECT 1 AS bars');

    await server.stop();
    await expect(query(server.ownerUrl, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await readdir(join(dataDir, 'pg'))).not.toContain('postmaster.pid');
    expect((await readdir(dataDir)).toSorted()).toEqual(['pg', 'pg-password', 'pg-port', 'pg.log']);

    const again = await start();
    expect(again.ownerUrl).toBe(server.ownerUrl);
    expect(await query(again.ownerUrl, 'SELECT bars FROM soap')).toEqual([{ bars: 1 }]);
  });

  it('begins afresh after a first start that was killed half-way', async () => {
    await mkdir(join(dataDir, `pg-draft-${randomUUID()}`), { recursive: true });
    await writeFile(join(dataDir, `pg-draft-${randomUUID()}`), 'half a password');
    await start();
    expect((await readdir(dataDir)).filter((name) => name.includes('draft'))).toEqual([]);
  });
});

describe('a running server', () => {
  let sharedDir: string;
  let shared: EmbeddedPostgres;
  let ownerUrl: string;

  beforeAll(async () => {
    const home = await mkdtemp(join(tmpdir(), 'ecomart-'));
    await chmod(home, 0o755);
    sharedDir = join(home, '.data');
    shared = await startEmbeddedPostgres({ dataDir: sharedDir, noSync: true });
    ({ ownerUrl } = shared);
  });

  afterAll(async () => {
    await shared.stop();
    await rm(dirname(sharedDir), { recursive: true });
  });

  it('is set up to keep what it was told and to treat text alike on every machine', async () => {
    const names = ['fsync', 'data_checksums', 'server_encoding', 'timezone', 'max_connections', 'password_encryption'];
    const values = await Promise.all(names.map((name) => setting(ownerUrl, name)));
    expect(values).toEqual(['on', 'on', 'UTF8', 'UTC', '60', 'scram-sha-256']);
    expect(String(await setting(ownerUrl, 'server_version'))).toMatch(/^18\./);
    const [text] = await query(
      ownerUrl,
      `SELECT datlocprovider AS provider, datlocale AS locale, upper('straße é') AS upper, '卸巷社区' ILIKE '%巷社%' AS finds
       FROM pg_database WHERE datname = 'ecomart'`,
    );
    expect(text).toEqual({ provider: 'b', locale: 'C.UTF-8', upper: 'STRAßE É', finds: true });
  });

  it('listens on the loopback address only and lets nobody in without the password', async () => {
    expect(await setting(ownerUrl, 'listen_addresses')).toBe('127.0.0.1');
    expect(await setting(ownerUrl, 'unix_socket_directories')).toBe('');
    const url = new URL(ownerUrl);
    url.password = 'wrong';
    await expect(query(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await query(ownerUrl, `SELECT DISTINCT auth_method FROM pg_hba_file_rules`)).toEqual([
      { auth_method: 'scram-sha-256' },
    ]);
  });

  it('keeps the password and the data from other users', async () => {
    expect(new URL(ownerUrl).password).toMatch(/^[0-9a-f]{64}$/);
    expect(await modeOf(join(sharedDir, 'pg-password'))).toBe('600');
    expect(await modeOf(join(sharedDir, 'pg'))).toBe('700');
    expect(await modeOf(join(sharedDir, 'pg.log'))).toBe('600');
    expect(await modeOf(sharedDir)).toBe('755');
    expect((await stat(join(sharedDir, 'pg-password'))).uid).toBe(process.getuid?.());
  });

  it('writes no statement and no value of a failed one to the log', async () => {
    await query(ownerUrl, 'CREATE TABLE member (phone text PRIMARY KEY)');
    await query(ownerUrl, `INSERT INTO member VALUES ('13800001234')`);
    await expect(query(ownerUrl, `INSERT INTO member VALUES ('13800001234')`)).rejects.toMatchObject({ code: '23505' });
    const log = await readFile(join(sharedDir, 'pg.log'), 'utf8');
    expect(log).not.toContain('13800001234');
  });
});

describe('after a crash', () => {
  it('adopts the server that a killed application left running', async () => {
    const { child, ownerUrl } = await startElsewhere();
    const pid = await postmasterPid();
    await kill(child);
    const server = await start();
    expect(server).toMatchObject({ adopted: true, ownerUrl });
    expect(await postmasterPid()).toBe(pid);
    await server.stop();
    await expect(query(ownerUrl, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('recovers every committed row after the application and the server were killed', async () => {
    const { child, ownerUrl } = await startElsewhere();
    await query(ownerUrl, 'CREATE TABLE entry AS SELECT generate_series(1, 20000) AS sequence');
    const pid = await postmasterPid();
    child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    const server = await start();
    expect(server).toMatchObject({ adopted: false, ownerUrl });
    expect(await query(ownerUrl, 'SELECT count(*)::int AS rows FROM entry')).toEqual([{ rows: 20_000 }]);
  });

  it('waits until the last process of the killed server has let go of the data', async () => {
    const { child, ownerUrl } = await startElsewhere();
    let done = false;
    // Such a query notices the death of its server only when it is done.
    const busy = query(ownerUrl, 'SELECT count(*) FROM generate_series(1, 6000000)').finally(() => {
      done = true;
    });
    const seen = `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT count%'`;
    while ((await query(ownerUrl, seen)).length === 0) expect(done).toBe(false);
    const pid = await postmasterPid();
    child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    expect(done).toBe(false);
    const server = await start();
    expect(done).toBe(true);
    await busy;
    expect(server).toMatchObject({ adopted: false, ownerUrl });
  });

  it('starts although the number in postmaster.pid now belongs to another process', async () => {
    const first = await start();
    const port = Number(new URL(first.ownerUrl).port);
    await first.stop();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    processes.push(stranger);
    const lines = [stranger.pid, join(dataDir, 'pg'), 1, port, '', '127.0.0.1', '', 'ready', ''];
    await writeFile(join(dataDir, 'pg', 'postmaster.pid'), lines.join('\n'));
    const second = await start();
    expect(second).toMatchObject({ adopted: false, ownerUrl: first.ownerUrl });
    expect(stranger.exitCode).toBeNull();
  });

  it('takes another port when its own has been taken meanwhile', async () => {
    const first = await start();
    const port = Number(new URL(first.ownerUrl).port);
    await first.stop();
    const occupant = createServer().listen(port, '127.0.0.1');
    await once(occupant, 'listening');
    try {
      const second = await start();
      expect(Number(new URL(second.ownerUrl).port)).not.toBe(port);
      expect(await query(second.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      occupant.close();
    }
  });
});

describe('a second application', () => {
  it('is refused while the first one runs, in the same process', async () => {
    await start();
    expect(await refusal(startEmbeddedPostgres({ dataDir }))).toMatchObject({ reason: 'already-running' });
  });

  it('is told where the first one runs, and does not disturb it', async () => {
    const { child, ownerUrl } = await startElsewhere();
    const { reason, message } = await refusal(startEmbeddedPostgres({ dataDir }));
    expect(reason).toBe('already-running');
    expect(message).toContain(`已在运行 http://localhost:3000（进程 ${child.pid}）`);
    expect(message).toContain(`already running at http://localhost:3000 (process ${child.pid}`);
    expect(await query(ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await kill(child);
    await start();
  });

  it('lets exactly one of many that start at once own the data', async () => {
    const first = await start();
    await first.stop();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => start()));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(refused).toHaveLength(7);
    for (const error of refused) expect(error).toMatchObject({ reason: 'already-running' });
  });
});

describe('Ctrl-C', () => {
  it('reaches the application alone, so that it can finish its requests', async () => {
    const { child, ownerUrl } = await startElsewhere();
    if (child.pid === undefined) throw new Error('the holder has no number');
    const interrupted = once(child, 'message');
    process.kill(-child.pid, 'SIGINT');
    expect(await interrupted).toContain('interrupted');
    expect(await query(ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await kill(child);
    await start();
  });
});

describe('where it cannot run, it says so in one line', () => {
  it('names a directory that is closed to it', async () => {
    // For root the server's account cannot enter; for anybody else we cannot create anything in it ourselves.
    const closed = join(parentDir, 'home');
    await mkdir(closed, { mode: process.getuid?.() === 0 ? 0o700 : 0o500 });
    const { reason, message } = await refusal(startEmbeddedPostgres({ dataDir: join(closed, '.data') }));
    expect(reason).toBe('closed-directory');
    expect(message).toContain(closed);
    expect(message).toContain('ECOMART_DATA_DIR=/var/lib/ecomart');
    expect(message).not.toContain('\n');
  });

  it('does not touch a directory that holds something else', async () => {
    await mkdir(join(dataDir, 'pg'), { recursive: true });
    await writeFile(join(dataDir, 'pg', 'thesis.txt'), 'three years of work');
    // Root lends the server an account by the owner of the data; these belong to root itself.
    expect(await refusal(startEmbeddedPostgres({ dataDir }))).toMatchObject({ reason: 'foreign-data' });
    expect(await readFile(join(dataDir, 'pg', 'thesis.txt'), 'utf8')).toBe('three years of work');
  });

  it('asks for the password file if it is lost, and works again when it is back', async () => {
    const first = await start();
    const password = await readFile(join(dataDir, 'pg-password'), 'utf8');
    await first.stop();
    await rm(join(dataDir, 'pg-password'));
    expect((await refusal(startEmbeddedPostgres({ dataDir }))).message).toContain('pg-password');
    await writeFile(join(dataDir, 'pg-password'), 'f'.repeat(64));
    expect((await refusal(startEmbeddedPostgres({ dataDir }))).message).toContain('pg-password');
    await writeFile(join(dataDir, 'pg-password'), password);
    expect(await query((await start()).ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses data of another major version', async () => {
    const first = await start();
    await first.stop();
    await writeFile(join(dataDir, 'pg', 'PG_VERSION'), '17\n');
    const { reason, message } = await refusal(startEmbeddedPostgres({ dataDir }));
    expect(reason).toBe('foreign-data');
    expect(message).toContain('PostgreSQL 17');
  });

  it('refuses a path that the shell behind pg_ctl would misread', async () => {
    dataDir = join(parentDir, 'cheap $HOME');
    expect(await refusal(startEmbeddedPostgres({ dataDir }))).toMatchObject({ reason: 'unusable-path' });
  });

  it('quotes the server when a setting is wrong, and leaves the data directory free', async () => {
    const first = await start();
    await first.stop();
    const { reason, message } = await refusal(
      startEmbeddedPostgres({ dataDir, settings: { max_connections: 'many' } }),
    );
    expect(reason).toBe('did-not-start');
    expect(message).toContain('max_connections');
    await start();
  });
});
