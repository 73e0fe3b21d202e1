import { Injectable } from '@nestjs/common';
import { Database, NotFoundError } from '../platform/index.js';
import type { CommunitySettings } from './communities/community-settings.entity.js';
import { SiteClosedError } from './places.errors.js';
import type { Site, SiteKind } from './sites/site.entity.js';

/** A community with the places above it. */
export interface CommunityPlace {
  readonly communityId: number;
  readonly name: string;
  readonly townId: string;
  readonly townName: string;
  readonly countyId: string;
  readonly countyName: string;
  /** The administrative code of today, if one is known. */
  readonly code: string | null;
}

/** A community by name. Communities of two towns may have one name. */
export type NamedCommunity = Pick<CommunityPlace, 'communityId' | 'name' | 'townName'>;

/** What other rooms ask about places, each by one prepared statement. */
@Injectable()
export class PlacesReader {
  constructor(private readonly database: Database) {}

  /**
   * Read anew by every posting: one look-up by primary key costs less than a cache that several processes would have to
   * keep true.
   * @throws NotFoundError
   */
  async settings(communityId: number): Promise<CommunitySettings> {
    const rows = await this.database.read<CommunitySettings>(
      'places.settings',
      `SELECT community_id AS "communityId", version, points_decimals AS "pointsDecimals",
         point_value_fen AS "pointValueFen", visit_grams_max AS "visitGramsMax",
         visit_centipoints_max AS "visitCentipointsMax",
         day_redemption_centipoints_max AS "dayRedemptionCentipointsMax",
         pin_limit_centipoints AS "pinLimitCentipoints", undo_seconds AS "undoSeconds",
         late_entry_hours AS "lateEntryHours", reservation_days AS "reservationDays",
         overdraft_floor_centipoints AS "overdraftFloorCentipoints", receipt_approval_fen AS "receiptApprovalFen",
         expiry_months AS "expiryMonths", near_expiry_days AS "nearExpiryDays", updated_at AS "updatedAt"
       FROM community_settings WHERE community_id = $1`,
      [communityId],
    );
    return only(rows);
  }

  /** @throws NotFoundError */
  async community(communityId: number): Promise<CommunityPlace> {
    const rows = await this.database.read<CommunityPlace>(
      'places.community',
      `SELECT c.community_id AS "communityId", c.name, t.region_id AS "townId", t.name AS "townName",
         y.region_id AS "countyId", y.name AS "countyName", k.code
       FROM community AS c JOIN region AS t ON t.region_id = c.town_id JOIN region AS y ON y.region_id = t.parent_id
         LEFT JOIN community_code AS k ON k.community_id = c.community_id
           AND k.valid_from <= (SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date)
           AND (k.valid_to IS NULL OR k.valid_to > (SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date))
       WHERE c.community_id = $1`,
      [communityId],
    );
    return only(rows);
  }

  /** Those with a higher id than the given one, by id. Reads across communities: their names are everybody's to know. */
  async communitiesAfter(communityId: number, limit: number): Promise<NamedCommunity[]> {
    return this.database.read<NamedCommunity>(
      'places.public-communities',
      `SELECT c.community_id AS "communityId", c.name, t.name AS "townName"
       FROM community AS c JOIN region AS t ON t.region_id = c.town_id
       WHERE c.community_id > $1 ORDER BY c.community_id LIMIT $2`,
      [communityId, limit],
    );
  }

  /** @throws NotFoundError */
  async site(communityId: number, siteId: string): Promise<Site> {
    const rows = await this.database.read<Site>(
      'places.site',
      `SELECT community_id AS "communityId", site_id AS "siteId", kind, name, area_id AS "areaId",
         closed_at AS "closedAt", created_at AS "createdAt"
       FROM site WHERE community_id = $1 AND site_id = $2`,
      [communityId, siteId],
    );
    return only(rows);
  }

  /**
   * A site of the given kind that has not been closed for good. Says nothing of its hours: records are made before and
   * after them too.
   * @throws NotFoundError where it is absent or of the other kind; SiteClosedError
   */
  async usableSite(communityId: number, siteId: string, kind: SiteKind): Promise<Site> {
    const site = await this.site(communityId, siteId);
    if (site.kind !== kind) throw new NotFoundError();
    if (site.closedAt !== null) throw new SiteClosedError();
    return site;
  }
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new NotFoundError();
  return row;
}
