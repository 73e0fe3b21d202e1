import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database, NotFoundError, type Tx } from '../../platform/index.js';
import type { DatedCode } from '../code-history.rules.js';
import { Region } from './region.entity.js';
import { RegionCode } from './region-code.entity.js';
import type { CommunityInReach, RegionInReach } from './region-tree.rules.js';

/** Counties and towns, and what of them a person's roles reach. */
@Injectable()
export class RegionsRepository {
  constructor(private readonly database: Database) {}

  /** Every region, with whether a role is held for it or for what it lies in. There are some hundreds at most. */
  async regionsFor(personId: string): Promise<RegionInReach[]> {
    return this.database.read<RegionInReach>(
      'places.regions',
      `SELECT r.region_id AS "regionId", r.parent_id AS "parentId", r.name, k.code,
         EXISTS (SELECT 1 FROM role_grant AS g WHERE g.person_id = $1 AND g.community_id IS NULL
           AND (g.region_id IS NULL OR g.region_id = r.region_id OR g.region_id = r.parent_id)) AS "isHeld"
       FROM region AS r LEFT JOIN region_code AS k ON k.region_id = r.region_id
         AND k.valid_from <= (SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date)
         AND (k.valid_to IS NULL OR k.valid_to > (SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date))`,
      [personId],
    );
  }

  /** The communities that a role of the person reaches. Reads across communities, each by its own community_id. */
  async communitiesFor(personId: string): Promise<CommunityInReach[]> {
    return this.database.read<CommunityInReach>(
      'places.communities',
      `SELECT c.community_id AS "communityId", c.town_id AS "townId", c.name, k.code
       FROM community AS c JOIN region AS t ON t.region_id = c.town_id
         LEFT JOIN community_code AS k ON k.community_id = c.community_id
           AND k.valid_from <= (SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date)
           AND (k.valid_to IS NULL OR k.valid_to > (SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date))
       WHERE EXISTS (SELECT 1 FROM role_grant AS g WHERE g.person_id = $1 AND (g.community_id = c.community_id
         OR (g.community_id IS NULL
           AND (g.region_id IS NULL OR g.region_id = t.region_id OR g.region_id = t.parent_id))))`,
      [personId],
    );
  }

  /**
   * Locks the region, so that two places of one name cannot be made under it at once.
   * @throws NotFoundError
   */
  async lockKind(tx: Tx, regionId: string): Promise<Region['kind']> {
    const [region] = (await tx.query(`SELECT kind FROM region WHERE region_id = $1 FOR NO KEY UPDATE`, [
      regionId,
    ])) as Pick<Region, 'kind'>[];
    if (region === undefined) throw new NotFoundError();
    return region.kind;
  }

  async hasName(tx: Tx, parentId: string | null, name: string): Promise<boolean> {
    return tx.existsBy(Region, { parentId: parentId ?? IsNull(), name });
  }

  async insert(tx: Tx, region: Pick<Region, 'regionId' | 'parentId' | 'kind' | 'name'>): Promise<void> {
    await tx.insert(Region, { ...region, createdAt: () => 'app_now()' });
  }

  /**
   * Earliest first. Locks the region, so that two new codes come one after the other.
   * @throws NotFoundError
   */
  async lockCodes(tx: Tx, regionId: string): Promise<DatedCode[]> {
    await this.lockKind(tx, regionId);
    const codes = await tx.find(RegionCode, { where: { regionId }, order: { validFrom: 'ASC' } });
    return codes.map(({ code, validFrom, validTo }) => ({ code, validFrom, validTo }));
  }

  async endCode(tx: Tx, regionId: string, validFrom: string, validTo: string): Promise<void> {
    await tx.update(RegionCode, { regionId, validFrom }, { validTo });
  }

  async insertCode(tx: Tx, regionId: string, code: string, validFrom: string): Promise<void> {
    await tx.insert(RegionCode, { regionId, code, validFrom, validTo: null });
  }
}
