import { ApiProperty } from '@nestjs/swagger';
import type { Approval } from './approval.entity.js';

export class ApprovalView {
  @ApiProperty({ format: 'uuid' })
  readonly approvalId: string;

  @ApiProperty({ example: 'ledger.adjustment' })
  readonly kind: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly summary: Record<string, unknown>;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly householdId: string | null;

  @ApiProperty()
  readonly reason: string;

  @ApiProperty({ format: 'uuid' })
  readonly makerId: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly submittedAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly expiresAt: Date;

  @ApiProperty({ enum: ['pending', 'approved', 'refused', 'withdrawn'] })
  readonly status: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly decidedBy: string | null;

  @ApiProperty({ nullable: true, type: String })
  readonly decisionReason: string | null;

  constructor(approval: Approval) {
    this.approvalId = approval.approvalId;
    this.kind = approval.kind;
    this.summary = approval.summary;
    this.householdId = approval.householdId;
    this.reason = approval.reason;
    this.makerId = approval.makerId;
    this.submittedAt = approval.submittedAt;
    this.expiresAt = approval.expiresAt;
    this.status = approval.status;
    this.decidedBy = approval.decidedBy;
    this.decisionReason = approval.decisionReason;
  }
}
