import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { Application, LoadClient } from './application.mjs';
import { fillDatabase, SIZES } from './fill/fill.mjs';
import { measureSeries, memory } from './measure.mjs';
import { readOptions } from './options.mjs';
import { reportOf } from './report.mjs';
import { openDataDir, Server } from './server.mjs';

const RESULTS = join(import.meta.dirname, 'results');
/** Sizes up to this are put back from a template before every pair of slices that write; beyond it a run adds little. */
const RESTORED_UP_TO = 100_000;

const options = readOptions(process.argv.slice(2));
const log = (line) => console.error(line);
const started = new Date();

const dataDir = await openDataDir(options.dataDir);
try {
  const sizes = await fillWhatIsMissing();
  const server = await Server.start(dataDir.path);
  const client = LoadClient.start();
  try {
    await measure(sizes, server, client);
  } finally {
    client.stop();
    for (const { application } of sizes) await application?.stop();
    await server.stop();
  }
} finally {
  await dataDir.remove();
}

/** Fills on a server with settings for filling, and leaves it: the measuring is done with the product's own settings. */
async function fillWhatIsMissing() {
  const server = await Server.start(dataDir.path, { forFilling: true });
  const sizes = [];
  try {
    for (const name of options.names) {
      const size = SIZES[name];
      const isRestored = size.entries <= RESTORED_UP_TO;
      const database = `bench_${name}`;
      const filled = isRestored ? `${database}_template` : database;
      const mark = `${size.entries}/${size.households}`;
      if (!(await server.isFilled(filled, mark))) {
        log(`filling ${filled} with ${size.entries.toLocaleString('en')} entries`);
        await server.createEmpty(filled);
        // The rights of the application's role come with the template: a restored database is not migrated again.
        const role = server.roleOf(database);
        const done = await fillDatabase({ ownerUrl: server.ownerUrl(filled), role, size, log });
        await server.markFilled(filled, mark);
        log(
          `  ${done.rows.toLocaleString('en')} rows, ${(done.bytes / 2 ** 20).toFixed(0)} MB in ${done.seconds.toFixed(0)} s`,
        );
      }
      const template = isRestored ? filled : undefined;
      sizes.push({ name, entries: size.entries, database, template });
    }
    return sizes;
  } finally {
    await server.stop();
  }
}

async function measure(sizes, server, client) {
  for (const size of sizes) {
    if (size.template !== undefined) await server.restore(size.database, size.template);
    size.application = await Application.start({ server, database: size.database, profileDir: options.profileDir });
  }
  const slices = [];
  for (const series of options.series) {
    const { pairs, seconds } = options;
    slices.push(...(await measureSeries({ series, sizes, pairs, seconds, server, client, log })));
  }
  await report(slices, sizes);
}

async function report(slices, sizes) {
  const [processor] = cpus();
  const machine =
    `${cpus().length} × ${processor?.model ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}, ` +
    `${started.toISOString()}, slices of ${options.seconds} s, ${options.pairs} pairs`;
  const found = await memory(sizes);
  const { markdown, table } = reportOf({ slices, sizes, memory: found, machine });
  await mkdir(RESULTS, { recursive: true });
  const path = join(RESULTS, started.toISOString().replaceAll(/[:.]/g, '-'));
  await writeFile(`${path}.md`, `${markdown}\n`);
  await writeFile(`${path}.json`, JSON.stringify({ machine, memory: found, table, slices }, null, 1));
  console.log(markdown);
  log(`written to ${path}.md and .json`);
}
