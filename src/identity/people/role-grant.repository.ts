import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database, type Tx, violatedConstraint } from '../../platform/index.js';
import { AlreadyGrantedError } from '../identity.errors.js';
import { HELD_COVERS_PLACE, type NewGrant, type PlaceScope, type StaffRole } from './place-scope.js';

/** A grant as an admin sees it. */
export interface GrantRow extends NewGrant {
  readonly grantId: string;
  readonly grantedAt: string;
}

/** A person as an admin sees him: of his grants only those within the admin's reach. */
export interface PersonInReach {
  readonly personId: string;
  readonly login: string;
  readonly displayName: string;
  readonly isDisabled: boolean;
  readonly mustChangePassword: boolean;
  readonly grants: readonly GrantRow[];
  /** He holds roles elsewhere, too: only an admin above both places may touch his account. */
  readonly hasOtherGrants: boolean;
}

export interface PeopleFilter {
  readonly login: string | null;
  readonly communityId: number | null;
  readonly after: string | null;
  readonly limit: number;
}

@Injectable()
export class RoleGrantRepository {
  constructor(private readonly database: Database) {}

  /** People with a role within the admin's reach, in the order they were made; by exact login, anybody. */
  async list(adminId: string, filter: PeopleFilter): Promise<PersonInReach[]> {
    return this.database.read<PersonInReach>(
      'identity.people',
      `${PEOPLE}
       WHERE ($2::uuid IS NULL OR p.person_id > $2)
         AND CASE WHEN $3::text IS NOT NULL THEN p.login = $3
           WHEN $4::bigint IS NULL AND ${IS_ADMIN_OF_ALL} THEN true
           ELSE EXISTS (SELECT 1 FROM role_grant AS place WHERE place.person_id = p.person_id AND ${IS_IN_REACH}
             AND ($4::bigint IS NULL OR place.community_id = $4)) END
       ORDER BY p.person_id LIMIT $5`,
      [adminId, filter.after, filter.login, filter.communityId, filter.limit],
    );
  }

  async inReach(tx: Tx, adminId: string, personId: string): Promise<PersonInReach | undefined> {
    const rows = (await tx.query(`${PEOPLE} WHERE p.person_id = $2`, [adminId, personId])) as PersonInReach[];
    return rows[0];
  }

  /** How much of a person an admin may decide about. */
  async reachOver(
    tx: Tx,
    adminId: string,
    personId: string,
  ): Promise<{ isAdminOfAll: boolean; grants: number; grantsInReach: number }> {
    const [row] = (await tx.query(
      `SELECT ${IS_ADMIN_OF_ALL} AS "isAdminOfAll", count(*) AS grants,
         count(*) FILTER (WHERE ${IS_IN_REACH}) AS "grantsInReach"
       FROM role_grant AS place WHERE place.person_id = $2`,
      [adminId, personId],
    )) as { isAdminOfAll: boolean; grants: number; grantsInReach: number }[];
    return row ?? { isAdminOfAll: false, grants: 0, grantsInReach: 0 };
  }

  /** True when the place exists and one of the roles is held over all of it, not only at one site. */
  async covers(tx: Tx, personId: string, roles: readonly StaffRole[], scope: PlaceScope): Promise<boolean> {
    const rows = (await tx.query(
      `SELECT 1 FROM (SELECT $3::uuid AS region_id, $4::bigint AS community_id, $5::uuid AS site_id) AS place
       WHERE EXISTS (SELECT 1 FROM role_grant AS held
           WHERE held.person_id = $1 AND held.role = ANY($2::text[]) AND held.site_id IS NULL AND ${HELD_COVERS_PLACE})
         AND (place.region_id IS NULL OR EXISTS (SELECT 1 FROM region AS r WHERE r.region_id = place.region_id))
         AND (place.community_id IS NULL
           OR EXISTS (SELECT 1 FROM community AS c WHERE c.community_id = place.community_id))
         AND (place.site_id IS NULL OR EXISTS (SELECT 1 FROM site AS s
           WHERE s.community_id = place.community_id AND s.site_id = place.site_id AND s.closed_at IS NULL))`,
      [personId, roles, scope.regionId, scope.communityId, scope.siteId],
    )) as unknown[];
    return rows.length === 1;
  }

  /** @throws AlreadyGrantedError */
  async insert(tx: Tx, personId: string, grant: NewGrant, grantedBy: string): Promise<string> {
    const grantId = uuidv7();
    try {
      await tx.query(
        `INSERT INTO role_grant (grant_id, person_id, role, region_id, community_id, site_id, granted_by, granted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, app_now())`,
        [grantId, personId, grant.role, grant.regionId, grant.communityId, grant.siteId, grantedBy],
      );
    } catch (error) {
      throw violatedConstraint(error) === 'uq_role_grant' ? new AlreadyGrantedError() : error;
    }
    return grantId;
  }

  /** Takes a grant of this person away if it lies within the admin's reach. */
  async deleteInReach(tx: Tx, adminId: string, personId: string, grantId: string): Promise<NewGrant | undefined> {
    const [rows] = (await tx.query(
      `DELETE FROM role_grant AS place WHERE place.person_id = $2 AND place.grant_id = $3 AND ${IS_IN_REACH}
       RETURNING role, region_id AS "regionId", community_id AS "communityId", site_id AS "siteId"`,
      [adminId, personId, grantId],
    )) as [NewGrant[], number];
    return rows[0];
  }

  /** True when the person holds any role that holds in the community. */
  async worksIn(tx: Tx, personId: string, communityId: number): Promise<boolean> {
    const rows = (await tx.query(
      `SELECT 1 FROM role_grant AS held, (SELECT NULL::uuid AS region_id, $2::bigint AS community_id) AS place
       WHERE held.person_id = $1 AND ${HELD_COVERS_PLACE} LIMIT 1`,
      [personId, communityId],
    )) as unknown[];
    return rows.length === 1;
  }
}

/** Of the admin `$1`: his grants as admin over whole places. An admin of one site administers no people. */
const ADMIN_GRANT = `held.person_id = $1 AND held.role = 'admin' AND held.site_id IS NULL`;
const IS_IN_REACH = `EXISTS (SELECT 1 FROM role_grant AS held WHERE ${ADMIN_GRANT} AND ${HELD_COVERS_PLACE})`;
const IS_ADMIN_OF_ALL = `EXISTS (SELECT 1 FROM role_grant AS held
  WHERE ${ADMIN_GRANT} AND held.region_id IS NULL AND held.community_id IS NULL)`;

const PEOPLE = `
  SELECT p.person_id AS "personId", p.login, p.display_name AS "displayName", p.disabled_at IS NOT NULL AS "isDisabled",
    p.must_change_password AS "mustChangePassword",
    coalesce((SELECT json_agg(json_build_object('grantId', place.grant_id, 'role', place.role,
        'regionId', place.region_id, 'communityId', place.community_id, 'siteId', place.site_id,
        'grantedAt', place.granted_at) ORDER BY place.grant_id)
      FROM role_grant AS place WHERE place.person_id = p.person_id AND ${IS_IN_REACH}), '[]') AS grants,
    EXISTS (SELECT 1 FROM role_grant AS place
      WHERE place.person_id = p.person_id AND NOT ${IS_IN_REACH}) AS "hasOtherGrants"
  FROM person AS p`;
