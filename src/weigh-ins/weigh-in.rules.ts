import type { Centipoints } from '../kernel/points.js';
import type { ScaleProfile } from '../kernel/scale-profiles.js';
import {
  type Cap,
  creditVisit,
  type TariffDocument,
  type Usage,
  type VisitCredit,
  type VisitLine,
  type WasteClass,
} from '../tariff/rules.js';
import { InTheFutureError, RepeatError, TooHeavyError, TooLateError } from './weigh-ins.errors.js';

/** One line as it was weighed or counted, before anything is credited. */
export interface MeasuredLine {
  readonly lineNo: number;
  readonly itemCode: string;
  readonly itemId: string;
  readonly wasteClass: WasteClass;
  readonly grossGrams: number | null;
  readonly tareGrams: number | null;
  readonly netGrams: number | null;
  readonly pieces: number | null;
  readonly drops: number | null;
  readonly quality: string;
  readonly weightSource: 'typed' | 'scale';
  readonly rawFrame: string | null;
  readonly scaleProfile: ScaleProfile | null;
}

/** What a visit was credited and everything it was computed from, kept with the weigh-in (I-9). */
export interface RecordedCredit {
  readonly result: VisitCredit;
  readonly firstVisit: boolean;
  readonly usage: Usage;
  readonly visitCentipointsMax: Centipoints;
}

/** What is known about a household's recent visits when another one is decided on. */
export interface RecentLine {
  readonly itemCode: string;
  readonly netGrams: number | null;
  readonly pieces: number | null;
  readonly drops: number | null;
}

/** So far ahead of ours a device's clock may be, in milliseconds. */
export const CLOCK_SKEW_MS = 5 * 60_000;
const LATE_AFTER_MS = 15 * 60_000;

/**
 * When the visit happened, and whether its entry is late (recorded more than 15 minutes afterwards). A device clock up to
 * five minutes ahead of ours is taken as now.
 * @throws InTheFutureError, TooLateError
 */
export function timeOfVisit(
  claimed: Date | null,
  now: Date,
  lateEntryHours: number,
): { occurredAt: Date; isLate: boolean } {
  if (claimed === null) return { occurredAt: now, isLate: false };
  const age = now.getTime() - claimed.getTime();
  if (age < -CLOCK_SKEW_MS) throw new InTheFutureError();
  if (age < 0) return { occurredAt: now, isLate: false };
  if (age > Math.max(lateEntryHours * 3_600_000, LATE_AFTER_MS)) throw new TooLateError({ maxHours: lateEntryHours });
  return { occurredAt: claimed, isLate: age > LATE_AFTER_MS };
}

/** @throws TooHeavyError where the net weight of the whole visit passes the community's limit */
export function refuseTooHeavy(lines: readonly MeasuredLine[], maxGrams: number): void {
  const grams = lines.reduce((sum, line) => sum + (line.netGrams ?? 0), 0);
  if (grams > maxGrams) throw new TooHeavyError({ maxGrams, excessGrams: grams - maxGrams });
}

/** @throws RepeatError where a line of the last 30 seconds is the same in item and measure */
export function refuseRepeat(lines: readonly MeasuredLine[], recent: readonly RecentLine[]): void {
  const isSame = (line: MeasuredLine, other: RecentLine) =>
    line.itemCode === other.itemCode &&
    line.netGrams === other.netGrams &&
    line.pieces === other.pieces &&
    line.drops === other.drops;
  if (lines.some((line) => recent.some((other) => isSame(line, other)))) throw new RepeatError();
}

/** Whether a tariff asks what the household was credited before: only a cap over a day or a year does. */
export function looksBack(tariff: TariffDocument): boolean {
  return (tariff.caps ?? []).some((cap) => cap.per !== 'visit');
}

/**
 * What a visit is credited: the tariff's answer, with the community's own ceiling for one visit as one more cap, so that
 * what it takes away is listed with its reason like any other cut.
 */
export function creditLines(
  tariff: TariffDocument,
  occurredAt: Date,
  lines: readonly MeasuredLine[],
  given: Omit<RecordedCredit, 'result'>,
): RecordedCredit {
  const ceiling: Cap = { per: 'visit', of: 'all', centipointsMax: given.visitCentipointsMax };
  const result = creditVisit(
    { ...tariff, caps: [...(tariff.caps ?? []), ceiling] },
    { occurredAt, firstVisit: given.firstVisit, lines: lines.map(visitLine) },
    given.usage,
  );
  return { ...given, result };
}

function visitLine(line: MeasuredLine): VisitLine {
  return {
    lineNo: line.lineNo,
    itemCode: line.itemCode,
    wasteClass: line.wasteClass,
    netGrams: line.netGrams,
    pieces: line.pieces,
    drops: line.drops,
    qualityCode: line.quality,
  };
}
