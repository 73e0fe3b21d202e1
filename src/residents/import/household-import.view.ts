import { ApiProperty } from '@nestjs/swagger';
import type { ImportFinding } from './import-finding.rules.js';
import { findingSentence } from './import-finding.rules.js';
import type { ImportPlan, ImportTotals, PlannedHousehold, ReadSheet } from './import-plan.js';
import { maskPhone } from '../phone.rules.js';

export class ImportFindingView {
  @ApiProperty({ minimum: 1, description: 'As the spreadsheet counts its rows.' })
  readonly rowNo: number;

  @ApiProperty({ nullable: true, type: String, description: 'Null: the whole row or sheet.' })
  readonly column: string | null;

  @ApiProperty({ example: 'door-taken' })
  readonly code: string;

  @ApiProperty({ example: '这个门牌已有住户' })
  readonly sentence: string;

  @ApiProperty()
  readonly sentenceEn: string;

  @ApiProperty({ nullable: true, type: String, description: 'What stands in the cell, cut to 40 characters.' })
  readonly value: string | null;

  @ApiProperty({ nullable: true, type: Number, description: 'The earlier row with the same value.' })
  readonly otherRowNo: number | null;

  constructor(finding: ImportFinding) {
    this.rowNo = finding.rowNo;
    this.column = finding.column;
    this.code = finding.code;
    this.sentence = findingSentence(finding.code, 'zh');
    this.sentenceEn = findingSentence(finding.code, 'en');
    this.value = finding.value ?? null;
    this.otherRowNo = finding.otherRowNo ?? null;
  }
}

export class PlannedHouseholdView {
  @ApiProperty()
  readonly rowNo: number;

  @ApiProperty({ description: 'With the numbers of building and entrance before a bare room number.' })
  readonly door: string;

  @ApiProperty({ type: [String], example: ['第一网格', '3栋'] })
  readonly areaNames: readonly string[];

  @ApiProperty()
  readonly headName: string;

  @ApiProperty({ type: [String] })
  readonly memberNames: readonly string[];

  @ApiProperty({ nullable: true, type: String, example: '138****0000' })
  readonly phoneMasked: string | null;

  @ApiProperty({ nullable: true, type: String, description: 'Null: it will be given a number.' })
  readonly cardNumber: string | null;

  @ApiProperty()
  readonly openingCentipoints: number;

  constructor(household: PlannedHousehold) {
    this.rowNo = household.rowNo;
    this.door = household.door;
    this.areaNames = household.areaPath;
    this.headName = household.headName;
    this.memberNames = household.memberNames;
    this.phoneMasked = household.phone === null ? null : maskPhone(household.phone);
    this.cardNumber = household.cardNumber;
    this.openingCentipoints = household.openingCentipoints;
  }
}

export class ImportTotalsView implements ImportTotals {
  @ApiProperty()
  readonly households: number;

  @ApiProperty()
  readonly people: number;

  @ApiProperty()
  readonly phones: number;

  @ApiProperty({ description: 'Cards whose number is on the sheet.' })
  readonly givenCards: number;

  @ApiProperty()
  readonly openingCentipoints: number;

  @ApiProperty({ description: 'Grids, buildings and entrances that will be made.' })
  readonly newAreas: number;

  @ApiProperty()
  readonly errors: number;

  @ApiProperty()
  readonly warnings: number;
}

export class ImportPreviewView {
  @ApiProperty({ description: 'Sent with the import, which refuses when anything has changed since.' })
  readonly previewHash: string;

  @ApiProperty({ type: ImportTotalsView })
  readonly totals: ImportTotalsView;

  @ApiProperty({ type: [ImportFindingView], description: 'Each stops the import.' })
  readonly errors: readonly ImportFindingView[];

  @ApiProperty({ type: [ImportFindingView] })
  readonly warnings: readonly ImportFindingView[];

  @ApiProperty({ type: [PlannedHouseholdView], description: 'The rows that could be read.' })
  readonly rows: readonly PlannedHouseholdView[];

  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'string' } },
    example: [['第三网格'], ['第三网格', '1栋']],
  })
  readonly newAreas: readonly (readonly string[])[];

  @ApiProperty({ nullable: true, type: String, description: 'The sheet of the workbook that was read.' })
  readonly sheetName: string | null;

  @ApiProperty({ type: [String] })
  readonly unreadSheetNames: readonly string[];

  @ApiProperty({ type: [String], description: 'Headings of columns that are not read.' })
  readonly unreadHeadings: readonly string[];

  @ApiProperty({ type: [Number], description: 'Filled rows that are no households: samples, notes, totals.' })
  readonly skippedRowNos: readonly number[];

  constructor(sheet: ReadSheet, plan: ImportPlan) {
    this.previewHash = plan.previewHash;
    this.totals = plan.totals;
    this.errors = plan.errors.map((finding) => new ImportFindingView(finding));
    this.warnings = plan.warnings.map((finding) => new ImportFindingView(finding));
    this.rows = plan.households.map((household) => new PlannedHouseholdView(household));
    this.newAreas = plan.newAreas.map((area) => area.path);
    this.sheetName = sheet.sheetName;
    this.unreadSheetNames = sheet.unreadSheetNames;
    this.unreadHeadings = sheet.reading.unreadHeadings;
    this.skippedRowNos = sheet.reading.skippedRowNos;
  }
}
