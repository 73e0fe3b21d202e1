import { Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type Approval, Approvals } from '../../approvals/index.js';
import { type Command, Commands, type StoredReply } from '../../platform/index.js';
import { ReceivedExpiredError } from '../goods.errors.js';
import { KEEPERS, requireSite } from '../goods-access.js';
import { byShelf, receiptCostFen, type ReceiptLine } from './receipt.rules.js';
import type { ReceiptDto } from './stock-commands.dto.js';
import { StockFacts } from './stock-facts.js';

const RECEIPT = 'goods.receipt';

interface Receipt {
  readonly receiptId: string;
  readonly siteId: string;
  readonly origin: 'bought' | 'donated';
  readonly supplier: string;
  readonly lines: readonly ReceiptLine[];
}

/** Goods that were bought or given come into a shop; dear ones by two people (I-13). */
@Injectable()
export class Receipts implements OnModuleInit {
  constructor(
    private readonly facts: StockFacts,
    private readonly commands: Commands,
    private readonly approvals: Approvals,
  ) {}

  onModuleInit(): void {
    this.approvals.handle(RECEIPT, (command, approval) =>
      this.post(command, JSON.parse(approval.payload) as Receipt, approval),
    );
  }

  /**
   * Posts the receipt or, above the community's limit, asks a second person to.
   * @throws NotFoundError where he keeps no stock there; SiteClosedError, GoodsNotFoundError, ReceivedExpiredError; Refusal
   *   goods.shelf-full
   */
  async receive(command: Command, siteId: string, dto: ReceiptDto): Promise<StoredReply> {
    requireSite(command.actor, KEEPERS, siteId);
    const lines = dto.lines.map(({ goodsId, quantity, unitCostFen, expiresOn }) => ({
      goodsId: goodsId.toLowerCase(),
      quantity,
      unitCostFen,
      expiresOn: expiresOn ?? null,
    }));
    const receipt: Receipt = { receiptId: uuidv7(), siteId, origin: dto.origin, supplier: dto.supplier, lines };
    const limitFen = await this.facts.approvalLimitFen(command.communityId);
    return receiptCostFen(lines) > limitFen
      ? this.submit(command, receipt, dto.note ?? '')
      : this.post(command, receipt, null);
  }

  private async submit(command: Command, receipt: Receipt, reason: string): Promise<StoredReply> {
    const { receiptId, siteId, origin, supplier, lines } = receipt;
    const costFen = receiptCostFen(lines);
    return this.commands.runInTransaction(command, async (tx) => {
      await this.check(command.communityId, receipt, true);
      const summary = { siteId, origin, supplier, costFen, lines: lines.length };
      const submission = { kind: RECEIPT, payload: receipt, summary, householdId: null, reason };
      const approvalId = await this.approvals.submit(tx, command.actor, submission, command.requestId);
      return { receiptId, siteId, status: 'pending', approvalId, costFen };
    });
  }

  private async post(command: Command, receipt: Receipt, approval: Approval | null): Promise<StoredReply> {
    const { receiptId, siteId, origin, supplier, lines } = receipt;
    const approvalId = approval?.approvalId ?? null;
    return this.commands.run(command, async () => {
      await this.check(command.communityId, receipt, approval === null);
      return {
        function: 'commit_stock_receipt',
        args: {
          receipt: receiptId,
          site: siteId,
          origin,
          supplier,
          lines: byShelf(lines, uuidv7),
          approval: approvalId,
          payloadHash: approval?.payloadHash ?? null,
          view: { receiptId, siteId, status: 'posted', approvalId },
        },
      };
    });
  }

  /** What expired while it waited for a second person did arrive all the same: it comes in, and is written off. */
  private async check(communityId: number, { siteId, lines }: Receipt, mustBeFresh: boolean): Promise<void> {
    await this.facts.requireOpenShop(communityId, siteId);
    const goodsIds = lines.map((line) => line.goodsId);
    await this.facts.requireGoods(communityId, goodsIds);
    if (!mustBeFresh) return;
    const today = await this.facts.today();
    for (const { goodsId, expiresOn } of lines) {
      if (expiresOn !== null && expiresOn < today) throw new ReceivedExpiredError({ goodsId, expiresOn, today });
    }
  }
}
