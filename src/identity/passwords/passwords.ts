import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { Turnstile } from './turnstile.js';

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane (S-4). `argon2id` is the library's own choice. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const ARGON2ID = 2;

/** Hashing is slow on purpose: more at a time would take every core from the counters on an exchange day (S-4). */
const HASHINGS_MAX = 2;

/** Turns passwords and PINs into argon2id hashes and compares them. Text is NFC first: one key press, one spelling. */
@Injectable()
export class Passwords {
  private readonly turnstile = new Turnstile(HASHINGS_MAX);
  /** Hash of a password that nobody has. Begun at once: the first unknown user must not wait longer than the next. */
  private readonly nobody = this.hash(randomBytes(32).toString('base64url'));

  /** @returns a PHC string with parameters and salt, about 97 characters */
  async hash(password: string): Promise<string> {
    return this.turnstile.pass(() => hash(password.normalize('NFC'), COST));
  }

  /** @throws Error when `hashed` is no PHC string */
  async verify(hashed: string, password: string): Promise<boolean> {
    return this.turnstile.pass(() => verify(hashed, password.normalize('NFC')));
  }

  /** Takes as long as comparing does: for a user who does not exist (S-7). */
  async verifyNothing(password: string): Promise<void> {
    await this.verify(await this.nobody, password);
  }

  /** True for a hash that was made at another cost than today's; it is replaced when the password is next known. */
  needsRehash(hashed: string): boolean {
    const made = parseOptions(hashed);
    return (
      (made.algorithm as number) !== ARGON2ID ||
      made.memoryCost !== COST.memoryCost ||
      made.timeCost !== COST.timeCost ||
      made.parallelism !== COST.parallelism
    );
  }
}
