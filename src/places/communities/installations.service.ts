import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, type Tx } from '../../platform/index.js';
import { CommunityIdsExhaustedError } from '../places.errors.js';
import { Installation } from './installation.entity.js';

/** What is fixed when an installation is founded. */
export interface Foundation {
  readonly communityIdFirst: number;
  /** Inclusive. */
  readonly communityIdLast: number;
  readonly isDemonstration: boolean;
}

/** This installation and the range of community ids that it alone gives away. */
@Injectable()
export class Installations {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Undefined before the first start has founded it. */
  async find(): Promise<Foundation | undefined> {
    const [row] = await this.database.read<Foundation>(
      'places.installation',
      `SELECT community_id_first AS "communityIdFirst", community_id_last AS "communityIdLast",
         is_demonstration AS "isDemonstration"
       FROM installation WHERE installation_id = 1`,
      [],
    );
    return row;
  }

  /**
   * Founds the installation, once: several processes may start at the same time, and a later start must not move the
   * range of one that has given ids away.
   * @returns whether it was this call that did it
   */
  async found(tx: Tx, actor: Actor, foundation: Foundation): Promise<boolean> {
    const founded = await tx
      .createQueryBuilder()
      .insert()
      .into(Installation)
      .values({ ...foundation, installationId: 1, createdAt: () => 'app_now()' })
      .orIgnore()
      .returning('installation_id')
      .execute();
    const isFounder = (founded.raw as unknown[]).length > 0;
    if (isFounder) {
      await this.audit.record(tx, actor, {
        action: 'places.found-installation',
        subjectKind: 'installation',
        subjectId: '1',
        after: foundation,
        detail: { ...foundation },
      });
    }
    return isFounder;
  }

  /**
   * The next free community id. Keeps the installation's row locked until the transaction ends, so that no two
   * communities get the same one; communities are made a few times in a year.
   * @throws CommunityIdsExhaustedError
   */
  async nextCommunityId(tx: Tx): Promise<number> {
    const [range] = (await tx.query(
      `SELECT community_id_first AS first, community_id_last AS last FROM installation
       WHERE installation_id = 1 FOR UPDATE`,
    )) as { first: number; last: number }[];
    if (range === undefined)
      throw new Error('this installation has not been founded: it has no range of community ids');
    const [taken] = (await tx.query(
      `SELECT max(community_id) AS highest FROM community WHERE community_id BETWEEN $1 AND $2`,
      [range.first, range.last],
    )) as [{ highest: number | null }];
    const next = taken.highest === null ? range.first : taken.highest + 1;
    if (next > range.last) throw new CommunityIdsExhaustedError({ last: range.last });
    return next;
  }
}
