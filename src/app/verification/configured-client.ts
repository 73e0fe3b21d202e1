import { Client, type ClientBase } from 'pg';
import type { Config } from '../../platform/index.js';
import { reachDatabase, readSecrets } from '../installation.js';

/**
 * Lends a connection, as the application's role, to the database of the configuration: to the one that is running, be it
 * that of an open shop, or to the embedded one, which is started for as long as it takes.
 */
export async function withConfiguredClient<T>(config: Config, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const reached = await reachDatabase(config, await readSecrets(config), { attach: true });
  try {
    const client = new Client({ connectionString: reached.appUrl, application_name: 'ecomart verify' });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  } finally {
    await reached.stop();
  }
}
