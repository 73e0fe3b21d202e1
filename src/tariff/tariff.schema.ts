import type { CalendarDay } from '../kernel/calendar-day.js';
import type { Centipoints } from '../kernel/points.js';
import type { RoundingMode } from '../kernel/rational.js';
import type { Bilingual } from './bilingual.js';
import type { WasteClass } from './waste-classes.js';

/** What a rule counts: net weight, pieces, or the fact of handing in (one drop each time). */
export const RULE_UNITS = ['gram', 'piece', 'drop'] as const;
export type RuleUnit = (typeof RULE_UNITS)[number];

/** The span over which a cap adds up. Days and years are those of the calendar in China. */
export const CAP_PERIODS = ['visit', 'day', 'year'] as const;
export type CapPeriod = (typeof CAP_PERIODS)[number];

export const ROUNDING_MODES = ['floor', 'half-up', 'ceil'] as const satisfies readonly RoundingMode[];

/** Bounds of a document; every list and number has one, so that a credit can always be computed. */
export const TARIFF_LIMITS = {
  rules: 200,
  equivalences: 100,
  caps: 100,
  qualityFactors: 20,
  multipliers: 50,
  step: 1_000_000,
  piecesEach: 10_000,
  /** 10,000 points for one step. */
  centipointsPerStep: 1_000_000,
  /** Ten times: for a quality, for a multiplier, and for all multipliers of a visit together. */
  factorPermille: 10_000,
  /** Rounding to whole hundreds of points is the coarsest there is. */
  roundToCentipoints: 10_000,
  codeCharacters: 64,
  nameCharacters: 40,
} as const;

/** Points for one waste item. An item has one rule at most. */
export interface EarningRule {
  readonly ruleId: string;
  readonly itemCode: string;
  readonly unit: RuleUnit;
  /** Grams or pieces that earn `centipointsPerStep`; 1 for a drop. */
  readonly step: number;
  readonly centipointsPerStep: Centipoints;
  /** In the rule's unit. The item earns nothing in a visit that brings less of it. */
  readonly minimumQuantity?: number;
  /** Only full steps of one quality count. By default a fraction of a step earns its fraction: 60 bags at 50 a point earn 1.2. */
  readonly wholeStepsOnly?: boolean;
}

/** One piece of `itemCode` counts as so many pieces of `countsAs`, in its rule and in its caps. */
export interface PieceEquivalence {
  readonly itemCode: string;
  /** An item with a rule of its own, by the piece: equivalences do not chain, so they cannot run in a circle. */
  readonly countsAs: string;
  readonly pieces: number;
}

export type CapScope = 'all' | { readonly item: string } | { readonly class: WasteClass };

/** The most that a household is credited in a visit, a day or a year. */
export interface Cap {
  readonly per: CapPeriod;
  readonly of: CapScope;
  readonly centipointsMax: Centipoints;
}

/** What a sorting quality multiplies the points of a line by. */
export interface QualityFactor {
  readonly qualityCode: string;
  readonly factorPermille: number;
  readonly name?: Bilingual;
}

/** Quality codes that need no entry in the document; an entry overrides them. */
export const STANDARD_QUALITIES: readonly QualityFactor[] = [
  { qualityCode: 'pass', factorPermille: 1000, name: { zh: '合格', en: 'sorted well' } },
  { qualityCode: 'fail', factorPermille: 0, name: { zh: '不合格', en: 'not sorted' } },
];

/** When a multiplier applies: every condition given must hold, and at least one is given. */
export interface MultiplierCondition {
  /** First day on which it applies. */
  readonly from?: CalendarDay;
  /** First day on which it no longer applies. */
  readonly until?: CalendarDay;
  /** ISO weekdays, 1 (Monday) to 7 (Sunday). */
  readonly weekdays?: readonly number[];
  /** Hours in China, half-open: `{ from: 8, until: 10 }` ends at 10:00 sharp. A night is written as two multipliers. */
  readonly hours?: { readonly from: number; readonly until: number };
  /** Only on the first visit that the household ever makes. */
  readonly firstVisit?: true;
}

export interface Multiplier {
  readonly factorPermille: number;
  readonly when: MultiplierCondition;
}

/**
 * The rules by which rubbish becomes points: one dated version of a community's tariff, as stored in JSON.
 * Once approved it never changes, so a credit can be computed again at any time from what it names.
 */
export interface TariffDocument {
  /** `floor` when absent. */
  readonly rounding?: RoundingMode;
  /** The grain of a credit: 1 (a hundredth of a point) when absent, 100 for whole points. */
  readonly roundToCentipoints?: Centipoints;
  readonly rules: readonly EarningRule[];
  readonly equivalences?: readonly PieceEquivalence[];
  readonly caps?: readonly Cap[];
  readonly qualityFactors?: readonly QualityFactor[];
  readonly multipliers?: readonly Multiplier[];
}
