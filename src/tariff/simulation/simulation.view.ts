import { ApiProperty } from '@nestjs/swagger';
import { WASTE_CLASSES, type WasteClass } from '../waste-classes.js';
import type { Comparison, SimulationResult } from './simulation-tally.js';
import type { DaySpan } from './simulation.repository.js';

/** Points then and under the version, and what the version would change. */
export class ComparisonView {
  @ApiProperty()
  readonly creditedCentipoints: number;

  @ApiProperty()
  readonly draftCentipoints: number;

  @ApiProperty({ description: 'Above 0 where the version gives more.' })
  readonly differenceCentipoints: number;

  constructor({ creditedCentipoints, draftCentipoints }: Comparison) {
    this.creditedCentipoints = creditedCentipoints;
    this.draftCentipoints = draftCentipoints;
    this.differenceCentipoints = draftCentipoints - creditedCentipoints;
  }
}

export class ItemComparisonView extends ComparisonView {
  @ApiProperty({ example: 'cardboard' })
  readonly itemCode: string;

  constructor(itemCode: string, compared: Comparison) {
    super(compared);
    this.itemCode = itemCode;
  }
}

export class ClassComparisonView extends ComparisonView {
  @ApiProperty({ enum: Object.keys(WASTE_CLASSES) })
  readonly wasteClass: WasteClass;

  constructor(wasteClass: WasteClass, compared: Comparison) {
    super(compared);
    this.wasteClass = wasteClass;
  }
}

export class HouseholdComparisonView extends ComparisonView {
  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  constructor(compared: Comparison & { readonly householdId: string }) {
    super(compared);
    this.householdId = compared.householdId;
  }
}

export class CappedVisitsView {
  @ApiProperty({ description: 'Visits that a cap cut then.' })
  readonly credited: number;

  @ApiProperty({ description: 'Visits that a cap of the version would have cut.' })
  readonly draft: number;

  @ApiProperty({ minimum: 0, maximum: 1000, description: 'Of a thousand visits, so many were cut then.' })
  readonly creditedPermille: number;

  @ApiProperty({ minimum: 0, maximum: 1000 })
  readonly draftPermille: number;

  constructor(capped: { readonly credited: number; readonly draft: number }, visits: number) {
    this.credited = capped.credited;
    this.draft = capped.draft;
    this.creditedPermille = permille(capped.credited, visits);
    this.draftPermille = permille(capped.draft, visits);
  }
}

/** A version compared with what was credited. Lists are ordered by the largest difference first. */
export class SimulationView extends ComparisonView {
  @ApiProperty({ type: String, format: 'date' })
  readonly from: string;

  @ApiProperty({ type: String, format: 'date' })
  readonly to: string;

  @ApiProperty()
  readonly visits: number;

  @ApiProperty()
  readonly households: number;

  @ApiProperty({ type: CappedVisitsView })
  readonly visitsCapped: CappedVisitsView;

  @ApiProperty({ type: [ItemComparisonView] })
  readonly items: ItemComparisonView[];

  @ApiProperty({ type: [ClassComparisonView] })
  readonly classes: ClassComparisonView[];

  @ApiProperty({ type: [HouseholdComparisonView], maxItems: 10, description: 'Who would have gained most.' })
  readonly gaining: HouseholdComparisonView[];

  @ApiProperty({ type: [HouseholdComparisonView], maxItems: 10, description: 'Who would have lost most.' })
  readonly losing: HouseholdComparisonView[];

  constructor({ from, to }: DaySpan, result: SimulationResult) {
    super(result);
    this.from = from;
    this.to = to;
    this.visits = result.visits;
    this.households = result.households;
    this.visitsCapped = new CappedVisitsView(result.visitsCapped, result.visits);
    this.items = [...result.items].map(([code, sums]) => new ItemComparisonView(code, sums)).toSorted(byDifference);
    this.classes = [...result.classes]
      .map(([code, sums]) => new ClassComparisonView(code, sums))
      .toSorted(byDifference);
    this.gaining = result.gaining.map((household) => new HouseholdComparisonView(household));
    this.losing = result.losing.map((household) => new HouseholdComparisonView(household));
  }
}

function byDifference(a: ComparisonView, b: ComparisonView): number {
  return Math.abs(b.differenceCentipoints) - Math.abs(a.differenceCentipoints);
}

function permille(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part * 1000) / whole);
}
