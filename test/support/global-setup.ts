import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the process of `throwaway-postgres.ts` reports once. */
type Report = { readonly ownerUrl: string } | { readonly failure: string };

declare global {
  /** The running throwaway server, handed to the global teardown; absent if the tests were given a server. */
  var throwawayPostgres: ChildProcess | undefined;
}

/**
 * Starts a throwaway PostgreSQL for this run of the tests and puts the URL of its owner into TEST_POSTGRES_URL, which
 * names the database `postgres`. A TEST_POSTGRES_URL that is set already is used instead.
 */
export default async function globalSetup({ rootDir }: { readonly rootDir: string }): Promise<void> {
  if (process.env.TEST_POSTGRES_URL !== undefined && process.env.TEST_POSTGRES_URL !== '') return;
  const support = join(rootDir, 'test', 'support');
  // A session of its own: Ctrl-C ends Jest, and the server notices that and cleans up.
  const child = fork(join(support, 'throwaway-postgres.ts'), [], {
    detached: true,
    execArgv: ['--import', pathToFileURL(join(support, 'typescript-hooks.mjs')).href],
  });
  const report = await new Promise<Report>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Report));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`throwaway-postgres.ts ended with ${code}`)));
  });
  if ('failure' in report) throw new Error(report.failure);
  globalThis.throwawayPostgres = child;
  process.env.TEST_POSTGRES_URL = report.ownerUrl;
}
