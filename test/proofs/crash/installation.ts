import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { embeddedOwnerUrl } from '../../../src/platform/embedded-postgres.js';
import { chooseAccount } from '../../../src/platform/embedded-postgres/account.js';
import { findBinaries } from '../../../src/platform/embedded-postgres/binaries.js';
import { openDataDir, readPassword } from '../../../src/platform/embedded-postgres/data-dir.js';
import { PostgresServer } from '../../../src/platform/embedded-postgres/server.js';

const run = promisify(execFile);

const START_PATIENCE_MS = 120_000;
const POLL_MS = 20;

/** What dies without a word: the application, the database with all its processes, or everything as in a power cut. */
export type Victim = 'application' | 'database' | 'both';

/** The real application on a data directory of its own, as `npm start` runs it: embedded PostgreSQL, fsync on. */
export class Installation {
  private child: ChildProcess | undefined;
  private said = '';
  /** Where it listens now; another port after every start. */
  baseUrl = '';

  private constructor(
    private readonly directory: string,
    private readonly program: string,
  ) {}

  /** @param built run what `npm run build` has left in dist, instead of writing it anew */
  static async create(built: boolean): Promise<Installation> {
    const directory = await mkdtemp(join(tmpdir(), 'ecomart-crash-'));
    // mkdtemp makes private directories, which the server's account could not enter if the tests run as root.
    await chmod(directory, 0o755);
    const project = join(import.meta.dirname, '../../..');
    if (built) return new Installation(directory, join(project, 'dist/src/start.js'));
    const program = join(directory, 'program');
    await run(process.execPath, [join(import.meta.dirname, 'transpile.mjs'), program]);
    return new Installation(directory, join(program, 'src/start.js'));
  }

  private get dataDir(): string {
    return join(this.directory, 'data');
  }

  /** Everything the application has printed since its last start. */
  get output(): string {
    return this.said;
  }

  get isAlive(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  ownerUrl(): Promise<string> {
    return embeddedOwnerUrl(this.dataDir);
  }

  /** Starts the application and waits until it serves. @returns how long that took, in ms */
  async start(): Promise<number> {
    const begun = performance.now();
    this.launch();
    while (!/http:\/\/\S+:\d+/.test(this.said)) {
      if (!this.isAlive) throw new Error(`the application ended:\n${this.said}`);
      if (performance.now() - begun > START_PATIENCE_MS)
        throw new Error(`the application did not start:\n${this.said}`);
      await sleep(POLL_MS);
    }
    this.baseUrl = /http:\/\/[^\s/]+:\d+/.exec(this.said)?.[0].replace('localhost', '127.0.0.1') ?? '';
    await this.untilReady();
    return performance.now() - begun;
  }

  /** Starts it and kills it again after `ms`, wherever it then is. */
  async startInVain(ms: number): Promise<void> {
    this.launch();
    await sleep(ms);
    await this.killApplication();
  }

  /** `kill -9`; returns when the processes are gone. */
  async kill(victim: Victim): Promise<void> {
    if (victim === 'database') await this.killDatabase();
    else if (victim === 'application') await this.killApplication();
    else await Promise.all([this.killDatabase(), this.killApplication()]);
  }

  /** Brings the database back under an application that lives on. @returns how long until it serves again, in ms */
  async restartDatabase(): Promise<number> {
    const begun = performance.now();
    const dir = await openDataDir(this.dataDir);
    const account = await chooseAccount(dir.pgDir);
    const binaries = await findBinaries(dir.path, account);
    const access = { pgDir: dir.pgDir, password: (await readPassword(dir)) ?? '' };
    await new PostgresServer(dir, binaries, account, access, {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '60',
    }).bringUp();
    await this.untilReady();
    return performance.now() - begun;
  }

  /** Ends it as Ctrl-C does, and removes every trace. */
  async remove(): Promise<void> {
    const { child } = this;
    if (child !== undefined && this.isAlive) {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    }
    await this.killDatabase();
    await rm(this.directory, { recursive: true, force: true });
  }

  private launch(): void {
    this.said = '';
    const child = spawn(process.execPath, ['--enable-source-maps', this.program], {
      env: {
        PATH: process.env['PATH'],
        TMPDIR: process.env['TMPDIR'],
        NODE_ENV: 'production',
        ECOMART_DATA_DIR: this.dataDir,
        ECOMART_DEMO: '0',
        ECOMART_API_DOCS: '0',
        ECOMART_RATE_FACTOR: '1000000',
        LOG_LEVEL: 'error',
        PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.said += chunk.toString('utf8');
      });
    }
    this.child = child;
  }

  private async untilReady(): Promise<void> {
    const deadline = performance.now() + START_PATIENCE_MS;
    while (performance.now() < deadline) {
      const answer = await fetch(`${this.baseUrl}/readyz`).catch(() => undefined);
      await answer?.arrayBuffer();
      if (answer?.status === 200) return;
      await sleep(POLL_MS);
    }
    throw new Error(`the application is not ready:\n${this.said}`);
  }

  private async killApplication(): Promise<void> {
    const { child } = this;
    if (child === undefined || !this.isAlive) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** The postmaster first, so that it does not tell its children to leave in good order. */
  private async killDatabase(): Promise<void> {
    const all = await processes();
    // Found by its own directory and not by postmaster.pid, whose number may long belong to somebody else.
    const postmasters = all.filter(({ command }) => command.includes(`${join(this.dataDir, 'pg')} `));
    for (const postmaster of postmasters) {
      const children = all.filter(({ parent }) => parent === postmaster.pid);
      for (const { pid } of [postmaster, ...children]) endAtOnce(pid);
    }
  }
}

interface SeenProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

async function processes(): Promise<SeenProcess[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args='], { maxBuffer: 64 * 1024 * 1024 });
  return [...stdout.matchAll(/^ *(\d+) +(\d+) +(.*)$/gm)].map(([, pid, parent, command = '']) => ({
    pid: Number(pid),
    parent: Number(parent),
    command,
  }));
}

function endAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
