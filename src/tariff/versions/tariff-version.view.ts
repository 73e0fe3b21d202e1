import { ApiProperty } from '@nestjs/swagger';
import { TARIFF_FAULTS, type TariffFault } from '../tariff-fault.js';
import type { TariffSentence } from '../tariff-sentence.rules.js';
import { VERSION_STATUSES, type VersionRow, type VersionStatus } from './tariff-versions.repository.js';
import type { ReadVersion } from './tariff-versions.service.js';

export class TariffVersionView {
  @ApiProperty({ format: 'uuid' })
  readonly versionId: string;

  @ApiProperty({ example: '潜口标准 2027' })
  readonly name: string;

  @ApiProperty({ enum: VERSION_STATUSES })
  readonly status: VersionStatus;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Wished for while submitted (null: from its approval on), settled when approved.',
  })
  readonly effectiveFrom: Date | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  readonly approvalId: string | null;

  @ApiProperty()
  readonly isInForce: boolean;

  @ApiProperty({ format: 'uuid' })
  readonly madeBy: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly updatedAt: Date;

  constructor(row: VersionRow) {
    this.versionId = row.versionId;
    this.name = row.name;
    this.status = row.status;
    this.effectiveFrom = row.effectiveFrom;
    this.approvalId = row.approvalId;
    this.isInForce = row.isInForce;
    this.madeBy = row.madeBy;
    this.createdAt = row.createdAt;
    this.updatedAt = row.updatedAt;
  }
}

export class TariffSentenceView implements TariffSentence {
  @ApiProperty({ example: '/rules/0', description: 'The part of the document that it puts into words (RFC 6901).' })
  readonly pointer: string;

  @ApiProperty({ example: '纸板，每公斤 1 分' })
  readonly text: string;
}

export class TariffSentencesView {
  @ApiProperty({ type: [TariffSentenceView] })
  readonly zh: readonly TariffSentence[];

  @ApiProperty({ type: [TariffSentenceView] })
  readonly en: readonly TariffSentence[];
}

export class TariffFaultView {
  @ApiProperty({ enum: Object.keys(TARIFF_FAULTS) })
  readonly code: string;

  @ApiProperty({ example: '/rules/0/itemCode', description: 'From the root of the document.' })
  readonly pointer: string;

  @ApiProperty({ example: '没有这个品类' })
  readonly zh: string;

  @ApiProperty({ example: 'no such waste item' })
  readonly en: string;

  @ApiProperty({ type: Number, nullable: true })
  readonly min: number | null;

  @ApiProperty({ type: Number, nullable: true })
  readonly max: number | null;

  constructor({ code, pointer, min, max }: TariffFault) {
    this.code = code;
    this.pointer = pointer;
    this.zh = TARIFF_FAULTS[code].zh;
    this.en = TARIFF_FAULTS[code].en;
    this.min = min ?? null;
    this.max = max ?? null;
  }
}

/** A version with its document, in data and in words. */
export class ReadVersionView extends TariffVersionView {
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly document: object;

  @ApiProperty({ description: 'SHA-256 of the canonical document, hexadecimal.' })
  readonly documentHash: string;

  @ApiProperty({ type: TariffSentencesView })
  readonly sentences: TariffSentencesView;

  @ApiProperty({ type: [TariffFaultView], description: 'What keeps it from being submitted.' })
  readonly faults: TariffFaultView[];

  constructor(version: ReadVersion) {
    super(version);
    this.document = version.document;
    this.documentHash = version.documentHash.toString('hex');
    this.sentences = version.sentences;
    this.faults = version.faults.map((fault) => new TariffFaultView(fault));
  }
}

export class TariffSubmissionView {
  @ApiProperty({ format: 'uuid' })
  readonly approvalId: string;

  @ApiProperty({ enum: ['submitted'] })
  readonly status = 'submitted';

  constructor(approvalId: string) {
    this.approvalId = approvalId;
  }
}
