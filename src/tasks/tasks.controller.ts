import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../identity/index.js';
import type { Actor } from '../kernel/actor.js';
import { type AppReply, PageQuery, PathId } from '../platform/index.js';
import { TaskView, TaskWithResultView } from './task.view.js';
import { Tasks } from './tasks.service.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = 'text/csv; charset=utf-8';

/** One's own long work; that of others does not exist. */
@ApiTags('tasks')
@Controller('api/communities/:communityId/tasks')
export class TasksController {
  constructor(private readonly tasks: Tasks) {}

  /** Newest first; `after` is a task id. */
  @Allow('admin', 'manager', 'supervisor')
  @ApiOkResponse({ type: [TaskView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<TaskView[]> {
    return (await this.tasks.list(actor, query.limit, query.after ?? null)).map((row) => new TaskView(row));
  }

  @Allow('admin', 'manager', 'supervisor')
  @ApiOkResponse({ type: TaskWithResultView })
  @Get(':taskId')
  async get(@CurrentActor() actor: Actor, @Param('taskId', PathId) taskId: string): Promise<TaskWithResultView> {
    return new TaskWithResultView(await this.tasks.get(actor, taskId));
  }

  @Allow('admin', 'manager', 'supervisor')
  @ApiProduces(XLSX, CSV)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Get(':taskId/file')
  async file(
    @CurrentActor() actor: Actor,
    @Param('taskId', PathId) taskId: string,
    @Res({ passthrough: true }) reply: AppReply,
  ): Promise<StreamableFile> {
    const { name, content } = await this.tasks.file(actor, taskId);
    const ending = name.endsWith('.csv') ? 'csv' : 'xlsx';
    // Whatever is in it, no browser opens it as a page of ours (S-19).
    void reply.headers({ 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': "default-src 'none'" });
    return new StreamableFile(content, {
      type: ending === 'csv' ? CSV : XLSX,
      length: content.length,
      disposition: `attachment; filename="export.${ending}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  }
}
