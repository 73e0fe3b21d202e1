import { distributeAt } from '../platform/distribute.js';
import { loadConfig } from '../platform/index.js';
import { reachDatabase, readSecrets } from './installation.js';

/**
 * `npm run distribute`, after `npm run migrate`: spreads tables and functions over the nodes of a distributed PostgreSQL
 * (Citus). To be run again after every migration; on a plain PostgreSQL it has nothing to do.
 */
const config = loadConfig(process.env);
const reached = await reachDatabase(config, await readSecrets(config), { attach: true });
try {
  if (reached.ownerUrl === null) {
    console.log('no owner connection given: nothing distributed');
  } else {
    const count = await distributeAt(reached.ownerUrl, (line) => console.log(line));
    console.log(count === null || count === 0 ? 'nothing to do' : `${count} statements carried out`);
  }
} finally {
  await reached.stop();
}
