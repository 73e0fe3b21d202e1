import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/index.js';
import type { TransfersQuery } from './stock-lists.dto.js';

export interface TransferRow {
  readonly transferId: string;
  readonly fromSiteId: string;
  readonly toSiteId: string;
  readonly goodsId: string;
  readonly goodsName: string;
  readonly unit: string;
  readonly quantitySent: number;
  readonly quantityReceived: number | null;
  readonly sentBy: string;
  readonly sentAt: Date;
  readonly receivedBy: string | null;
  readonly receivedAt: Date | null;
  readonly differenceReason: string | null;
}

@Injectable()
export class TransfersRepository {
  constructor(private readonly database: Database) {}

  /** The shop that a transfer goes to. */
  async target(communityId: number, transferId: string): Promise<string | undefined> {
    const rows = await this.database.read<{ toSiteId: string }>(
      'goods.transfer-target',
      `SELECT to_site_id AS "toSiteId" FROM stock_transfer WHERE community_id = $1 AND transfer_id = $2`,
      [communityId, transferId],
    );
    return rows[0]?.toSiteId;
  }

  /**
   * Newest first.
   * @param siteIds shops whose transfers may be seen, at either end; null for all
   */
  async list(communityId: number, siteIds: string | null, query: TransfersQuery): Promise<TransferRow[]> {
    return this.database.read<TransferRow>(
      'goods.transfers',
      `SELECT t.transfer_id AS "transferId", t.from_site_id AS "fromSiteId", t.to_site_id AS "toSiteId",
         t.goods_id AS "goodsId", g.name AS "goodsName", g.unit, t.quantity_sent AS "quantitySent",
         t.quantity_received AS "quantityReceived", t.sent_by AS "sentBy", t.sent_at AS "sentAt",
         t.received_by AS "receivedBy", t.received_at AS "receivedAt", t.difference_reason AS "differenceReason"
       FROM stock_transfer AS t
       JOIN goods AS g ON g.community_id = $1 AND g.goods_id = t.goods_id
       WHERE t.community_id = $1
         AND ($2::uuid[] IS NULL OR t.from_site_id = ANY ($2::uuid[]) OR t.to_site_id = ANY ($2::uuid[]))
         AND ($3::uuid IS NULL OR t.from_site_id = $3 OR t.to_site_id = $3)
         AND CASE $4::text
           WHEN 'under-way' THEN t.received_at IS NULL
           WHEN 'received' THEN t.received_at IS NOT NULL
           WHEN 'short' THEN t.quantity_received < t.quantity_sent
           ELSE true END
         AND ($5::uuid IS NULL OR t.transfer_id < $5)
       ORDER BY t.transfer_id DESC LIMIT $6`,
      [communityId, siteIds, query.siteId ?? null, query.status ?? null, query.after ?? null, query.limit],
    );
  }
}
