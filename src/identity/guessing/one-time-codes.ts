import { randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, SecretBox } from '../../platform/index.js';
import { CodeTooSoonError } from '../identity.errors.js';
import { MessageGateway } from './message-gateway.js';

const CODE_DIGITS = 6;
export const CODE_LIFE_SECONDS = 5 * 60;
const ATTEMPTS_MAX = 5;
const BETWEEN_CODES_SECONDS = 60;

/** Six digits to a phone: good for five minutes, five attempts and one sign-in; one a minute for each phone. */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly gateway: MessageGateway,
  ) {}

  /**
   * Makes a new code; an earlier one is worth nothing from now on.
   * @param phoneHash keyed hash of the number, from SecretBox
   * @param phone where to send it; null where nobody with this number is known: all goes on as if, but nothing is sent,
   *   so that the answer does not tell who takes part
   * @throws CodeTooSoonError with `retryAfterSeconds`
   */
  async send(phoneHash: Buffer, phone: string | null): Promise<void> {
    const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
    const made = await this.database.read(
      'identity.code-new',
      `INSERT INTO one_time_code AS t (phone_hash, code_hash, attempts, sent_at, expires_at)
       SELECT $1, $2, 0, n.now, n.now + make_interval(secs => $3) FROM (SELECT app_now() AS now) AS n
       ON CONFLICT (phone_hash) DO UPDATE SET code_hash = excluded.code_hash, attempts = 0,
         sent_at = excluded.sent_at, expires_at = excluded.expires_at
       WHERE t.sent_at <= excluded.sent_at - make_interval(secs => $4)
       RETURNING phone_hash`,
      [phoneHash, this.hashOf(phoneHash, code), CODE_LIFE_SECONDS, BETWEEN_CODES_SECONDS],
    );
    if (made.length === 0) throw new CodeTooSoonError({ retryAfterSeconds: BETWEEN_CODES_SECONDS });
    if (phone !== null)
      await this.gateway.send(phone, `【生态美超市】登录验证码 ${code}，5 分钟内有效，请勿告诉他人。`);
  }

  /** True once for the right code. Every call counts as an attempt, right or wrong, even when the caller rolls back. */
  async verify(phoneHash: Buffer, code: string): Promise<boolean> {
    const [kept] = await this.database.read<{ codeHash: Buffer }>(
      'identity.code-attempt',
      `UPDATE one_time_code SET attempts = attempts + 1
       WHERE phone_hash = $1 AND attempts < $2 AND expires_at > (SELECT app_now())
       RETURNING code_hash AS "codeHash"`,
      [phoneHash, ATTEMPTS_MAX],
    );
    if (kept === undefined || !timingSafeEqual(kept.codeHash, this.hashOf(phoneHash, code))) return false;
    // Of two requests with the right code, one finds the row still there.
    const used = await this.database.read(
      'identity.code-use',
      `DELETE FROM one_time_code WHERE phone_hash = $1 AND code_hash = $2 RETURNING phone_hash`,
      [phoneHash, kept.codeHash],
    );
    return used.length === 1;
  }

  /** Forgets codes that have run out. @returns how many rows went */
  async purge(): Promise<number> {
    const gone = await this.database.read(
      'identity.code-purge',
      `DELETE FROM one_time_code WHERE expires_at < (SELECT app_now()) - make_interval(secs => $1) RETURNING phone_hash`,
      [BETWEEN_CODES_SECONDS],
    );
    return gone.length;
  }

  /** Keyed with the number inside: a million codes could be tried against a plain hash in a second. */
  private hashOf(phoneHash: Buffer, code: string): Buffer {
    return this.secrets.lookupHash('identity.one-time-code', `${phoneHash.toString('hex')}:${code}`);
  }
}
