import { Client } from 'pg';
import { openSessions } from './application.mjs';
import { summaryOf } from './figures.mjs';
import { bringIntoForce, TARIFF } from './fill/tariffs.mjs';
import { cpuMs, memoryOf, postgresCpuMs } from './processes.mjs';

const WARM_UP_SECONDS = 1;
const CONNECTIONS_MAX = 16;
/** Between two slices, so that the tail of one does not fall into the next. */
const PAUSE_MS = 150;

/**
 * Runs one series: pairs of slices HTTP, direct, HTTP, direct … for every size in turn, each pair beginning with the other
 * side, so that a machine that grows slower or faster meanwhile treats all alike.
 */
export async function measureSeries({ series, sizes, pairs, seconds, server, client, log }) {
  const slices = [];
  for (const size of sizes) await connect(size, series, { server, client });
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const size of pair % 2 === 0 ? sizes : sizes.toReversed()) {
      if (series.restores && size.template !== undefined) await restore(size, series, { server, client });
      const sides = pair % 2 === 0 ? ['http', 'direct'] : ['direct', 'http'];
      for (const side of sides) {
        const given = { size: size.name, side, operation: series.operation, connections: series.connections };
        await client.tell('slice', { ...given, seconds: Math.min(WARM_UP_SECONDS, seconds) });
        const slice = {
          series: series.name,
          size: size.name,
          side,
          pair,
          ...(await measured(given, seconds, size, { server, client })),
        };
        slices.push(slice);
        log(
          `${series.name} ${size.name} ${side} ${pair + 1}/${pairs}: ${slice.perSecond.toFixed(0)}/s, ` +
            `p50 ${slice.p50Ms.toFixed(2)} ms, p99 ${slice.p99Ms.toFixed(1)} ms`,
        );
      }
    }
  }
  return slices;
}

async function measured(given, seconds, size, { server, client }) {
  await new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS);
  });
  const before = await cpuNow(size, server);
  const { milliseconds, clientCpuMs, ...slice } = await client.tell('slice', { ...given, seconds });
  const after = await cpuNow(size, server);
  const cpu = { client: clientCpuMs };
  for (const name of ['application', 'postgres']) {
    if (before[name] !== undefined && after[name] !== undefined) cpu[name] = after[name] - before[name];
  }
  return summaryOf({ ...slice, milliseconds, cpu });
}

async function cpuNow(size, server) {
  return { application: await cpuMs(size.application.pid), postgres: await postgresCpuMs(server.dataDir) };
}

/** Makes a size ready for a series: people are signed in, the series' tariff is in force, the load client knows it all. */
async function connect(size, { tariff = TARIFF }, { server, client }) {
  await client.tell('disconnect', { size: size.name });
  const owner = new Client({ connectionString: server.ownerUrl(size.database) });
  await owner.connect();
  try {
    await bringIntoForce(owner, tariff);
    await client.tell('connect', {
      size: size.name,
      port: size.application.port,
      appUrl: server.appUrl(size.database),
      tokens: await openSessions(owner),
      connections: CONNECTIONS_MAX,
    });
  } finally {
    await owner.end();
  }
}

/**
 * Puts a small database back to what it was filled with. Without that, a minute of load would give each of its households
 * more visits than years do. The application runs on: it finds its connections cut, and makes new ones.
 */
async function restore(size, series, { server, client }) {
  await client.tell('disconnect', { size: size.name });
  await server.restore(size.database, size.template);
  await connect(size, series, { server, client });
}

export async function memory(sizes) {
  const found = {};
  for (const { name, application } of sizes) found[name] = await memoryOf(application.pid);
  return found;
}
