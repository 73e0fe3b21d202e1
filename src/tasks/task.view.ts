import { ApiProperty } from '@nestjs/swagger';
import { problemOf } from '../platform/index.js';
import { TASK_STATES, type TaskState } from './task.entity.js';
import type { TaskRow } from './tasks.repository.js';
import type { TaskWithResult } from './tasks.service.js';

export class TaskFailureView {
  @ApiProperty({ example: 'tasks.interrupted' })
  readonly code: string;

  @ApiProperty({ example: '任务中断，请重新开始' })
  readonly title: string;

  @ApiProperty()
  readonly titleEn: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly params: Readonly<Record<string, unknown>>;

  constructor(code: string, params: Readonly<Record<string, unknown>>) {
    const problem = problemOf(code);
    this.code = code;
    this.title = problem?.title ?? code;
    this.titleEn = problem?.en ?? code;
    this.params = params;
  }
}

export class TaskView {
  @ApiProperty({ format: 'uuid' })
  readonly taskId: string;

  @ApiProperty({ example: 'reports.export' })
  readonly kind: string;

  @ApiProperty({ enum: TASK_STATES })
  readonly state: TaskState;

  @ApiProperty({ minimum: 0 })
  readonly done: number;

  @ApiProperty({ nullable: true, type: Number, minimum: 0, description: 'Null: not known yet.' })
  readonly total: number | null;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly askedAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly startedAt: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt: Date | null;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What was asked for.' })
  readonly parameters: Readonly<Record<string, unknown>>;

  @ApiProperty({ nullable: true, type: String, description: 'Set once there is a file; kept for seven days.' })
  readonly fileName: string | null;

  @ApiProperty({ nullable: true, type: TaskFailureView })
  readonly failure: TaskFailureView | null;

  constructor(row: TaskRow) {
    this.taskId = row.taskId;
    this.kind = row.kind;
    this.state = row.state;
    this.done = row.done;
    this.total = row.total;
    this.askedAt = row.askedAt;
    this.startedAt = row.startedAt;
    this.finishedAt = row.finishedAt;
    this.parameters = row.parameters;
    this.fileName = row.fileName;
    this.failure = row.failure === null ? null : new TaskFailureView(row.failure, row.failureParams ?? {});
  }
}

export class TaskWithResultView extends TaskView {
  @ApiProperty({
    nullable: true,
    type: 'object',
    additionalProperties: true,
    description: 'What came of it; its shape depends on the kind. Null for one that makes a file.',
  })
  readonly result: object | null;

  constructor(task: TaskWithResult) {
    super(task);
    this.result = task.resultValue;
  }
}
