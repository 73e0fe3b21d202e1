import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One visit of one household to one drop-off point. `credit` is the tariff's answer as it was given, so that it can be computed again. */
@Entity('weigh_in')
export class WeighIn {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'weigh_in_id' })
  readonly weighInId: string;

  @Column('uuid', { name: 'household_id' })
  readonly householdId: string;

  @Column('bigint', { name: 'household_seq' })
  readonly householdSeq: number;

  @Column('uuid', { name: 'site_id' })
  readonly siteId: string;

  @Column('uuid', { name: 'card_id', nullable: true })
  readonly cardId: string | null;

  @Column('uuid', { name: 'device_id', nullable: true })
  readonly deviceId: string | null;

  @Column('bigint', { name: 'device_seq', nullable: true })
  readonly deviceSeq: number | null;

  @Column('timestamptz', { name: 'occurred_at' })
  readonly occurredAt: Date;

  @Column('timestamptz', { name: 'recorded_at' })
  readonly recordedAt: Date;

  @Column({ type: 'date', name: 'business_date', insert: false, update: false })
  readonly businessDate: string;

  @Column('boolean', { name: 'is_late' })
  readonly isLate: boolean;

  @Column('uuid', { name: 'tariff_version_id' })
  readonly tariffVersionId: string;

  @Column('bigint', { name: 'centipoints' })
  readonly centipoints: number;

  @Column('jsonb', { name: 'credit' })
  readonly credit: Record<string, unknown>;

  @Column('uuid', { name: 'corrects', nullable: true })
  readonly corrects: string | null;

  @Column('uuid', { name: 'actor_id' })
  readonly actorId: string;
}

/** One item of a visit. */
@Entity('weigh_in_line')
export class WeighInLine {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'weigh_in_id' })
  readonly weighInId: string;

  @PrimaryColumn('smallint', { name: 'line_no' })
  readonly lineNo: number;

  @Column('uuid', { name: 'item_id' })
  readonly itemId: string;

  @Column('integer', { name: 'gross_grams', nullable: true })
  readonly grossGrams: number | null;

  @Column('integer', { name: 'tare_grams', nullable: true })
  readonly tareGrams: number | null;

  @Column('integer', { name: 'net_grams', nullable: true })
  readonly netGrams: number | null;

  @Column('integer', { name: 'pieces', nullable: true })
  readonly pieces: number | null;

  @Column('integer', { name: 'drops', nullable: true })
  readonly drops: number | null;

  @Column('text', { name: 'quality' })
  readonly quality: string;

  @Column('text', { name: 'weight_source' })
  readonly weightSource: string;

  @Column('text', { name: 'raw_frame', nullable: true })
  readonly rawFrame: string | null;

  @Column('text', { name: 'scale_profile', nullable: true })
  readonly scaleProfile: string | null;

  @Column('text', { name: 'credited_as', nullable: true })
  readonly creditedAs: string | null;

  @Column('bigint', { name: 'centipoints' })
  readonly centipoints: number;
}

/** Its primary key is what lets a weigh-in be reversed once. */
@Entity('weigh_in_reversal')
export class WeighInReversal {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'weigh_in_id' })
  readonly weighInId: string;

  @Column('uuid', { name: 'reversal_id' })
  readonly reversalId: string;

  @Column('text', { name: 'reason' })
  readonly reason: string;

  @Column('bigint', { name: 'debt_centipoints' })
  readonly debtCentipoints: number;

  @Column('uuid', { name: 'approval_id', nullable: true })
  readonly approvalId: string | null;

  @Column('uuid', { name: 'correction_id', nullable: true })
  readonly correctionId: string | null;

  @Column('uuid', { name: 'actor_id' })
  readonly actorId: string;

  @Column('timestamptz', { name: 'recorded_at' })
  readonly recordedAt: Date;
}
