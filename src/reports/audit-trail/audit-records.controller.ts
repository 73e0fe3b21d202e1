import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor, Role } from '../../kernel/actor.js';
import { ReportAuthority } from '../report-authority.js';
import { AuditRecordView } from './audit-record.view.js';
import { AuditRecordsQuery } from './audit-records.dto.js';
import { AuditRecordsRepository } from './audit-records.repository.js';

const READERS = ['admin', 'supervisor'] as const satisfies readonly Role[];

@ApiTags('reports')
@Controller('api/communities/:communityId/audit-records')
export class AuditRecordsController {
  constructor(
    private readonly records: AuditRecordsRepository,
    private readonly authority: ReportAuthority,
  ) {}

  /** Who did what, newest first; `after` is an audit id. */
  @Allow(...READERS)
  @ApiOkResponse({ type: [AuditRecordView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: AuditRecordsQuery): Promise<AuditRecordView[]> {
    await this.authority.require(actor, 'reports.audit-records', READERS);
    const { after, limit, ...filter } = query;
    const rows = await this.records.list(actor.communityId, filter, after ?? null, limit);
    return rows.map((row) => new AuditRecordView(row));
  }
}
