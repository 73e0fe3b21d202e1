import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Areas } from '../../places/index.js';
import { canonicalJson, Database } from '../../platform/index.js';
import { readHouseholdSheet, type SheetTable } from '../household-sheet.reader.js';
import { type HouseholdRow, type HouseholdSheetReading, readHouseholdRows } from '../household-sheet.rules.js';
import { DOOR_CHARACTERS_MAX, fullDoor } from '../households/door.rules.js';
import { countCharacters } from '../typed-text.rules.js';
import { areaIdAt, type AreaPath, areaPathOf, type KnownArea, missingAreas } from './area-plan.rules.js';
import type { ImportFinding, PlacementCode } from './import-finding.rules.js';

/** A household as it will be opened. */
export interface PlannedHousehold {
  readonly rowNo: number;
  /** The full one. */
  readonly door: string;
  readonly areaPath: AreaPath;
  /** Undefined for a place that the import makes, null for none. */
  readonly areaId: string | null | undefined;
  readonly headName: string;
  readonly memberNames: readonly string[];
  readonly phone: string | null;
  readonly cardNumber: string | null;
  readonly openingCentipoints: number;
}

/** What the import comes to, in numbers. */
export interface ImportTotals {
  readonly households: number;
  readonly people: number;
  readonly phones: number;
  /** Cards whose number is on the sheet; the others get a number of ours. */
  readonly givenCards: number;
  readonly openingCentipoints: number;
  readonly newAreas: number;
  readonly errors: number;
  readonly warnings: number;
}

/** A grid, building or entrance that the community does not have yet. */
export interface PlannedArea {
  readonly path: AreaPath;
  /** What it stands under, where the community has that already. */
  readonly parentId: string | undefined;
}

export interface ImportPlan {
  readonly households: readonly PlannedHousehold[];
  /** Each after what it stands under. */
  readonly newAreas: readonly PlannedArea[];
  readonly errors: readonly ImportFinding[];
  readonly warnings: readonly ImportFinding[];
  readonly totals: ImportTotals;
  /** The file and what it comes to here and now: an import names the one it means. */
  readonly previewHash: string;
}

/** A file and what it says, before the community is asked. */
export interface ReadSheet {
  readonly table: SheetTable;
  readonly reading: HouseholdSheetReading;
  readonly sheetName: string | null;
  readonly unreadSheetNames: readonly string[];
  readonly fileHash: string;
}

/** Reads a sheet of households and says what would become of it in a community. */
@Injectable()
export class ImportPlanner {
  constructor(
    private readonly database: Database,
    private readonly areas: Areas,
  ) {}

  /** @throws HouseholdSheetUnreadableError, HouseholdSheetTooLargeError */
  async read(file: Buffer, fileName: string): Promise<ReadSheet> {
    const { table, sheetName, unreadSheetNames } = await readHouseholdSheet(file, fileName);
    const fileHash = createHash('sha256').update(file).digest('hex');
    return { table, reading: readHouseholdRows(table), sheetName, unreadSheetNames, fileHash };
  }

  async plan(communityId: number, { reading, fileHash }: ReadSheet): Promise<ImportPlan> {
    const known = await this.areas.tree(communityId);
    const findings = new Findings(reading.errors);
    const placed = reading.rows.map((row) => ({ row, door: fullDoor(row.door, row.building, row.entrance) }));
    const takenDoors = await this.takenDoors(
      communityId,
      placed.map(({ door }) => door),
    );
    const takenCards = await this.takenCards(reading.rows.flatMap(({ cardNumber }) => cardNumber ?? []));
    const rowOfDoor = new Map<string, number>();
    const households: PlannedHousehold[] = [];
    for (const { row, door } of placed) {
      const other = rowOfDoor.get(door);
      if (other === undefined) rowOfDoor.set(door, row.rowNo);
      else findings.add(row, 'door', 'full-door-duplicate', door, other);
      if (countCharacters(door) > DOOR_CHARACTERS_MAX) findings.add(row, 'door', 'full-door-too-long', door);
      if (takenDoors.has(door)) findings.add(row, 'door', 'door-taken', door);
      if (row.cardNumber !== null && takenCards.has(row.cardNumber)) {
        findings.add(row, 'cardNumber', 'card-taken', row.cardNumber);
      }
      const household = placeRow(row, door, known);
      if (typeof household === 'string') findings.add(row, 'building', household, row.building ?? row.entrance ?? '');
      else households.push(household);
    }
    const newAreas = missingAreas(
      households.map((household) => household.areaPath),
      known,
    ).map((path) => ({ path, parentId: areaIdAt(path.slice(0, -1), known) }));
    const { warnings } = reading;
    const totals = totalsOf(households, newAreas.length, findings.all.length, warnings.length);
    const previewHash = hashOf({ communityId, fileHash, totals, newAreas });
    return { households, newAreas, errors: findings.all, warnings, totals, previewHash };
  }

  private async takenDoors(communityId: number, doors: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.read<{ door: string }>(
      'residents.taken-doors',
      `SELECT door FROM household WHERE community_id = $1 AND status IN ('active', 'frozen')
         AND door IN (SELECT json_array_elements_text($2::json))`,
      [communityId, doors],
    );
    return new Set(rows.map((row) => row.door));
  }

  /** In the whole installation: a printed number is never given twice. */
  private async takenCards(numbers: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.read<{ number: string }>(
      'residents.taken-cards',
      `SELECT number FROM card_directory WHERE number IN (SELECT json_array_elements_text($1::json))`,
      [numbers],
    );
    return new Set(rows.map((row) => row.number));
  }
}

/** Findings in the order of the rows they are about. */
class Findings {
  private readonly found: ImportFinding[];

  constructor(ofSheet: readonly ImportFinding[]) {
    this.found = [...ofSheet];
  }

  add(
    row: HouseholdRow,
    column: ImportFinding['column'],
    code: PlacementCode,
    value: string,
    otherRowNo?: number,
  ): void {
    this.found.push({ rowNo: row.rowNo, column, code, value, ...(otherRowNo === undefined ? {} : { otherRowNo }) });
  }

  get all(): ImportFinding[] {
    return this.found.toSorted((a, b) => a.rowNo - b.rowNo);
  }
}

function placeRow(row: HouseholdRow, door: string, known: readonly KnownArea[]): PlannedHousehold | PlacementCode {
  const areaPath = areaPathOf(row, known);
  if (typeof areaPath === 'string') return areaPath;
  const { rowNo, headName, memberNames, phone, cardNumber, openingCentipoints } = row;
  const areaId = areaPath.length === 0 ? null : areaIdAt(areaPath, known);
  return { rowNo, door, areaPath, areaId, headName, memberNames, phone, cardNumber, openingCentipoints };
}

function totalsOf(
  households: readonly PlannedHousehold[],
  newAreas: number,
  errors: number,
  warnings: number,
): ImportTotals {
  return {
    households: households.length,
    people: households.reduce((sum, household) => sum + 1 + household.memberNames.length, 0),
    phones: households.filter((household) => household.phone !== null).length,
    givenCards: households.filter((household) => household.cardNumber !== null).length,
    openingCentipoints: households.reduce((sum, household) => sum + household.openingCentipoints, 0),
    newAreas,
    errors,
    warnings,
  };
}

function hashOf(facts: object): string {
  return createHash('sha256').update(canonicalJson(facts)).digest('hex');
}
