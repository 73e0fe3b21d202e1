import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../platform/index.js';
import type { Task } from './task.entity.js';

/** A task as its asker sees it in a list: without what it read and made. */
export type TaskRow = Pick<
  Task,
  | 'communityId'
  | 'taskId'
  | 'kind'
  | 'state'
  | 'done'
  | 'total'
  | 'askedAt'
  | 'startedAt'
  | 'finishedAt'
  | 'parameters'
  | 'fileName'
  | 'failure'
  | 'failureParams'
>;

/** A task that this process has taken. */
export type TakenTask = Pick<
  Task,
  'communityId' | 'taskId' | 'idemKey' | 'kind' | 'askedBy' | 'askedAs' | 'parameters' | 'upload' | 'attempts'
>;

export type NewTask = Pick<
  Task,
  'communityId' | 'taskId' | 'idemKey' | 'bodyHash' | 'kind' | 'askedBy' | 'askedAs' | 'parameters' | 'upload'
>;

/** A process that has not been heard of for so long is gone. */
export const LEASE_SECONDS = 30;
/** How often a task is begun before it is given up: one that takes its process down with it must not do so for ever. */
export const ATTEMPTS_MAX = 3;

const CANDIDATES = 20;
const KEPT_DAYS = 7;

@Injectable()
export class TasksRepository {
  constructor(private readonly database: Database) {}

  /** @returns false where the key of this person has a task already */
  async insert(tx: Tx, task: NewTask): Promise<boolean> {
    const rows = (await tx.query(
      `INSERT INTO task (community_id, task_id, idem_key, body_hash, kind, state, done, asked_by, asked_as, asked_at,
         parameters, upload, attempts)
       VALUES ($1, $2, $3, $4, $5, 'queued', 0, $6, $7, app_now(), $8, $9, 0)
       ON CONFLICT (community_id, asked_by, idem_key) DO NOTHING RETURNING 1`,
      [
        task.communityId,
        task.taskId,
        task.idemKey,
        task.bodyHash,
        task.kind,
        task.askedBy,
        JSON.stringify(task.askedAs),
        JSON.stringify(task.parameters),
        task.upload,
      ],
    )) as unknown[];
    return rows.length > 0;
  }

  async byKey(
    communityId: number,
    askedBy: string,
    idemKey: string,
  ): Promise<(TaskRow & { bodyHash: Buffer }) | undefined> {
    const rows = await this.database.read<TaskRow & { bodyHash: Buffer }>(
      'tasks.by-key',
      `SELECT ${SHOWN}, body_hash AS "bodyHash" FROM task
       WHERE community_id = $1 AND asked_by = $2 AND idem_key = $3`,
      [communityId, askedBy, idemKey],
    );
    return rows[0];
  }

  async countOpen(communityId: number, askedBy: string): Promise<number> {
    const [row] = await this.database.read<{ count: number }>(
      'tasks.open',
      `SELECT count(*)::int AS count FROM task
       WHERE community_id = $1 AND asked_by = $2 AND state IN ('queued', 'running')`,
      [communityId, askedBy],
    );
    return row?.count ?? 0;
  }

  /** One person's own, newest first. */
  async list(communityId: number, askedBy: string, limit: number, after: string | null): Promise<TaskRow[]> {
    return this.database.read<TaskRow>(
      'tasks.list',
      `SELECT ${SHOWN} FROM task
       WHERE community_id = $1 AND asked_by = $2 AND ($3::uuid IS NULL OR task_id < $3)
       ORDER BY task_id DESC LIMIT $4`,
      [communityId, askedBy, after, limit],
    );
  }

  async find(
    communityId: number,
    askedBy: string,
    taskId: string,
  ): Promise<(TaskRow & Pick<Task, 'result'>) | undefined> {
    const rows = await this.database.read<TaskRow & Pick<Task, 'result'>>(
      'tasks.find',
      `SELECT ${SHOWN}, result FROM task WHERE community_id = $1 AND asked_by = $2 AND task_id = $3`,
      [communityId, askedBy, taskId],
    );
    return rows[0];
  }

  async file(
    communityId: number,
    askedBy: string,
    taskId: string,
  ): Promise<Pick<Task, 'kind' | 'parameters' | 'file' | 'fileName'> | undefined> {
    const rows = await this.database.read<Pick<Task, 'kind' | 'parameters' | 'file' | 'fileName'>>(
      'tasks.file',
      `SELECT kind, parameters, file, file_name AS "fileName" FROM task WHERE community_id = $1 AND asked_by = $2 AND task_id = $3`,
      [communityId, askedBy, taskId],
    );
    return rows[0];
  }

  /**
   * The oldest task that nobody works on, of those kinds. Looked for among all communities, taken in one: so it works on a
   * distributed PostgreSQL, too. Whoever comes second to a row finds it locked or taken, and goes on to the next.
   */
  async take(holder: string, kinds: readonly string[]): Promise<TakenTask | undefined> {
    const candidates = await this.database.read<{ communityId: number; taskId: string; attempts: number }>(
      'tasks.due',
      `SELECT community_id AS "communityId", task_id AS "taskId", attempts FROM task
       WHERE state IN ('queued', 'running') AND (leased_until IS NULL OR leased_until <= app_now())
         AND kind = ANY ($1::text[])
       ORDER BY asked_at LIMIT ${CANDIDATES}`,
      [`{${kinds.join(',')}}`],
    );
    for (const { communityId, taskId, attempts } of candidates) {
      if (attempts >= ATTEMPTS_MAX) {
        await this.giveUp(communityId, taskId);
        continue;
      }
      const [taken] = await this.database.read<TakenTask>(
        'tasks.take',
        `UPDATE task SET state = 'running', holder = $3, attempts = attempts + 1,
           started_at = coalesce(started_at, app_now()),
           leased_until = app_now() + make_interval(secs => ${LEASE_SECONDS})
         WHERE community_id = $1 AND task_id = (
           SELECT d.task_id FROM task AS d
           WHERE d.community_id = $1 AND d.task_id = $2 AND d.state IN ('queued', 'running')
             AND (d.leased_until IS NULL OR d.leased_until <= app_now())
           FOR NO KEY UPDATE SKIP LOCKED)
         RETURNING community_id AS "communityId", task_id AS "taskId", idem_key AS "idemKey", kind,
           asked_by AS "askedBy", asked_as AS "askedAs", parameters, upload, attempts`,
        [communityId, taskId, holder],
      );
      if (taken !== undefined) return taken;
    }
    return undefined;
  }

  private async giveUp(communityId: number, taskId: string): Promise<void> {
    await this.database.read(
      'tasks.give-up',
      `UPDATE task SET state = 'failed', failure = 'tasks.interrupted', finished_at = app_now(), holder = NULL,
         leased_until = NULL, upload = NULL
       WHERE community_id = $1 AND task_id = $2 AND state IN ('queued', 'running')
         AND (leased_until IS NULL OR leased_until <= app_now()) AND attempts >= ${ATTEMPTS_MAX}`,
      [communityId, taskId],
    );
  }

  /** Says that the work goes on, and how far it is. @returns false where somebody else has taken it meanwhile */
  async report(task: TakenTask, holder: string, done: number, total: number | null): Promise<boolean> {
    const rows = await this.database.read(
      'tasks.report',
      `UPDATE task SET done = $5, total = $6, leased_until = app_now() + make_interval(secs => ${LEASE_SECONDS})
       WHERE ${HELD} RETURNING 1`,
      [task.communityId, task.taskId, holder, task.attempts, done, total],
    );
    return rows.length > 0;
  }

  /** What it made, sealed. The upload has served its purpose. */
  async finish(
    task: TakenTask,
    holder: string,
    made: Pick<Task, 'done' | 'total' | 'result' | 'file' | 'fileName'>,
  ): Promise<void> {
    await this.database.read(
      'tasks.finish',
      `UPDATE task SET state = 'done', finished_at = app_now(), done = $5, total = $6, result = $7, file = $8,
         file_name = $9, holder = NULL, leased_until = NULL, upload = NULL
       WHERE ${HELD}`,
      [
        task.communityId,
        task.taskId,
        holder,
        task.attempts,
        made.done,
        made.total,
        made.result,
        made.file,
        made.fileName,
      ],
    );
  }

  async fail(task: TakenTask, holder: string, failure: string, params: object): Promise<void> {
    await this.database.read(
      'tasks.fail',
      `UPDATE task SET state = 'failed', finished_at = app_now(), failure = $5, failure_params = $6, holder = NULL,
         leased_until = NULL, upload = NULL
       WHERE ${HELD}`,
      [task.communityId, task.taskId, holder, task.attempts, failure, params],
    );
  }

  /** Lets another process begin it anew. @param isOwnFault whether this try counts */
  async release(task: TakenTask, holder: string, isOwnFault: boolean): Promise<void> {
    await this.database.read(
      'tasks.release',
      `UPDATE task SET state = 'queued', holder = NULL, leased_until = NULL, done = 0,
         attempts = attempts - CASE WHEN $5::boolean THEN 0 ELSE 1 END
       WHERE ${HELD}`,
      [task.communityId, task.taskId, holder, task.attempts, isOwnFault],
    );
  }

  /** Files, results and the tasks themselves, a week after they ended (S-28). @returns how many */
  async purge(): Promise<number> {
    const rows = await this.database.read(
      'tasks.purge',
      `DELETE FROM task WHERE finished_at <= app_now() - make_interval(days => ${KEPT_DAYS}) RETURNING 1`,
      [],
    );
    return rows.length;
  }
}

const SHOWN = `community_id AS "communityId", task_id AS "taskId", kind, state, done, total, asked_at AS "askedAt",
  started_at AS "startedAt", finished_at AS "finishedAt", parameters, file_name AS "fileName", failure,
  failure_params AS "failureParams"`;

/** By this process, in this very attempt. */
const HELD = `community_id = $1 AND task_id = $2 AND holder = $3 AND attempts = $4 AND state = 'running'`;
