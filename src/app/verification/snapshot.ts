import type { ClientBase } from 'pg';

/**
 * Runs `work` on one picture of the database that nothing written meanwhile changes, and that cannot itself write. The
 * limits that keep a request short are lifted: a province takes longer than ten seconds.
 */
export async function inSnapshot<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  try {
    await client.query(`SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
      SET LOCAL work_mem = '64MB'; SET LOCAL search_path = public, pg_temp`);
    return await work();
  } finally {
    await client.query('ROLLBACK');
  }
}
