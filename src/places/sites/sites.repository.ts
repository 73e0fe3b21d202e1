import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database, NotFoundError, type Tx, violatedConstraint } from '../../platform/index.js';
import { grouped } from '../grouped.js';
import { NameTakenError, SiteClosedError, UnknownAreaError } from '../places.errors.js';
import type { CalendarRule } from './opening-calendar.rules.js';
import { OpeningRule } from './opening-rule.entity.js';
import { Site } from './site.entity.js';

export interface SiteWithRules {
  readonly site: Site;
  readonly rules: readonly CalendarRule[];
}

type SiteChange = Partial<Pick<Site, 'name' | 'areaId'>>;

@Injectable()
export class SitesRepository {
  constructor(private readonly database: Database) {}

  /** All of a community, closed ones too, oldest first: a handful, so without pages. */
  async all(communityId: number): Promise<SiteWithRules[]> {
    const [sites, rules] = await Promise.all([
      this.database.read<Site>(
        'places.sites',
        `SELECT community_id AS "communityId", site_id AS "siteId", kind, name, area_id AS "areaId",
           closed_at AS "closedAt", created_at AS "createdAt"
         FROM site WHERE community_id = $1 ORDER BY site_id`,
        [communityId],
      ),
      this.database.read<OpeningRule>(
        'places.opening-rules',
        `SELECT community_id AS "communityId", rule_id AS "ruleId", site_id AS "siteId", kind, day,
           on_date AS "onDate", opens_minute AS "opensMinute", closes_minute AS "closesMinute"
         FROM opening_rule WHERE community_id = $1 ORDER BY rule_id`,
        [communityId],
      ),
    ]);
    const rulesOf = grouped(rules, (rule) => rule.siteId);
    return sites.map((site) => ({ site, rules: (rulesOf.get(site.siteId) ?? []).map(calendarRuleOfRow) }));
  }

  /**
   * Locked until the transaction ends.
   * @throws NotFoundError; SiteClosedError: what is closed for good is not changed any more
   */
  async lockOpen(tx: Tx, communityId: number, siteId: string): Promise<Site> {
    const site = await tx
      .createQueryBuilder(Site, 'site')
      .setLock('for_no_key_update')
      .where('site.communityId = :communityId AND site.siteId = :siteId', { communityId, siteId })
      .getOne();
    if (site === null) throw new NotFoundError();
    if (site.closedAt !== null) throw new SiteClosedError();
    return site;
  }

  /** @throws NameTakenError, UnknownAreaError */
  async insert(tx: Tx, site: Pick<Site, 'communityId' | 'siteId' | 'kind' | 'name' | 'areaId'>): Promise<void> {
    await translated(tx.insert(Site, { ...site, createdAt: () => 'app_now()' }));
  }

  /** @throws NameTakenError, UnknownAreaError */
  async update(tx: Tx, communityId: number, siteId: string, change: SiteChange): Promise<void> {
    await translated(tx.update(Site, { communityId, siteId }, change));
  }

  async close(tx: Tx, communityId: number, siteId: string): Promise<void> {
    await tx.update(Site, { communityId, siteId }, { closedAt: () => 'app_now()' });
  }

  async rulesOf(tx: Tx, communityId: number, siteId: string): Promise<CalendarRule[]> {
    const rows = await tx.find(OpeningRule, { where: { communityId, siteId }, order: { ruleId: 'ASC' } });
    return rows.map(calendarRuleOfRow);
  }

  async replaceRules(tx: Tx, communityId: number, siteId: string, rules: readonly CalendarRule[]): Promise<void> {
    await tx.delete(OpeningRule, { communityId, siteId });
    if (rules.length === 0) return;
    await tx.insert(
      OpeningRule,
      rules.map((rule) => ({ ...NO_FIELDS, ...rule, communityId, siteId, ruleId: uuidv7() })),
    );
  }
}

const NO_FIELDS = { day: null, onDate: null, opensMinute: null, closesMinute: null };

/** CHECK ck_opening_rule_kind and _hours have proved that each row has the fields of its kind. */
function calendarRuleOfRow({ kind, day, onDate, opensMinute, closesMinute }: OpeningRule): CalendarRule {
  return Object.fromEntries(
    Object.entries({ kind, day, onDate, opensMinute, closesMinute }).filter(([, value]) => value !== null),
  ) as unknown as CalendarRule;
}

async function translated(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (violatedConstraint(error) === 'uq_site_name') throw new NameTakenError();
    if (violatedConstraint(error) === 'fk_site_area') throw new UnknownAreaError();
    throw error;
  }
}
