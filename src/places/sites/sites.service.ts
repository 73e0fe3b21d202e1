import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { type CalendarDay, chinaDay } from '../../kernel/calendar-day.js';
import { Database, NotFoundError, type Tx } from '../../platform/index.js';
import { PlaceAuthority } from '../place-authority.service.js';
import { type CommunityPlace, PlacesReader } from '../places.reader.js';
import { type CalendarRule, OpeningCalendar, type OpeningState } from './opening-calendar.rules.js';
import type { Site } from './site.entity.js';
import { SitesRepository, type SiteWithRules } from './sites.repository.js';

export interface NewSite {
  readonly kind: Site['kind'];
  readonly name: string;
  readonly areaId?: string;
}

/** A site, its calendar, and what the calendar says now. */
export interface SiteState extends SiteWithRules {
  readonly opening: OpeningState;
}

export interface CommunityOpening {
  readonly community: CommunityPlace;
  readonly today: CalendarDay;
  /** Without those that are closed for good. */
  readonly sites: readonly SiteState[];
}

/** Drop-off points and shops of the actor's community, and when they are open. */
@Injectable()
export class Sites {
  constructor(
    private readonly database: Database,
    private readonly sites: SitesRepository,
    private readonly places: PlacesReader,
    private readonly authority: PlaceAuthority,
    private readonly audit: Audit,
  ) {}

  /** Closed ones too: their records still name them. */
  async list(communityId: number): Promise<SiteState[]> {
    const [sites, now] = await Promise.all([this.sites.all(communityId), this.database.now()]);
    return sites.map((site) => stateOf(site, now));
  }

  /**
   * What everybody may know of a community, without signing in.
   * @throws NotFoundError
   */
  async opening(communityId: number): Promise<CommunityOpening> {
    const community = await this.places.community(communityId);
    const [sites, now] = await Promise.all([this.sites.all(communityId), this.database.now()]);
    const used = sites.filter(({ site }) => site.closedAt === null);
    return { community, today: chinaDay(now), sites: used.map((site) => stateOf(site, now)) };
  }

  /** @throws ScopeTooNarrowError, NameTakenError, UnknownAreaError */
  async create(actor: Actor, site: NewSite): Promise<SiteState> {
    await this.authority.requireCommunity(actor, 'places.create-site');
    const siteId = await this.database.transaction((tx) => this.createSite(tx, actor, site));
    return this.state(actor.communityId, siteId);
  }

  /**
   * The same without asking who may, for the installation's own set-up.
   * @returns its id
   * @throws NameTakenError, UnknownAreaError
   */
  async createSite(tx: Tx, actor: Actor, { kind, name, areaId }: NewSite): Promise<string> {
    const { communityId } = actor;
    const site = { communityId, siteId: uuidv7(), kind, name, areaId: areaId ?? null };
    await this.sites.insert(tx, site);
    await this.record(tx, actor, 'places.create-site', site.siteId, undefined, site);
    return site.siteId;
  }

  /**
   * A field that is absent stays as it is.
   * @throws NotFoundError, SiteClosedError, NameTakenError, UnknownAreaError
   */
  async change(actor: Actor, siteId: string, change: { name?: string; areaId?: string | null }): Promise<SiteState> {
    const { communityId } = actor;
    this.authority.requireSite(actor, siteId);
    await this.database.transaction(async (tx) => {
      const before = await this.sites.lockOpen(tx, communityId, siteId);
      const { name = before.name, areaId = before.areaId } = change;
      await this.sites.update(tx, communityId, siteId, { name, areaId });
      const seen = { name: before.name, areaId: before.areaId };
      await this.record(tx, actor, 'places.change-site', siteId, seen, { name, areaId });
    });
    return this.state(communityId, siteId);
  }

  /**
   * Replaces the whole opening calendar of the site.
   * @throws NotFoundError, SiteClosedError
   */
  async setOpeningRules(actor: Actor, siteId: string, rules: readonly CalendarRule[]): Promise<SiteState> {
    const { communityId } = actor;
    this.authority.requireSite(actor, siteId);
    await this.database.transaction(async (tx) => {
      await this.sites.lockOpen(tx, communityId, siteId);
      const before = await this.sites.rulesOf(tx, communityId, siteId);
      await this.sites.replaceRules(tx, communityId, siteId, rules);
      await this.record(tx, actor, 'places.set-opening-rules', siteId, before, rules);
    });
    return this.state(communityId, siteId);
  }

  /**
   * For good: nothing more can be recorded there, and its history stays.
   * @throws ScopeTooNarrowError, NotFoundError, SiteClosedError
   */
  async close(actor: Actor, siteId: string): Promise<SiteState> {
    const { communityId } = actor;
    await this.authority.requireCommunity(actor, 'places.close-site');
    await this.database.transaction(async (tx) => {
      const before = await this.sites.lockOpen(tx, communityId, siteId);
      await this.sites.close(tx, communityId, siteId);
      await this.record(tx, actor, 'places.close-site', siteId, before, undefined);
    });
    return this.state(communityId, siteId);
  }

  private async state(communityId: number, siteId: string): Promise<SiteState> {
    const state = (await this.list(communityId)).find(({ site }) => site.siteId === siteId);
    if (state === undefined) throw new NotFoundError();
    return state;
  }

  private async record(
    tx: Tx,
    actor: Actor,
    action: string,
    siteId: string,
    before: unknown,
    after: unknown,
  ): Promise<void> {
    await this.audit.record(tx, actor, { action, subjectKind: 'site', subjectId: siteId, before, after });
  }
}

/** A site that is closed for good keeps its rules and opens no more. */
function stateOf({ site, rules }: SiteWithRules, now: Date): SiteState {
  const calendar = new OpeningCalendar(site.closedAt === null ? rules : []);
  return { site, rules, opening: calendar.stateAt(now) };
}
