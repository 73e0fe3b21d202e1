import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** The account a tool runs under; only root can choose one, so undefined means "as ourselves". */
export type RunAs = { readonly uid: number; readonly gid: number } | undefined;

/** What became of a tool. `failure` is the system's code where it could not be started at all (`ENOENT`, `EACCES`). */
export interface ToolRun {
  readonly exitCode: number | null;
  readonly output: string;
  readonly failure?: string;
}

/** How long output may trickle in after the exit, in milliseconds; see `runTool`. */
const OUTPUT_GRACE_MS = 500;

/**
 * The few variables that PostgreSQL's tools need. Everything else is withheld: PGDATA or PGOPTIONS would change what the
 * tools do, and the application's own secrets have no business in the environment of a process of another account.
 */
function toolEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SystemDrive', 'windir', 'ComSpec', 'PATHEXT'];
  const entries = kept.map((name) => [name, process.env[name]] as const).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(entries), LC_ALL: 'C' };
}

/**
 * Runs a program to its end and returns what it said. It gets a session of its own: Ctrl-C in the terminal reaches the
 * application alone, which drains its requests before it stops the database.
 */
export async function runTool(file: string, args: readonly string[], cwd: string, as: RunAs): Promise<ToolRun> {
  const child = spawn(file, [...args], {
    cwd,
    env: toolEnvironment(),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...as,
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const closed = once(child, 'close').catch(() => undefined);
  const ended = await new Promise<Omit<ToolRun, 'output'>>((resolve) => {
    child.once('exit', (exitCode) => resolve({ exitCode }));
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ exitCode: null, failure: error.code ?? 'UNKNOWN' }),
    );
  });
  // Windows lets the started server inherit the pipes, which then never close: waiting for that would be for ever.
  const grace = new AbortController();
  await Promise.race([closed, delay(OUTPUT_GRACE_MS, undefined, { signal: grace.signal }).catch(() => undefined)]);
  grace.abort();
  child.stdout.destroy();
  child.stderr.destroy();
  return { ...ended, output: output.trim() };
}
