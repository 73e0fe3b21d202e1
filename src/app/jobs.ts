import { hostname } from 'node:os';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { OneTimeCodes, Sessions, SignInThrottle } from '../identity/index.js';
import { Database, Log } from '../platform/index.js';
import { Reservations } from '../redemptions/index.js';
import { CardCodes } from '../residents/index.js';
import { Tasks } from '../tasks/index.js';

const MINUTE_MS = 60_000;

interface Job {
  readonly name: string;
  readonly everyMinutes: number;
  run(): Promise<number>;
}

/** What happens by itself. One process at a time holds a job's lease; running late or twice changes nothing. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly holder = `${hostname()}/${process.pid}`;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  private readonly jobs: readonly Job[];

  constructor(
    private readonly database: Database,
    private readonly log: Log,
    reservations: Reservations,
    sessions: Sessions,
    throttle: SignInThrottle,
    codes: OneTimeCodes,
    tasks: Tasks,
    private readonly cardCodes: CardCodes,
  ) {
    this.jobs = [
      { name: 'expire-reservations', everyMinutes: 5, run: () => reservations.expireOverdue(uuidv7()) },
      { name: 'expire-points', everyMinutes: 60, run: () => this.expirePoints() },
      { name: 'purge-replies', everyMinutes: 24 * 60, run: () => this.purgeReplies() },
      { name: 'purge-sessions', everyMinutes: 60, run: () => sessions.purge() },
      { name: 'purge-throttle', everyMinutes: 60, run: () => throttle.purge() },
      { name: 'purge-codes', everyMinutes: 60, run: () => codes.purge() },
      { name: 'purge-tasks', everyMinutes: 60, run: () => tasks.purge() },
      { name: 'purge-card-codes', everyMinutes: 60, run: () => this.purgeCardCodes() },
    ];
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.runDue());
    }, MINUTE_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  private async runDue(): Promise<void> {
    for (const job of this.jobs) {
      try {
        if (!(await this.lease(job))) continue;
        const outcome = await job.run();
        await this.database.read(
          'jobs.finish',
          `UPDATE job_lease SET last_finished_at = app_now(), last_outcome = $2
          WHERE job_name = $1`,
          [job.name, String(outcome)],
        );
        this.log.info({ job: job.name, outcome }, 'job');
      } catch (error) {
        this.log.error({ err: error, job: job.name }, 'job failed');
      }
    }
  }

  private async lease(job: Job): Promise<boolean> {
    const rows = await this.database.read(
      'jobs.lease',
      `INSERT INTO job_lease (job_name, holder, leased_until)
       VALUES ($1, $2, app_now() + make_interval(mins => $3))
       ON CONFLICT (job_name) DO UPDATE SET holder = excluded.holder, leased_until = excluded.leased_until
       WHERE job_lease.leased_until <= app_now() RETURNING 1`,
      [job.name, this.holder, job.everyMinutes],
    );
    return rows.length > 0;
  }

  /** Households whose points have passed their cutoff; what has expired is not spendable even before this runs (I-14). */
  private async expirePoints(): Promise<number> {
    const due = await this.database.read<{ communityId: number; accountId: string }>(
      'jobs.due-expiry',
      `SELECT a.community_id AS "communityId", a.account_id AS "accountId"
       FROM community_settings AS s
       JOIN ledger_account AS a ON a.community_id = s.community_id
       WHERE s.expiry_months IS NOT NULL AND a.kind = 'household' AND a.closed_at IS NULL AND a.balance > a.held
         AND (SELECT d.amount FROM due_expiry(a.community_id, a.account_id, app_now()) AS d) > 0
       LIMIT 1000`,
      [],
    );
    for (const { communityId, accountId } of due) {
      await this.database.call('commit_expiry', { community: communityId, household: accountId });
    }
    return due.length;
  }

  private async purgeReplies(): Promise<number> {
    const communities = await this.communityIds();
    const before = new Date((await this.database.now()).getTime() - 7 * 24 * 60 * MINUTE_MS);
    for (const community of communities) await this.database.call('commit_reply_purge', { community, before });
    return communities.length;
  }

  private async purgeCardCodes(): Promise<number> {
    let gone = 0;
    for (const communityId of await this.communityIds()) gone += await this.cardCodes.purge(communityId);
    return gone;
  }

  private async communityIds(): Promise<number[]> {
    const communities = await this.database.read<{ communityId: number }>(
      'jobs.communities',
      `SELECT community_id AS "communityId" FROM community`,
      [],
    );
    return communities.map(({ communityId }) => communityId);
  }
}
