import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('audit_record')
export class AuditRecord {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'audit_id' })
  readonly auditId: string;

  @Column('timestamptz', { name: 'at' })
  readonly at: Date;

  @Column('uuid', { name: 'actor_id', nullable: true })
  readonly actorId: string | null;

  @Column('text', { name: 'actor_role' })
  readonly actorRole: string;

  @Column('uuid', { name: 'session_id', nullable: true })
  readonly sessionId: string | null;

  @Column('uuid', { name: 'request_id', nullable: true })
  readonly requestId: string | null;

  @Column('text', { name: 'action' })
  readonly action: string;

  @Column('text', { name: 'subject_kind' })
  readonly subjectKind: string;

  @Column('text', { name: 'subject_id' })
  readonly subjectId: string;

  @Column('bytea', { name: 'before_hash', nullable: true })
  readonly beforeHash: Buffer | null;

  @Column('bytea', { name: 'after_hash', nullable: true })
  readonly afterHash: Buffer | null;

  @Column('text', { name: 'result' })
  readonly result: string;

  @Column('jsonb', { name: 'detail' })
  readonly detail: Record<string, string | number | boolean | null>;
}
