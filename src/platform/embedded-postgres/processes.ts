import { readFile } from 'node:fs/promises';
import { systemCode } from './error.js';
import { runTool } from './tool.js';

/**
 * A live process. `birth` tells two processes with the same number apart; `command` tells what it is: the words of its
 * command line on Linux, the path of its program elsewhere. Each is undefined where the system does not say.
 */
export interface LiveProcess {
  readonly birth?: string;
  readonly command?: readonly string[];
}

/**
 * What is known of process `pid`, or undefined if there is none. A zombie counts as none: it holds nothing any more, yet
 * `kill(pid, 0)` succeeds for it as long as its parent has not asked, which under a container's first process is for ever.
 */
export function findProcess(pid: number): Promise<LiveProcess | undefined> {
  if (process.platform === 'linux') return findOnLinux(pid);
  if (process.platform === 'win32') return Promise.resolve(findBySignal(pid));
  return findWithPs(pid);
}

async function findOnLinux(pid: number): Promise<LiveProcess | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The command's name stands in parentheses and may itself contain blanks and parentheses: fields count from the last.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  // Field 22 of proc(5), the start time in ticks since the boot; the third field is the first one here.
  const birth = `${boot.trim()}/${fields[22 - 3] ?? ''}`;
  // Unlike its working directory, this is open to all: in a container not even root may look at another account's.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return { birth, command: command.split('\0') };
}

async function findWithPs(pid: number): Promise<LiveProcess | undefined> {
  const listed = await runTool('ps', ['-p', String(pid), '-o', 'stat=,lstart=,comm='], '/', undefined);
  const parts = /^(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(listed.output);
  if (parts === null || parts[1]?.startsWith('Z') === true) return undefined;
  return { birth: parts[2] ?? '', command: [parts[3] ?? ''] };
}

function findBySignal(pid: number): LiveProcess | undefined {
  try {
    process.kill(pid, 0);
    return {};
  } catch (error) {
    return systemCode(error) === 'EPERM' ? {} : undefined;
  }
}
