import { parseArgs } from 'node:util';
import { fillDatabase, SIZES } from './fill/fill.mjs';
import { postgresCpuMs } from './processes.mjs';
import { Server } from './server.mjs';

/**
 * `node bench/generate.mjs --size large --data-dir DIR`: fills a database and leaves it, for a look, or for `npm run bench`
 * with the same directory, which fills by itself what it does not find. `--entries` and `--households` make it another size.
 */
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'small' },
    'data-dir': { type: 'string' },
    entries: { type: 'string' },
    households: { type: 'string' },
  },
});
const known = SIZES[values.size];
if (known === undefined || values['data-dir'] === undefined) {
  console.error(
    `usage: generate.mjs --size ${Object.keys(SIZES).join('|')} --data-dir DIR [--entries N] [--households N]`,
  );
  process.exit(2);
}
const size = {
  entries: Number(values.entries ?? known.entries),
  households: Number(values.households ?? known.households),
};
const server = await Server.start(values['data-dir'], { forFilling: true });
try {
  const database = `bench_${values.size}`;
  await server.createEmpty(database);
  const ownerUrl = server.ownerUrl(database);
  const before = (await postgresCpuMs(server.dataDir)) ?? Number.NaN;
  const filled = await fillDatabase({ ownerUrl, role: server.roleOf(database), size, log: console.log });
  await server.markFilled(database, `${size.entries}/${size.households}`);
  const { user, system } = process.cpuUsage();
  const inPostgres = ((await postgresCpuMs(server.dataDir)) ?? Number.NaN) - before;
  console.log(
    `${database}: ${filled.entries.toLocaleString('en')} entries, ${filled.rows.toLocaleString('en')} rows, ` +
      `${(filled.bytes / 2 ** 30).toFixed(2)} GB in ${filled.seconds.toFixed(0)} s ` +
      `(processor time: ${((user + system) / 1e6).toFixed(0)} s here, ${(inPostgres / 1000).toFixed(0)} s in PostgreSQL)`,
  );
} finally {
  await server.stop();
}
