import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { MIGRATIONS } from '../../migrations/index.js';
import { migrate, ownerDataSource } from '../../src/platform/schema.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { TEST_ROLE } from '../support/database.js';
import { type MigrationClass, migrationFaults } from '../support/migration-rules.js';
import { wrongSums } from '../support/recon.js';
import { expectVerified } from '../support/verify.js';
import { type FilledShop, givenFilledShop } from './migrations-under-load/filled-shop.js';
import {
  AddNote1893456000001,
  AddNoteAtAnyPrice1893456000005,
  RewriteAccounts1893456000004,
  WELL_WRITTEN,
} from './migrations-under-load/next-migrations.js';
import { type LoadReport, underLoad, WAIT_MAX_MS } from './migrations-under-load/posting-load.js';

const ENTRIES = process.env['PROOF'] === 'full' ? 100_000 : 10_000;
const REPORT_MS = 1600;
/** Other spec files sign in as this role meanwhile: its password is not ours to set anew. */
const ROLE = { name: TEST_ROLE, password: '', isOurs: false };

/**
 * T-14. Every migration there is today makes what it touches, so that none of them can keep a posting waiting: what can be
 * proved of them is that a second process may start, or a new release replace every function, while people queue at the
 * counter. The last two blocks keep the door for the next migration: how one is written, and that a bad one is caught.
 */
describe('T-14: the schema is brought up to date while the shop is open', () => {
  let shop: TestApp;
  let filled: FilledShop;

  beforeAll(async () => {
    shop = await createTestApp({ DATABASE_POOL_MAX: '12' });
    filled = await givenFilledShop(shop, { households: 60, entries: ENTRIES });
    expect(await wrongSums(shop.owner, filled.world.communityId)).toEqual([]);
  });
  afterEach(async () => {
    expect(await wrongSums(shop.owner, filled.world.communityId)).toEqual([]);
  });
  afterAll(async () => {
    await expectVerified(shop.ownerUrl);
    await shop.close();
  });

  /** Runs migrations as `migrate` does, each in its own transaction; `undo` takes them down again. */
  async function runMigrations(migrations: readonly MigrationClass[], options: { undo?: boolean } = {}): Promise<void> {
    const owner = ownerDataSource(shop.ownerUrl).setOptions({ migrations: [...MIGRATIONS, ...migrations] });
    await owner.initialize();
    try {
      if (options.undo !== true) await owner.runMigrations({ transaction: 'each' });
      else {
        for (const migration of migrations.toReversed()) {
          // Unlike running, undoing does not look at the migration's own wish.
          const isAlone = new migration().transaction === false;
          await owner.undoLastMigration({ transaction: isAlone ? 'none' : 'each' });
        }
      }
    } finally {
      await owner.destroy();
    }
  }

  function expectUndisturbed(report: LoadReport): void {
    expect([...new Set(report.failures)]).toEqual([]);
    expect(report.longestWaitMs).toBeLessThanOrEqual(WAIT_MAX_MS);
    expect(report.postings).toBeGreaterThan(0);
  }

  it(`has ${ENTRIES} entries to be careful with`, async () => {
    const { rows } = await shop.owner.query<{ entries: number }>(
      `SELECT count(*)::integer AS entries FROM ledger_entry`,
    );
    expect(rows[0]?.entries).toBeGreaterThanOrEqual(ENTRIES);
  });

  it('disturbs nobody when another process of the same release starts', async () => {
    expectUndisturbed(await underLoad(shop, filled, () => migrate(shop.ownerUrl, ROLE)));
  });

  it('disturbs nobody when a release replaces every function', async () => {
    await shop.owner.query(`UPDATE function_source SET hash = 'older'`);
    expectUndisturbed(await underLoad(shop, filled, () => migrate(shop.ownerUrl, ROLE)));
    const { rows } = await shop.owner.query(`SELECT name FROM function_source WHERE hash = 'older'`);
    expect(rows).toEqual([]);
  });

  describe('the next migration', () => {
    it('adds a column, a check and an index, and disturbs nobody', async () => {
      for (const migration of WELL_WRITTEN) expect(await migrationFaults(migration)).toEqual([]);
      const report = await underLoad(shop, filled, () => runMigrations(WELL_WRITTEN));
      await runMigrations(WELL_WRITTEN, { undo: true });
      expectUndisturbed(report);
    });

    it('gives up rather than queue behind a long report', async () => {
      const report = await underLoad(shop, filled, () =>
        duringReport(async () => {
          const said = jest.spyOn(console, 'log').mockReturnValue();
          await expect(runMigrations([AddNote1893456000001])).rejects.toMatchObject({ code: '55P03' });
          said.mockRestore();
        }),
      );
      expectUndisturbed(report);
    });
  });

  describe('a migration that must not pass', () => {
    it('is caught writing a table anew', async () => {
      const report = await underLoad(shop, filled, () => runMigrations([RewriteAccounts1893456000004]));
      await runMigrations([RewriteAccounts1893456000004], { undo: true });
      expect(report.longestWaitMs).toBeGreaterThan(WAIT_MAX_MS);
    });

    it('is caught queueing behind a long report, and everybody behind it', async () => {
      const bad = [AddNoteAtAnyPrice1893456000005];
      const report = await underLoad(shop, filled, () => duringReport(() => runMigrations(bad)));
      await runMigrations(bad, { undo: true });
      expect(report.longestWaitMs).toBeGreaterThan(WAIT_MAX_MS);
    });
  });

  /** Somebody reads the weigh-ins in one transaction, as a dump or an export does. */
  async function duringReport(work: () => Promise<void>): Promise<void> {
    const reader = new pg.Client({ connectionString: shop.ownerUrl });
    await reader.connect();
    try {
      await reader.query('BEGIN');
      await reader.query('SELECT count(*) FROM weigh_in');
      const read = sleep(REPORT_MS).then(() => reader.query('COMMIT'));
      await Promise.all([work(), read]);
    } finally {
      await reader.end();
    }
  }
});
