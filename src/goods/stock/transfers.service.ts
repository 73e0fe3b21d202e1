import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../kernel/actor.js';
import { type Command, Commands, type StoredReply } from '../../platform/index.js';
import { TransferNotFoundError, TransferToSelfError } from '../goods.errors.js';
import { KEEPERS, requireSite, sitesOf, STAFF } from '../goods-access.js';
import type { TransferDto, TransferReceiptDto } from './stock-commands.dto.js';
import { StockFacts } from './stock-facts.js';
import type { TransfersQuery } from './stock-lists.dto.js';
import { type TransferRow, TransfersRepository } from './transfers.repository.js';

/** Goods go from one shop to another in two steps: sent here, counted in there. */
@Injectable()
export class Transfers {
  constructor(
    private readonly transfers: TransfersRepository,
    private readonly facts: StockFacts,
    private readonly commands: Commands,
  ) {}

  async list(actor: Actor, query: TransfersQuery): Promise<TransferRow[]> {
    return this.transfers.list(actor.communityId, sitesOf(actor, STAFF), query);
  }

  /**
   * @throws NotFoundError where he keeps no stock in the shop that sends; TransferToSelfError, SiteClosedError,
   *   GoodsNotFoundError; Refusal goods.insufficient-stock
   */
  async send(command: Command, dto: TransferDto): Promise<StoredReply> {
    const from = dto.fromSiteId.toLowerCase();
    const to = dto.toSiteId.toLowerCase();
    const goodsId = dto.goodsId.toLowerCase();
    requireSite(command.actor, KEEPERS, from);
    return this.commands.run(command, async () => {
      if (from === to) throw new TransferToSelfError();
      await this.facts.requireShop(command.communityId, from);
      await this.facts.requireOpenShop(command.communityId, to);
      await this.facts.requireGoods(command.communityId, [goodsId]);
      const transfer = uuidv7();
      const { quantity } = dto;
      const view = { transferId: transfer, fromSiteId: from, toSiteId: to, goodsId, sentQuantity: quantity };
      return {
        function: 'commit_transfer_send',
        args: { transfer, from, to, goods: goodsId, quantity, movement: uuidv7(), view },
      };
    });
  }

  /**
   * @throws TransferNotFoundError, NotFoundError where he keeps no stock in the shop that receives; Refusal
   *   goods.transfer-received, goods.more-than-sent, goods.difference-unexplained
   */
  async receive(command: Command, transferId: string, dto: TransferReceiptDto): Promise<StoredReply> {
    const toSiteId = await this.transfers.target(command.communityId, transferId);
    if (toSiteId === undefined) throw new TransferNotFoundError();
    requireSite(command.actor, KEEPERS, toSiteId);
    return this.commands.run(command, async () => ({
      function: 'commit_transfer_receive',
      args: {
        transfer: transferId,
        quantity: dto.quantity,
        reason: dto.differenceReason ?? null,
        movement: uuidv7(),
        view: { transferId, receivedQuantity: dto.quantity },
      },
    }));
  }
}
