import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Length of the master secret from which all other keys are derived, in bytes. */
export const MASTER_SECRET_BYTES = 32;

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Written before every sealed text, so that a later way of sealing can be told from this one. */
const KEY_VERSION = 1;

/** Keeps our keys apart from those that another program might derive from the same secret. */
const HKDF_SALT = 'eco-supermarket';

/** A sealed text was altered, was sealed for another purpose or under another master secret, or is none of ours. */
export class UnreadableSecretError extends Error {
  override readonly name = 'UnreadableSecretError';

  constructor(options?: ErrorOptions) {
    super('A sealed secret cannot be opened: wrong master secret, wrong purpose or altered bytes.', options);
  }
}

/**
 * Keeps personal data unreadable in the database and its backups: the master secret lives outside both. Every
 * purpose (`member.phone`, `member.phone-tail`) has its own keys, derived by HKDF-SHA256 (RFC 5869), so that what was
 * written for one purpose can neither be opened nor looked up under another.
 */
export class SecretBox {
  readonly #masterSecret: Buffer;
  readonly #derivedKeys = new Map<string, Buffer>();

  /**
   * @param masterSecret exactly 32 bytes of a cryptographic random source
   * @throws RangeError for another length
   */
  constructor(masterSecret: Uint8Array) {
    if (masterSecret.length !== MASTER_SECRET_BYTES) {
      throw new RangeError(`The master secret must have ${MASTER_SECRET_BYTES} bytes.`);
    }
    this.#masterSecret = Buffer.from(masterSecret);
  }

  /**
   * Encrypts a text with AES-256-GCM. The result is one version byte, a random nonce of 12 bytes, the ciphertext and
   * a tag of 16 bytes: 29 bytes more than the text. Equal texts give different results; look them up by `lookupHash`.
   */
  seal(purpose: string, text: string): Buffer {
    return this.sealBytes(purpose, Buffer.from(text, 'utf8'));
  }

  /** The same for a file. */
  sealBytes(purpose: string, content: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#keyFor('seal', purpose), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(purpose, 'utf8'));
    const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
    return Buffer.concat([Buffer.of(KEY_VERSION), nonce, ciphertext, cipher.getAuthTag()]);
  }

  /** @throws UnreadableSecretError unless `sealed` came from `seal` with the same purpose and master secret */
  open(purpose: string, sealed: Uint8Array): string {
    return this.openBytes(purpose, sealed).toString('utf8');
  }

  /** @throws UnreadableSecretError unless `sealed` came from `seal` or `sealBytes` with the same purpose and master secret */
  openBytes(purpose: string, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed);
    if (bytes.length < 1 + NONCE_BYTES + TAG_BYTES || bytes[0] !== KEY_VERSION) throw new UnreadableSecretError();
    const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, this.#keyFor('seal', purpose), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(purpose, 'utf8'));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const content = decipher.update(bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([content, decipher.final()]);
    } catch (error) {
      throw new UnreadableSecretError({ cause: error });
    }
  }

  /**
   * 32 bytes by which a sealed text is found again: HMAC-SHA256, always the same for one purpose and text. Without
   * the master secret not even the ten thousand possible phone tails can be tried out.
   */
  lookupHash(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.#keyFor('lookup', purpose)).update(text, 'utf8').digest();
  }

  /** A password of 43 base64url characters that is the same at every start, for a database role or a service. */
  derivePassword(purpose: string): string {
    return this.#keyFor('password', purpose).toString('base64url');
  }

  #keyFor(use: 'seal' | 'lookup' | 'password', purpose: string): Buffer {
    const info = `v${KEY_VERSION}:${use}:${purpose}`;
    let key = this.#derivedKeys.get(info);
    if (key === undefined) {
      key = Buffer.from(hkdfSync('sha256', this.#masterSecret, HKDF_SALT, info, KEY_BYTES));
      this.#derivedKeys.set(info, key);
    }
    return key;
  }
}
