/**
 * The same work and the same reports in every combination of time zones, in a process of its own: Jest keeps the real
 * environment from its tests, and only there does setting TZ change what a date is.
 */
import { readReports, withoutIds } from './reports.js';
import { turnDays, turnExpiry } from './turning-points.js';
import { createZonedShop } from './zoned-shop.js';

const NODE_ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Asia/Kolkata'];
const SESSION_ZONES = ['UTC', 'PRC'];

/** What one combination came to. */
export interface ZoneReport {
  readonly nodeZone: string;
  readonly sessionZone: string;
  /** 2026-07-01 12:00 UTC as this process writes it, and as a session of the application does. */
  readonly noon: readonly [string, string];
  readonly reports: string;
  readonly ownerUrl: string;
}

// A test run that is killed takes this process with it.
process.once('disconnect', () => process.exit());

for (const sessionZone of SESSION_ZONES) {
  for (const nodeZone of NODE_ZONES) {
    process.env['TZ'] = nodeZone;
    const shop = await createZonedShop(sessionZone);
    const turned = [await turnDays(shop), await turnExpiry(shop)];
    const reports = [];
    for (const one of turned) reports.push(await readReports(shop, one));
    const [row] = await shop.database.read<{ noon: string }>(
      'noon',
      `SELECT (timestamptz '2026-07-01 12:00:00+00')::text AS noon`,
      [],
    );
    const noon = [new Date('2026-07-01T12:00:00Z').toString().slice(16, 33), row?.noon ?? ''] as const;
    await shop.close();
    process.send?.({
      nodeZone,
      sessionZone,
      noon,
      reports: withoutIds(reports),
      ownerUrl: shop.ownerUrl,
    } satisfies ZoneReport);
  }
}
process.disconnect();
