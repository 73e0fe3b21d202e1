import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** What the system says of processes, on Linux; elsewhere nothing is known and nothing is claimed. */

/** @returns {Promise<number | undefined>} user and system time so far, in ms */
export async function cpuMs(pid) {
  return (await timesOf(pid))?.ownMs;
}

/** @returns {Promise<{nowMb: number, maxMb: number} | undefined>} resident memory now, and the most there ever was */
export async function memoryOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
  if (status === undefined) return undefined;
  const megabytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { nowMb: megabytes('VmRSS'), maxMb: megabytes('VmHWM') };
}

/** Time of a PostgreSQL server with all its children, those that have ended too, in ms. */
export async function postgresCpuMs(dataDir) {
  const pidFile = await readFile(join(dataDir, 'pg/postmaster.pid'), 'utf8').catch(() => undefined);
  const postmaster = Number(pidFile?.split('\n')[0]);
  const found = await timesOf(postmaster);
  if (found === undefined) return undefined;
  let sum = found.ownMs + found.endedChildrenMs;
  for (const name of await readdir('/proc')) {
    const child = /^\d+$/.test(name) ? await timesOf(name) : undefined;
    if (child?.parent === postmaster) sum += child.ownMs;
  }
  return sum;
}

/** The fields of /proc/<pid>/stat after the name, which may itself hold blanks and brackets: see proc_pid_stat(5). */
async function timesOf(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number);
  return {
    parent: Number(fields[1]),
    ownMs: (user + system) * TICK_MS,
    endedChildrenMs: (childrenUser + childrenSystem) * TICK_MS,
  };
}
