import { fork } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { MonthSums, Reports } from './clock/reports.js';
import type { ZoneReport } from './clock/run.js';
import { createTestApp } from '../support/app.js';
import { expectVerified } from '../support/verify.js';

const RUN_MS = 180_000;

interface SummaryLine {
  readonly grams: number;
  readonly centipoints: number;
  readonly visits: number;
}

interface GoodsOutLine {
  readonly name: string;
  readonly quantity: number;
  readonly centipoints: number;
}

interface StatementLine {
  readonly kind: string;
  readonly seq: number;
  readonly amountCentipoints: number;
  readonly balanceAfterCentipoints: number;
  readonly recordedAt: string;
}

/** T-6: a day is a day in China, whatever the machine, the process and the database think of where they are. */
describe('T-6: days, months and years', () => {
  let found: readonly ZoneReport[];
  let days: Reports;
  let expiry: Reports;

  beforeAll(async () => {
    found = await runInEveryZone();
    [days, expiry] = JSON.parse(found[0]?.reports ?? '[]') as [Reports, Reports];
  }, RUN_MS);

  const parsed = (reports: Reports, path: string): unknown => JSON.parse(reports.answers[path] ?? 'null');
  const summaryAt = (reports: Reports, path: string) => parsed(reports, path) as SummaryLine[];
  const goodsOutAt = (reports: Reports, path: string) => parsed(reports, path) as GoodsOutLine[];
  const statementAt = (reports: Reports, path: string) => parsed(reports, path) as StatementLine[];

  /** The paths of several households or days, in the order in which they were read. */
  function pathsOf(reports: Reports, pattern: RegExp): string[] {
    return Object.keys(reports.answers).filter((path) => pattern.test(path));
  }

  it('were counted in four zones of the process and two of the database', () => {
    expect(found.map(({ noon }) => noon)).toEqual([
      ['12:00:00 GMT+0000', '2026-07-01 12:00:00+00'],
      ['20:00:00 GMT+0800', '2026-07-01 12:00:00+00'],
      ['08:00:00 GMT-0400', '2026-07-01 12:00:00+00'],
      ['17:30:00 GMT+0530', '2026-07-01 12:00:00+00'],
      ['12:00:00 GMT+0000', '2026-07-01 20:00:00+08'],
      ['20:00:00 GMT+0800', '2026-07-01 20:00:00+08'],
      ['08:00:00 GMT-0400', '2026-07-01 20:00:00+08'],
      ['17:30:00 GMT+0530', '2026-07-01 20:00:00+08'],
    ]);
  });

  it('give the same reports in every combination, byte for byte', () => {
    expect(found).toHaveLength(8);
    for (const { reports } of found) expect(reports).toBe(found[0]?.reports);
  });

  // The last microsecond before midnight and midnight itself: five and twenty kilograms at each, up to the cap of 15 points
  // a day, then a soap; and a kilogram of the day before that is written down at ten past. One point a kilogram, two since
  // New Year; a soap is three points, three and a half since February. 29 February 2028 both begins and ends.
  it.each([
    { day: '2025-12-31', visits: 3, grams: 26_000, centipoints: 1600, soap: [1, 300] },
    { day: '2026-01-01', visits: 2, grams: 25_000, centipoints: 1500, soap: [1, 300] },
    { day: '2026-01-31', visits: 3, grams: 26_000, centipoints: 1700, soap: [1, 300] },
    { day: '2026-02-01', visits: 2, grams: 25_000, centipoints: 1500, soap: [1, 350] },
    { day: '2026-02-28', visits: 3, grams: 26_000, centipoints: 1700, soap: [1, 350] },
    { day: '2026-03-01', visits: 2, grams: 25_000, centipoints: 1500, soap: [1, 350] },
    { day: '2028-02-28', visits: 3, grams: 26_000, centipoints: 1700, soap: [1, 350] },
    { day: '2028-02-29', visits: 5, grams: 51_000, centipoints: 1700, soap: [2, 700] },
    { day: '2028-03-01', visits: 2, grams: 25_000, centipoints: 1500, soap: [1, 350] },
  ])('have on $day what belongs to it', ({ day, soap, ...visits }) => {
    expect(summaryAt(days, `/weigh-ins/summary?day=${day}`)).toMatchObject([visits]);
    const taken = goodsOutAt(days, `/redemptions/goods-out?day=${day}`);
    expect(taken.filter(({ name }) => name === '肥皂').map((line) => [line.quantity, line.centipoints])).toEqual([
      soap,
    ]);
  });

  it('refuse what the day or the date no longer allows, and nothing else', () => {
    const towel = expect.stringMatching(/^redemption: redemptions.limit-reached .*"taken":1/) as unknown;
    const milk = expect.stringMatching(/^redemption: redemptions.out-of-stock .*"availableQuantity":0/) as unknown;
    // One towel a day, of which 29 February 2028 has had its own from its first instant on; milk to the end of February 2026.
    const atMidnights = [[towel], [towel], [milk, towel], [milk, milk, towel], [towel, milk, milk, towel]];
    expect(days.refusals).toEqual([
      ...atMidnights.flat(),
      'pick-up: redemptions.reservation-expired {}',
      'pick-up: redemptions.reservation-ended {}',
    ]);
  });

  it('let points be spent in their last instant and not in the next one', () => {
    expect(expiry.refusals).toEqual([
      expect.stringMatching(/^redemption: redemptions.insufficient-points .*"availableCentipoints":500/) as unknown,
    ]);
    const statements = pathsOf(expiry, /statement/).map((path) =>
      statementAt(expiry, path).map(({ kind, amountCentipoints }) => [kind, amountCentipoints]),
    );
    const earned = [
      ['award', 500],
      ['award', 500],
    ];
    expect(statements).toEqual([
      [['redemption', -600], ...earned],
      [['expiry', -500], ...earned],
    ]);
  });

  it('end with the balance that the statement shows, at every instant that it names', () => {
    for (const reports of [days, expiry]) {
      for (const path of pathsOf(reports, /statement/)) {
        // Of several entries at one instant, the newest; a statement lists it first.
        const lines = statementAt(reports, path).filter(({ recordedAt }) => recordedAt < '2028-12-01');
        const newest = new Map(lines.toReversed().map((line) => [line.recordedAt, line.balanceAfterCentipoints]));
        const household = path.replace(/statement.*/, '');
        for (const [instant, balanceCentipoints] of newest) {
          const told = parsed(reports, `${household}balance?at=${encodeURIComponent(instant)}`);
          expect([instant, told]).toEqual([instant, { balanceCentipoints }]);
        }
      }
    }
  });

  it('add up to their month, by points, pieces and grams', () => {
    for (const reports of [days, expiry]) {
      expect(reports.months.length).toBeGreaterThan(0);
      for (const sums of reports.months) expect(addUp(reports, sums.month)).toEqual(sums);
      for (const [, byDays, byInstants] of reports.ledgerMonths) expect(byDays).toBe(byInstants);
    }
  });

  it('keep every account in sequence while the clock is set back by an hour', () => {
    for (const path of pathsOf(days, /statement/)) {
      const lines = statementAt(days, path).toReversed();
      expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, at) => at + 1));
      let balance = 0;
      for (const line of lines) {
        balance += line.amountCentipoints;
        expect(line.balanceAfterCentipoints).toBe(balance);
      }
    }
    const [path = ''] = pathsOf(days, /statement/);
    const steps = statementAt(days, path).slice(0, 5);
    expect(steps.map(({ kind, recordedAt }) => `${recordedAt.slice(11, 16)} ${kind}`)).toEqual([
      '04:30 award',
      '03:00 adjustment',
      '03:00 award',
      '03:00 redemption',
      '04:00 award',
    ]);
  });

  it('leave nothing for the verification to find, whatever zone it runs in', async () => {
    for (const at of [0, 5]) await expectVerified(found[at]?.ownerUrl ?? '');
  });

  it('have sessions in UTC as shipped, whatever the server is set to', async () => {
    const shop = await createTestApp();
    try {
      await shop.owner.query(`ALTER DATABASE ${new URL(shop.ownerUrl).pathname.slice(1)} SET timezone = 'PRC'`);
      const zones = await Promise.all(
        [...Array(6).keys()].map(async () => {
          const [row] = await shop.database.read<{ zone: string }>(
            'zone',
            `SELECT current_setting('timezone') AS zone FROM pg_sleep(0.05)`,
            [],
          );
          return row?.zone;
        }),
      );
      expect(new Set(zones)).toEqual(new Set(['UTC']));
    } finally {
      await shop.close();
    }
  });

  /** The month's sums again, from the reports of its days. */
  function addUp(reports: Reports, month: string): MonthSums {
    const sums = { month, grams: 0, weighInCentipoints: 0, goodsOut: 0, goodsOutCentipoints: 0 };
    for (const path of pathsOf(reports, new RegExp(`^/weigh-ins/summary\\?day=${month}`))) {
      for (const line of summaryAt(reports, path)) {
        sums.grams += line.grams;
        sums.weighInCentipoints += line.centipoints;
      }
    }
    for (const path of pathsOf(reports, new RegExp(`^/redemptions/goods-out\\?day=${month}`))) {
      for (const line of goodsOutAt(reports, path)) {
        sums.goodsOut += line.quantity;
        sums.goodsOutCentipoints += line.centipoints;
      }
    }
    return sums;
  }
});

async function runInEveryZone(): Promise<ZoneReport[]> {
  const hooks = pathToFileURL(join(import.meta.dirname, '../support/typescript-hooks.mjs')).href;
  const child = fork(join(import.meta.dirname, 'clock/run.ts'), [], { execArgv: ['--import', hooks] });
  const reports: ZoneReport[] = [];
  child.on('message', (message) => reports.push(message as ZoneReport));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`clock/run.ts ended with ${code}`))));
  });
  return reports;
}
