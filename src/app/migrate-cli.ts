import { loadConfig } from '../platform/index.js';
import { migrateReached, reachDatabase, readSecrets } from './installation.js';

/** `npm run migrate`: brings the schema up to date with the owner's connection and ends. */
const config = loadConfig(process.env);
const reached = await reachDatabase(config, await readSecrets(config), { attach: true });
try {
  await migrateReached(reached);
  console.log(reached.ownerUrl === null ? 'no owner connection given: nothing migrated' : 'schema is up to date');
} finally {
  await reached.stop();
}
