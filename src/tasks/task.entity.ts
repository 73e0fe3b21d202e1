import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../kernel/actor.js';

export const TASK_STATES = ['queued', 'running', 'done', 'failed'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** As whom the work is done; the roles are those of the moment in which it begins. */
export interface AskedAs {
  readonly sessionId: string | null;
  readonly role: Role | 'anonymous' | 'system';
  readonly requestId: string;
}

/** Work that takes longer than a request. What it reads and makes may hold personal data, so it is kept sealed (S-30). */
@Entity('task')
export class Task {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'task_id' })
  readonly taskId: string;

  @Column('uuid', { name: 'idem_key' })
  readonly idemKey: string;

  @Column('bytea', { name: 'body_hash' })
  readonly bodyHash: Buffer;

  @Column('text', { name: 'kind' })
  readonly kind: string;

  @Column('text', { name: 'state' })
  readonly state: TaskState;

  @Column('integer', { name: 'done' })
  readonly done: number;

  @Column('integer', { name: 'total', nullable: true })
  readonly total: number | null;

  @Column('uuid', { name: 'asked_by' })
  readonly askedBy: string;

  @Column('jsonb', { name: 'asked_as' })
  readonly askedAs: AskedAs;

  @Column('timestamptz', { name: 'asked_at' })
  readonly askedAt: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  readonly startedAt: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  readonly finishedAt: Date | null;

  @Column('jsonb', { name: 'parameters' })
  readonly parameters: Record<string, unknown>;

  @Column('bytea', { name: 'upload', nullable: true })
  readonly upload: Buffer | null;

  @Column('bytea', { name: 'result', nullable: true })
  readonly result: Buffer | null;

  @Column('bytea', { name: 'file', nullable: true })
  readonly file: Buffer | null;

  @Column('text', { name: 'file_name', nullable: true })
  readonly fileName: string | null;

  /** The code of the refusal that ended it. */
  @Column('text', { name: 'failure', nullable: true })
  readonly failure: string | null;

  @Column('jsonb', { name: 'failure_params', nullable: true })
  readonly failureParams: Record<string, unknown> | null;

  @Column('smallint', { name: 'attempts' })
  readonly attempts: number;

  /** The process that works on it, and until when nobody else may. */
  @Column('text', { name: 'holder', nullable: true })
  readonly holder: string | null;

  @Column('timestamptz', { name: 'leased_until', nullable: true })
  readonly leasedUntil: Date | null;
}
