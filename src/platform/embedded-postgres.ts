import { dirname } from 'node:path';
import { type ServerAccount, chooseAccount, findClosedDirectory } from './embedded-postgres/account.js';
import { findBinaries } from './embedded-postgres/binaries.js';
import { hasCluster, makeCluster } from './embedded-postgres/cluster.js';
import { ensureDatabase, ownerUrl } from './embedded-postgres/connection.js';
import {
  type DataDir,
  makePassword,
  openDataDir,
  readPassword,
  readPort,
  removeDrafts,
} from './embedded-postgres/data-dir.js';
import { EmbeddedPostgresError, explain } from './embedded-postgres/error.js';
import { claimOwnership } from './embedded-postgres/owner-lock.js';
import { PostgresServer } from './embedded-postgres/server.js';

export { EmbeddedPostgresError, type EmbeddedPostgresReason } from './embedded-postgres/error.js';

export interface EmbeddedPostgresOptions {
  /** Where data, password, port and log are kept; created if need be. Everything of the server is inside. */
  readonly dataDir: string;
  /** Receives a line for each step that takes time or may surprise. */
  readonly log?: (line: string) => void;
  /** Where the application will listen; told to whoever tries to start a second one on the same data. */
  readonly address?: string;
  /** The database that `ownerUrl` names, created if absent; default `ecomart`. */
  readonly database?: string;
  /** Settings of the server beyond, or instead of, the standard ones. Values are single words. */
  readonly settings?: Readonly<Record<string, string>>;
  /** For throwaway servers: does not wait for the disk when creating the data. */
  readonly noSync?: boolean;
}

export interface EmbeddedPostgres {
  /** Signs in as the owner role, a superuser of this server: for migrations, not for the application's queries. */
  readonly ownerUrl: string;
  /** True if the server had been left running by an application that died. */
  readonly adopted: boolean;
  /**
   * Stops the server and gives the data directory up. To be called once the application has closed its connections;
   * calling it again returns the same promise.
   *
   * @throws EmbeddedPostgresError `did-not-stop`
   */
  stop(): Promise<void>;
}

/**
 * Durability is PostgreSQL's default (fsync on). The log keeps neither statements nor the details of an error, which
 * quote rows and with them personal data.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '60',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/**
 * Starts a PostgreSQL server of our own, or adopts the one that a crashed application left running on the same data. It
 * listens on the loopback address only and asks for a password that only the application's user can read. It outlives
 * this process unless `stop` is called: nothing is hooked to the exit of the process, so that the application decides
 * when its last request is done.
 *
 * @throws EmbeddedPostgresError where the server cannot run; its message is one line for the person who started it
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    const dir = await openDataDir(options.dataDir);
    const lock = await claimOwnership(dir.ownerFile, options.address);
    try {
      const { server, url, adopted } = await start(dir, options);
      let stopped: Promise<void> | undefined;
      return {
        ownerUrl: url,
        adopted,
        stop: () => (stopped ??= server.stop().finally(() => lock.release())),
      };
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    throw explain(error, options.dataDir) ?? error;
  }
}

/**
 * The owner's URL of the server that another process of ours runs on this data, for a look from outside.
 *
 * @throws EmbeddedPostgresError `foreign-data` where port or password are not known
 */
export async function embeddedOwnerUrl(dataDir: string, database = 'ecomart'): Promise<string> {
  const dir = await openDataDir(dataDir);
  const password = await readPassword(dir);
  const port = await readPort(dir);
  if (password === undefined || port === undefined) throw passwordLost(dir);
  return ownerUrl(port, database, { pgDir: dir.pgDir, password });
}

async function start(
  dir: DataDir,
  options: EmbeddedPostgresOptions,
): Promise<{ server: PostgresServer; url: string; adopted: boolean }> {
  const { log = () => undefined, database = 'ecomart', settings = {}, noSync = false } = options;
  await removeDrafts(dir);
  const account = await chooseAccount(dir.pgDir);
  if (account !== undefined) for (const path of [dir.path, dirname(dir.pgDir)]) await refuseClosedWay(path, account);
  const binaries = await findBinaries(dir.path, account);

  const isNew = !(await hasCluster(dir));
  const password = (await readPassword(dir)) ?? (isNew ? await makePassword(dir) : undefined);
  if (password === undefined) throw passwordLost(dir);
  if (isNew) {
    log(`正在创建数据库 ${dir.pgDir} / Creating the database`);
    await makeCluster(dir, binaries, account, password, noSync);
  }

  const access = { pgDir: dir.pgDir, password };
  const server = new PostgresServer(dir, binaries, account, access, { ...SETTINGS, ...settings });
  const { port, adopted } = await server.bringUp();
  try {
    await ensureDatabase(port, access, database);
  } catch (error) {
    await server.stop();
    throw error;
  }
  log(
    adopted
      ? `数据库仍在运行，已接管（端口 ${port}） / Adopted the database left running on port ${port}`
      : `数据库已启动（端口 ${port}） / The database is running on port ${port}`,
  );
  return { server, url: ownerUrl(port, database, access), adopted };
}

async function refuseClosedWay(path: string, account: ServerAccount): Promise<void> {
  const closed = await findClosedDirectory(path, account);
  if (closed === undefined) return;
  throw new EmbeddedPostgresError(
    'closed-directory',
    `以 root 启动时数据库由用户 ${account.name} 运行，它无权进入 ${closed}；请设置 ECOMART_DATA_DIR=/var/lib/ecomart，或把项目移出该目录。`,
    `Started by root, the database runs as user ${account.name}, who may not enter ${closed}: set ECOMART_DATA_DIR=/var/lib/ecomart, or move the project.`,
  );
}

function passwordLost(dir: DataDir): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'foreign-data',
    `数据库密码文件 ${dir.passwordFile} 不见了，请从备份恢复该文件。`,
    `The database's password file ${dir.passwordFile} is missing: restore it from a backup.`,
  );
}
