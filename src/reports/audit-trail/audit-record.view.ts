import { ApiProperty } from '@nestjs/swagger';
import { shownDetail } from './audit-detail.rules.js';
import type { AuditRecordRow } from './audit-records.repository.js';

export class AuditRecordView {
  @ApiProperty({ format: 'uuid' })
  readonly auditId: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly at: Date;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly actorId: string | null;

  @ApiProperty({ nullable: true, type: String, description: 'Null for households and for the installation itself.' })
  readonly actorName: string | null;

  @ApiProperty({ example: 'manager', description: 'The role under which it was done.' })
  readonly actorRole: string;

  @ApiProperty({ example: 'residents.freeze-card' })
  readonly action: string;

  @ApiProperty({ example: 'card' })
  readonly subjectKind: string;

  @ApiProperty()
  readonly subjectId: string;

  @ApiProperty({ enum: ['done', 'refused', 'failed'] })
  readonly result: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Codes and numbers; reasons as typed.' })
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;

  constructor(row: AuditRecordRow) {
    this.auditId = row.auditId;
    this.at = row.at;
    this.actorId = row.actorId;
    this.actorName = row.actorName;
    this.actorRole = row.actorRole;
    this.action = row.action;
    this.subjectKind = row.subjectKind;
    this.subjectId = row.subjectId;
    this.result = row.result;
    this.detail = shownDetail(row.detail);
  }
}
