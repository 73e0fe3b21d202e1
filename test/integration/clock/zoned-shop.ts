import pg from 'pg';
import request from 'supertest';
import { createApp } from '../../../src/app/create-app.js';
import { ENTITIES } from '../../../src/app/entities.js';
import { createLogger, Database, loadConfig, Log, SecretBox } from '../../../src/platform/index.js';
import type { TestApp } from '../../support/app.js';
import { createMigratedDatabase, TEST_ROLE, TEST_SECRET } from '../../support/database.js';

/** A shop whose clock stands still at whatever instant it is set to, to the microsecond. */
export interface ZonedShop extends TestApp {
  /** @param instant as PostgreSQL reads it, with its offset, such as `2026-01-31 23:59:59.999999+08` */
  setClock(instant: string): Promise<void>;
}

/**
 * The application on a database and with sessions of a time zone of their own. As shipped the sessions are always in UTC,
 * whatever the server thinks; a pooler that drops their settings must not change a report either.
 */
export async function createZonedShop(timeZone: string): Promise<ZonedShop> {
  const ownerUrl = await createMigratedDatabase();
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  const database = new URL(ownerUrl).pathname.slice(1);
  await owner.query(`ALTER DATABASE ${database} SET timezone = '${timeZone}'`);
  await owner.query(`SET timezone = '${timeZone}'`);
  const secrets = new SecretBox(TEST_SECRET);
  const appUrl = new URL(ownerUrl);
  appUrl.username = TEST_ROLE;
  appUrl.password = secrets.derivePassword('application-role');
  // What a connection string asks for wins over what the application does.
  appUrl.searchParams.set('options', `-c timezone=${timeZone} -c lock_timeout=2000`);
  const config = loadConfig({ ECOMART_RATE_FACTOR: '1000000', LOG_LEVEL: 'fatal', DATABASE_POOL_MAX: '2' });
  const parts = {
    config,
    secrets,
    database: await Database.connect(appUrl.href, config, ENTITIES),
    log: new Log(createLogger(config.LOG_LEVEL)),
  };
  const app = await createApp(parts);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const replaceClock = async (expression: string): Promise<void> => {
    await owner.query(
      `CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = public, pg_temp
       AS $f$ SELECT ${expression} $f$`,
    );
  };
  return {
    app,
    database: parts.database,
    owner,
    ownerUrl,
    http: request(app.getHttpServer()),
    moveClock: (interval) => replaceClock(`clock_timestamp() + interval '${interval}'`),
    setClock: (instant) => replaceClock(`timestamptz '${instant}'`),
    close: async () => {
      await app.close();
      await owner.end();
    },
  };
}
