import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PathId } from '../../platform/index.js';
import { CreateAreaDto, RenameAreaDto } from './area.dto.js';
import { AreaNodeView, AreaView } from './area.view.js';
import { Areas } from './areas.service.js';

@ApiTags('places')
@Controller('api/communities/:communityId/areas')
export class AreasController {
  constructor(private readonly areas: Areas) {}

  /** Grids with their buildings with their entrances. */
  @Allow('admin', 'manager', 'collector', 'cashier', 'stock-keeper', 'supervisor')
  @ApiOkResponse({ type: [AreaNodeView] })
  @Get()
  async tree(@CurrentActor() actor: Actor): Promise<AreaNodeView[]> {
    return this.areas.tree(actor.communityId);
  }

  /** A new grid; a building, under a grid; or an entrance, under a building. */
  @Allow('admin', 'manager')
  @ApiCreatedResponse({ type: AreaView })
  @Post()
  async create(@CurrentActor() actor: Actor, @Body() body: CreateAreaDto): Promise<AreaView> {
    return this.areas.create(actor, body);
  }

  @Allow('admin', 'manager')
  @ApiOkResponse({ type: AreaView })
  @Patch(':areaId')
  async rename(
    @CurrentActor() actor: Actor,
    @Param('areaId', PathId) areaId: string,
    @Body() body: RenameAreaDto,
  ): Promise<AreaView> {
    return this.areas.rename(actor, areaId, body.name);
  }
}
