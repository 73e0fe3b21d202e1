import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

const PATIENCE_MS = 30_000;

/** Waits until no task waits or runs: from then on nothing changes by itself. */
export async function tasksEnded(database: pg.Pool): Promise<void> {
  const begun = performance.now();
  for (;;) {
    const { rows } = await database.query(`SELECT 1 FROM task WHERE state IN ('queued', 'running') LIMIT 1`);
    if (rows.length === 0) return;
    if (performance.now() - begun > PATIENCE_MS) throw new Error('a task does not end');
    await sleep(20);
  }
}
