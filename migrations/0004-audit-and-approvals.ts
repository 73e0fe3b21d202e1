import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly } from './append-only.js';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** Who did what (append-only), and what one person asks for and another one allows. */
export class AuditAndApprovals1763769600004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE audit_record (
        community_id bigint NOT NULL,
        audit_id uuid NOT NULL,
        at timestamptz NOT NULL,
        actor_id uuid,
        actor_role text NOT NULL,
        session_id uuid,
        request_id uuid,
        action text NOT NULL,
        subject_kind text NOT NULL,
        subject_id text NOT NULL,
        before_hash bytea,
        after_hash bytea,
        result text NOT NULL,
        detail jsonb NOT NULL,
        CONSTRAINT pk_audit_record PRIMARY KEY (community_id, audit_id),
        CONSTRAINT ck_audit_record_result CHECK (result IN ('done', 'refused', 'failed'))
      )`);
    await queryRunner.query(`CREATE INDEX ix_audit_record_at ON audit_record (community_id, at)`);
    await queryRunner.query(
      `CREATE INDEX ix_audit_record_subject ON audit_record (community_id, subject_kind, subject_id)`,
    );
    await appendOnly(queryRunner, 'audit_record');
    await queryRunner.query(`
      CREATE TABLE approval (
        community_id bigint NOT NULL,
        approval_id uuid NOT NULL,
        kind text NOT NULL,
        payload text NOT NULL,
        payload_hash bytea NOT NULL,
        summary jsonb NOT NULL,
        household_id uuid,
        reason text NOT NULL,
        maker_id uuid NOT NULL,
        submitted_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        status text NOT NULL,
        decided_by uuid,
        decided_at timestamptz,
        decision_reason text,
        CONSTRAINT pk_approval PRIMARY KEY (community_id, approval_id),
        CONSTRAINT fk_approval_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT ck_approval_status CHECK (status IN ('pending', 'approved', 'refused', 'withdrawn')),
        CONSTRAINT ck_approval_maker_checker CHECK (status NOT IN ('approved', 'refused') OR decided_by <> maker_id),
        CONSTRAINT ck_approval_decided CHECK ((status = 'pending') = (decided_by IS NULL)),
        CONSTRAINT ck_approval_expires CHECK (expires_at <= submitted_at + interval '7 days')
      )`);
    await queryRunner.query(
      `CREATE INDEX ix_approval_pending ON approval (community_id, submitted_at) WHERE status = 'pending'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`DROP TABLE approval, audit_record`);
  }
}
