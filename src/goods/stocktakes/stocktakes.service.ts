import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../../audit/index.js';
import type { Actor, Role } from '../../kernel/actor.js';
import { Database, type Tx, violatedConstraint } from '../../platform/index.js';
import { Approvals } from '../../approvals/index.js';
import {
  StocktakeAwaitsApprovalError,
  StocktakeCountingError,
  StocktakeNotFoundError,
  StocktakeOpenError,
  StocktakeSettledError,
} from '../goods.errors.js';
import { APPROVERS, KEEPERS, requireSite, sitesOf, STAFF } from '../goods-access.js';
import { StockFacts } from '../stock/stock-facts.js';
import { Stocktake } from './stocktake.entity.js';
import type { StocktakesQuery } from './stocktakes.dto.js';
import { type StocktakeLineRow, type StocktakeRow, StocktakesRepository } from './stocktakes.repository.js';

interface Page {
  readonly limit: number;
  readonly after?: string;
}

/** The blind count of a shop: whoever counts is not shown what the books say. Submitting is in StocktakeSubmissions. */
@Injectable()
export class Stocktakes {
  constructor(
    private readonly stocktakes: StocktakesRepository,
    private readonly facts: StockFacts,
    private readonly approvals: Approvals,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async list(actor: Actor, query: StocktakesQuery): Promise<StocktakeRow[]> {
    return this.stocktakes.list(actor.communityId, sitesOf(actor, STAFF), query);
  }

  /** @throws StocktakeNotFoundError, NotFoundError */
  async get(actor: Actor, stocktakeId: string, roles: readonly Role[] = STAFF): Promise<StocktakeRow> {
    const stocktake = await this.stocktakes.get(actor.communityId, stocktakeId);
    if (stocktake === undefined) throw new StocktakeNotFoundError();
    requireSite(actor, roles, stocktake.siteId);
    return stocktake;
  }

  /** @throws StocktakeNotFoundError, NotFoundError */
  async lines(actor: Actor, stocktakeId: string, page: Page): Promise<StocktakeLineRow[]> {
    await this.get(actor, stocktakeId);
    return this.stocktakes.lines(actor.communityId, stocktakeId, page.limit, page.after ?? null);
  }

  /** The same lines with what was expected. @throws StocktakeNotFoundError, NotFoundError, StocktakeCountingError */
  async differences(actor: Actor, stocktakeId: string, page: Page): Promise<StocktakeLineRow[]> {
    const { status } = await this.get(actor, stocktakeId, APPROVERS);
    if (status === 'counting') throw new StocktakeCountingError();
    return this.stocktakes.lines(actor.communityId, stocktakeId, page.limit, page.after ?? null);
  }

  /** @throws NotFoundError, StocktakeOpenError */
  async start(actor: Actor, siteId: string): Promise<StocktakeRow> {
    requireSite(actor, KEEPERS, siteId);
    const { communityId } = actor;
    await this.facts.requireShop(communityId, siteId);
    const stocktakeId = uuidv7();
    try {
      await this.database.transaction(async (tx) => {
        await tx.insert(Stocktake, {
          communityId,
          stocktakeId,
          siteId,
          status: 'counting',
          startedBy: actor.id,
          startedAt: () => 'app_now()',
        });
        await this.record(tx, actor, 'goods.stocktake-start', stocktakeId, { siteId });
      });
    } catch (error) {
      if (violatedConstraint(error) === 'uq_stocktake_open') throw new StocktakeOpenError();
      throw error;
    }
    return this.get(actor, stocktakeId);
  }

  /**
   * What stands there of one good; counting it again replaces the figure.
   * @throws StocktakeNotFoundError, NotFoundError, GoodsNotFoundError, StocktakeSettledError
   */
  async count(actor: Actor, stocktakeId: string, goodsId: string, counted: number): Promise<StocktakeRow> {
    await this.get(actor, stocktakeId, KEEPERS);
    await this.facts.requireGoods(actor.communityId, [goodsId]);
    await this.database.transaction(async (tx) => {
      const stocktake = await this.stocktakes.lock(tx, actor.communityId, stocktakeId, 'share');
      if (stocktake?.status !== 'counting') throw new StocktakeSettledError();
      await this.stocktakes.count(tx, stocktake, goodsId, counted, actor.id);
      await this.record(tx, actor, 'goods.stocktake-count', stocktakeId, { goodsId, counted });
    });
    return this.get(actor, stocktakeId);
  }

  /**
   * Gives a count up. One that waits for approval is refused or withdrawn there first, so that nobody is left with a
   * request that can no longer be granted.
   * @throws StocktakeNotFoundError, NotFoundError, StocktakeSettledError, StocktakeAwaitsApprovalError
   */
  async cancel(actor: Actor, stocktakeId: string): Promise<StocktakeRow> {
    const { approvalId } = await this.get(actor, stocktakeId, KEEPERS);
    if (approvalId !== null) await this.requireDecided(actor.communityId, approvalId);
    await this.database.transaction(async (tx) => {
      const stocktake = await this.stocktakes.lock(tx, actor.communityId, stocktakeId, 'alone');
      const isOpen = stocktake?.status === 'counting' || stocktake?.status === 'submitted';
      // Submitted since it was read above: its approval has not been looked at.
      if (!isOpen || stocktake.approvalId !== approvalId) throw new StocktakeSettledError();
      await this.stocktakes.cancel(tx, stocktake);
      await this.record(tx, actor, 'goods.stocktake-cancel', stocktakeId, {});
    });
    return this.get(actor, stocktakeId);
  }

  private async requireDecided(communityId: number, approvalId: string): Promise<void> {
    const { status, expiresAt } = await this.approvals.get(communityId, approvalId);
    if (status === 'pending' && expiresAt > (await this.database.now())) {
      throw new StocktakeAwaitsApprovalError({ approvalId });
    }
  }

  private async record(
    tx: Tx,
    actor: Actor,
    action: string,
    stocktakeId: string,
    detail: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    await this.audit.record(tx, actor, { action, subjectKind: 'stocktake', subjectId: stocktakeId, detail });
  }
}
