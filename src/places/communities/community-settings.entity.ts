import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a community decides for itself. Limits, defaults and meaning: settings.rules.ts. */
@Entity('community_settings')
export class CommunitySettings {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  /** Rises by one with each change; whoever changes names the version he saw. */
  @Column('integer', { name: 'version' })
  readonly version: number;

  @Column('smallint', { name: 'points_decimals' })
  readonly pointsDecimals: number;

  @Column('integer', { name: 'point_value_fen' })
  readonly pointValueFen: number;

  @Column('integer', { name: 'visit_grams_max' })
  readonly visitGramsMax: number;

  @Column('bigint', { name: 'visit_centipoints_max' })
  readonly visitCentipointsMax: number;

  @Column('bigint', { name: 'day_redemption_centipoints_max', nullable: true })
  readonly dayRedemptionCentipointsMax: number | null;

  @Column('bigint', { name: 'pin_limit_centipoints' })
  readonly pinLimitCentipoints: number;

  @Column('integer', { name: 'undo_seconds' })
  readonly undoSeconds: number;

  @Column('integer', { name: 'late_entry_hours' })
  readonly lateEntryHours: number;

  @Column('integer', { name: 'reservation_days' })
  readonly reservationDays: number;

  @Column('bigint', { name: 'overdraft_floor_centipoints' })
  readonly overdraftFloorCentipoints: number;

  @Column('bigint', { name: 'receipt_approval_fen' })
  readonly receiptApprovalFen: number;

  @Column('integer', { name: 'expiry_months', nullable: true })
  readonly expiryMonths: number | null;

  @Column('integer', { name: 'near_expiry_days' })
  readonly nearExpiryDays: number;

  @Column('timestamptz', { name: 'updated_at' })
  readonly updatedAt: Date;
}
