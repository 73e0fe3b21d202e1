import { Injectable } from '@nestjs/common';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { Database } from '../../platform/index.js';
import type { LowStockQuery, SitePageQuery } from './stock-lists.dto.js';
import type { CostedBatch } from './write-off.rules.js';

export interface ShelfRow {
  readonly siteId: string;
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly barcode: string | null;
  readonly isListed: boolean;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  readonly lowStockAt: number;
}

export interface BatchRow {
  readonly batchId: string;
  readonly siteId: string;
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly expiresOn: CalendarDay | null;
  /** 0 on its last day, below 0 when past it; null where it never expires. */
  readonly daysLeft: number | null;
  readonly origin: string;
  readonly supplier: string;
  readonly unitCostFen: number;
  readonly remaining: number;
  readonly receivedAt: Date;
}

export interface MovementRow {
  readonly movementId: string;
  readonly kind: string;
  readonly delta: number;
  readonly onHandAfter: number;
  readonly sourceId: string;
  readonly approvalId: string | null;
  readonly reason: string | null;
  readonly actorId: string;
  readonly recordedAt: Date;
  readonly businessDate: CalendarDay;
}

@Injectable()
export class ShelvesRepository {
  constructor(private readonly database: Database) {}

  /** Every good of the community as it stands in one shop; one that was never there has nothing. */
  async list(communityId: number, siteId: string, limit: number, after: string | null): Promise<ShelfRow[]> {
    return this.database.read<ShelfRow>(
      'goods.shelves',
      `${SELECT_SHELF} FROM (${TODAY}) AS t
       JOIN goods AS g ON g.community_id = $1 AND ($3::uuid IS NULL OR g.goods_id > $3)
       LEFT JOIN shelf AS s ON s.community_id = $1 AND s.site_id = $2 AND s.goods_id = g.goods_id
       ORDER BY g.goods_id LIMIT $4`,
      [communityId, siteId, after, limit],
    );
  }

  async get(communityId: number, siteId: string, goodsId: string): Promise<ShelfRow | undefined> {
    const rows = await this.database.read<ShelfRow>(
      'goods.shelf',
      `${SELECT_SHELF} FROM (${TODAY}) AS t
       JOIN goods AS g ON g.community_id = $1 AND g.goods_id = $3
       LEFT JOIN shelf AS s ON s.community_id = $1 AND s.site_id = $2 AND s.goods_id = g.goods_id`,
      [communityId, siteId, goodsId],
    );
    return rows[0];
  }

  /** Shelves with as few available pieces as their alert says, or fewer. */
  async low(communityId: number, siteIds: string | null, query: LowStockQuery): Promise<ShelfRow[]> {
    const [afterGoods, afterSite] = query.after?.split('.') ?? [null, null];
    return this.database.read<ShelfRow>(
      'goods.low-stock',
      `SELECT * FROM (
         SELECT s.site_id AS "siteId", ${SHELF_COLUMNS} FROM (${TODAY}) AS t
         JOIN shelf AS s ON s.community_id = $1 AND s.low_stock_at > 0
           AND ($2::uuid[] IS NULL OR s.site_id = ANY ($2::uuid[])) AND ($3::uuid IS NULL OR s.site_id = $3)
           AND ($4::uuid IS NULL OR (s.goods_id, s.site_id) > ($4, $5::uuid))
         JOIN goods AS g ON g.community_id = $1 AND g.goods_id = s.goods_id) AS shelves
       WHERE available <= "lowStockAt"
       ORDER BY "goodsId", "siteId" LIMIT $6`,
      [communityId, siteIds, query.siteId ?? null, afterGoods, afterSite, query.limit],
    );
  }

  /** What is left in one shelf's batches, in the order in which a write-off draws them. */
  async costedBatches(communityId: number, siteId: string, goodsId: string): Promise<CostedBatch[]> {
    return this.database.read<CostedBatch>(
      'goods.costed-batches',
      `SELECT batch_id AS "batchId", remaining, unit_cost_fen AS "unitCostFen" FROM stock_batch
       WHERE community_id = $1 AND site_id = $2 AND goods_id = $3 AND remaining > 0
       ORDER BY expires_on NULLS LAST, batch_id`,
      [communityId, siteId, goodsId],
    );
  }

  /** Batches of one shelf that are not used up, first expiring first. */
  async batches(
    communityId: number,
    siteId: string,
    goodsId: string,
    limit: number,
    after: string | null,
  ): Promise<BatchRow[]> {
    return this.database.read<BatchRow>(
      'goods.batches',
      `${SELECT_BATCH} AND b.site_id = $2 AND b.goods_id = $3
         AND ($4::uuid IS NULL OR (coalesce(b.expires_on, 'infinity'), b.batch_id) > (
           SELECT coalesce(a.expires_on, 'infinity'), a.batch_id FROM stock_batch AS a
           WHERE a.community_id = $1 AND a.batch_id = $4))
       ORDER BY coalesce(b.expires_on, 'infinity'), b.batch_id LIMIT $5`,
      [communityId, siteId, goodsId, after, limit],
    );
  }

  /** Batches that expire within the days that the community's settings say; those past their date come first. */
  async nearExpiry(communityId: number, siteIds: string | null, query: SitePageQuery): Promise<BatchRow[]> {
    return this.database.read<BatchRow>(
      'goods.near-expiry',
      `${SELECT_BATCH} AND ($2::uuid[] IS NULL OR b.site_id = ANY ($2::uuid[])) AND ($3::uuid IS NULL OR b.site_id = $3)
         AND b.expires_on <= t.today + coalesce(
           (SELECT c.near_expiry_days FROM community_settings AS c WHERE c.community_id = $1), 0)
         AND ($4::uuid IS NULL OR (b.expires_on, b.batch_id) > (
           SELECT a.expires_on, a.batch_id FROM stock_batch AS a WHERE a.community_id = $1 AND a.batch_id = $4))
       ORDER BY b.expires_on, b.batch_id LIMIT $5`,
      [communityId, siteIds, query.siteId ?? null, query.after ?? null, query.limit],
    );
  }

  /** Newest first; what was on hand after each is the running figure of the shelf. */
  async movements(
    communityId: number,
    siteId: string,
    goodsId: string,
    limit: number,
    after: string | null,
  ): Promise<MovementRow[]> {
    return this.database.read<MovementRow>(
      'goods.movements',
      `SELECT movement_id AS "movementId", kind, delta, on_hand_after AS "onHandAfter", source_id AS "sourceId",
         approval_id AS "approvalId", reason, actor_id AS "actorId", recorded_at AS "recordedAt",
         business_date AS "businessDate"
       FROM stock_movement
       WHERE community_id = $1 AND site_id = $2 AND goods_id = $3
         AND ($4::uuid IS NULL OR (recorded_at, movement_id) < (
           SELECT a.recorded_at, a.movement_id FROM stock_movement AS a
           WHERE a.community_id = $1 AND a.movement_id = $4))
       ORDER BY recorded_at DESC, movement_id DESC LIMIT $5`,
      [communityId, siteId, goodsId, after, limit],
    );
  }
}

const TODAY = `SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date AS today`;

const SHELF_COLUMNS = `g.goods_id AS "goodsId", g.name, g.unit, g.barcode, g.is_listed AS "isListed",
  coalesce(s.on_hand, 0) AS "onHand", coalesce(s.reserved, 0) AS reserved,
  greatest(0, least(s.on_hand, unexpired_stock($1, s.site_id, g.goods_id, t.today)) - s.reserved) AS available,
  coalesce(s.low_stock_at, 0) AS "lowStockAt"`;

/** In the shop `$2`, where the shelf may not exist yet. */
const SELECT_SHELF = `SELECT $2::uuid AS "siteId", ${SHELF_COLUMNS}`;

const SELECT_BATCH = `SELECT b.batch_id AS "batchId", b.site_id AS "siteId", b.goods_id AS "goodsId", g.name, g.unit,
    b.expires_on AS "expiresOn", b.expires_on - t.today AS "daysLeft", b.origin, b.supplier,
    b.unit_cost_fen AS "unitCostFen", b.remaining, b.received_at AS "receivedAt"
  FROM (${TODAY}) AS t
  JOIN stock_batch AS b ON b.community_id = $1 AND b.remaining > 0
  JOIN goods AS g ON g.community_id = $1 AND g.goods_id = b.goods_id
  WHERE true`;
