import { once } from 'node:events';

/** Stops the throwaway PostgreSQL of `global-setup.ts` and waits until its directory is removed. */
export default async function globalTeardown(): Promise<void> {
  const child = globalThis.throwawayPostgres;
  if (child === undefined) return;
  globalThis.throwawayPostgres = undefined;
  delete process.env.TEST_POSTGRES_URL;
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}
