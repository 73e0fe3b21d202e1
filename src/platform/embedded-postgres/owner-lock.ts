import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError, systemCode } from './error.js';
import { findProcess } from './processes.js';

/** How often, and how many milliseconds apart, an owner is looked at before it is believed to live on. */
const DYING_LOOKS = 10;
const DYING_LOOK_MS = 100;

/** The application process that owns a data directory and alone may stop its server. */
interface Owner {
  readonly pid: number;
  readonly birth?: string;
  readonly address?: string;
}

export interface OwnerLock {
  /** Gives the directory up; harmless when the lock has already gone to somebody else. */
  release(): Promise<void>;
}

/**
 * Makes this process the owner of the data directory, or refuses while another live process owns it. A lock left by a
 * dead process is taken over: its number may be in use again, so the process's birth is compared as well.
 *
 * @throws EmbeddedPostgresError `already-running`
 */
export async function claimOwnership(file: string, address: string | undefined): Promise<OwnerLock> {
  const birth = (await findProcess(process.pid))?.birth;
  const mine = JSON.stringify({ pid: process.pid, birth, address, token: randomUUID() });
  while (!(await createWhole(file, mine))) {
    const found = await read(file);
    const owner = parseOwner(found);
    if (owner !== undefined && (await staysAlive(owner))) throw alreadyRunning(owner, file);
    if (found !== undefined) await removeIfStill(file, found);
  }
  return {
    release: async () => {
      if ((await read(file)) === mine) await rm(file, { force: true });
    },
  };
}

/** Creates the file together with its content, so that nobody ever reads half of it. False if it exists already. */
async function createWhole(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, content, { mode: 0o644, flag: 'wx' });
    await link(draft, file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Removes a dead owner's lock. Renaming first makes sure that of several starters exactly one gets hold of it; whoever
 * finds that he has caught the fresh lock of a faster starter instead puts it back.
 */
async function removeIfStill(file: string, stale: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
    if ((await read(aside)) !== stale) await link(aside, file);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A lock that cannot be read as one was cut short by a power failure: it belongs to nobody. */
function parseOwner(content: string | undefined): Owner | undefined {
  try {
    const owner = JSON.parse(content ?? '') as Partial<Owner> | null;
    return owner !== null && Number.isSafeInteger(owner.pid) ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

/** False as soon as the owner is gone: one that has just been killed may take a moment to disappear. */
async function staysAlive(owner: Owner): Promise<boolean> {
  for (let looks = 0; looks < DYING_LOOKS; looks += 1) {
    const found = await findProcess(owner.pid);
    if (found === undefined || found.birth !== owner.birth) return false;
    if (owner.pid === process.pid) return true;
    await delay(DYING_LOOK_MS);
  }
  return true;
}

function alreadyRunning(owner: Owner, file: string): EmbeddedPostgresError {
  const where = owner.address === undefined ? '' : ` ${owner.address}`;
  return new EmbeddedPostgresError(
    'already-running',
    `生态超市已在运行${where}（进程 ${owner.pid}），请先停止它，或用 ECOMART_DATA_DIR 指定另一个数据目录。`,
    `The shop is already running${where === '' ? '' : ` at${where}`} (process ${owner.pid}, ${file}): stop it first, or name another data directory in ECOMART_DATA_DIR.`,
  );
}
