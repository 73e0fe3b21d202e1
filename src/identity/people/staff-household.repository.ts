import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/index.js';

export const RELATIONS = ['own', 'kin'] as const;

export interface DeclaredHousehold {
  readonly householdId: string;
  readonly relation: (typeof RELATIONS)[number];
}

@Injectable()
export class StaffHouseholdRepository {
  constructor(private readonly database: Database) {}

  async list(communityId: number, personId: string): Promise<DeclaredHousehold[]> {
    return this.database.read<DeclaredHousehold>('identity.staff-households', DECLARED, [communityId, personId]);
  }

  async listIn(tx: Tx, communityId: number, personId: string): Promise<DeclaredHousehold[]> {
    return (await tx.query(DECLARED, [communityId, personId])) as DeclaredHousehold[];
  }

  async put(tx: Tx, communityId: number, personId: string, household: DeclaredHousehold): Promise<void> {
    await tx.query(
      `INSERT INTO staff_household AS h (community_id, household_id, person_id, relation, declared_at)
       VALUES ($1, $2, $3, $4, app_now())
       ON CONFLICT (community_id, household_id, person_id)
       DO UPDATE SET relation = excluded.relation, declared_at = excluded.declared_at`,
      [communityId, household.householdId, personId, household.relation],
    );
  }

  async delete(tx: Tx, communityId: number, personId: string, householdId: string): Promise<void> {
    await tx.query(`DELETE FROM staff_household WHERE community_id = $1 AND household_id = $2 AND person_id = $3`, [
      communityId,
      householdId,
      personId,
    ]);
  }

  /**
   * How many of the ids are households of the community. The table belongs to a room above this one, but a declaration
   * with a mistyped id would silently protect nobody, and there is no foreign key.
   */
  async countKnown(tx: Tx, communityId: number, householdIds: readonly string[]): Promise<number> {
    const [row] = (await tx.query(
      `SELECT count(*) AS known FROM household WHERE community_id = $1 AND household_id = ANY($2::uuid[])`,
      [communityId, householdIds],
    )) as { known: number }[];
    return row?.known ?? 0;
  }
}

const DECLARED = `
  SELECT household_id AS "householdId", relation FROM staff_household
  WHERE community_id = $1 AND person_id = $2 ORDER BY household_id`;
