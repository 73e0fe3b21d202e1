import { Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type Approval, Approvals } from '../../approvals/index.js';
import { type Command, Commands, type StoredReply } from '../../platform/index.js';
import { BatchNotFoundError, InsufficientStockError } from '../goods.errors.js';
import { KEEPERS, requireSite } from '../goods-access.js';
import { ShelvesRepository } from './shelves.repository.js';
import type { WriteOffDto } from './stock-commands.dto.js';
import { StockFacts } from './stock-facts.js';
import { type CostedBatch, writeOffCostFen } from './write-off.rules.js';

const WRITE_OFF = 'goods.write-off';

interface WriteOff {
  readonly writeOffId: string;
  readonly siteId: string;
  readonly goodsId: string;
  readonly batchId: string | null;
  readonly quantity: number;
  readonly reason: string;
}

/** Broken, lost and expired goods leave the books; dear ones by two people (I-13). */
@Injectable()
export class WriteOffs implements OnModuleInit {
  constructor(
    private readonly facts: StockFacts,
    private readonly shelves: ShelvesRepository,
    private readonly commands: Commands,
    private readonly approvals: Approvals,
  ) {}

  onModuleInit(): void {
    this.approvals.handle(WRITE_OFF, (command, approval) =>
      this.post(command, JSON.parse(approval.payload) as WriteOff, approval),
    );
  }

  /**
   * Posts the write-off or, above the community's limit, asks a second person to. What it costs shows in the batches; where
   * they change in between so that it goes over the limit, the commit refuses the plan and the next attempt submits.
   * @throws NotFoundError where he keeps no stock there; GoodsNotFoundError, BatchNotFoundError, InsufficientStockError,
   *   StalePlanError
   */
  async writeOff(command: Command, siteId: string, dto: WriteOffDto): Promise<StoredReply> {
    requireSite(command.actor, KEEPERS, siteId);
    const writeOff: WriteOff = {
      writeOffId: uuidv7(),
      siteId,
      goodsId: dto.goodsId.toLowerCase(),
      batchId: dto.batchId?.toLowerCase() ?? null,
      quantity: dto.quantity,
      reason: dto.reason,
    };
    const limitFen = await this.facts.approvalLimitFen(command.communityId);
    const batches = await this.shelves.costedBatches(command.communityId, siteId, writeOff.goodsId);
    return writeOffCostFen(batches, writeOff.batchId, writeOff.quantity) > limitFen
      ? this.submit(command, writeOff, batches)
      : this.post(command, writeOff, null);
  }

  private async submit(command: Command, writeOff: WriteOff, batches: readonly CostedBatch[]): Promise<StoredReply> {
    const { writeOffId, siteId, goodsId, batchId, quantity, reason } = writeOff;
    const costFen = writeOffCostFen(batches, batchId, quantity);
    return this.commands.runInTransaction(command, async (tx) => {
      await this.facts.requireShop(command.communityId, siteId);
      await this.facts.requireGoods(command.communityId, [goodsId]);
      await this.requireStock(command.communityId, writeOff, batches);
      const summary = { siteId, goodsId, batchId, quantity, costFen };
      const submission = { kind: WRITE_OFF, payload: writeOff, summary, householdId: null, reason };
      const approvalId = await this.approvals.submit(tx, command.actor, submission, command.requestId);
      return { writeOffId, siteId, goodsId, quantity, status: 'pending', approvalId, costFen };
    });
  }

  private async post(command: Command, writeOff: WriteOff, approval: Approval | null): Promise<StoredReply> {
    const { writeOffId, siteId, goodsId, batchId, quantity, reason } = writeOff;
    const approvalId = approval?.approvalId ?? null;
    return this.commands.run(command, async () => {
      await this.facts.requireShop(command.communityId, siteId);
      await this.facts.requireGoods(command.communityId, [goodsId]);
      return {
        function: 'commit_write_off',
        args: {
          writeOff: writeOffId,
          site: siteId,
          goods: goodsId,
          batch: batchId,
          quantity,
          reason,
          movement: uuidv7(),
          approval: approvalId,
          payloadHash: approval?.payloadHash ?? null,
          view: { writeOffId, siteId, goodsId, quantity, status: 'posted', approvalId },
        },
      };
    });
  }

  /** Nobody is asked to allow what cannot be; the commit function has the last word. */
  private async requireStock(communityId: number, writeOff: WriteOff, batches: readonly CostedBatch[]): Promise<void> {
    const { siteId, goodsId, batchId, quantity } = writeOff;
    const batch = batches.find((each) => each.batchId === batchId);
    if (batchId !== null && batch === undefined) throw new BatchNotFoundError();
    const shelf = await this.shelves.get(communityId, siteId, goodsId);
    const unreserved = shelf === undefined ? 0 : shelf.onHand - shelf.reserved;
    const availableQuantity = Math.min(unreserved, batch?.remaining ?? unreserved);
    if (quantity > availableQuantity) {
      throw new InsufficientStockError({ goodsId, missingQuantity: quantity - availableQuantity, availableQuantity });
    }
  }
}
