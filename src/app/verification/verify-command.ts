import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { findPublicKey, parsePublicKey } from './checkpoint-key.js';
import { type CheckpointDocument, checkpointFault, type SignedCheckpoint } from '../../ledger/rules.js';
import { type Config, loadConfig } from '../../platform/index.js';
import { withConfiguredClient } from './configured-client.js';
import { type Finding, lineOf } from './findings.js';
import { communityOf, type Print, UsageError } from './usage.js';
import { verify, type VerifyOptions } from './verify.js';

export const VERIFY_USAGE = `npm run verify -- [options]
  --community N       one community instead of all
  --checkpoint FILE   compares the ledger with a signed checkpoint that was kept elsewhere as well
  --public-key FILE   the key (PEM) that checkpoints must be signed with; needed with --checkpoint
  --offline           looks at the checkpoint alone, without a database
Exit code: 0 all is well, 1 something is wrong, 2 it could not be found out.`;

/**
 * Carries `npm run verify` out.
 * @returns the exit code: 0 all is well, 1 something is wrong
 * @throws whatever keeps it from finding out: unknown options, unreadable files, a database that is away
 */
export async function runVerify(args: readonly string[], env: NodeJS.ProcessEnv, print: Print): Promise<number> {
  const options = readOptions(args);
  const config = loadConfig(env);
  if (options.checkpointFile === undefined) {
    const publicKey = await readPublicKey(options.publicKeyFile, config);
    return verifyConfigured(config, print, { publicKey, ...only(options.communityId) });
  }
  const publicKey = await readKey(options.publicKeyFile);
  const signed = JSON.parse(await readFile(options.checkpointFile, 'utf8')) as SignedCheckpoint;
  const fault = checkpointFault(signed, publicKey);
  if (fault !== null) {
    print(`checkpoint ${options.checkpointFile}  WRONG: ${fault}`);
    return 1;
  }
  const checkpoint = JSON.parse(signed.document) as CheckpointDocument;
  const { communityId, day, entries } = checkpoint;
  print(`checkpoint ${signed.shortCode} of community ${communityId}, ${day}: signed, ${entries} entries  ok`);
  if (options.isOffline) return 0;
  return verifyConfigured(config, print, { publicKey, checkpoint, ...only(options.communityId ?? communityId) });
}

/** One line an invariant, and a last one for who reads no further. */
async function verifyConfigured(config: Config, print: Print, options: VerifyOptions): Promise<number> {
  const findings = await withConfiguredClient(config, (client) => verify(client, options));
  for (const finding of findings) print(lineOf(finding));
  const broken = findings.filter(({ wrong }: Finding) => wrong > 0).length;
  print(broken === 0 ? `all ${findings.length} are well` : `${broken} of ${findings.length} are broken`);
  return broken === 0 ? 0 : 1;
}

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      community: { type: 'string' },
      checkpoint: { type: 'string' },
      'public-key': { type: 'string' },
      offline: { type: 'boolean', default: false },
    },
  });
  const communityId = communityOf(values.community);
  if (values.offline && values.checkpoint === undefined) throw new UsageError('--offline needs --checkpoint');
  return {
    communityId,
    isOffline: values.offline,
    checkpointFile: values.checkpoint,
    publicKeyFile: values['public-key'],
  };
}

function only(communityId: number | undefined): { communityId?: number } {
  return communityId === undefined ? {} : { communityId };
}

async function readPublicKey(path: string | undefined, config: Config): Promise<KeyObject | null> {
  return path === undefined ? findPublicKey(config) : readKey(path);
}

/** A checkpoint names a key itself, but one that is forged names the forger's: it takes a copy from elsewhere. */
async function readKey(path: string | undefined): Promise<KeyObject> {
  if (path === undefined) throw new UsageError('--checkpoint needs --public-key');
  return parsePublicKey(await readFile(path, 'utf8'), path);
}
