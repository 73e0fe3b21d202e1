import { ApiProperty } from '@nestjs/swagger';
import { SCALE_PROFILES, type ScaleProfile } from '../kernel/scale-profiles.js';
import type { BatchAnswer } from './weigh-in-batch.service.js';
import type { DaySummaryRow, WeighInLineRow, WeighInRow } from './weigh-ins.repository.js';
import type { ExplainedWeighIn, PlannedVisit } from './weigh-ins.service.js';

export class CreditedLineView {
  @ApiProperty()
  readonly lineNo: number;

  @ApiProperty()
  readonly itemCode: string;

  @ApiProperty()
  readonly centipoints: number;
}

export class SentencesView {
  @ApiProperty({ type: [String], example: ['纸板 3.20 公斤 × 1 = 3.2 分'] })
  readonly zh: string[];

  @ApiProperty({ type: [String] })
  readonly en: string[];
}

/** What a visit would be credited. */
export class WeighInPreviewView {
  @ApiProperty()
  readonly centipoints: number;

  @ApiProperty()
  readonly centipointsBeforeCaps: number;

  @ApiProperty()
  readonly isLate: boolean;

  @ApiProperty({ type: [CreditedLineView] })
  readonly lines: CreditedLineView[];

  @ApiProperty({ type: SentencesView })
  readonly sentences: SentencesView;

  constructor(planned: PlannedVisit) {
    const { result } = planned.credit;
    this.centipoints = result.centipoints;
    this.centipointsBeforeCaps = result.centipointsBeforeCaps;
    this.isLate = planned.isLate;
    this.lines = result.lines.map(({ lineNo, itemCode, centipoints }) => ({ lineNo, itemCode, centipoints }));
    this.sentences = planned.sentences;
  }
}

/** The reply to a weigh-in, as it is kept under its key. */
export class WeighInReplyView {
  @ApiProperty({ format: 'uuid' })
  readonly weighInId: string;

  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly occurredAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly recordedAt: Date;

  @ApiProperty()
  readonly isLate: boolean;

  @ApiProperty()
  readonly centipoints: number;

  @ApiProperty()
  readonly centipointsBeforeCaps: number;

  @ApiProperty({ type: [CreditedLineView] })
  readonly lines: CreditedLineView[];

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  readonly cuts: object[];

  @ApiProperty({ type: SentencesView })
  readonly sentences: SentencesView;

  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty()
  readonly heldCentipoints: number;

  @ApiProperty({ description: 'What of the credit went into repaying a debt.' })
  readonly repaidCentipoints: number;
}

export class ReversalReplyView {
  @ApiProperty({ format: 'uuid' })
  readonly reversalId: string;

  @ApiProperty({ format: 'uuid' })
  readonly weighInId: string;

  @ApiProperty()
  readonly reversedCentipoints: number;

  @ApiProperty({
    format: 'uuid',
    nullable: true,
    type: String,
    description: 'The visit recorded anew without the lines.',
  })
  readonly correctionId: string | null;

  @ApiProperty({ nullable: true, type: Number })
  readonly correctedCentipoints: number | null;

  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty()
  readonly debtCentipoints: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly recordedAt: Date;
}

export class BatchAnswerView implements BatchAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly key: string;

  @ApiProperty({ example: 201 })
  readonly status: number;

  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly body: Readonly<Record<string, unknown>>;
}

export class WeighInLineView {
  @ApiProperty()
  readonly lineNo: number;

  @ApiProperty()
  readonly itemCode: string;

  @ApiProperty({ description: 'As the item is called today.' })
  readonly nameZh: string;

  @ApiProperty()
  readonly nameEn: string;

  @ApiProperty({ nullable: true, type: Number })
  readonly grossGrams: number | null;

  @ApiProperty({ nullable: true, type: Number })
  readonly tareGrams: number | null;

  @ApiProperty({ nullable: true, type: Number })
  readonly netGrams: number | null;

  @ApiProperty({ nullable: true, type: Number })
  readonly pieces: number | null;

  @ApiProperty({ nullable: true, type: Number })
  readonly drops: number | null;

  @ApiProperty()
  readonly quality: string;

  @ApiProperty({ enum: ['typed', 'scale'] })
  readonly weightSource: string;

  @ApiProperty({ enum: SCALE_PROFILES, nullable: true })
  readonly scaleProfile: ScaleProfile | null;

  @ApiProperty()
  readonly centipoints: number;

  constructor(row: WeighInLineRow) {
    this.lineNo = row.lineNo;
    this.itemCode = row.itemCode;
    this.nameZh = row.nameZh;
    this.nameEn = row.nameEn;
    this.grossGrams = row.grossGrams;
    this.tareGrams = row.tareGrams;
    this.netGrams = row.netGrams;
    this.pieces = row.pieces;
    this.drops = row.drops;
    this.quality = row.quality;
    this.weightSource = row.weightSource;
    this.scaleProfile = row.scaleProfile;
    this.centipoints = row.centipoints;
  }
}

export class WeighInView {
  @ApiProperty({ format: 'uuid' })
  readonly weighInId: string;

  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty()
  readonly door: string;

  @ApiProperty({ description: 'Empty where the household has no head.' })
  readonly headName: string;

  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly occurredAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly recordedAt: Date;

  @ApiProperty()
  readonly isLate: boolean;

  @ApiProperty()
  readonly isReversed: boolean;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly corrects: string | null;

  @ApiProperty()
  readonly centipoints: number;

  @ApiProperty({ type: [WeighInLineView] })
  readonly lines: WeighInLineView[];

  constructor(row: WeighInRow) {
    this.weighInId = row.weighInId;
    this.householdId = row.householdId;
    this.door = row.door;
    this.headName = row.headName;
    this.siteId = row.siteId;
    this.occurredAt = row.occurredAt;
    this.recordedAt = row.recordedAt;
    this.isLate = row.isLate;
    this.isReversed = row.isReversed;
    this.corrects = row.corrects;
    this.centipoints = row.centipoints;
    this.lines = row.lines.map((line) => new WeighInLineView(line));
  }
}

/** A weigh-in as its household sees it: with how it came to its points. */
export class OwnWeighInView extends WeighInView {
  @ApiProperty({ type: SentencesView })
  readonly sentences: SentencesView;

  constructor({ row, sentences }: ExplainedWeighIn) {
    super(row);
    this.sentences = sentences;
  }
}

export class DaySummaryView implements DaySummaryRow {
  @ApiProperty()
  readonly itemCode: string;

  @ApiProperty({ enum: ['recyclable', 'hazardous', 'kitchen', 'other'] })
  readonly wasteClass: DaySummaryRow['wasteClass'];

  @ApiProperty()
  readonly grams: number;

  @ApiProperty()
  readonly pieces: number;

  @ApiProperty()
  readonly drops: number;

  @ApiProperty()
  readonly centipoints: number;

  @ApiProperty()
  readonly visits: number;
}
