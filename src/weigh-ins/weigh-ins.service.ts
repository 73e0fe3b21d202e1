import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { CalendarDay } from '../kernel/calendar-day.js';
import { DomainError } from '../kernel/domain-error.js';
import { type Command, Commands, type CommitCall, StoredReply } from '../platform/index.js';
import { HouseholdClosedError, HouseholdNotFoundError } from '../residents/index.js';
import { OwnHouseholdError } from '../ledger/index.js';
import { TariffReader } from '../tariff/index.js';
import { explain, type ItemNames } from '../tariff/rules.js';
import {
  creditLines,
  looksBack,
  type MeasuredLine,
  type RecordedCredit,
  refuseRepeat,
  refuseTooHeavy,
  timeOfVisit,
} from './weigh-in.rules.js';
import { measuredLine } from './weigh-in-line.rules.js';
import type { WeighInDto } from './weigh-ins.dto.js';
import {
  AlreadyRecordedError,
  ItemNotFoundError,
  NoTariffError,
  SiteNotFoundError,
  WeighInNotFoundError,
} from './weigh-ins.errors.js';
import {
  type DaySummaryRow,
  type DeskRow,
  usageOf,
  type WeighInRow,
  WeighInsRepository,
} from './weigh-ins.repository.js';

/** A visit as it will be written: what was brought, when, and what it is credited. */
export interface PlannedVisit {
  readonly desk: DeskRow;
  readonly occurredAt: Date;
  readonly isLate: boolean;
  readonly tariffVersionId: string;
  readonly lines: readonly MeasuredLine[];
  readonly credit: RecordedCredit;
  readonly sentences: { readonly zh: string[]; readonly en: string[] };
}

/** A weigh-in and why it was credited what it was, a sentence a line. */
export interface ExplainedWeighIn {
  readonly row: WeighInRow;
  readonly sentences: { readonly zh: string[]; readonly en: string[] };
}

/** Records what a household brought to a drop-off point, and credits it by the tariff in force when it happened. */
@Injectable()
export class WeighIns {
  private readonly lastTariffs = new Map<number, string>();

  constructor(
    private readonly weighIns: WeighInsRepository,
    private readonly tariffs: TariffReader,
    private readonly commands: Commands,
  ) {}

  /**
   * @throws Refusal, with the codes of {@link plan}; weigh-ins.already-recorded, ledger.account-closed
   */
  async record(command: Command, visit: WeighInDto): Promise<StoredReply> {
    return this.commands.run(command, async () => {
      try {
        return recordCall(visit, await this.plan(command, visit));
      } catch (error) {
        // Sent before, by another person or under another key: that it would be refused today is not what became of it.
        const known = error instanceof DomainError ? await this.sentBefore(command.communityId, visit) : undefined;
        throw known === undefined ? error : new AlreadyRecordedError({ weighInId: known });
      }
    });
  }

  private async sentBefore(communityId: number, { device }: WeighInDto): Promise<string | undefined> {
    return device == null ? undefined : this.weighIns.idOfDevice(communityId, device.id, device.seq);
  }

  /** What the visit would be credited now; nothing is written. @throws as {@link plan} */
  async preview(command: Pick<Command, 'communityId' | 'actor'>, visit: WeighInDto): Promise<PlannedVisit> {
    return this.plan(command, visit);
  }

  /** @throws WeighInNotFoundError */
  async get(communityId: number, weighInId: string): Promise<WeighInRow> {
    const found = await this.weighIns.find(communityId, weighInId);
    if (found === undefined) throw new WeighInNotFoundError();
    return found;
  }

  /** Those of the weigh-ins that are this household's; of others nothing is said. */
  async ofHousehold(
    communityId: number,
    householdId: string,
    weighInIds: readonly string[],
  ): Promise<ExplainedWeighIn[]> {
    const rows = await this.weighIns.ofHousehold(communityId, householdId, weighInIds);
    return Promise.all(rows.map((row) => this.explained(communityId, row)));
  }

  async explained(communityId: number, row: WeighInRow): Promise<ExplainedWeighIn> {
    const { document } = await this.tariffs.byId(communityId, row.tariffVersionId);
    const names: ItemNames = Object.fromEntries(
      row.lines.map(({ itemCode, nameZh, nameEn }) => [itemCode, { zh: nameZh, en: nameEn }]),
    );
    const { result } = row.credit;
    return {
      row,
      sentences: { zh: explain(result, document, names, 'zh'), en: explain(result, document, names, 'en') },
    };
  }

  async list(
    communityId: number,
    filter: { day: CalendarDay | null; householdId: string | null; siteId: string | null },
    after: string | null,
    limit: number,
  ): Promise<WeighInRow[]> {
    return this.weighIns.list(communityId, filter, after, limit);
  }

  async summary(communityId: number, day: CalendarDay, siteId: string | null): Promise<DaySummaryRow[]> {
    return this.weighIns.summary(communityId, day, siteId);
  }

  /**
   * Reads and decides. A frozen household still earns, so that what was recorded offline is never dropped; it cannot spend.
   * @throws HouseholdNotFoundError, HouseholdClosedError, OwnHouseholdError, SiteNotFoundError, NoTariffError, ItemNotFoundError, TooLateError,
   * InTheFutureError, TooHeavyError, RepeatError
   */
  private async plan(command: Pick<Command, 'communityId' | 'actor'>, visit: WeighInDto): Promise<PlannedVisit> {
    const desk = await this.readDesk(command, visit);
    if (desk?.householdStatus == null) throw new HouseholdNotFoundError();
    if (desk.householdStatus === 'closed' || desk.householdStatus === 'merged') throw new HouseholdClosedError();
    if (desk.isOwnHousehold) throw new OwnHouseholdError();
    if (!desk.siteIsOpen) throw new SiteNotFoundError();
    const time = timeOfVisit(visit.occurredAt ?? null, desk.now, desk.lateEntryHours);
    const lines = visit.lines.map((line, index) => {
      const item = desk.items.find((known) => known.code === line.itemCode);
      if (item === undefined) throw new ItemNotFoundError({ itemCode: line.itemCode });
      return measuredLine(index + 1, line, item);
    });
    refuseTooHeavy(lines, desk.visitGramsMax);
    if (!visit.confirmRepeat) refuseRepeat(lines, desk.recent);
    if (desk.tariffVersionId === null) throw new NoTariffError();
    const tariff = await this.tariffs.byId(command.communityId, desk.tariffVersionId);
    const credit = creditLines(tariff.document, time.occurredAt, lines, {
      firstVisit: desk.householdSeq === 0,
      usage: usageOf(desk.usage),
      visitCentipointsMax: desk.visitCentipointsMax,
    });
    const names: ItemNames = Object.fromEntries(desk.items.map((item) => [item.code, { zh: item.zh, en: item.en }]));
    return {
      desk,
      ...time,
      tariffVersionId: desk.tariffVersionId,
      lines,
      credit,
      sentences: {
        zh: explain(credit.result, tariff.document, names, 'zh'),
        en: explain(credit.result, tariff.document, names, 'en'),
      },
    };
  }

  /**
   * Reads the desk, with the household's usage only where the tariff asks for it. Which one is in force is known after the
   * reading; the one that was in force last time is the guess, and a wrong guess costs a second reading.
   */
  private async readDesk(
    { communityId, actor }: Pick<Command, 'communityId' | 'actor'>,
    visit: WeighInDto,
  ): Promise<DeskRow | undefined> {
    const { householdId, siteId, occurredAt = null } = visit;
    const codes = [...new Set(visit.lines.map((line) => line.itemCode))];
    const read = (withUsage: boolean) =>
      this.weighIns.desk(communityId, householdId, siteId, actor.id, occurredAt, codes, withUsage);
    const guess = this.lastTariffs.get(communityId);
    const withUsage = guess === undefined || (await this.asksForUsage(communityId, guess));
    const desk = await read(withUsage);
    const found = desk?.tariffVersionId ?? null;
    if (found === null || found === guess) return desk;
    this.lastTariffs.set(communityId, found);
    return !withUsage && (await this.asksForUsage(communityId, found)) ? read(true) : desk;
  }

  private async asksForUsage(communityId: number, versionId: string): Promise<boolean> {
    return looksBack((await this.tariffs.byId(communityId, versionId)).document);
  }
}

function recordCall(visit: WeighInDto, planned: PlannedVisit): CommitCall {
  const weighIn = uuidv7();
  const { result } = planned.credit;
  return {
    function: 'commit_weigh_in',
    args: {
      weighIn,
      household: visit.householdId,
      householdSeq: planned.desk.householdSeq,
      site: visit.siteId,
      card: visit.cardId ?? null,
      device: visit.device?.id ?? null,
      deviceSeq: visit.device?.seq ?? null,
      occurredAt: planned.occurredAt,
      isLate: planned.isLate,
      tariff: planned.tariffVersionId,
      centipoints: result.centipoints,
      credit: planned.credit,
      lines: writtenLines(planned.lines, planned.credit),
      entry: uuidv7(),
      view: {
        weighInId: weighIn,
        householdId: visit.householdId,
        siteId: visit.siteId,
        occurredAt: planned.occurredAt,
        isLate: planned.isLate,
        centipoints: result.centipoints,
        centipointsBeforeCaps: result.centipointsBeforeCaps,
        lines: result.lines.map(({ lineNo, itemCode, centipoints }) => ({ lineNo, itemCode, centipoints })),
        cuts: result.cuts,
        sentences: planned.sentences,
      },
    },
  };
}

/** The measured lines with what each was credited, as record_weigh_in takes them. */
export function writtenLines(lines: readonly MeasuredLine[], credit: RecordedCredit): object[] {
  return lines.map(({ itemCode: _, wasteClass: __, ...line }) => {
    const credited = credit.result.lines.find((other) => other.lineNo === line.lineNo);
    return { ...line, creditedAs: credited?.creditedAs ?? null, centipoints: credited?.centipoints ?? 0 };
  });
}
