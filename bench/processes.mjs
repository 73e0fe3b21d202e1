import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** What the system says of processes, on Linux; elsewhere nothing is known and nothing is claimed. */

/** @returns {Promise<number | undefined>} user and system time so far, in ms */
export async function cpuMs(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** @returns {Promise<{nowMb: number, maxMb: number} | undefined>} resident memory now, and the most there ever was */
export async function memoryOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
  if (status === undefined) return undefined;
  const megabytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { nowMb: megabytes('VmRSS'), maxMb: megabytes('VmHWM') };
}

/** Time of a PostgreSQL server and all its children that live, in ms. */
export async function postgresCpuMs(dataDir) {
  const pidFile = await readFile(join(dataDir, 'pg/postmaster.pid'), 'utf8').catch(() => undefined);
  const postmaster = Number(pidFile?.split('\n')[0]);
  const all = await readdir('/proc').catch(() => []);
  let sum;
  for (const name of all) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === postmaster || Number(name) === postmaster) sum = (sum ?? 0) + ((await cpuMs(name)) ?? 0);
  }
  return sum;
}
