import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Chance } from '../../src/app/demonstration/chance.js';
import { wrongSums } from '../support/recon.js';
import { expectVerified } from '../support/verify.js';
import { Installation, type Victim } from './crash/installation.js';
import { Journal } from './crash/journal.js';
import { Load } from './crash/load.js';
import { type OpenShop, openShop } from './crash/opening.js';
import { carriedOut, reckon } from './crash/reckoning.js';

const IS_FULL = process.env['PROOF'] === 'full';
const KILLS_IN_FULL = 24;
/** Between two kills, in ms. */
const [LOAD_MS_MIN, LOAD_MS_MAX] = IS_FULL ? [3000, 5000] : [400, 1200];
const RESENT_EACH_ROUND = IS_FULL ? 200 : 40;
const RESENT_AT_LAST = IS_FULL ? 5000 : 200;
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000));

/**
 * T-3: whatever is killed and whenever, nothing that was acknowledged is lost, nothing is done twice, and every key has one
 * answer. The times until it serves again are reported and not judged: this machine is not the shop's.
 */
describe(`T-3: kill -9 under load (SEED=${SEED})`, () => {
  const chance = new Chance(SEED);
  const journal = new Journal();
  const report: string[] = [];
  let installation: Installation;
  let shop: OpenShop;
  let owner: pg.Pool;

  beforeAll(async () => {
    installation = await Installation.create(IS_FULL);
    await installation.start();
    shop = await openShop(installation.baseUrl, installation.output, { households: 12, goods: 3 });
  }, 180_000);
  afterAll(async () => {
    await owner?.end();
    await installation?.remove();
    const counts = new Map<string, number>();
    for (const { kind, answer } of journal.entries) {
      const told = `${kind} ${answer?.status ?? 'unanswered'}`;
      counts.set(told, (counts.get(told) ?? 0) + 1);
    }
    const told = [...counts].map(([what, count]) => `${what}: ${count}`);
    console.log([`SEED=${SEED}`, ...report, told.join(', '), `compared: ${journal.compared}`].join('\n'));
  }, 120_000);

  /** In full, every victim as often as the others, in an order of chance. */
  function victims(): Victim[] {
    if (!IS_FULL) return ['database', chance.oneOf(['application', 'both'] as const)];
    const drawn: Victim[] = [];
    while (drawn.length < KILLS_IN_FULL) {
      const left = new Set<Victim>(['application', 'database', 'both']);
      while (left.size > 0) {
        const victim = chance.oneOf([...left]);
        left.delete(victim);
        drawn.push(victim);
      }
    }
    return drawn;
  }

  it(
    'answers every key, and every key once',
    async () => {
      for (const victim of victims()) {
        const load = new Load(installation.baseUrl, shop, journal, chance.between(1, 1_000_000));
        await sleep(chance.between(LOAD_MS_MIN, LOAD_MS_MAX));
        await installation.kill(victim);
        await load.stop();
        const unknown = journal.unanswered;
        const ms = await comeBack(victim);
        const done = await carriedOut(await installation.ownerUrl(), unknown);
        report.push(
          `${victim} killed: ${unknown.length} requests without an answer, ${done} of them carried out; ` +
            `serving again after ${Math.round(ms)} ms`,
        );
        await journal.resend(installation.baseUrl, [...unknown, ...journal.sample(chance, RESENT_EACH_ROUND)]);
      }
      const last = new Load(installation.baseUrl, shop, journal, chance.between(1, 1_000_000));
      await sleep(LOAD_MS_MIN);
      await last.stop();
      await journal.resend(installation.baseUrl, [...journal.unanswered, ...journal.sample(chance, RESENT_AT_LAST)]);
      expect(journal.faults).toEqual([]);
      expect(journal.unanswered).toEqual([]);
      expect(journal.compared).toBeGreaterThan(RESENT_EACH_ROUND);
    },
    IS_FULL ? 1_800_000 : 180_000,
  );

  async function comeBack(victim: Victim): Promise<number> {
    if (victim === 'database') {
      // The process lives on and says so, and whoever asks for more is told to come back.
      expect(installation.isAlive).toBe(true);
      expect((await fetch(`${installation.baseUrl}/healthz`)).status).toBe(200);
      const away = await fetch(`${installation.baseUrl}/readyz`);
      expect([away.status, away.headers.get('retry-after')]).toEqual([503, '1']);
      return installation.restartDatabase();
    }
    if (IS_FULL && chance.happens(0.25)) await installation.startInVain(chance.between(100, 2500));
    return installation.start();
  }

  it('has lost nothing and done nothing twice', async () => {
    owner = new pg.Pool({ connectionString: await installation.ownerUrl(), max: 2 });
    expect(await reckon(owner, shop, journal)).toEqual({ lost: [], unexplained: [], wrongSums: [] });
    const { rows } = await owner.query(`SELECT current_setting('fsync') AS fsync`);
    expect(rows).toEqual([{ fsync: 'on' }]);
  });

  it('leaves books in which everything adds up', async () => {
    expect(await wrongSums(owner, shop.communityId)).toEqual([]);
    await expectVerified(await installation.ownerUrl());
  });
});
