import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PathId } from '../../platform/index.js';
import { NewCodeDto } from '../code.dto.js';
import { CodeHistoryView } from '../code.view.js';
import { CreateRegionDto } from './region.dto.js';
import { CountyView, RegionView } from './region.view.js';
import { Regions } from './regions.service.js';

@ApiTags('places')
@Controller('api/regions')
export class RegionsController {
  constructor(private readonly regions: Regions) {}

  /** Counties, towns and communities that the caller's roles reach, as a tree. */
  @Allow('admin', 'manager', 'collector', 'cashier', 'stock-keeper', 'supervisor')
  @ApiOkResponse({ type: [CountyView] })
  @Get()
  async tree(@CurrentActor() actor: Actor): Promise<CountyView[]> {
    return this.regions.treeFor(actor);
  }

  /** A new county, or a new town of a county. */
  @Allow('admin')
  @ApiCreatedResponse({ type: RegionView })
  @Post()
  async create(@CurrentActor() actor: Actor, @Body() body: CreateRegionDto): Promise<RegionView> {
    return this.regions.create(actor, body);
  }

  /** A new administrative code from a day on; the one before it ends on that day and stays in the history. */
  @Allow('admin')
  @ApiCreatedResponse({ type: CodeHistoryView })
  @Post(':regionId/codes')
  async addCode(
    @CurrentActor() actor: Actor,
    @Param('regionId', PathId) regionId: string,
    @Body() body: NewCodeDto,
  ): Promise<CodeHistoryView> {
    return { codes: await this.regions.addCode(actor, regionId, body.code, body.validFrom) };
  }
}
