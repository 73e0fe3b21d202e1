import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { AuditRecordView } from './audit-record.view.js';
import { AuditRecordsQuery } from './audit-records.dto.js';
import { AuditRecordsRepository } from './audit-records.repository.js';

@ApiTags('reports')
@Controller('api/communities/:communityId/audit-records')
export class AuditRecordsController {
  constructor(private readonly records: AuditRecordsRepository) {}

  /** Who did what, newest first; `after` is an audit id. */
  @Allow('admin', 'supervisor')
  @ApiOkResponse({ type: [AuditRecordView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: AuditRecordsQuery): Promise<AuditRecordView[]> {
    const { after, limit, ...filter } = query;
    const rows = await this.records.list(actor.communityId, filter, after ?? null, limit);
    return rows.map((row) => new AuditRecordView(row));
  }
}
