import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { canonicalJson, type Command, Database, KeyReusedError, NotFoundError, SecretBox } from '../platform/index.js';
import { SEALED, type TaskHandler, type TaskRight, TaskRunner } from './task-runner.js';
import { TooManyTasksError } from './tasks.errors.js';
import { type TaskRow, TasksRepository } from './tasks.repository.js';

/** Work to be done later. */
export interface TaskRequest {
  /** `room.what`, the kind its handler is registered under; also the action of the audit record. */
  readonly kind: string;
  /** Codes, numbers and days: shown to the asker, and kept as they are. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly upload?: Buffer;
  /** What the audit record says of it. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

export interface TaskWithResult extends TaskRow {
  readonly resultValue: object | null;
}

const OPEN_TASKS_MAX = 10;

/** Long work: asked for once, done in the background, found again by whoever asked. */
@Injectable()
export class Tasks {
  constructor(
    private readonly tasks: TasksRepository,
    private readonly runner: TaskRunner,
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly audit: Audit,
  ) {}

  /** Called by each room for the kinds it can carry out. */
  handle(kind: string, handler: TaskHandler, right: TaskRight): void {
    this.runner.handle(kind, handler, right);
  }

  /** The task that was asked for under this key already. @throws KeyReusedError where it was another one */
  async known(command: Command, request: TaskRequest): Promise<TaskRow | undefined> {
    const known = await this.tasks.byKey(command.communityId, command.actor.id, command.key);
    if (known !== undefined && !known.bodyHash.equals(this.hashOf(request))) throw new KeyReusedError();
    return known;
  }

  /**
   * Asks for it, once a key: who asks again gets the same task.
   * @throws KeyReusedError, TooManyTasksError
   */
  async ask(command: Command, request: TaskRequest): Promise<TaskRow> {
    const { actor, communityId, key, requestId } = command;
    const before = await this.known(command, request);
    if (before !== undefined) return before;
    if ((await this.tasks.countOpen(communityId, actor.id)) >= OPEN_TASKS_MAX) throw new TooManyTasksError();
    const { sessionId, role } = actor;
    await this.database.transaction(async (tx) => {
      const taskId = uuidv7();
      const isNew = await this.tasks.insert(tx, {
        communityId,
        taskId,
        idemKey: key,
        bodyHash: this.hashOf(request),
        kind: request.kind,
        askedBy: actor.id,
        askedAs: { sessionId, role, requestId },
        parameters: request.parameters,
        upload: request.upload === undefined ? null : this.secrets.sealBytes(SEALED.upload, request.upload),
      });
      if (!isNew) return;
      const subject = { subjectKind: 'task', subjectId: taskId };
      await this.audit.record(tx, actor, { action: request.kind, ...subject, detail: request.detail }, requestId);
    });
    this.runner.wake();
    const asked = await this.known(command, request);
    if (asked === undefined) throw new Error('a task was asked for and is not there');
    return asked;
  }

  /** One's own, newest first. */
  async list(actor: Actor, limit: number, after: string | null): Promise<TaskRow[]> {
    return this.tasks.list(actor.communityId, actor.id, limit, after);
  }

  /** @throws NotFoundError, also for the task of somebody else, and for one whose right is lost since */
  async get(actor: Actor, taskId: string): Promise<TaskWithResult> {
    const task = await this.tasks.find(actor.communityId, actor.id, taskId);
    if (task === undefined || !this.runner.mayHave(actor, task)) throw new NotFoundError();
    const { result } = task;
    const resultValue = result === null ? null : (JSON.parse(this.secrets.open(SEALED.result, result)) as object);
    return { ...task, resultValue };
  }

  /** The file it made; who takes it is recorded. @throws NotFoundError as for the task */
  async file(actor: Actor, taskId: string): Promise<{ name: string; content: Buffer }> {
    const task = await this.tasks.file(actor.communityId, actor.id, taskId);
    if (task === undefined || !this.runner.mayHave(actor, task)) throw new NotFoundError();
    if (task.file === null || task.fileName === null) throw new NotFoundError();
    const content = this.secrets.openBytes(SEALED.file, task.file);
    const subject = { subjectKind: 'task', subjectId: taskId };
    await this.audit.recordAlone(actor, { action: 'tasks.download', ...subject, detail: { bytes: content.length } });
    return { name: task.fileName, content };
  }

  async purge(): Promise<number> {
    return this.tasks.purge();
  }

  private hashOf({ kind, parameters, upload }: TaskRequest): Buffer {
    const fileHash = upload === undefined ? null : createHash('sha256').update(upload).digest('hex');
    return this.secrets.lookupHash('request-body', canonicalJson({ kind, parameters, fileHash }));
  }
}
