import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { ApiCommand, type Command, CurrentCommand, PageQuery, PathId, type StoredReply } from '../../platform/index.js';
import { KEEPERS, STAFF } from '../goods-access.js';
import { Receipts } from './receipts.service.js';
import { Shelves } from './shelves.service.js';
import { ReceiptDto, WriteOffDto } from './stock-commands.dto.js';
import { ReceiptReply, WriteOffReply } from './stock-commands.view.js';
import { LowStockQuery, ShelfAlertDto, SitePageQuery } from './stock-lists.dto.js';
import { BatchView, MovementView, ShelfView } from './stock-lists.view.js';
import { WriteOffs } from './write-offs.service.js';

/** What stands on the shelves of one shop, and what comes and goes there. */
@ApiTags('goods')
@Controller('api/communities/:communityId/sites/:siteId')
export class SiteStockController {
  constructor(
    private readonly shelves: Shelves,
    private readonly receipts: Receipts,
    private readonly writeOffs: WriteOffs,
  ) {}

  /** Every good of the community; `after` is a goods id. */
  @Allow(...STAFF)
  @ApiOkResponse({ type: [ShelfView] })
  @Get('shelves')
  async list(
    @CurrentActor() actor: Actor,
    @Param('siteId', PathId) siteId: string,
    @Query() query: PageQuery,
  ): Promise<ShelfView[]> {
    return (await this.shelves.list(actor, siteId, query)).map((row) => new ShelfView(row));
  }

  @Allow(...KEEPERS)
  @ApiOkResponse({ type: ShelfView })
  @Put('shelves/:goodsId/alert')
  async setAlert(
    @CurrentActor() actor: Actor,
    @Param('siteId', PathId) siteId: string,
    @Param('goodsId', PathId) goodsId: string,
    @Body() body: ShelfAlertDto,
  ): Promise<ShelfView> {
    return new ShelfView(await this.shelves.setAlert(actor, siteId, goodsId, body.lowStockAt));
  }

  /** First expiring first; `after` is a batch id. */
  @Allow(...STAFF)
  @ApiOkResponse({ type: [BatchView] })
  @Get('shelves/:goodsId/batches')
  async batches(
    @CurrentActor() actor: Actor,
    @Param('siteId', PathId) siteId: string,
    @Param('goodsId', PathId) goodsId: string,
    @Query() query: PageQuery,
  ): Promise<BatchView[]> {
    return (await this.shelves.batches(actor, siteId, goodsId, query)).map((row) => new BatchView(row));
  }

  /** Newest first; `after` is a movement id. */
  @Allow(...STAFF)
  @ApiOkResponse({ type: [MovementView] })
  @Get('shelves/:goodsId/movements')
  async movements(
    @CurrentActor() actor: Actor,
    @Param('siteId', PathId) siteId: string,
    @Param('goodsId', PathId) goodsId: string,
    @Query() query: PageQuery,
  ): Promise<MovementView[]> {
    return (await this.shelves.movements(actor, siteId, goodsId, query)).map((row) => new MovementView(row));
  }

  /** Goods that were bought or given; above the community's limit a second person has to allow it. */
  @Allow(...KEEPERS)
  @ApiCommand()
  @ApiCreatedResponse({ type: ReceiptReply })
  @Post('receipts')
  async receive(
    @CurrentCommand() command: Command,
    @Param('siteId', PathId) siteId: string,
    @Body() body: ReceiptDto,
  ): Promise<StoredReply> {
    return this.receipts.receive(command, siteId, body);
  }

  /** Broken, lost or expired goods; above the community's limit a second person has to allow it. */
  @Allow(...KEEPERS)
  @ApiCommand()
  @ApiCreatedResponse({ type: WriteOffReply })
  @Post('write-offs')
  async writeOff(
    @CurrentCommand() command: Command,
    @Param('siteId', PathId) siteId: string,
    @Body() body: WriteOffDto,
  ): Promise<StoredReply> {
    return this.writeOffs.writeOff(command, siteId, body);
  }
}

/** What needs attention in any shop. */
@ApiTags('goods')
@Controller('api/communities/:communityId')
export class StockAlertsController {
  constructor(private readonly shelves: Shelves) {}

  @Allow(...STAFF)
  @ApiOkResponse({ type: [ShelfView] })
  @Get('low-stock')
  async low(@CurrentActor() actor: Actor, @Query() query: LowStockQuery): Promise<ShelfView[]> {
    return (await this.shelves.low(actor, query)).map((row) => new ShelfView(row));
  }

  /** Batches past their date first; `after` is a batch id. */
  @Allow(...STAFF)
  @ApiOkResponse({ type: [BatchView] })
  @Get('near-expiry')
  async nearExpiry(@CurrentActor() actor: Actor, @Query() query: SitePageQuery): Promise<BatchView[]> {
    return (await this.shelves.nearExpiry(actor, query)).map((row) => new BatchView(row));
  }
}
