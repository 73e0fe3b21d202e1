import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from './config.js';
import { TooManyRequestsError } from './platform.errors.js';

/**
 * Requests a minute (S-15). A whole family behind one address at an exchange day is why `anonymous` counts addresses only
 * for requests without a session. A `page` is what a poster's QR code, a wall and pictures ask for: a whole queue behind one
 * address, and cheap to serve.
 */
const PER_MINUTE = { anonymous: 30, page: 600, resident: 60, staff: 120 } as const;
const EXPORTS_PER_HOUR = 5;

export type RateClass = keyof typeof PER_MINUTE;

@Injectable()
export class RateLimits {
  private readonly requests: Readonly<Record<RateClass, RateLimiterMemory>>;
  private readonly exports: RateLimiterMemory;

  constructor(config: Config) {
    const limiter = (keyPrefix: string, points: number, duration: number) =>
      new RateLimiterMemory({ keyPrefix, points: points * config.ECOMART_RATE_FACTOR, duration });
    this.requests = {
      page: limiter('page', PER_MINUTE.page, 60),
      anonymous: limiter('anonymous', PER_MINUTE.anonymous, 60),
      resident: limiter('resident', PER_MINUTE.resident, 60),
      staff: limiter('staff', PER_MINUTE.staff, 60),
    };
    this.exports = limiter('export', EXPORTS_PER_HOUR, 3600);
  }

  /** @throws TooManyRequestsError with `retryAfterSeconds` */
  async countRequest(rateClass: RateClass, subject: string): Promise<void> {
    await consume(this.requests[rateClass], subject);
  }

  /** Reading out whole lists is slower still. @throws TooManyRequestsError */
  async countExport(subject: string): Promise<void> {
    await consume(this.exports, subject);
  }
}

async function consume(limiter: RateLimiterMemory, subject: string): Promise<void> {
  try {
    await limiter.consume(subject);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new TooManyRequestsError({ retryAfterSeconds: Math.ceil(refused.msBeforeNext / 1000) });
  }
}
