import { Injectable } from '@nestjs/common';
import { Database, NotFoundError, type Tx, violatedConstraint } from '../../platform/index.js';
import { ItemCodeTakenError } from '../tariff.errors.js';
import { WasteItem } from './waste-item.entity.js';

export type WasteItemRow = Omit<WasteItem, 'communityId' | 'createdAt'>;

/** What may change of an item. */
export type WasteItemChange = Partial<Pick<WasteItemRow, 'nameZh' | 'nameEn' | 'isListed'>>;

@Injectable()
export class WasteItemsRepository {
  constructor(private readonly database: Database) {}

  /** All of a community, listed or not, in the order in which they were made; their number is bounded. */
  async all(communityId: number): Promise<WasteItemRow[]> {
    return this.database.read<WasteItemRow>(
      'tariff.items',
      `SELECT ${COLUMNS} FROM waste_item WHERE community_id = $1 ORDER BY item_id`,
      [communityId],
    );
  }

  async page(
    communityId: number,
    isListed: boolean | null,
    after: string | null,
    limit: number,
  ): Promise<WasteItemRow[]> {
    return this.database.read<WasteItemRow>(
      'tariff.items-page',
      `SELECT ${COLUMNS} FROM waste_item
       WHERE community_id = $1 AND ($2::boolean IS NULL OR is_listed = $2) AND ($3::uuid IS NULL OR item_id > $3)
       ORDER BY item_id LIMIT $4`,
      [communityId, isListed, after, limit],
    );
  }

  async count(tx: Tx, communityId: number): Promise<number> {
    return tx.countBy(WasteItem, { communityId });
  }

  /** @throws NotFoundError */
  async lock(tx: Tx, communityId: number, itemId: string): Promise<WasteItemRow> {
    const [item] = (await tx.query(
      `SELECT ${COLUMNS} FROM waste_item WHERE community_id = $1 AND item_id = $2 FOR NO KEY UPDATE`,
      [communityId, itemId],
    )) as WasteItemRow[];
    if (item === undefined) throw new NotFoundError();
    return item;
  }

  /** @throws ItemCodeTakenError */
  async insert(tx: Tx, communityId: number, item: WasteItemRow): Promise<void> {
    try {
      await tx.insert(WasteItem, { ...item, communityId, createdAt: () => 'app_now()' });
    } catch (error) {
      if (violatedConstraint(error) === 'uq_waste_item_code') throw new ItemCodeTakenError({ itemCode: item.code });
      throw error;
    }
  }

  async update(tx: Tx, communityId: number, itemId: string, change: WasteItemChange): Promise<void> {
    await tx.update(WasteItem, { communityId, itemId }, change);
  }
}

const COLUMNS = `item_id AS "itemId", code, name_zh AS "nameZh", name_en AS "nameEn", waste_class AS "wasteClass",
  sub_class AS "subClass", unit, is_listed AS "isListed"`;
