import { Injectable } from '@nestjs/common';
import { Database } from '../platform/index.js';

export interface ReservationLineRow {
  readonly goodsId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitCentipoints: number;
}

export interface ReservationRow {
  readonly reservationId: string;
  readonly householdId: string;
  readonly siteId: string;
  readonly code: string;
  readonly totalCentipoints: number;
  readonly placedAt: Date;
  readonly lastDay: string;
  readonly expiresAt: Date;
  /** `open`, or how it ended; one past its last day is `expired` even before the sweeper has run. */
  readonly status: 'open' | 'confirmed' | 'cancelled' | 'expired';
  readonly lines: readonly ReservationLineRow[];
}

@Injectable()
export class ReservationsRepository {
  constructor(private readonly database: Database) {}

  async find(communityId: number, reservationId: string): Promise<ReservationRow | undefined> {
    const rows = await this.database.read<ReservationRow>(
      'reservations.find',
      `${SELECT_RESERVATION} WHERE o.community_id = $1 AND o.reservation_id = $2`,
      [communityId, reservationId],
    );
    return rows[0];
  }

  async findByCode(communityId: number, code: string): Promise<ReservationRow | undefined> {
    const rows = await this.database.read<ReservationRow>(
      'reservations.find-by-code',
      `${SELECT_RESERVATION} WHERE o.community_id = $1 AND o.code = $2`,
      [communityId, code],
    );
    return rows[0];
  }

  async ofHousehold(communityId: number, householdId: string, limit: number): Promise<ReservationRow[]> {
    return this.database.read<ReservationRow>(
      'reservations.of-household',
      `${SELECT_RESERVATION} WHERE o.community_id = $1 AND o.household_id = $2 ORDER BY o.placed_at DESC LIMIT $3`,
      [communityId, householdId, limit],
    );
  }

  /** Reservations whose last day is over and that nobody has ended, oldest first, of all communities (a named job). */
  async overdue(limit: number): Promise<{ communityId: number; reservationId: string }[]> {
    return this.database.read<{ communityId: number; reservationId: string }>(
      'reservations.overdue',
      `SELECT o.community_id AS "communityId", o.reservation_id AS "reservationId"
       FROM community AS c JOIN reservation AS o ON o.community_id = c.community_id
       WHERE o.expires_at <= (SELECT app_now())
         AND NOT EXISTS (SELECT 1 FROM reservation_end AS e
           WHERE e.community_id = o.community_id AND e.reservation_id = o.reservation_id)
       ORDER BY o.expires_at LIMIT $1`,
      [limit],
    );
  }
}

const SELECT_RESERVATION = `
  SELECT o.reservation_id AS "reservationId", o.household_id AS "householdId", o.site_id AS "siteId", o.code,
    o.total_centipoints AS "totalCentipoints", o.placed_at AS "placedAt", o.last_day AS "lastDay",
    o.expires_at AS "expiresAt",
    coalesce((SELECT e.outcome FROM reservation_end AS e
        WHERE e.community_id = $1 AND e.reservation_id = o.reservation_id),
      CASE WHEN o.expires_at <= (SELECT app_now()) THEN 'expired' ELSE 'open' END) AS status,
    (SELECT json_agg(json_build_object('goodsId', l.goods_id, 'name', g.name, 'quantity', l.quantity,
        'unitCentipoints', l.unit_centipoints) ORDER BY l.goods_id)
      FROM reservation_line AS l JOIN goods AS g ON g.community_id = $1 AND g.goods_id = l.goods_id
      WHERE l.community_id = $1 AND l.reservation_id = o.reservation_id) AS lines
  FROM reservation AS o`;
