import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PathId } from '../../platform/index.js';
import { EDITORS, STAFF } from '../tariff-authority.service.js';
import { WasteItemView } from './waste-item.view.js';
import { NewWasteItemDto, WasteItemChangeDto, WasteItemsQuery } from './waste-items.dto.js';
import { WasteItems } from './waste-items.service.js';

@ApiTags('tariff')
@Controller('api/communities/:communityId/waste-items')
export class WasteItemsController {
  constructor(private readonly items: WasteItems) {}

  @Allow(...STAFF)
  @ApiOkResponse({ type: [WasteItemView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: WasteItemsQuery): Promise<WasteItemView[]> {
    const { listed = null, after = null, limit } = query;
    return (await this.items.page(actor.communityId, listed, after, limit)).map((row) => new WasteItemView(row));
  }

  @Allow(...EDITORS)
  @ApiCreatedResponse({ type: WasteItemView })
  @Post()
  async create(@CurrentActor() actor: Actor, @Body() body: NewWasteItemDto): Promise<WasteItemView> {
    const { code, nameZh, nameEn, wasteClass, subClass = null, unit } = body;
    return new WasteItemView(await this.items.create(actor, { code, nameZh, nameEn, wasteClass, subClass, unit }));
  }

  /** Renames it, offers it at the desk, or offers it no longer. */
  @Allow(...EDITORS)
  @ApiOkResponse({ type: WasteItemView })
  @Patch(':itemId')
  async change(
    @CurrentActor() actor: Actor,
    @Param('itemId', PathId) itemId: string,
    @Body() body: WasteItemChangeDto,
  ): Promise<WasteItemView> {
    return new WasteItemView(await this.items.change(actor, itemId, body));
  }
}
