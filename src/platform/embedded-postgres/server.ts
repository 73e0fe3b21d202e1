import { chmod, chown, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerAccount } from './account.js';
import type { PostgresBinaries } from './binaries.js';
import { type Access, answers } from './connection.js';
import { type DataDir, readIfThere, readPort, writePort } from './data-dir.js';
import { EmbeddedPostgresError, explain, lastWords } from './error.js';
import { choosePort, isPortFree } from './port.js';
import { findProcess } from './processes.js';
import { runTool } from './tool.js';

/** How often a server that is neither here nor gone is looked at again, in milliseconds. */
const POLL_MS = 250;
/** How long such a server may take, and how long a start with crash recovery may, in seconds. */
const PATIENCE_S = 300;
/** How many starts may fail for a passing reason, at about half a second each. */
const START_TRIES_MAX = 60;
/** How long a fast stop may take, in seconds: it writes what is in memory to the disk. */
const STOP_PATIENCE_S = 60;
/** The log is put aside at a start once it has grown past this many bytes. */
const LOG_SIZE_MAX = 10 * 1024 * 1024;

/** What `postmaster.pid` says about the server that wrote it. The port is unknown in the first moments of a start. */
interface Postmaster {
  readonly pid: number;
  readonly port: number | undefined;
}

/** A server that answers. `adopted` if it had been left running by an application that died. */
export interface RunningServer {
  readonly port: number;
  readonly adopted: boolean;
}

/** Starts, adopts and stops the one server of a data directory. Its caller holds the directory's owner lock. */
export class PostgresServer {
  constructor(
    private readonly dir: DataDir,
    private readonly binaries: PostgresBinaries,
    private readonly account: ServerAccount | undefined,
    private readonly access: Access,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /**
   * Adopts a running server, or starts one. A server that was killed may seem to run for seconds (its process not yet
   * reaped, its children still holding the memory), and one that is shutting down or recovering refuses connections:
   * each of these is looked at again until it answers or is gone.
   *
   * @throws EmbeddedPostgresError `did-not-start`, `foreign-data`
   */
  async bringUp(): Promise<RunningServer> {
    const deadline = performance.now() + PATIENCE_S * 1000;
    let said = 'it is running, but does not answer';
    for (let failures = 0; failures < START_TRIES_MAX && performance.now() < deadline;) {
      const postmaster = await this.findPostmaster();
      if (postmaster === undefined) {
        const attempt = await this.tryStart();
        if ('port' in attempt) return { port: attempt.port, adopted: false };
        ({ said } = attempt);
        if (!isPassing(said)) break;
        failures += 1;
      } else if (postmaster.port !== undefined && (await answers(postmaster.port, this.access))) {
        return { port: postmaster.port, adopted: true };
      }
      await delay(POLL_MS);
    }
    throw explain(new Error(said), this.dir.path) ?? didNotStart(said, this.dir.logFile);
  }

  /**
   * Ends open transactions, writes everything to the disk and stops. A server that is gone already counts as stopped.
   *
   * @throws EmbeddedPostgresError `did-not-stop`
   */
  async stop(): Promise<void> {
    const wait = ['-m', 'fast', '-w', '-t', String(STOP_PATIENCE_S)];
    const run = await this.pgCtl(['stop', ...wait]);
    if (run.exitCode === 0 || (await this.findPostmaster()) === undefined) return;
    throw new EmbeddedPostgresError(
      'did-not-stop',
      `数据库未能在 ${STOP_PATIENCE_S} 秒内停止，见 ${this.dir.logFile}。`,
      `The database did not stop within ${STOP_PATIENCE_S} s: see ${this.dir.logFile} (${run.output}).`,
    );
  }

  /** The live server of this directory, or undefined. A lock file that names anything else is made harmless. */
  private async findPostmaster(): Promise<Postmaster | undefined> {
    const lockFile = join(this.dir.pgDir, 'postmaster.pid');
    const lines = (await readIfThere(lockFile))?.split('\n');
    const pid = Number(lines?.[0]);
    if (lines === undefined || !Number.isInteger(pid) || pid <= 0) return undefined;
    const found = await findProcess(pid);
    const isServer = found !== undefined && isServerOf(this.dir.pgDir, found.command);
    if (isServer) {
      const port = Number(lines[3]);
      return { pid, port: Number.isInteger(port) && port > 0 ? port : undefined };
    }
    // The number now belongs to a zombie or a stranger, and PostgreSQL, which asks only whether the process exists, would
    // refuse to start. It ignores a lock file that names its own parent, but then still refuses while children of the old
    // server hold its memory; deleting the file would lose that protection.
    if (pid !== process.pid) await writeFile(lockFile, [process.pid, ...lines.slice(1), ''].join('\n'));
    return undefined;
  }

  /** One try: the port it runs on, or what the server said before it gave up. */
  private async tryStart(): Promise<{ port: number } | { said: string }> {
    const kept = await readPort(this.dir);
    const port = kept !== undefined && (await isPortFree(kept)) ? kept : await choosePort();
    const logStart = await this.openLog();
    const options = serverOptions({ ...this.settings, port: String(port) });
    const wait = ['-w', '-t', String(PATIENCE_S)];
    const run = await this.pgCtl(['start', ...wait, '-l', this.dir.logFile, '-o', options]);
    if (run.exitCode !== 0) {
      const log = (await readFile(this.dir.logFile)).subarray(logStart).toString('utf8');
      return { said: `${run.failure ?? run.output}\n${log}` };
    }
    if (!(await answers(port, this.access))) return { said: 'could not connect' };
    if (port !== kept) await writePort(this.dir, port);
    return { port };
  }

  private pgCtl(args: readonly string[]): ReturnType<typeof runTool> {
    return runTool(this.binaries.pgCtl, [...args, '-D', this.dir.pgDir], this.dir.path, this.account);
  }

  /** Makes the log writable for the server's account and private; returns its size in bytes. */
  private async openLog(): Promise<number> {
    const { logFile } = this.dir;
    const size = await stat(logFile).then(
      (found) => found.size,
      () => 0,
    );
    if (size > LOG_SIZE_MAX) await rename(logFile, `${logFile}.1`);
    await (await open(logFile, 'a', 0o600)).close();
    await chmod(logFile, 0o600);
    if (this.account !== undefined) await chown(logFile, this.account.uid, this.account.gid);
    return size > LOG_SIZE_MAX ? 0 : size;
  }
}

/** True if this is the command line of the directory's server, as far as the system tells; see `LiveProcess`. */
function isServerOf(pgDir: string, command: readonly string[] | undefined): boolean {
  if (command === undefined) return true;
  const isPostgres = basename(command[0] ?? '').startsWith('postgres');
  return isPostgres && (process.platform !== 'linux' || command.includes(pgDir));
}

/**
 * The settings as options of the server. pg_ctl hands them to a shell unquoted, so that only harmless words may pass.
 *
 * @throws Error on a name or value with any other character, which is a mistake in this program
 */
function serverOptions(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => {
      if (!/^[a-z_]+$/.test(name) || !/^[\w.:/-]*$/.test(value)) throw new Error(`unusable setting ${name}`);
      return `-c ${name}=${value}`;
    })
    .join(' ');
}

/** True for what the next try may not meet again: a port taken meanwhile, or remains of the killed server. */
const isPassing = (said: string): boolean =>
  /could not bind|could not create any TCP|pre-existing shared memory|lock file .* already exists|could not connect/.test(
    said,
  );

function didNotStart(said: string, logFile: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'did-not-start',
    `数据库无法启动，见 ${logFile}。`,
    `The database did not start, see ${logFile}: ${lastWords(said)}`,
  );
}
