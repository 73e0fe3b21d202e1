import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ClientBase } from 'pg';
import { CheckpointRefusedError } from './checkpoint.errors.js';
import { openCheckpointKey } from './checkpoint-key.js';
import { loadConfig } from '../../platform/index.js';
import { Checkpoints } from './checkpoints.js';
import { withConfiguredClient } from './configured-client.js';
import { communityOf, type Print, UsageError } from './usage.js';
import { communitiesOf } from './verify.js';

export const CHECKPOINT_USAGE = `npm run checkpoint -- --out DIR [options]
  --out DIR        where <community>-<day>.json is written; copy it to another machine
  --day DATE       a day that is over, such as 2026-11-21; yesterday where none is given
  --community N    one community instead of all
Exit code: 0 all are signed, 1 one was refused, 2 it could not be done.`;

/**
 * Carries `npm run checkpoint` out: signs every community's day, and writes what is to leave the machine.
 * @returns the exit code: 0 all are signed, 1 one was refused and the others are signed
 * @throws whatever keeps it from signing: unknown options, no place to write, a database that is away
 */
export async function runCheckpoint(args: readonly string[], env: NodeJS.ProcessEnv, print: Print): Promise<number> {
  const { out, day, communityId } = readOptions(args);
  const config = loadConfig(env);
  const key = await openCheckpointKey(config);
  await mkdir(out, { recursive: true });
  return withConfiguredClient(config, async (client: ClientBase) => {
    const checkpoints = new Checkpoints(client, key);
    const signedDay = day ?? (await checkpoints.yesterday());
    let refused = 0;
    for (const community of await communitiesOf(client, communityId)) {
      try {
        const signed = await checkpoints.sign(community, signedDay);
        const path = join(out, `${community}-${signedDay}.json`);
        await writeFile(path, `${JSON.stringify(signed)}\n`);
        print(`community ${community} ${signedDay}  ${signed.shortCode}  ${path}`);
      } catch (error) {
        if (!(error instanceof CheckpointRefusedError)) throw error;
        refused += 1;
        print(error.message);
      }
    }
    return refused === 0 ? 0 : 1;
  });
}

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: { out: { type: 'string' }, day: { type: 'string' }, community: { type: 'string' } },
  });
  if (values.out === undefined) throw new UsageError('--out is missing');
  const communityId = communityOf(values.community);
  if (values.day !== undefined && !isDay(values.day)) throw new UsageError('--day takes a day such as 2026-11-21');
  return { out: values.out, day: values.day, communityId };
}

function isDay(text: string): boolean {
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}
