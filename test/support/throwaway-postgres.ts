/**
 * A process that runs a PostgreSQL for one run of the tests and removes every trace of it afterwards. It is a process of
 * its own for two reasons: Jest's global setup cannot import the application's modules, and a test run that is killed
 * cannot clean up after itself, whereas this process sees its channel to Jest close and does.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.js';

/** What is lost if the machine loses power is of no interest here, and not waiting for the disk is several times faster. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '200',
};

const disconnected = new Promise<void>((resolve) => {
  process.once('disconnect', () => resolve());
});

const dataDir = await mkdtemp(join(tmpdir(), 'ecomart-test-'));
try {
  // mkdtemp makes private directories, which the server's account could not enter if the tests run as root.
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, database: 'postgres', settings: FAST, noSync: true });
  process.send?.({ ownerUrl: server.ownerUrl });
  await disconnected;
  await server.stop();
} catch (error) {
  if (!process.connected) throw error;
  process.send?.({ failure: error instanceof Error ? error.message : String(error) });
  process.disconnect();
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
