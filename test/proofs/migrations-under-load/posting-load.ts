import { setTimeout as sleep } from 'node:timers/promises';
import { Redemptions } from '../../../src/redemptions/index.js';
import { commandOf } from '../../factories/world.js';
import type { TestApp } from '../../support/app.js';
import { type FilledShop, weighIn } from './filled-shop.js';

const WORKERS = 8;
/** What the queue at the counter can bear, and the longest that any migration may make a posting wait. */
export const WAIT_MAX_MS = 1000;
const LOOK_EVERY_MS = 25;
/** Between two postings of one worker: together they are a few hundred a second, and the migration gets its share. */
const PAUSE_MS = 15;

export interface LoadReport {
  readonly postings: number;
  /** What each failed posting said; a business refusal would be one too, since none of these may be refused. */
  readonly failures: readonly string[];
  /** The longest that a posting stood before a lock, as PostgreSQL itself tells, in ms. */
  readonly longestWaitMs: number;
}

/** Weigh-ins and redemptions, as many at once as a busy exchange day has, for as long as `work` takes and a little more. */
export async function underLoad(shop: TestApp, filled: FilledShop, work: () => Promise<void>): Promise<LoadReport> {
  const failures: string[] = [];
  let postings = 0;
  let longestWaitMs = 0;
  let isOver = false;
  const worker = async (number: number): Promise<void> => {
    for (let turn = number; !isOver; turn += 1) {
      const householdId = filled.households[(turn * WORKERS + number) % filled.households.length] as string;
      try {
        await (turn % 3 === 0 ? redeem(shop, filled, householdId) : weighIn(shop, filled.world, householdId, 1000));
        postings += 1;
      } catch (error) {
        failures.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
      }
      await sleep(PAUSE_MS);
    }
  };
  const watch = async (): Promise<void> => {
    while (!isOver) {
      longestWaitMs = Math.max(longestWaitMs, await longestWait(shop));
      await sleep(LOOK_EVERY_MS);
    }
  };
  const load = Promise.all([watch(), ...[...Array(WORKERS).keys()].map(worker)]);
  try {
    await postedAgain(() => postings);
    await work();
    await postedAgain(() => postings);
  } finally {
    isOver = true;
    await load;
  }
  return { postings, failures, longestWaitMs: Math.round(longestWaitMs) };
}

/** Until every worker has posted about twice more: before, so that plans are cached; after, so that they were found stale. */
async function postedAgain(count: () => number): Promise<void> {
  const wanted = count() + 2 * WORKERS;
  const patience = AbortSignal.timeout(10_000);
  while (count() < wanted && !patience.aborted) await sleep(5);
}

async function redeem(shop: TestApp, filled: FilledShop, householdId: string): Promise<void> {
  const { world, goodsId, unitCentipoints } = filled;
  await shop.app
    .get(Redemptions)
    .redeem(
      commandOf(world.actors.cashier),
      { householdId, siteId: world.shopId, lines: [{ goodsId, quantity: 1, unitCentipoints }] },
      { cardId: null, pin: null, isCheckedByEye: true },
    );
}

/** Of the application's sessions only: a migration may wait as long as it likes, as long as nobody waits behind it. */
async function longestWait(shop: TestApp): Promise<number> {
  const { rows } = await shop.owner.query<{ ms: number | null }>(
    `SELECT max(extract(epoch FROM clock_timestamp() - l.waitstart) * 1000)::float8 AS ms
     FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
     WHERE NOT l.granted AND a.application_name = 'ecomart' AND a.datname = current_database()`,
  );
  return rows[0]?.ms ?? 0;
}
