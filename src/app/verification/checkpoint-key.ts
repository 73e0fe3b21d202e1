import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, ConfigError } from '../../platform/index.js';

export interface CheckpointKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const PRIVATE_FILE = 'checkpoint.pem';
const PUBLIC_FILE = 'checkpoint.pub.pem';

/**
 * The key that signs checkpoints: ECOMART_CHECKPOINT_KEY_FILE, or one that is made at the first use under `keys/` of the
 * data directory, with its public half beside it to be copied away. The file is readable by the application's user alone;
 * whoever runs the database should be somebody else (as it is where root starts the shop), since a database administrator
 * who can read it can sign what he forged.
 * @throws ConfigError where the file is none of an Ed25519 key
 */
export async function openCheckpointKey(config: Config): Promise<CheckpointKey> {
  const given = config.ECOMART_CHECKPOINT_KEY_FILE;
  if (given !== undefined) return parseKey(await readFile(given, 'utf8'), 'ECOMART_CHECKPOINT_KEY_FILE');
  const keysDir = join(config.dataDir, 'keys');
  await mkdir(keysDir, { recursive: true, mode: 0o700 });
  const path = join(keysDir, PRIVATE_FILE);
  const made = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  try {
    await writeFile(path, made, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
  }
  const key = parseKey(await readFile(path, 'utf8'), path);
  await writeFile(join(keysDir, PUBLIC_FILE), key.publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644 });
  return key;
}

/** The public half, for who only verifies; null where no checkpoint was ever signed here. @throws ConfigError */
export async function findPublicKey(config: Config): Promise<KeyObject | null> {
  const given = config.ECOMART_CHECKPOINT_KEY_FILE;
  const path = given ?? join(config.dataDir, 'keys', PUBLIC_FILE);
  try {
    return parsePublicKey(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT') && given === undefined) return null;
    throw error;
  }
}

/** Reads a public key, or the public half of a private one. @throws ConfigError naming `source` */
export function parsePublicKey(pem: string, source: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Node's own words name the decoder that failed; the file is what its owner can do something about.
  }
  throw new ConfigError(`${source} holds no Ed25519 key (PEM)`);
}

function parseKey(pem: string, source: string): CheckpointKey {
  const publicKey = parsePublicKey(pem, source);
  try {
    return { privateKey: createPrivateKey(pem), publicKey };
  } catch {
    throw new ConfigError(`${source} holds only the public half of a key`);
  }
}

function isSystemError(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
