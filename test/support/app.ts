import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import request from 'supertest';
import { createApp } from '../../src/app/create-app.js';
import { connectApplication, TEST_ROLE } from './database.js';
import { QueryLint } from './query-lint.js';
import type { Database } from '../../src/platform/index.js';

/** The whole application on a migrated database of its own, as main makes it. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly database: Database;
  /** Superuser of the test server, for looking and for sabotage. */
  readonly owner: pg.Pool;
  readonly ownerUrl: string;
  readonly http: ReturnType<typeof request>;
  /** Moves the database clock by an interval such as `3 days`; `0` puts it back. */
  moveClock(interval: string): Promise<void>;
  close(): Promise<void>;
}

export async function createTestApp(env: Record<string, string> = {}): Promise<TestApp> {
  const lint = QueryLint.watch(TEST_ROLE);
  const connected = await connectApplication(env);
  const app = await createApp(connected.parts);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const owner = new pg.Pool({ connectionString: connected.ownerUrl, max: 4 });
  return {
    app,
    database: connected.parts.database,
    owner,
    ownerUrl: connected.ownerUrl,
    http: request(app.getHttpServer()),
    moveClock: async (interval) => {
      await owner.query(
        `CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = public, pg_temp
         AS $f$ SELECT clock_timestamp() + interval '${interval}' $f$`,
      );
    },
    close: async () => {
      await app.close();
      await owner.end();
      lint.stop();
    },
  };
}
