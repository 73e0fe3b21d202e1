import { Injectable } from '@nestjs/common';
import { Config, Database, SecretBox } from '../../platform/index.js';
import { SignInLockedError } from '../identity.errors.js';
import { addressBlock } from './address-block.rules.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** So many failures within a window lock; every further lock lasts twice as long as the one before, up to a limit. */
interface Limit {
  readonly failuresMax: number;
  readonly windowSeconds: number;
  readonly lockSeconds: number;
  readonly lockSecondsMax: number;
}

/** S-7, for one account: a login, a card, a phone. */
const PER_SUBJECT: Limit = {
  failuresMax: 5,
  windowSeconds: 15 * MINUTE,
  lockSeconds: 15 * MINUTE,
  lockSecondsMax: DAY,
};
/** S-7, for one network address, whatever accounts it tries. */
const PER_ADDRESS: Limit = { failuresMax: 30, windowSeconds: HOUR, lockSeconds: HOUR, lockSecondsMax: HOUR };

/** After a day without a lock the doubling begins anew. */
const PEACE_SECONDS = DAY;

/**
 * Slows guessing down (S-7), for all processes together. An attempt is counted before the password is looked at and
 * taken back when it was right, so that a hundred guesses at the same instant are no more than five.
 * A lock stops new sign-ins only: sessions live on, and nobody can throw another out by guessing at his account.
 */
@Injectable()
export class SignInThrottle {
  private readonly perAddress: Limit;

  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    config: Config,
  ) {
    this.perAddress = { ...PER_ADDRESS, failuresMax: PER_ADDRESS.failuresMax * config.ECOMART_RATE_FACTOR };
  }

  /**
   * @param subject what is guessed at, with its kind: `staff:wang.fang`, `card:0012345`
   * @param address the network address the request came from
   * @param verify gives what a right password opens, undefined for a wrong one
   * @throws SignInLockedError with `retryAfterSeconds`, without asking `verify`
   */
  async attempt<T>(subject: string, address: string, verify: () => Promise<T | undefined>): Promise<T | undefined> {
    const addressKey = this.keyOf('address', addressBlock(address));
    const subjectKey = this.keyOf('subject', subject);
    await this.count(addressKey, this.perAddress);
    await this.count(subjectKey, PER_SUBJECT);
    const opened = await verify();
    if (opened !== undefined) {
      await this.clear(subjectKey);
      await this.takeBack(addressKey);
    }
    return opened;
  }

  /** Lifts the lock of an account whose password or PIN was given anew by somebody who saw the person. */
  async forgive(subject: string): Promise<void> {
    await this.clear(this.keyOf('subject', subject));
  }

  /** Forgets what no longer counts. @returns how many rows went */
  async purge(): Promise<number> {
    const gone = await this.database.read(
      'identity.throttle-purge',
      `DELETE FROM sign_in_throttle
       WHERE greatest(window_started_at, locked_until) < (SELECT app_now()) - make_interval(secs => $1)
       RETURNING subject`,
      [2 * PEACE_SECONDS],
    );
    return gone.length;
  }

  private async count(key: string, limit: Limit): Promise<void> {
    const [row] = await this.database.read<{ failures: number; lockedSeconds: number }>('identity.throttle', COUNT, [
      key,
      limit.failuresMax,
      limit.windowSeconds,
      limit.lockSeconds,
      limit.lockSecondsMax,
      PEACE_SECONDS,
    ]);
    if (row !== undefined && row.failures > limit.failuresMax) {
      throw new SignInLockedError({ retryAfterSeconds: Math.max(1, row.lockedSeconds) });
    }
  }

  private async clear(key: string): Promise<void> {
    await this.database.read('identity.throttle-clear', `DELETE FROM sign_in_throttle WHERE subject = $1`, [key]);
  }

  /** One attempt of this address was no failure; the lock that it may have brought about goes with it. */
  private async takeBack(key: string): Promise<void> {
    await this.database.read(
      'identity.throttle-take-back',
      `UPDATE sign_in_throttle SET failures = greatest(least(failures, $2) - 1, 0), locked_until = NULL
       WHERE subject = $1`,
      [key, this.perAddress.failuresMax],
    );
  }

  private keyOf(kind: 'subject' | 'address', text: string): string {
    return this.secrets.lookupHash(`sign-in.${kind}`, text).toString('base64url');
  }
}

/** `excluded.window_started_at` is now: the clock is read once, and a distributed PostgreSQL takes no function here. */
const IS_LOCKED = `t.locked_until > excluded.window_started_at`;
const IS_PAST = `(t.locked_until IS NOT NULL
  OR t.window_started_at <= excluded.window_started_at - make_interval(secs => $3))`;
const IS_PEACE = `coalesce(t.locked_until, t.window_started_at)
  <= excluded.window_started_at - make_interval(secs => $6)`;
const LOCKS_NOW = `t.failures + 1 >= $2`;

/**
 * One more attempt, as one statement: a locked row only notes that somebody tried ($2 + 1 failures), a past window
 * begins anew, and the attempt that reaches $2 failures is let through and locks behind itself.
 */
const COUNT = `
  INSERT INTO sign_in_throttle AS t (subject, failures, window_started_at, lock_level, locked_until)
  VALUES ($1, 1, app_now(), 0, NULL)
  ON CONFLICT (subject) DO UPDATE SET
    failures = CASE WHEN ${IS_LOCKED} THEN $2::int + 1 WHEN ${IS_PAST} THEN 1 ELSE t.failures + 1 END,
    window_started_at = CASE
      WHEN NOT coalesce(${IS_LOCKED}, false) AND ${IS_PAST} THEN excluded.window_started_at
      ELSE t.window_started_at END,
    lock_level = CASE
      WHEN ${IS_LOCKED} THEN t.lock_level
      WHEN ${IS_PAST} THEN CASE WHEN ${IS_PEACE} THEN 0 ELSE t.lock_level END
      WHEN ${LOCKS_NOW} THEN t.lock_level + 1
      ELSE t.lock_level END,
    locked_until = CASE
      WHEN ${IS_LOCKED} THEN t.locked_until
      WHEN ${IS_PAST} THEN NULL
      WHEN ${LOCKS_NOW} THEN excluded.window_started_at
        + make_interval(secs => least($4 * power(2, least(t.lock_level, 16)), $5))
      END
  RETURNING failures, ceil(coalesce(extract(epoch FROM locked_until - app_now()), 0))::int AS "lockedSeconds"`;
