import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, NotFoundError } from '../../platform/index.js';
import { GoodsNotFoundError } from '../goods.errors.js';
import { KEEPERS, requireSite, sitesOf, STAFF } from '../goods-access.js';
import { type BatchRow, type MovementRow, type ShelfRow, ShelvesRepository } from './shelves.repository.js';
import { StockFacts } from './stock-facts.js';
import type { LowStockQuery, SitePageQuery } from './stock-lists.dto.js';

interface Page {
  readonly limit: number;
  readonly after?: string;
}

/** What stands in the shops, and what needs somebody's attention there. */
@Injectable()
export class Shelves {
  constructor(
    private readonly shelves: ShelvesRepository,
    private readonly facts: StockFacts,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** @throws NotFoundError */
  async list(actor: Actor, siteId: string, page: Page): Promise<ShelfRow[]> {
    await this.requireShop(actor, siteId);
    return this.shelves.list(actor.communityId, siteId, page.limit, page.after ?? null);
  }

  async low(actor: Actor, query: LowStockQuery): Promise<ShelfRow[]> {
    return this.shelves.low(actor.communityId, sitesOf(actor, STAFF), query);
  }

  async nearExpiry(actor: Actor, query: SitePageQuery): Promise<BatchRow[]> {
    return this.shelves.nearExpiry(actor.communityId, sitesOf(actor, STAFF), query);
  }

  /** @throws NotFoundError */
  async batches(actor: Actor, siteId: string, goodsId: string, page: Page): Promise<BatchRow[]> {
    await this.requireShelf(actor, siteId, goodsId);
    return this.shelves.batches(actor.communityId, siteId, goodsId, page.limit, page.after ?? null);
  }

  /** @throws NotFoundError */
  async movements(actor: Actor, siteId: string, goodsId: string, page: Page): Promise<MovementRow[]> {
    await this.requireShelf(actor, siteId, goodsId);
    return this.shelves.movements(actor.communityId, siteId, goodsId, page.limit, page.after ?? null);
  }

  /**
   * From how many available pieces down the shelf counts as low; 0 raises no alert.
   * @throws NotFoundError, GoodsNotFoundError
   */
  async setAlert(actor: Actor, siteId: string, goodsId: string, lowStockAt: number): Promise<ShelfRow> {
    requireSite(actor, KEEPERS, siteId);
    const { communityId } = actor;
    await this.facts.requireShop(communityId, siteId);
    await this.facts.requireGoods(communityId, [goodsId]);
    await this.database.transaction(async (tx) => {
      const args = { community: communityId, site: siteId, goods: goodsId, lowStockAt };
      await this.database.callIn(tx, 'commit_shelf_alert', args);
      await this.audit.record(tx, actor, {
        action: 'goods.shelf-alert',
        subjectKind: 'goods',
        subjectId: goodsId,
        detail: { siteId, lowStockAt },
      });
    });
    const shelf = await this.shelves.get(communityId, siteId, goodsId);
    if (shelf === undefined) throw new GoodsNotFoundError();
    return shelf;
  }

  private async requireShelf(actor: Actor, siteId: string, goodsId: string): Promise<void> {
    await this.requireShop(actor, siteId);
    if ((await this.shelves.get(actor.communityId, siteId, goodsId)) === undefined) throw new NotFoundError();
  }

  private async requireShop(actor: Actor, siteId: string): Promise<void> {
    requireSite(actor, STAFF, siteId);
    await this.facts.requireShop(actor.communityId, siteId);
  }
}
