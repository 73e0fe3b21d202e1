import {
  explain,
  type ItemNames,
  type PeriodUsage,
  type TariffDocument,
  type Usage,
  NO_USAGE,
  type WasteClass,
} from '../../../../src/tariff/rules.js';
import { creditLines, measuredLine, type MeasuredLine } from '../../../../src/weigh-ins/rules.js';
import type { RecordedLine } from '../outbox/outbox-record.js';

export interface PreviewItem {
  readonly code: string;
  readonly itemId: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly wasteClass: WasteClass;
}

/** What a visit would be credited, and why. */
export interface Preview {
  readonly centipoints: number;
  readonly zh: readonly string[];
  readonly en: readonly string[];
}

/** A credited line of an earlier visit, as the server lists them. */
export interface CreditedBefore {
  readonly itemCode: string;
  readonly centipoints: number;
}

export interface PreviewGround {
  readonly document: TariffDocument;
  readonly items: readonly PreviewItem[];
  /** Of the community: the most that one visit is credited. */
  readonly visitCentipointsMax: number;
  readonly firstVisit: boolean;
  readonly usage: Usage;
}

export function measured(lines: readonly RecordedLine[], items: readonly PreviewItem[]): MeasuredLine[] {
  return lines.flatMap((line, index) => {
    const item = items.find(({ code }) => code === line.itemCode);
    return item === undefined ? [] : [measuredLine(index + 1, line, item)];
  });
}

/** By the very rules that the server uses; equal to its answer wherever what is known of the household is. */
export function previewOf(ground: PreviewGround, lines: readonly RecordedLine[], at: Date): Preview {
  const { document, items, firstVisit, usage, visitCentipointsMax } = ground;
  const given = { firstVisit, usage, visitCentipointsMax };
  const { result } = creditLines(document, at, measured(lines, items), given);
  const names: ItemNames = Object.fromEntries(
    items.map(({ code, nameZh, nameEn }) => [code, { zh: nameZh, en: nameEn }]),
  );
  return {
    centipoints: result.centipoints,
    zh: explain(result, document, names, 'zh'),
    en: explain(result, document, names, 'en'),
  };
}

/**
 * What a household was credited today, from the lines of its visits. Of the year nothing more is known here: where a tariff
 * has a cap over the year, the server's own preview says what is left.
 */
export function usageOf(
  today: readonly CreditedBefore[],
  document: TariffDocument,
  items: readonly PreviewItem[],
): Usage {
  const byItem: Record<string, number> = {};
  const byClass: Partial<Record<WasteClass, number>> = {};
  let total = 0;
  for (const { itemCode, centipoints } of today) {
    const creditedAs = document.equivalences?.find((each) => each.itemCode === itemCode)?.countsAs ?? itemCode;
    const wasteClass = items.find(({ code }) => code === itemCode)?.wasteClass;
    byItem[creditedAs] = (byItem[creditedAs] ?? 0) + centipoints;
    if (wasteClass !== undefined) byClass[wasteClass] = (byClass[wasteClass] ?? 0) + centipoints;
    total += centipoints;
  }
  const day: PeriodUsage = { total, byItem, byClass };
  return { ...NO_USAGE, day, year: day };
}

/** What a household can still be credited today under the cap over everything; null where there is none. */
export function leftToday(document: TariffDocument, usage: Usage): number | null {
  const caps = (document.caps ?? []).filter(({ per, of }) => per === 'day' && of === 'all');
  if (caps.length === 0) return null;
  return Math.max(0, Math.min(...caps.map(({ centipointsMax }) => centipointsMax)) - usage.day.total);
}
