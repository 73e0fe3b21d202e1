import { randomBytes, randomUUID } from 'node:crypto';
import { access, chmod, mkdir, open, readFile, readdir, realpath, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError, systemCode } from './error.js';

/** Where the embedded server keeps what; all paths absolute and free of symbolic links. */
export interface DataDir {
  readonly path: string;
  /** The server's own directory, mode 0700, owned by the server's account. */
  readonly pgDir: string;
  readonly logFile: string;
  readonly ownerFile: string;
  readonly passwordFile: string;
  readonly portFile: string;
}

/**
 * Characters of a path that the shell behind `pg_ctl start` and `initdb` would interpret even in double quotes. Blanks and Chinese characters
 * are fine. Windows has no such shell, and its separator is one of them.
 */
export const SHELL_CHARACTERS = process.platform === 'win32' ? /["%\n\r]/ : /["$`\\\n\r]/;

const PASSWORD_BYTES = 32;

/**
 * Creates the data directory if need be. Directories made on the way are open for reading (0755), whatever the umask,
 * since the server may run under another account than the application; secrets in them have modes of their own.
 *
 * @throws EmbeddedPostgresError `unusable-path`
 */
export async function openDataDir(wanted: string): Promise<DataDir> {
  await makeDirectories(resolve(wanted));
  const path = await realpath(wanted);
  // An administrator may have moved the data to another disk and left a symbolic link.
  const pgDir = await realpath(join(path, 'pg')).catch(() => join(path, 'pg'));
  if (SHELL_CHARACTERS.test(path) || SHELL_CHARACTERS.test(pgDir)) {
    throw new EmbeddedPostgresError(
      'unusable-path',
      `数据目录的路径 ${path} 含有 " $ \` 或 \\，请换一个位置（ECOMART_DATA_DIR）。`,
      `The path of the data directory contains one of " $ \` \\: use another place (ECOMART_DATA_DIR).`,
    );
  }
  return {
    path,
    pgDir,
    logFile: join(path, 'pg.log'),
    ownerFile: join(path, 'pg-owner.lock'),
    passwordFile: join(path, 'pg-password'),
    portFile: join(path, 'pg-port'),
  };
}

/** As `mkdir -p`; node's own recursive form loops for ever in /proc and misnames a read-only file system. */
async function makeDirectories(path: string): Promise<void> {
  try {
    await mkdir(path);
    await chmod(path, 0o755);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path || (await isThere(dirname(path)))) throw error;
    await makeDirectories(dirname(path));
    await makeDirectories(path);
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** A name beside the data for a file or directory that is not finished yet; see `removeDrafts`. */
export const draftPath = (dir: DataDir): string => join(dir.path, `pg-draft-${randomUUID()}`);

/** Removes what a start that was killed half-way has left. Only the owner of the directory may call this. */
export async function removeDrafts(dir: DataDir): Promise<void> {
  for (const name of await readdir(dir.path)) {
    if (name.startsWith('pg-draft-')) await rm(join(dir.path, name), { recursive: true, force: true });
  }
}

/** The owner role's password, or undefined if none was made yet. Readable by the application's user alone. */
export async function readPassword(dir: DataDir): Promise<string | undefined> {
  const kept = await readIfThere(dir.passwordFile);
  return kept === '' ? undefined : kept;
}

/** Makes the owner role's password: 256 random bits in hex, so that it needs no escaping in a URL. */
export async function makePassword(dir: DataDir): Promise<string> {
  const password = randomBytes(PASSWORD_BYTES).toString('hex');
  await writeDurably(dir.passwordFile, password, 0o600);
  return password;
}

/** The port chosen at the first start, or undefined. */
export async function readPort(dir: DataDir): Promise<number | undefined> {
  const port = Number(await readIfThere(dir.portFile));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}

export const writePort = (dir: DataDir, port: number): Promise<void> => writeDurably(dir.portFile, `${port}\n`, 0o644);

/** The file's text without surrounding blanks, or undefined if there is no such file. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeDurably(file: string, content: string, mode: number): Promise<void> {
  const handle = await open(file, 'w', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
