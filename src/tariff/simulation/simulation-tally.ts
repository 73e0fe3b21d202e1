import type { Centipoints } from '../../kernel/points.js';
import type { VisitCredit } from '../visit-credit.schema.js';
import type { WasteClass } from '../waste-classes.js';

/** What was credited, and what the draft would have. */
export interface Comparison {
  readonly creditedCentipoints: Centipoints;
  readonly draftCentipoints: Centipoints;
}

export interface HouseholdComparison extends Comparison {
  readonly householdId: string;
}

/** A visit of the past beside its credit under the draft. */
export interface ComparedVisit {
  readonly householdId: string;
  readonly centipoints: Centipoints;
  readonly wasCapped: boolean;
  readonly lines: readonly {
    readonly lineNo: number;
    readonly itemCode: string;
    readonly wasteClass: WasteClass;
    readonly centipoints: Centipoints;
  }[];
}

export const HOUSEHOLDS_LISTED = 10;

const NOTHING: Comparison = { creditedCentipoints: 0, draftCentipoints: 0 };

/**
 * Adds a comparison up, visit by visit, household by household. Keeps a sum an item and a class and ten households in
 * each direction, so it does not grow with the number of visits.
 */
export class SimulationTally {
  private readonly items = new Map<string, Comparison>();
  private readonly classes = new Map<WasteClass, Comparison>();
  private readonly gaining: HouseholdComparison[] = [];
  private readonly losing: HouseholdComparison[] = [];
  private household: HouseholdComparison | null = null;
  private all = NOTHING;
  private visits = 0;
  private households = 0;
  private cappedThen = 0;
  private cappedByDraft = 0;

  /** Visits of one household come one after the other. */
  add(visit: ComparedVisit, draft: VisitCredit): void {
    if (this.household?.householdId !== visit.householdId) {
      this.closeHousehold();
      this.household = { householdId: visit.householdId, ...NOTHING };
      this.households += 1;
    }
    const compared = { creditedCentipoints: visit.centipoints, draftCentipoints: draft.centipoints };
    this.household = { householdId: visit.householdId, ...plus(this.household, compared) };
    this.all = plus(this.all, compared);
    this.visits += 1;
    if (visit.wasCapped) this.cappedThen += 1;
    if (draft.cuts.length > 0) this.cappedByDraft += 1;

    const draftOf = new Map(draft.lines.map(({ lineNo, centipoints }) => [lineNo, centipoints]));
    for (const { lineNo, itemCode, wasteClass, centipoints } of visit.lines) {
      const line = { creditedCentipoints: centipoints, draftCentipoints: draftOf.get(lineNo) ?? 0 };
      this.items.set(itemCode, plus(this.items.get(itemCode) ?? NOTHING, line));
      this.classes.set(wasteClass, plus(this.classes.get(wasteClass) ?? NOTHING, line));
    }
  }

  /** The sums; nothing is added afterwards. */
  result() {
    this.closeHousehold();
    return {
      ...this.all,
      visits: this.visits,
      households: this.households,
      visitsCapped: { credited: this.cappedThen, draft: this.cappedByDraft },
      items: this.items,
      classes: this.classes,
      gaining: this.gaining,
      losing: this.losing,
    };
  }

  private closeHousehold(): void {
    const household = this.household;
    this.household = null;
    if (household === null) return;
    if (gainOf(household) > 0) keepLargest(this.gaining, household, gainOf);
    if (gainOf(household) < 0) keepLargest(this.losing, household, (other) => -gainOf(other));
  }
}

export type SimulationResult = ReturnType<SimulationTally['result']>;

function plus(a: Comparison, b: Comparison): Comparison {
  return {
    creditedCentipoints: a.creditedCentipoints + b.creditedCentipoints,
    draftCentipoints: a.draftCentipoints + b.draftCentipoints,
  };
}

function gainOf({ creditedCentipoints, draftCentipoints }: Comparison): Centipoints {
  return draftCentipoints - creditedCentipoints;
}

/** Largest first; of equal ones the household that came first. */
function keepLargest(
  kept: HouseholdComparison[],
  household: HouseholdComparison,
  size: (household: HouseholdComparison) => number,
): void {
  const smaller = kept.findIndex((other) => size(other) < size(household));
  kept.splice(smaller === -1 ? kept.length : smaller, 0, household);
  kept.splice(HOUSEHOLDS_LISTED);
}
