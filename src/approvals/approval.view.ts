import { ApiProperty } from '@nestjs/swagger';
import type { ListedApproval } from './approvals.service.js';

export class ApprovalView {
  @ApiProperty({ format: 'uuid' })
  readonly approvalId: string;

  @ApiProperty({ example: 'ledger.adjustment' })
  readonly kind: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly summary: Record<string, unknown>;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly householdId: string | null;

  @ApiProperty({ nullable: true, type: String, description: 'Of the household.' })
  readonly door: string | null;

  @ApiProperty({ nullable: true, type: String })
  readonly headName: string | null;

  @ApiProperty()
  readonly reason: string;

  @ApiProperty({ format: 'uuid' })
  readonly makerId: string;

  @ApiProperty()
  readonly makerName: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly submittedAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly expiresAt: Date;

  @ApiProperty({ enum: ['pending', 'approved', 'refused', 'withdrawn'] })
  readonly status: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly decidedBy: string | null;

  @ApiProperty({ nullable: true, type: String })
  readonly decidedByName: string | null;

  @ApiProperty({ nullable: true, type: String })
  readonly decisionReason: string | null;

  constructor(approval: ListedApproval) {
    this.approvalId = approval.approvalId;
    this.kind = approval.kind;
    this.summary = approval.summary;
    this.householdId = approval.householdId;
    this.door = approval.door;
    this.headName = approval.headName;
    this.reason = approval.reason;
    this.makerId = approval.makerId;
    this.makerName = approval.makerName;
    this.submittedAt = approval.submittedAt;
    this.expiresAt = approval.expiresAt;
    this.status = approval.status;
    this.decidedBy = approval.decidedBy;
    this.decidedByName = approval.decidedByName;
    this.decisionReason = approval.decisionReason;
  }
}
