import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { ApiCommand, type Command, CurrentCommand, PathId, type StoredReply } from '../../platform/index.js';
import { KEEPERS, STAFF } from '../goods-access.js';
import { TransferDto, TransferReceiptDto } from './stock-commands.dto.js';
import { TransferReceivedReply, TransferSentReply } from './stock-commands.view.js';
import { TransfersQuery } from './stock-lists.dto.js';
import { TransferView } from './stock-lists.view.js';
import { Transfers } from './transfers.service.js';

@ApiTags('goods')
@Controller('api/communities/:communityId/transfers')
export class TransfersController {
  constructor(private readonly transfers: Transfers) {}

  /** Newest first; `after` is a transfer id. */
  @Allow(...STAFF)
  @ApiOkResponse({ type: [TransferView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: TransfersQuery): Promise<TransferView[]> {
    return (await this.transfers.list(actor, query)).map((row) => new TransferView(row));
  }

  /** First step: the pieces leave. Expired ones do not travel. */
  @Allow(...KEEPERS)
  @ApiCommand()
  @ApiCreatedResponse({ type: TransferSentReply })
  @Post()
  async send(@CurrentCommand() command: Command, @Body() body: TransferDto): Promise<StoredReply> {
    return this.transfers.send(command, body);
  }

  /** Second step, by who keeps the stock of the other shop: what arrived is counted in. */
  @Allow(...KEEPERS)
  @ApiCommand()
  @ApiCreatedResponse({ type: TransferReceivedReply })
  @Post(':transferId/receive')
  async receive(
    @CurrentCommand() command: Command,
    @Param('transferId', PathId) transferId: string,
    @Body() body: TransferReceiptDto,
  ): Promise<StoredReply> {
    return this.transfers.receive(command, transferId, body);
  }
}
