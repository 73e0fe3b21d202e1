import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './error.js';
import { type RunAs, runTool } from './tool.js';

/** The account the server runs under. PostgreSQL refuses to run as root, so root has to lend it another one. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
  /** For messages only. */
  readonly name: string;
}

/** The number that every Linux gives to `nobody`; used where the system's own list of accounts cannot be asked. */
const NOBODY = 65_534;

/**
 * Chooses the server's account: undefined (ourselves) unless we are root; otherwise the owner of data that exist already,
 * else `postgres` if the machine has that account, else `nobody`.
 *
 * @param pgDir the server's data, which need not exist yet
 * @throws EmbeddedPostgresError `foreign-data` where the existing data belong to an account that cannot be used
 */
export async function chooseAccount(pgDir: string): Promise<ServerAccount | undefined> {
  const self = process.getuid?.();
  const owner = await stat(pgDir).catch(() => undefined);
  if (self === undefined) return undefined;
  if (self !== 0) {
    if (owner !== undefined && owner.uid !== self) throw foreignOwner(pgDir, owner.uid, self);
    return undefined;
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };
  const account = (await lookUp('postgres')) ??
    (await lookUp('nobody')) ?? { uid: NOBODY, gid: NOBODY, name: 'nobody' };
  if (owner !== undefined) throw ownedByRoot(pgDir, account);
  return account;
}

async function lookUp(name: string): Promise<ServerAccount | undefined> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runTool('id', [flag, name], '/', undefined)));
  if (uid?.exitCode !== 0 || gid?.exitCode !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output), name };
}

/**
 * The uppermost directory on the way to `path` (itself included) that the account may not enter, or undefined if the way
 * is open. A home directory with mode 0700 above the project is the usual case.
 */
export async function findClosedDirectory(path: string, account: ServerAccount): Promise<string | undefined> {
  for (const directory of wayTo(await realpath(path))) {
    const { mode, uid, gid } = await stat(directory);
    const rights = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode;
    // The mode does not show access lists, so a directory that looks closed is tried before it is blamed.
    if ((rights & 1) === 0 && !(await canEnter(directory, account))) return directory;
  }
  return undefined;
}

function wayTo(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...wayTo(parent), path];
}

async function canEnter(directory: string, as: RunAs): Promise<boolean> {
  return (await runTool('/bin/sh', ['-c', 'cd -- "$0"', directory], '/', as)).exitCode === 0;
}

function foreignOwner(pgDir: string, owner: number, self: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'foreign-data',
    `数据目录 ${pgDir} 属于另一个用户（uid ${owner}，当前 uid ${self}），请用原来的用户或 root 启动。`,
    `The data in ${pgDir} belong to another user (uid ${owner}, this is uid ${self}): start as that user or as root.`,
  );
}

function ownedByRoot(pgDir: string, account: ServerAccount): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'foreign-data',
    `数据目录 ${pgDir} 属于 root，而数据库不能以 root 运行，请执行 chown -R ${account.name} ${pgDir}。`,
    `The data in ${pgDir} belong to root, under which PostgreSQL refuses to run: chown -R ${account.name} ${pgDir}.`,
  );
}
