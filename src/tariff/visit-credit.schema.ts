import type { Grams } from '../kernel/grams.js';
import type { Centipoints } from '../kernel/points.js';
import type { Cap, Multiplier, RuleUnit } from './tariff.schema.js';
import type { WasteClass } from './waste-classes.js';

/**
 * One line of a visit. It may carry several measures (bottles are counted for points and weighed for the mass
 * balance); the rule takes the one in its unit. Quantities are whole and not negative.
 */
export interface VisitLine {
  readonly lineNo: number;
  readonly itemCode: string;
  readonly wasteClass: WasteClass;
  readonly netGrams?: Grams | null;
  readonly pieces?: number | null;
  readonly drops?: number | null;
  readonly qualityCode: string;
}

export interface Visit {
  readonly occurredAt: Date;
  /** True when the household has never made a visit before this one. */
  readonly firstVisit: boolean;
  readonly lines: readonly VisitLine[];
}

/** What a household has been credited in one period, reversals taken off. */
export interface PeriodUsage {
  readonly total: Centipoints;
  /** By the item a line was credited as (`CreditedLine.creditedAs`), so that five bottles and one jug fill one cap. */
  readonly byItem: Readonly<Record<string, Centipoints>>;
  readonly byClass: Readonly<Partial<Record<WasteClass, Centipoints>>>;
}

/** Usage of the China day and the calendar year in which the visit occurred, without the visit itself. */
export interface Usage {
  readonly day: PeriodUsage;
  readonly year: PeriodUsage;
}

export const NO_USAGE: Usage = {
  day: { total: 0, byItem: {}, byClass: {} },
  year: { total: 0, byItem: {}, byClass: {} },
};

/** Why a line earned what it earned, where that is more than quantity times rate. */
export type LineReason =
  | { readonly code: 'no-rule' }
  /** The item is credited by this unit, and the line does not give it. */
  | { readonly code: 'not-measured'; readonly unit: RuleUnit }
  | { readonly code: 'unknown-quality'; readonly qualityCode: string }
  | { readonly code: 'quality'; readonly qualityCode: string; readonly factorPermille: number }
  | { readonly code: 'counts-as'; readonly itemCode: string; readonly pieces: number }
  /** The quantity is that of the item in the whole visit, in the rule's unit. */
  | { readonly code: 'below-minimum'; readonly quantity: number; readonly minimum: number }
  /** Both quantities are those of the item in this quality, in the whole visit. */
  | { readonly code: 'whole-steps'; readonly quantity: number; readonly counted: number }
  | { readonly code: 'cap'; readonly cap: Cap };

export interface CreditedLine {
  readonly lineNo: number;
  readonly itemCode: string;
  /** What was handed in, in the unit of the rule where the line has it; no unit where nothing was measured. */
  readonly unit: RuleUnit | null;
  readonly quantity: number;
  readonly ruleId: string | null;
  /** The item whose rule was applied; another than `itemCode` where a piece equivalence was. */
  readonly creditedAs: string | null;
  readonly centipointsBeforeCaps: Centipoints;
  /** False when `centipointsBeforeCaps` is a rounded figure. */
  readonly isExact: boolean;
  readonly centipoints: Centipoints;
  readonly reasons: readonly LineReason[];
}

/** A cap that took something away. */
export interface CapCut {
  readonly cap: Cap;
  /** Credited under this cap before the visit; 0 for a cap per visit. */
  readonly centipointsUsed: Centipoints;
  readonly centipointsCut: Centipoints;
  /** Credited by this visit to the lines under the cap. */
  readonly centipointsCredited: Centipoints;
}

/**
 * What a visit is credited, and why. Plain integers and codes: it is stored with the weigh-in as it is.
 * Σ lines = `centipoints` = `centipointsBeforeCaps` − Σ cuts.
 */
export interface VisitCredit {
  readonly centipoints: Centipoints;
  readonly centipointsBeforeCaps: Centipoints;
  /** In the order of `lineNo`. */
  readonly lines: readonly CreditedLine[];
  /** In the order in which they were applied. */
  readonly cuts: readonly CapCut[];
  /** Those that applied to the visit; their product is held to ten times. */
  readonly multipliers: readonly Multiplier[];
}
