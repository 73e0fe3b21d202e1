import { chown, mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerAccount } from './account.js';
import { POSTGRES_MAJOR, type PostgresBinaries } from './binaries.js';
import { type DataDir, draftPath, readIfThere } from './data-dir.js';
import { EmbeddedPostgresError, explain, lastWords } from './error.js';
import { runTool } from './tool.js';

/** The role that owns the databases and runs migrations. The application itself signs in under another one. */
export const OWNER_ROLE = 'ecomart_owner';

/** True if the server's data are there; the rules of `makeCluster` make sure that they are then whole. */
export async function hasCluster({ pgDir }: DataDir): Promise<boolean> {
  const version = await readIfThere(join(pgDir, 'PG_VERSION'));
  if (version === undefined) {
    const entries = await readdir(pgDir).catch(() => []);
    if (entries.length > 0) throw notOurs(pgDir);
    return false;
  }
  if (version !== String(POSTGRES_MAJOR)) throw otherMajor(pgDir, version);
  return true;
}

/**
 * Creates the server's data with the owner role and its password. It is made aside and renamed into place when whole:
 * initdb writes PG_VERSION first, so that a start killed in the middle would otherwise leave data that look complete.
 *
 * Texts compare and change case by Unicode (`C.UTF-8` of the builtin provider) on every machine alike, because no locale
 * of the operating system is involved. Data checksums let a failing disk be noticed before it is believed.
 *
 * @param noSync for throwaway servers: leaves the files to the operating system's cache
 */
export async function makeCluster(
  dir: DataDir,
  binaries: PostgresBinaries,
  account: ServerAccount | undefined,
  password: string,
  noSync: boolean,
): Promise<void> {
  const draft = draftPath(dir);
  const passwordDraft = draftPath(dir);
  try {
    await mkdir(draft, { mode: 0o700 });
    // The server's account cannot read the password file, so that initdb is shown a copy for the second it runs.
    await writeFile(passwordDraft, password, { mode: 0o600, flag: 'wx' });
    if (account !== undefined) for (const path of [draft, passwordDraft]) await chown(path, account.uid, account.gid);
    const run = await runTool(binaries.initdb, initdbArguments(draft, passwordDraft, noSync), dir.path, account);
    if (run.exitCode !== 0) throw notCreated(`${run.failure ?? ''}${run.output}`, dir);
    await rmdir(dir.pgDir).catch(() => undefined);
    await rename(draft, dir.pgDir);
    if (!noSync) await syncDirectory(dir.path);
  } finally {
    await rm(passwordDraft, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

function initdbArguments(pgDir: string, passwordFile: string, noSync: boolean): string[] {
  return [
    `--pgdata=${pgDir}`,
    `--username=${OWNER_ROLE}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--data-checksums',
    ...(noSync ? ['--no-sync'] : []),
  ];
}

/** Makes the renaming itself survive a power failure; Windows has no such call and does it by itself. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function notCreated(said: string, dir: DataDir): EmbeddedPostgresError {
  const known = explain(new Error(said), dir.path);
  if (known !== undefined) return known;
  if (said.includes('could not look up effective user')) {
    return new EmbeddedPostgresError(
      'unsupported-platform',
      `当前用户（uid ${process.getuid?.()}）在系统中没有用户名，数据库无法创建，请换一个用户启动。`,
      `This user (uid ${process.getuid?.()}) has no name on this system, and PostgreSQL needs one: start as another user.`,
    );
  }
  return new EmbeddedPostgresError(
    'did-not-start',
    `数据库 ${dir.pgDir} 创建失败。`,
    `The database in ${dir.pgDir} could not be created: ${lastWords(said)}`,
  );
}

function notOurs(pgDir: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'foreign-data',
    `${pgDir} 里不是 PostgreSQL 数据，请清空它或换一个数据目录（ECOMART_DATA_DIR）。`,
    `${pgDir} holds something other than PostgreSQL data: empty it or use another data directory (ECOMART_DATA_DIR).`,
  );
}

function otherMajor(pgDir: string, version: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'foreign-data',
    `${pgDir} 是 PostgreSQL ${version} 的数据，内置的是 ${POSTGRES_MAJOR}，请先用 pg_dump 导出再导入。`,
    `The data in ${pgDir} are of PostgreSQL ${version}, the embedded server is ${POSTGRES_MAJOR}: move them with pg_dump and pg_restore.`,
  );
}
