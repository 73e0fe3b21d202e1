import { Client } from 'pg';
import { migrate } from '../../dist/src/platform/schema.js';
import { Accounts } from './accounts.mjs';
import { AuditTrail } from './audit-trail.mjs';
import { CopyIn } from './copy-in.mjs';
import { History, openTables } from './history.mjs';
import { Ids } from './ids.mjs';
import { writeHouseholds, writeInstallation } from './installation.mjs';
import { Shelves } from './shelves.mjs';

const SEED = 20_261_123;
const DAY_MS = 86_400_000;
/** A household comes every six days: three weigh-ins, then a redemption. Both sizes so have the same year behind them. */
const DAYS_BETWEEN_ENTRIES = 6;
const HOURS_BEFORE_NOW = 1;
const SHELVES = 56;
/** Lines a redemption and pieces a line, on average. */
const PIECES_A_REDEMPTION = 3;

/** How much history: ledger entries of households in all, and the households that share them. */
export const SIZES = {
  small: { entries: 10_000, households: 200 },
  large: { entries: 5_000_000, households: 20_000 },
  quick: { entries: 2_000, households: 100 },
};

/**
 * Migrates an empty database and fills it with years of valid history.
 * @param {{ownerUrl: string, role: object, size: {entries: number, households: number}, log: (line: string) => void}} given
 * @returns {Promise<{entries: number, rows: number, seconds: number, bytes: number}>} `rows`: of all tables
 */
export async function fillDatabase({ ownerUrl, role, size, log }) {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  await migrate(ownerUrl, role);
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  let rows = 0;
  const open = async (table, columns) => {
    const copy = await CopyIn.open(ownerUrl, table, columns);
    const close = copy.close.bind(copy);
    copy.close = async () => {
      rows += copy.rows;
      await close();
    };
    return copy;
  };
  const rounds = Math.floor(size.entries / size.households);
  const spanMs = rounds * DAYS_BETWEEN_ENTRIES * DAY_MS;
  const fromMs = Date.now() - HOURS_BEFORE_NOW * 3_600_000 - spanMs;
  const ids = new Ids(SEED);

  const world = await writeInstallation(owner, ids, fromMs - DAY_MS);
  world.households = await writeHouseholds(open, ids, fromMs - DAY_MS, size.households, world.staff[0]);
  const tables = await openTables(open);
  const accounts = new Accounts(world.households, tables.entries);
  const audit = new AuditTrail(tables.audit, ids);
  const months = Math.max(1, spanMs / (30 * DAY_MS));
  const pieces = ((rounds / 4) * size.households * PIECES_A_REDEMPTION) / SHELVES / months;
  const shelves = new Shelves({
    movements: tables.movements,
    draws: tables.draws,
    ids,
    batchPieces: Math.max(20, Math.ceil(pieces)),
    receivedBy: world.staff[0],
    audit,
  });
  shelves.fill(world.shops, world.goods, fromMs - DAY_MS);
  const history = new History({ tables, world, accounts, shelves, audit, ids });
  const entries = rounds * size.households;
  let told = 0;
  await history.write({ rounds, fromMs, stepMs: spanMs / entries }, (done) => {
    if (seconds() - told < 15) return;
    told = seconds();
    log(`  ${done.toLocaleString('en')} of ${entries.toLocaleString('en')} entries after ${told.toFixed(0)} s`);
  });
  await accounts.write(open, ids, fromMs - DAY_MS);
  await shelves.write(open, fromMs + spanMs);
  for (const table of Object.values(tables)) await table.close();
  log(`  rows written after ${seconds().toFixed(0)} s, now VACUUM ANALYZE`);
  await owner.query('VACUUM (ANALYZE)');
  await owner.query('CHECKPOINT');
  const { rows: measured } = await owner.query('SELECT pg_database_size(current_database())::text AS bytes');
  await owner.end();
  return { entries, rows, seconds: seconds(), bytes: Number(measured[0].bytes) };
}
