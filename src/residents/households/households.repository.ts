import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/index.js';
import { HouseholdClosedError, HouseholdNotFoundError } from '../residents.errors.js';
import { type BatchTable, insertInBatches } from './batches.js';
import { Household } from './household.entity.js';
import { OPEN_STATUSES, type HouseholdStatus } from './household-status.js';

export type NewHousehold = Pick<Household, 'communityId' | 'householdId' | 'door' | 'areaId'>;

export interface HouseholdDetail {
  readonly householdId: string;
  readonly door: string;
  readonly areaId: string | null;
  /** Grid, building, entrance, as far as they are known. */
  readonly areaNames: readonly string[];
  readonly status: HouseholdStatus;
  readonly mergedInto: string | null;
  readonly createdAt: Date;
  readonly balance: number;
  readonly held: number;
}

@Injectable()
export class HouseholdsRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Tx, households: readonly NewHousehold[]): Promise<void> {
    await insertInBatches(tx, HOUSEHOLDS, households);
  }

  /**
   * Locks the household: members, cards and consents of one household change one after the other.
   * @throws HouseholdNotFoundError
   */
  async lock(
    tx: Tx,
    communityId: number,
    householdId: string,
  ): Promise<Pick<Household, 'door' | 'areaId'> & { status: HouseholdStatus }> {
    const [household] = (await tx.query(
      `SELECT door, area_id AS "areaId", status FROM household
       WHERE community_id = $1 AND household_id = $2 FOR NO KEY UPDATE`,
      [communityId, householdId],
    )) as (Pick<Household, 'door' | 'areaId'> & { status: HouseholdStatus })[];
    if (household === undefined) throw new HouseholdNotFoundError();
    return household;
  }

  /** The same for what only an open household may do. @throws HouseholdNotFoundError, HouseholdClosedError */
  async lockOpen(tx: Tx, communityId: number, householdId: string) {
    const household = await this.lock(tx, communityId, householdId);
    if (!OPEN_STATUSES.includes(household.status)) throw new HouseholdClosedError({ status: household.status });
    return household;
  }

  async change(
    tx: Tx,
    communityId: number,
    householdId: string,
    changes: Partial<Pick<Household, 'door' | 'areaId' | 'mergedInto'>> & { status?: HouseholdStatus },
  ): Promise<void> {
    await tx.update(Household, { communityId, householdId }, { ...changes, updatedAt: () => 'app_now()' });
  }

  async detail(communityId: number, householdId: string): Promise<HouseholdDetail | undefined> {
    const rows = await this.database.read<HouseholdDetail>(
      'residents.household',
      `SELECT h.household_id AS "householdId", h.door, h.area_id AS "areaId", h.status, h.merged_into AS "mergedInto",
         h.created_at AS "createdAt", a.balance, a.held,
         array_remove(ARRAY[g.name, b.name, e.name], NULL) AS "areaNames"
       FROM household AS h
         JOIN ledger_account AS a ON a.community_id = $1 AND a.account_id = h.household_id
         LEFT JOIN area AS e ON e.community_id = $1 AND e.area_id = h.area_id
         LEFT JOIN area AS b ON b.community_id = $1 AND b.area_id = e.parent_id
         LEFT JOIN area AS g ON g.community_id = $1 AND g.area_id = b.parent_id
       WHERE h.community_id = $1 AND h.household_id = $2`,
      [communityId, householdId],
    );
    return rows[0];
  }
}

const HOUSEHOLDS: BatchTable<NewHousehold> = {
  table: 'household',
  columns: {
    communityId: ['community_id', 'bigint'],
    householdId: ['household_id', 'uuid'],
    door: ['door', 'text'],
    areaId: ['area_id', 'uuid'],
  },
  constants: { status: `'active'`, created_at: '(SELECT app_now())', updated_at: '(SELECT app_now())' },
};
