import { Injectable } from '@nestjs/common';
import type { HeldRole } from '../kernel/actor.js';
import { Database, type Tx } from '../platform/index.js';

/** A session as one indexed read finds it, with the roles its person holds in the community asked for. */
export interface SessionRow {
  readonly sessionId: string;
  readonly kind: 'staff' | 'resident';
  readonly actorId: string;
  readonly communityId: number | null;
  readonly mustChangePassword: boolean;
  readonly isStale: boolean;
  readonly roles: readonly HeldRole[];
}

export interface NewSession {
  readonly tokenHash: Buffer;
  readonly sessionId: string;
  readonly kind: 'staff' | 'resident';
  readonly actorId: string;
  readonly communityId: number | null;
  readonly origin: string;
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
}

/** The roles of the person `p` in the community `$2`; without one, those held anywhere. */
const ROLES_HELD = `coalesce((SELECT json_agg(json_build_object('role', g.role, 'siteId', g.site_id))
  FROM role_grant AS g
  WHERE g.person_id = p.person_id AND ($2::bigint IS NULL OR g.community_id = $2
    OR (g.community_id IS NULL AND (g.region_id IS NULL OR g.region_id IN (
      SELECT c.town_id FROM community AS c WHERE c.community_id = $2
      UNION ALL
      SELECT t.parent_id FROM community AS c JOIN region AS t ON t.region_id = c.town_id
      WHERE c.community_id = $2))))), '[]')`;

@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  /**
   * The live session behind a token and the roles in force at this very moment: a dismissed person, a removed role or a
   * new password show in the next request (S-1). Without a community, roles held anywhere count.
   */
  async find(tokenHash: Buffer, communityId: number | null): Promise<SessionRow | undefined> {
    const rows = await this.database.read<SessionRow>(
      'identity.session',
      `SELECT s.session_id AS "sessionId", s.kind, s.actor_id AS "actorId", s.community_id AS "communityId",
         coalesce(p.must_change_password, false) AS "mustChangePassword",
         s.last_seen_at < app_now() - interval '60 seconds' AS "isStale",
         ${ROLES_HELD} AS roles
       FROM session AS s LEFT JOIN person AS p ON p.person_id = s.actor_id AND s.kind = 'staff'
       WHERE s.token_hash = $1
         AND s.expires_at > (SELECT app_now())
         AND s.last_seen_at + make_interval(secs => s.idle_seconds) > (SELECT app_now())
         AND (s.kind = 'resident' OR p.disabled_at IS NULL)`,
      [tokenHash, communityId],
    );
    return rows[0];
  }

  /** The roles that somebody holds in a community now, signed in or not; none where he was dismissed. */
  async rolesOf(personId: string, communityId: number): Promise<readonly HeldRole[]> {
    const [row] = await this.database.read<Pick<SessionRow, 'roles'>>(
      'identity.roles-of',
      `SELECT ${ROLES_HELD} AS roles FROM person AS p WHERE p.person_id = $1 AND p.disabled_at IS NULL`,
      [personId, communityId],
    );
    return row?.roles ?? [];
  }

  async insert(tx: Tx, session: NewSession): Promise<void> {
    await tx.query(
      `INSERT INTO session (token_hash, session_id, kind, actor_id, community_id, origin, created_at, last_seen_at,
         idle_seconds, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, app_now(), app_now(), $7, app_now() + make_interval(secs => $8))`,
      [
        session.tokenHash,
        session.sessionId,
        session.kind,
        session.actorId,
        session.communityId,
        session.origin,
        session.idleSeconds,
        session.absoluteSeconds,
      ],
    );
  }

  async touch(tokenHash: Buffer): Promise<void> {
    await this.database.read(
      'identity.touch',
      `UPDATE session SET last_seen_at = app_now() WHERE token_hash = $1 AND last_seen_at < app_now() - interval '60 seconds'`,
      [tokenHash],
    );
  }

  async end(tx: Tx, sessionId: string): Promise<void> {
    await tx.query(`DELETE FROM session WHERE session_id = $1`, [sessionId]);
  }

  /** Ends every session of a person or household, but one to keep. */
  async endAllOf(tx: Tx, actorId: string, exceptSessionId: string | null): Promise<void> {
    await tx.query(`DELETE FROM session WHERE actor_id = $1 AND session_id IS DISTINCT FROM $2::uuid`, [
      actorId,
      exceptSessionId,
    ]);
  }

  /** A row tells from where somebody was signed in, and is kept 30 days after its end (S-28). @returns how many went */
  async deleteEnded(): Promise<number> {
    const gone = await this.database.read(
      'identity.session-purge',
      `DELETE FROM session WHERE expires_at < (SELECT app_now()) - interval '30 days' RETURNING session_id`,
      [],
    );
    return gone.length;
  }
}
