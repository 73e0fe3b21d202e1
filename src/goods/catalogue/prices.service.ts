import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, violatedConstraint } from '../../platform/index.js';
import { PriceInPastError, PriceScopeError, PriceTakenError } from '../goods.errors.js';
import { PRICERS, sitesOf } from '../goods-access.js';
import { CatalogueRepository, type PriceRow } from './catalogue.repository.js';
import { Catalogue } from './catalogue.service.js';
import type { NewPriceDto } from './goods.dto.js';

/** Prices are dated like a tariff: written once, never for the past, each in force until a later one is. */
@Injectable()
export class Prices {
  constructor(
    private readonly prices: CatalogueRepository,
    private readonly catalogue: Catalogue,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** @throws GoodsNotFoundError */
  async history(communityId: number, goodsId: string, limit: number, after: string | null): Promise<PriceRow[]> {
    await this.catalogue.get(communityId, goodsId);
    return this.prices.prices(communityId, goodsId, limit, after);
  }

  /** @throws PriceScopeError, GoodsNotFoundError, PriceInPastError, PriceTakenError */
  async set(actor: Actor, goodsId: string, dto: NewPriceDto): Promise<PriceRow> {
    await this.requireCommunity(actor, goodsId);
    await this.catalogue.get(actor.communityId, goodsId);
    const effectiveFrom = dto.effectiveFrom === undefined ? null : new Date(dto.effectiveFrom);
    try {
      return await this.database.transaction(async (tx) => {
        const price = await this.prices.insertPrice(tx, actor.communityId, goodsId, {
          priceId: uuidv7(),
          centipoints: dto.centipoints,
          effectiveFrom,
          setBy: actor.id,
        });
        if (price === undefined) throw new PriceInPastError();
        await this.audit.record(tx, actor, {
          action: 'goods.price',
          subjectKind: 'goods',
          subjectId: goodsId,
          after: price,
          detail: { centipoints: dto.centipoints, effectiveFrom: price.effectiveFrom.toISOString() },
        });
        return price;
      });
    } catch (error) {
      if (violatedConstraint(error) === 'uq_goods_price_effective') throw new PriceTakenError();
      throw error;
    }
  }

  /** The guard let in whoever sets prices somewhere; a role for one shop is not enough. A 403 leaves a trace (I-17). */
  private async requireCommunity(actor: Actor, goodsId: string): Promise<void> {
    if (sitesOf(actor, PRICERS) === null) return;
    const subject = { subjectKind: 'goods', subjectId: goodsId };
    await this.audit.recordAlone(actor, { action: 'goods.price', ...subject, result: 'refused' });
    throw new PriceScopeError();
  }
}
