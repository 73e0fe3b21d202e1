import { Injectable } from '@nestjs/common';
import { Database, NotFoundError } from '../../platform/index.js';
import type { AnyExportList } from './export-list.js';
import type { ExportName } from './export-lists.js';

export interface ExportedRow {
  readonly cursor: string;
}

@Injectable()
export class ExportsRepository {
  constructor(private readonly database: Database) {}

  async count(
    communityId: number,
    name: ExportName,
    { count }: AnyExportList,
    filters: readonly (string | null)[],
  ): Promise<number> {
    const [row] = await this.database.read<{ count: number }>(`reports.count-${name}`, count, [
      communityId,
      ...filters,
    ]);
    return row?.count ?? 0;
  }

  async page(
    communityId: number,
    name: ExportName,
    { page }: AnyExportList,
    filters: readonly (string | null)[],
    after: string | null,
    limit: number,
  ): Promise<ExportedRow[]> {
    return this.database.read<ExportedRow>(`reports.export-${name}`, page, [communityId, after, limit, ...filters]);
  }

  /** @throws NotFoundError where the community has no such place or household */
  async requireKnown(communityId: number, siteId: string | null, householdId: string | null): Promise<void> {
    const rows = await this.database.read(
      'reports.known',
      `SELECT 1 WHERE ($2::uuid IS NULL OR EXISTS (
           SELECT 1 FROM site AS s WHERE s.community_id = $1 AND s.site_id = $2))
         AND ($3::uuid IS NULL OR EXISTS (
           SELECT 1 FROM household AS h WHERE h.community_id = $1 AND h.household_id = $3))`,
      [communityId, siteId, householdId],
    );
    if (rows.length === 0) throw new NotFoundError();
  }

  /** What stands on the file: whose it is, who took it, and when. */
  async heading(communityId: number, personId: string): Promise<{ community: string; person: string; now: Date }> {
    const [row] = await this.database.read<{ community: string; person: string; now: Date }>(
      'reports.export-heading',
      `SELECT c.name AS community, app_now() AS now,
         coalesce((SELECT p.display_name FROM person AS p WHERE p.person_id = $2), '') AS person
       FROM community AS c WHERE c.community_id = $1`,
      [communityId, personId],
    );
    if (row === undefined) throw new NotFoundError();
    return row;
  }
}
