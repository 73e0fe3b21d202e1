import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { RoleMissingError, Sessions } from '../identity/index.js';
import type { Actor, HeldRole } from '../kernel/actor.js';
import { DomainError } from '../kernel/domain-error.js';
import { Log, SecretBox } from '../platform/index.js';
import { TaskFailedError, TaskTooLargeError } from './tasks.errors.js';
import { type TakenTask, TasksRepository } from './tasks.repository.js';

/** What is asked for, and how the work says how far it is. */
export interface TaskRun {
  readonly actor: Actor;
  readonly taskId: string;
  readonly key: string;
  readonly requestId: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly upload: Buffer | null;
  /**
   * Called as often as the work likes, outside of any wait for it; at most once a second it is written down.
   * @throws StopWork where this process ends or has lost the task: nothing more may be written
   */
  readonly progress: (done: number, total: number | null) => void;
  /** Aborted when this process ends, with StopWork: for steps that last longer than a shutdown may. */
  readonly stopping: AbortSignal;
}

export interface TaskOutcome {
  readonly result?: object;
  readonly file?: { readonly name: string; readonly content: Buffer };
}

/**
 * Does the work of one kind. It may be begun again from the start by another process, so repeating it changes nothing:
 * it only reads, or it commits under the task's own idempotency key.
 */
export type TaskHandler = (run: TaskRun) => Promise<TaskOutcome>;

/**
 * Whether somebody may have work of the kind done and take what it made: asked each time, because roles are lost sooner
 * than files.
 */
export type TaskRight = (actor: Actor, parameters: Readonly<Record<string, unknown>>) => boolean;

/** The names under which contents are sealed. */
export const SEALED = { upload: 'task.upload', result: 'task.result', file: 'task.file' } as const;

const AT_ONCE = 2;
const LOOK_EVERY_MS = 5_000;
const REPORT_EVERY_MS = 1_000;
const BEAT_EVERY_MS = 10_000;
const CONTENT_BYTES_MAX = 32 * 1024 * 1024;

class StopWork extends Error {}

/** Works tasks off in the background. Several processes share them: a task has one holder at a time, by a lease. */
@Injectable()
export class TaskRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly holder = `${hostname()}/${process.pid}/${randomUUID()}`;
  private readonly handlers = new Map<string, { readonly handler: TaskHandler; readonly right: TaskRight }>();
  private readonly running = new Set<Promise<void>>();
  private looking: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private readonly stop = new AbortController();

  constructor(
    private readonly tasks: TasksRepository,
    private readonly sessions: Sessions,
    private readonly secrets: SecretBox,
    private readonly log: Log,
  ) {}

  /** Called by each room for the kinds it can carry out. */
  handle(kind: string, handler: TaskHandler, right: TaskRight): void {
    this.handlers.set(kind, { handler, right });
  }

  /** False also for a kind that nobody here knows. */
  mayHave(actor: Actor, { kind, parameters }: Pick<TakenTask, 'kind' | 'parameters'>): boolean {
    return this.handlers.get(kind)?.right(actor, parameters) ?? false;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Before the database is let go: what runs stops at its next step and is handed back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort(new StopWork());
    clearInterval(this.timer);
    await this.looking;
    await Promise.all(this.running);
  }

  /** There may be something to do. */
  wake(): void {
    this.looking = this.looking.then(() => this.takeAll()).catch((error: unknown) => this.report(error));
  }

  private async takeAll(): Promise<void> {
    while (!this.stop.signal.aborted && this.running.size < AT_ONCE) {
      const task = await this.tasks.take(this.holder, [...this.handlers.keys()]);
      if (task === undefined) return;
      const work: Promise<void> = this.run(task)
        .catch((error: unknown) => this.report(error))
        .finally(() => {
          this.running.delete(work);
          this.wake();
        });
      this.running.add(work);
    }
  }

  private async run(task: TakenTask): Promise<void> {
    const pace = new Pace(this.tasks, task, this.holder, this.stop.signal);
    try {
      const known = this.handlers.get(task.kind);
      if (known === undefined) throw new TaskFailedError();
      const actor = actorOf(task, await this.sessions.rolesOf(task.askedBy, task.communityId));
      // Between asking and doing a right may be lost, and a dismissed person imports nothing.
      if (!known.right(actor, task.parameters)) throw new RoleMissingError();
      // Work that begins after the signal would wait for it in vain.
      this.stop.signal.throwIfAborted();
      const { result, file } = await known.handler({
        actor,
        taskId: task.taskId,
        key: task.idemKey,
        requestId: task.askedAs.requestId,
        parameters: task.parameters,
        upload: task.upload === null ? null : this.secrets.openBytes(SEALED.upload, task.upload),
        progress: pace.progress,
        stopping: this.stop.signal,
      });
      const { done, total } = await pace.end();
      const resultText = result === undefined ? null : Buffer.from(JSON.stringify(result));
      if (Math.max(resultText?.length ?? 0, file?.content.length ?? 0) > CONTENT_BYTES_MAX - 100) {
        throw new TaskTooLargeError();
      }
      await this.tasks.finish(task, this.holder, {
        done: total ?? done,
        total,
        result: resultText === null ? null : this.secrets.sealBytes(SEALED.result, resultText),
        file: file === undefined ? null : this.secrets.sealBytes(SEALED.file, file.content),
        fileName: file?.name ?? null,
      });
      this.log.info({ task: task.kind, taskId: task.taskId }, 'task done');
    } catch (error) {
      await pace.end();
      await this.settle(task, error);
    }
  }

  private async settle(task: TakenTask, error: unknown): Promise<void> {
    if (error instanceof StopWork) return this.tasks.release(task, this.holder, false);
    // A trouble of the machinery passes; the lease and the count of tries see to the rest.
    if (error instanceof DomainError && error.code.startsWith('platform.') && error.code !== 'platform.not-found') {
      return this.tasks.release(task, this.holder, true);
    }
    if (!(error instanceof DomainError))
      this.log.error({ err: error, task: task.kind, taskId: task.taskId }, 'task failed');
    const refusal = error instanceof DomainError ? error : new TaskFailedError();
    return this.tasks.fail(task, this.holder, refusal.code, refusal.params);
  }

  private report(error: unknown): void {
    this.log.error({ err: error }, 'tasks');
  }
}

/** @param roles those of this moment */
function actorOf({ communityId, askedBy, askedAs }: TakenTask, roles: readonly HeldRole[]): Actor {
  const { sessionId, role } = askedAs;
  return {
    id: askedBy,
    kind: 'staff',
    sessionId,
    communityId,
    householdId: null,
    roles,
    role,
    mustChangePassword: false,
  };
}

/** Writes down how far a task is, on a connection of its own, and keeps its lease. */
class Pace {
  private done = 0;
  private total: number | null = null;
  private writtenAt = 0;
  private isLost = false;
  private writing: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly tasks: TasksRepository,
    private readonly task: TakenTask,
    private readonly holder: string,
    private readonly stopping: AbortSignal,
  ) {
    this.timer = setInterval(() => this.write(), BEAT_EVERY_MS);
    this.timer.unref();
  }

  readonly progress = (done: number, total: number | null): void => {
    this.done = done;
    this.total = total;
    if (this.isLost || this.stopping.aborted) throw new StopWork();
    if (performance.now() - this.writtenAt >= REPORT_EVERY_MS) this.write();
  };

  async end(): Promise<{ done: number; total: number | null }> {
    clearInterval(this.timer);
    await this.writing;
    return { done: this.done, total: this.total };
  }

  private write(): void {
    this.writtenAt = performance.now();
    this.writing = this.writing.then(() => this.report());
  }

  private async report(): Promise<void> {
    try {
      this.isLost = !(await this.tasks.report(this.task, this.holder, this.done, this.total));
    } catch {
      // The next beat tries again; meanwhile the lease runs on.
    }
  }
}
