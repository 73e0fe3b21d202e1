import { Injectable } from '@nestjs/common';
import { startOfChinaDay, addDays, type CalendarDay } from '../../kernel/calendar-day.js';
import { Database } from '../../platform/index.js';

export interface AuditRecordRow {
  readonly auditId: string;
  readonly at: Date;
  readonly actorId: string | null;
  /** Of whoever signs in at work; null for households and for the installation. */
  readonly actorName: string | null;
  readonly actorRole: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly result: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

export interface AuditFilter {
  readonly from?: CalendarDay;
  readonly to?: CalendarDay;
  readonly action?: string;
  readonly actorId?: string;
  readonly subjectId?: string;
}

/** How each filter reads in SQL. Days are taken as instants, which the index is ordered by. */
const CONDITIONS: readonly {
  readonly by: keyof AuditFilter;
  readonly sql: (parameter: string) => string;
  readonly value: (text: string) => unknown;
}[] = [
  { by: 'from', sql: (parameter) => `r.at >= ${parameter}::timestamptz`, value: startOfChinaDay },
  {
    by: 'to',
    sql: (parameter) => `r.at < ${parameter}::timestamptz`,
    value: (day) => startOfChinaDay(addDays(day, 1)),
  },
  { by: 'action', sql: (parameter) => `r.action = ${parameter}`, value: (text) => text },
  { by: 'actorId', sql: (parameter) => `r.actor_id = ${parameter}::uuid`, value: (text) => text },
  { by: 'subjectId', sql: (parameter) => `r.subject_id = ${parameter}`, value: (text) => text },
];

/** Reads the trail across rooms in SQL: the room of the trail stands below the one that knows people's names. */
@Injectable()
export class AuditRecordsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Newest first. Every set of filters is a statement of its own, because a plan made for all of them at once uses no
   * index but that of time.
   */
  async list(communityId: number, filter: AuditFilter, after: string | null, limit: number): Promise<AuditRecordRow[]> {
    const values: unknown[] = [communityId, after, limit];
    const used: string[] = [];
    const conditions = CONDITIONS.flatMap(({ by, sql, value }) => {
      const given = filter[by];
      if (given === undefined) return [];
      used.push(by);
      return [`AND ${sql(`$${values.push(value(given))}`)}`];
    });
    return this.database.read<AuditRecordRow>(
      ['reports.audit-records', ...used].join('-'),
      `SELECT r.audit_id AS "auditId", r.at, r.actor_id AS "actorId", p.display_name AS "actorName",
         r.actor_role AS "actorRole", r.action, r.subject_kind AS "subjectKind", r.subject_id AS "subjectId", r.result,
         r.detail
       FROM audit_record AS r LEFT JOIN person AS p ON p.person_id = r.actor_id
       WHERE r.community_id = $1 ${conditions.join(' ')}
         AND ($2::uuid IS NULL OR (r.at, r.audit_id) < (
           SELECT a.at, a.audit_id FROM audit_record AS a WHERE a.community_id = $1 AND a.audit_id = $2))
       ORDER BY r.at DESC, r.audit_id DESC LIMIT $3`,
      values,
    );
  }
}
