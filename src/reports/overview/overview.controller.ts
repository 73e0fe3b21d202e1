import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { requireSpan } from '../day-span.js';
import { OverviewQuery } from './overview.dto.js';
import { OverviewRepository } from './overview.repository.js';
import { OverviewView } from './overview.view.js';

@ApiTags('reports')
@Controller('api/communities/:communityId/overview')
export class OverviewController {
  constructor(private readonly overview: OverviewRepository) {}

  /** What came in, what went out, who took part, and whether the points outstanding are covered. */
  @Allow('admin', 'manager', 'supervisor')
  @ApiOkResponse({ type: OverviewView })
  @Get()
  async see(@CurrentActor() actor: Actor, @Query() query: OverviewQuery): Promise<OverviewView> {
    requireSpan(query);
    return new OverviewView(query, await this.overview.read(actor.communityId, query));
  }
}
