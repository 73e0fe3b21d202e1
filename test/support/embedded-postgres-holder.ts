/**
 * Stands in for the application in tests of the embedded PostgreSQL: starts it on the directory given as argument, reports
 * it, and then lives until it is killed. Like the application, it does not die of Ctrl-C at once.
 */
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.js';

process.on('SIGINT', () => process.send?.('interrupted'));
const { ownerUrl } = await startEmbeddedPostgres({
  dataDir: process.argv[2] ?? '',
  address: 'http://localhost:3000',
  noSync: true,
});
process.send?.({ ownerUrl });
// Nothing else would keep the process alive.
setInterval(() => undefined, 60_000);
