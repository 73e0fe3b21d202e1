import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, violatedConstraint } from '../../platform/index.js';
import { BarcodesExhaustedError, BarcodeTakenError, GoodsNameTakenError, GoodsNotFoundError } from '../goods.errors.js';
import { nextInStoreBarcode } from './barcode.rules.js';
import { CatalogueRepository, type GoodsRow, type OfferRow } from './catalogue.repository.js';
import type { GoodsChangeDto, GoodsQuery, NewGoodsDto } from './goods.dto.js';
import { Goods } from './goods.entity.js';

/** What can be had for points. Nothing is ever deleted: a good that is no longer offered is taken off the list. */
@Injectable()
export class Catalogue {
  constructor(
    private readonly catalogue: CatalogueRepository,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async list(communityId: number, query: GoodsQuery): Promise<GoodsRow[]> {
    return this.catalogue.list(communityId, query);
  }

  /** @throws GoodsNotFoundError */
  async get(communityId: number, goodsId: string): Promise<GoodsRow> {
    const goods = await this.catalogue.get(communityId, goodsId);
    if (goods === undefined) throw new GoodsNotFoundError();
    return goods;
  }

  /** What residents see. */
  async offers(communityId: number, limit: number, after: string | null): Promise<OfferRow[]> {
    return this.catalogue.offers(communityId, limit, after);
  }

  /**
   * A good with its first price, in force at once, and a shelf in every open shop.
   * @throws GoodsNameTakenError, BarcodeTakenError
   */
  async create(actor: Actor, dto: NewGoodsDto): Promise<GoodsRow> {
    const goodsId = uuidv7();
    const { communityId } = actor;
    await this.saving(() =>
      this.database.transaction(async (tx) => {
        await tx.insert(Goods, {
          communityId,
          goodsId,
          name: dto.name,
          unit: dto.unit,
          category: dto.category,
          barcode: dto.barcode ?? null,
          limitQuantity: dto.limit?.quantity ?? null,
          limitPeriod: dto.limit?.period ?? null,
          seasonFrom: dto.season?.from ?? null,
          seasonTo: dto.season?.to ?? null,
          isListed: dto.isListed,
          createdAt: () => 'app_now()',
          updatedAt: () => 'app_now()',
        });
        await this.catalogue.insertPrice(tx, communityId, goodsId, {
          priceId: uuidv7(),
          centipoints: dto.priceCentipoints,
          effectiveFrom: null,
          setBy: actor.id,
        });
        await this.catalogue.openShelves(tx, communityId, goodsId);
        await this.audit.record(tx, actor, {
          action: 'goods.create',
          subjectKind: 'goods',
          subjectId: goodsId,
          after: dto,
          detail: { centipoints: dto.priceCentipoints },
        });
      }),
    );
    return this.get(communityId, goodsId);
  }

  /** @throws GoodsNotFoundError, GoodsNameTakenError, BarcodeTakenError */
  async change(actor: Actor, goodsId: string, dto: GoodsChangeDto): Promise<GoodsRow> {
    const { communityId } = actor;
    await this.saving(() =>
      this.database.transaction(async (tx) => {
        const before = await this.catalogue.lock(tx, communityId, goodsId);
        if (before === undefined) throw new GoodsNotFoundError();
        const after = changed(before, dto);
        await tx.update(Goods, { communityId, goodsId }, { ...after, updatedAt: () => 'app_now()' });
        const subject = { subjectKind: 'goods', subjectId: goodsId };
        await this.audit.record(tx, actor, { action: 'goods.change', ...subject, before, after });
      }),
    );
    return this.get(communityId, goodsId);
  }

  /**
   * A code for goods that have none of their own. It is not set aside: two people who ask at once are told the same one,
   * and the second to save it is refused.
   * @throws BarcodesExhaustedError
   */
  async nextBarcode(communityId: number): Promise<string> {
    const barcode = nextInStoreBarcode(await this.catalogue.highestInStoreBarcode(communityId));
    if (barcode === null) throw new BarcodesExhaustedError();
    return barcode;
  }

  private async saving(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const constraint = violatedConstraint(error);
      if (constraint === 'uq_goods_name') throw new GoodsNameTakenError();
      if (constraint === 'uq_goods_barcode') throw new BarcodeTakenError();
      throw error;
    }
  }
}

/** The good's own fields after a change; null takes a limit, a season or a barcode away. */
function changed(goods: Goods, dto: GoodsChangeDto) {
  const { limit, season, barcode } = dto;
  return {
    name: dto.name ?? goods.name,
    unit: dto.unit ?? goods.unit,
    category: dto.category ?? goods.category,
    barcode: barcode === undefined ? goods.barcode : barcode,
    limitQuantity: limit === undefined ? goods.limitQuantity : (limit?.quantity ?? null),
    limitPeriod: limit === undefined ? goods.limitPeriod : (limit?.period ?? null),
    seasonFrom: season === undefined ? goods.seasonFrom : (season?.from ?? null),
    seasonTo: season === undefined ? goods.seasonTo : (season?.to ?? null),
    isListed: dto.isListed ?? goods.isListed,
  };
}
