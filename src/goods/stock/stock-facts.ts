import { Injectable } from '@nestjs/common';
import { type CalendarDay, chinaDay } from '../../kernel/calendar-day.js';
import { PlacesReader } from '../../places/index.js';
import { Database, NotFoundError } from '../../platform/index.js';
import { GoodsNotFoundError } from '../goods.errors.js';

/** What plans that move stock ask first. */
@Injectable()
export class StockFacts {
  constructor(
    private readonly database: Database,
    private readonly places: PlacesReader,
  ) {}

  /** The cost above which a second person must allow a receipt or a write-off, in fen; as needs_second_person has it. */
  async approvalLimitFen(communityId: number): Promise<number> {
    return (await this.places.settings(communityId)).receiptApprovalFen;
  }

  async today(): Promise<CalendarDay> {
    return chinaDay(await this.database.now());
  }

  /** A shop that goods may be brought to. @throws NotFoundError, SiteClosedError */
  async requireOpenShop(communityId: number, siteId: string): Promise<void> {
    await this.places.usableSite(communityId, siteId, 'shop');
  }

  /** A shop that has closed for good may still be looked at and emptied. @throws NotFoundError */
  async requireShop(communityId: number, siteId: string): Promise<void> {
    if ((await this.places.site(communityId, siteId)).kind !== 'shop') throw new NotFoundError();
  }

  /** @throws GoodsNotFoundError naming the first that the community does not have */
  async requireGoods(communityId: number, goodsIds: readonly string[]): Promise<void> {
    const rows = await this.database.read<{ goodsId: string }>(
      'goods.known',
      `SELECT goods_id AS "goodsId" FROM goods WHERE community_id = $1 AND goods_id = ANY ($2::uuid[])`,
      [communityId, `{${goodsIds.join(',')}}`],
    );
    const known = new Set(rows.map((row) => row.goodsId));
    for (const goodsId of goodsIds) if (!known.has(goodsId)) throw new GoodsNotFoundError({ goodsId });
  }
}
