import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { knownItems, WasteItems } from '../items/waste-items.service.js';
import { REVIEWERS, TariffAuthority } from '../tariff-authority.service.js';
import { SimulationRunningError } from '../tariff.errors.js';
import type { TariffDocument } from '../tariff.schema.js';
import { refuseFaulty } from '../versions/document-faults.js';
import { TariffVersionsRepository } from '../versions/tariff-versions.repository.js';
import { HouseholdReplay } from './household-replay.js';
import { type SimulationResult, SimulationTally } from './simulation-tally.js';
import { type DaySpan, type PastCredit, type PastVisit, SimulationRepository } from './simulation.repository.js';

/** The most days that one comparison looks at: a quarter of a year. */
export const SIMULATED_DAYS_MAX = 92;

/** Each page of visits looks through those of all these households. */
const HOUSEHOLDS_A_PAGE = 25;
/** Small enough that crediting a page does not keep other requests waiting for more than some milliseconds. */
const VISITS_A_PAGE = 200;

/** How many households have been compared, of how many. What it throws ends the comparison. */
export type SimulationProgress = (done: number, total: number) => void;

/**
 * Compares a version with what was really credited: every visit of a span of days that was not reversed is credited again
 * by its document. Memory is bounded by the pages, whatever the number of visits.
 */
@Injectable()
export class TariffSimulator {
  private isRunning = false;

  constructor(
    private readonly versions: TariffVersionsRepository,
    private readonly items: WasteItems,
    private readonly past: SimulationRepository,
    private readonly authority: TariffAuthority,
  ) {}

  /**
   * @param span at most {@link SIMULATED_DAYS_MAX} days
   * @throws ScopeTooNarrowError, NotFoundError, SimulationRunningError; FieldFaultsError below `/document`
   */
  async simulate(
    actor: Actor,
    versionId: string,
    span: DaySpan,
    progress: SimulationProgress = () => undefined,
  ): Promise<SimulationResult> {
    const document = await this.documentFor(actor, versionId);
    if (this.isRunning) throw new SimulationRunningError();
    this.isRunning = true;
    try {
      return await this.replayAll(actor.communityId, document, span, progress);
    } finally {
      this.isRunning = false;
    }
  }

  /** The version as it would be compared. @throws ScopeTooNarrowError, NotFoundError; FieldFaultsError below `/document` */
  async documentFor(actor: Actor, versionId: string): Promise<TariffDocument> {
    const { communityId } = actor;
    await this.authority.require(actor, REVIEWERS, 'tariff.simulate');
    const document = JSON.parse((await this.versions.get(communityId, versionId)).document) as TariffDocument;
    refuseFaulty(document, knownItems(await this.items.all(communityId)));
    return document;
  }

  private async replayAll(
    communityId: number,
    document: TariffDocument,
    span: DaySpan,
    progress: SimulationProgress,
  ): Promise<SimulationResult> {
    const tally = new SimulationTally();
    const total = await this.past.countHouseholds(communityId, span);
    const next = (after: string | null) => this.past.households(communityId, span, after, HOUSEHOLDS_A_PAGE);
    let done = 0;
    for (let page = await next(null); page.length > 0; page = await next(page.at(-1) ?? null)) {
      progress(done, total);
      await this.replay(communityId, document, span, page, tally);
      done += page.length;
    }
    progress(done, total);
    return tally.result();
  }

  private async replay(
    communityId: number,
    document: TariffDocument,
    span: DaySpan,
    households: readonly string[],
    tally: SimulationTally,
  ): Promise<void> {
    const before = await this.creditedBefore(communityId, document, span, households);
    let householdId = '';
    let replay = new HouseholdReplay(document, span.from, []);
    for await (const visit of this.visits(communityId, span, households)) {
      if (visit.householdId !== householdId) {
        householdId = visit.householdId;
        replay = new HouseholdReplay(document, span.from, before.get(householdId) ?? []);
      }
      tally.add(visit, replay.credit(visit));
    }
  }

  private async *visits(
    communityId: number,
    span: DaySpan,
    households: readonly string[],
  ): AsyncGenerator<PastVisit, void> {
    const next = (last: PastVisit | null) => this.past.visits(communityId, span, households, last, VISITS_A_PAGE);
    for (let page = await next(null); page.length > 0; page = await next(page.at(-1) ?? null)) yield* page;
  }

  /** Only a cap by the year asks for what was before the span. */
  private async creditedBefore(
    communityId: number,
    document: TariffDocument,
    span: DaySpan,
    households: readonly string[],
  ): Promise<Map<string, PastCredit[]>> {
    const hasYearCap = document.caps?.some(({ per }) => per === 'year') ?? false;
    const credits = hasYearCap ? await this.past.creditedBefore(communityId, span.from, households) : [];
    const byHousehold = new Map<string, PastCredit[]>();
    for (const credit of credits) {
      byHousehold.set(credit.householdId, [...(byHousehold.get(credit.householdId) ?? []), credit]);
    }
    return byHousehold;
  }
}
