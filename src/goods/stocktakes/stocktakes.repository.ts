import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/index.js';
import { Stocktake } from './stocktake.entity.js';
import type { CountedLine } from './stocktake.rules.js';
import type { StocktakesQuery } from './stocktakes.dto.js';

export interface StocktakeRow extends Omit<Stocktake, 'communityId'> {
  readonly countedGoods: number;
}

/** One line as approvers see it; counters see it without `expected`. */
export interface StocktakeLineRow extends CountedLine {
  readonly name: string;
  readonly unit: string;
  readonly countedBy: string;
  readonly countedAt: Date;
}

@Injectable()
export class StocktakesRepository {
  constructor(private readonly database: Database) {}

  /**
   * Newest first.
   * @param siteIds shops whose stocktakes may be seen; null for all
   */
  async list(communityId: number, siteIds: string | null, query: StocktakesQuery): Promise<StocktakeRow[]> {
    return this.database.read<StocktakeRow>(
      'goods.stocktakes',
      `${SELECT_STOCKTAKE} AND ($2::uuid[] IS NULL OR t.site_id = ANY ($2::uuid[]))
         AND ($3::uuid IS NULL OR t.site_id = $3) AND ($4::text IS NULL OR t.status = $4)
         AND ($5::uuid IS NULL OR t.stocktake_id < $5)
       ORDER BY t.stocktake_id DESC LIMIT $6`,
      [communityId, siteIds, query.siteId ?? null, query.status ?? null, query.after ?? null, query.limit],
    );
  }

  async get(communityId: number, stocktakeId: string): Promise<StocktakeRow | undefined> {
    const rows = await this.database.read<StocktakeRow>(
      'goods.stocktake',
      `${SELECT_STOCKTAKE} AND t.stocktake_id = $2`,
      [communityId, stocktakeId],
    );
    return rows[0];
  }

  /**
   * Holds a stocktake where it is until the transaction ends. Counters share it; who submits or cancels has it alone, so
   * that no count comes in behind the submission.
   */
  async lock(
    tx: Tx,
    communityId: number,
    stocktakeId: string,
    mode: 'share' | 'alone',
  ): Promise<Stocktake | undefined> {
    const lock = { mode: mode === 'share' ? 'pessimistic_read' : 'for_no_key_update' } as const;
    const [stocktake] = await tx.find(Stocktake, { where: { communityId, stocktakeId }, lock });
    return stocktake;
  }

  async lines(
    communityId: number,
    stocktakeId: string,
    limit: number,
    after: string | null,
  ): Promise<StocktakeLineRow[]> {
    return this.database.read<StocktakeLineRow>(
      'goods.stocktake-lines',
      `SELECT l.goods_id AS "goodsId", g.name, g.unit, l.counted, l.expected, l.counted_by AS "countedBy",
         l.counted_at AS "countedAt"
       FROM stocktake_line AS l
       JOIN goods AS g ON g.community_id = $1 AND g.goods_id = l.goods_id
       WHERE l.community_id = $1 AND l.stocktake_id = $2 AND ($3::uuid IS NULL OR l.goods_id > $3)
       ORDER BY l.goods_id LIMIT $4`,
      [communityId, stocktakeId, after, limit],
    );
  }

  /** All lines, as the transaction sees them. */
  async counted(tx: Tx, communityId: number, stocktakeId: string): Promise<CountedLine[]> {
    return (await tx.query(
      `SELECT goods_id AS "goodsId", counted, expected FROM stocktake_line
       WHERE community_id = $1 AND stocktake_id = $2`,
      [communityId, stocktakeId],
    )) as CountedLine[];
  }

  /** Goods that stand on the shop's shelves and that nobody counted. */
  async uncounted(tx: Tx, communityId: number, siteId: string, stocktakeId: string): Promise<number> {
    const [row] = (await tx.query(
      `SELECT count(*)::integer AS goods FROM shelf AS s
       WHERE s.community_id = $1 AND s.site_id = $2 AND s.on_hand > 0 AND NOT EXISTS (
         SELECT 1 FROM stocktake_line AS l
         WHERE l.community_id = $1 AND l.stocktake_id = $3 AND l.goods_id = s.goods_id)`,
      [communityId, siteId, stocktakeId],
    )) as [{ goods: number }];
    return row.goods;
  }

  /** Writes a count, or replaces an earlier one, beside what the shelf holds at this very instant. */
  async count(tx: Tx, stocktake: Stocktake, goodsId: string, counted: number, countedBy: string): Promise<void> {
    const { communityId, stocktakeId, siteId } = stocktake;
    await tx.query(
      `INSERT INTO stocktake_line (community_id, stocktake_id, goods_id, counted, expected, counted_by, counted_at)
       SELECT $1, $2, $4, $5, coalesce((
         SELECT s.on_hand FROM shelf AS s WHERE s.community_id = $1 AND s.site_id = $3 AND s.goods_id = $4), 0), $6, app_now()
       ON CONFLICT (community_id, stocktake_id, goods_id) DO UPDATE SET counted = excluded.counted,
         expected = excluded.expected, counted_by = excluded.counted_by, counted_at = excluded.counted_at`,
      [communityId, stocktakeId, siteId, goodsId, counted, countedBy],
    );
  }

  async submit(tx: Tx, stocktake: Stocktake, submittedBy: string, approvalId: string | null): Promise<void> {
    const { communityId, stocktakeId } = stocktake;
    const status = approvalId === null ? 'posted' : 'submitted';
    const values = { status, submittedBy, approvalId, submittedAt: () => 'app_now()' };
    await tx.update(Stocktake, { communityId, stocktakeId }, values);
  }

  async cancel(tx: Tx, { communityId, stocktakeId }: Stocktake): Promise<void> {
    await tx.update(Stocktake, { communityId, stocktakeId }, { status: 'cancelled' });
  }
}

const SELECT_STOCKTAKE = `SELECT t.stocktake_id AS "stocktakeId", t.site_id AS "siteId", t.status,
    t.started_by AS "startedBy", t.started_at AS "startedAt", t.submitted_by AS "submittedBy",
    t.submitted_at AS "submittedAt", t.approval_id AS "approvalId",
    (SELECT count(*)::integer FROM stocktake_line AS l
     WHERE l.community_id = $1 AND l.stocktake_id = t.stocktake_id) AS "countedGoods"
  FROM stocktake AS t WHERE t.community_id = $1`;
