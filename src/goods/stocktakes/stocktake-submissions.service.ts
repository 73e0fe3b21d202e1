import { Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type Approval, Approvals } from '../../approvals/index.js';
import { Audit } from '../../audit/index.js';
import { type Command, Commands, type StoredReply } from '../../platform/index.js';
import { NothingCountedError, StocktakeSettledError } from '../goods.errors.js';
import { KEEPERS } from '../goods-access.js';
import { type Difference, differencesOf, sumDifferences } from './stocktake.rules.js';
import { StocktakesRepository } from './stocktakes.repository.js';
import { Stocktakes } from './stocktakes.service.js';

const STOCKTAKE = 'goods.stocktake';

/** What is carried out once it is allowed: the differences as they were when the count was over. */
interface StocktakePosting {
  readonly stocktakeId: string;
  readonly siteId: string;
  readonly differences: readonly Difference[];
}

/** The end of a count: what agrees is done; what differs is put right after somebody who did not count has allowed it. */
@Injectable()
export class StocktakeSubmissions implements OnModuleInit {
  constructor(
    private readonly stocktakes: Stocktakes,
    private readonly repository: StocktakesRepository,
    private readonly commands: Commands,
    private readonly approvals: Approvals,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.approvals.handle(STOCKTAKE, (command, approval) => this.post(command, approval));
  }

  /** @throws StocktakeNotFoundError, NotFoundError, StocktakeSettledError, NothingCountedError */
  async submit(command: Command, stocktakeId: string, note: string): Promise<StoredReply> {
    const { actor, communityId } = command;
    const { siteId } = await this.stocktakes.get(actor, stocktakeId, KEEPERS);
    return this.commands.runInTransaction(command, async (tx) => {
      const stocktake = await this.repository.lock(tx, communityId, stocktakeId, 'alone');
      if (stocktake?.status !== 'counting') throw new StocktakeSettledError();
      const lines = await this.repository.counted(tx, communityId, stocktakeId);
      if (lines.length === 0) throw new NothingCountedError();
      const differences = differencesOf(lines);
      const figures = {
        countedGoods: lines.length,
        differentGoods: differences.length,
        uncountedGoods: await this.repository.uncounted(tx, communityId, siteId, stocktakeId),
      };
      let approvalId: string | null = null;
      if (differences.length > 0) {
        const payload: StocktakePosting = { stocktakeId, siteId, differences };
        const summary = { stocktakeId, siteId, ...figures, ...sumDifferences(differences) };
        const submission = { kind: STOCKTAKE, payload, summary, householdId: null, reason: note };
        approvalId = await this.approvals.submit(tx, actor, submission, command.requestId);
      }
      await this.repository.submit(tx, stocktake, actor.id, approvalId);
      const subject = { subjectKind: 'stocktake', subjectId: stocktakeId };
      const event = { action: 'goods.stocktake-submit', ...subject, after: lines, detail: figures };
      await this.audit.record(tx, actor, event, command.requestId);
      return { stocktakeId, status: approvalId === null ? 'posted' : 'submitted', approvalId, ...figures };
    });
  }

  /** @throws Refusal goods.own-count, goods.insufficient-stock, and those of take_approval */
  private async post(command: Command, approval: Approval): Promise<StoredReply> {
    const { stocktakeId, siteId, differences } = JSON.parse(approval.payload) as StocktakePosting;
    const { approvalId, payloadHash } = approval;
    return this.commands.run(command, async () => ({
      function: 'commit_stocktake_post',
      args: {
        stocktake: stocktakeId,
        approval: approvalId,
        payloadHash,
        lines: differences.map(({ goodsId, delta }) => ({ goodsId, delta, movementId: uuidv7() })),
        view: { stocktakeId, siteId, status: 'posted', approvalId },
      },
    }));
  }
}
