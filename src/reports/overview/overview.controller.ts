import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor, Role } from '../../kernel/actor.js';
import { requireSpan } from '../day-span.js';
import { ReportAuthority } from '../report-authority.js';
import { OverviewQuery } from './overview.dto.js';
import { OverviewRepository } from './overview.repository.js';
import { OverviewView } from './overview.view.js';

const READERS = ['admin', 'manager', 'supervisor'] as const satisfies readonly Role[];

@ApiTags('reports')
@Controller('api/communities/:communityId/overview')
export class OverviewController {
  constructor(
    private readonly overview: OverviewRepository,
    private readonly authority: ReportAuthority,
  ) {}

  /** What came in, what went out, who took part, and whether the points outstanding are covered. */
  @Allow(...READERS)
  @ApiOkResponse({ type: OverviewView })
  @Get()
  async see(@CurrentActor() actor: Actor, @Query() query: OverviewQuery): Promise<OverviewView> {
    await this.authority.require(actor, 'reports.overview', READERS);
    requireSpan(query);
    return new OverviewView(query, await this.overview.read(actor.communityId, query));
  }
}
