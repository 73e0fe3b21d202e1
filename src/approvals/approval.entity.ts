import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one person asked for and another has to allow. */
@Entity('approval')
export class Approval {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'approval_id' })
  readonly approvalId: string;

  @Column('text', { name: 'kind' })
  readonly kind: string;

  @Column('text', { name: 'payload' })
  readonly payload: string;

  @Column('bytea', { name: 'payload_hash' })
  readonly payloadHash: Buffer;

  @Column('jsonb', { name: 'summary' })
  readonly summary: Record<string, unknown>;

  @Column('uuid', { name: 'household_id', nullable: true })
  readonly householdId: string | null;

  @Column('text', { name: 'reason' })
  readonly reason: string;

  @Column('uuid', { name: 'maker_id' })
  readonly makerId: string;

  @Column('timestamptz', { name: 'submitted_at' })
  readonly submittedAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  readonly expiresAt: Date;

  @Column('text', { name: 'status' })
  readonly status: string;

  @Column('uuid', { name: 'decided_by', nullable: true })
  readonly decidedBy: string | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  readonly decidedAt: Date | null;

  @Column('text', { name: 'decision_reason', nullable: true })
  readonly decisionReason: string | null;
}
