import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../platform/index.js';
import { serveApiDocs } from './api-docs.js';
import { buildDemonstration, isEmptyDatabase } from './demonstration/build-demonstration.js';
import { createApp } from './create-app.js';
import { firstStart } from './first-start.js';
import { migrateReached, openParts, reachDatabase, readSecrets } from './installation.js';
import { servePages } from './web-pages.js';

const PARENT_CHECK_MS = 500;

/** Starts everything, and stops it in the opposite order: no new requests, the last replies, the pool, the database. */
export async function start(config: Config): Promise<void> {
  const secrets = await readSecrets(config);
  const reached = await reachDatabase(config, secrets, { log: (line) => console.log(line) });
  let app: NestFastifyApplication;
  try {
    const lines =
      reached.isEmbedded &&
      config.ECOMART_DEMO &&
      reached.ownerUrl !== null &&
      (await isEmptyDatabase(reached.ownerUrl))
        ? await buildDemonstration(config, secrets, reached.ownerUrl)
        : [];
    await migrateReached(reached);
    app = await createApp(await openParts(config, secrets, reached.appUrl));
    await servePages(app);
    if (config.ECOMART_API_DOCS) await serveApiDocs(app);
    await app.init();
    lines.push(...(await firstStart(app, false)));
    await app.listen(config.PORT, config.HOST);
    for (const line of lines) console.log(line);
  } catch (error) {
    await reached.stop();
    throw error;
  }
  const address = (await app.getUrl()).replace('127.0.0.1', 'localhost');
  console.log(
    `生态美超市已启动 / The eco shop is open: ${address}${config.ECOMART_API_DOCS ? ` (API ${address}/api/docs)` : ''}`,
  );
  whenAsked(async () => {
    await app.close();
    await reached.stop();
  });
}

/**
 * Stops on SIGTERM, Ctrl-C and a closed terminal, and when the process that started this one is gone: `npm start` that is
 * killed takes only its shell with it.
 */
function whenAsked(stop: () => Promise<void>): void {
  const parent = process.ppid;
  let isStopping = false;
  const once = () => {
    if (isStopping) return;
    isStopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, once);
  setInterval(() => {
    if (process.ppid !== parent) once();
  }, PARENT_CHECK_MS).unref();
}
