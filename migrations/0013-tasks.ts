import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** Long work that is asked for, done in the background and found again; and the audit trail by who and by what. */
export class Tasks1763769600013 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE task (
        community_id bigint NOT NULL,
        task_id uuid NOT NULL,
        idem_key uuid NOT NULL,
        body_hash bytea NOT NULL,
        kind text NOT NULL,
        state text NOT NULL,
        done integer NOT NULL,
        total integer,
        asked_by uuid NOT NULL,
        asked_as jsonb NOT NULL,
        asked_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz,
        parameters jsonb NOT NULL,
        upload bytea,
        result bytea,
        file bytea,
        file_name text,
        failure text,
        failure_params jsonb,
        attempts smallint NOT NULL,
        holder text,
        leased_until timestamptz,
        CONSTRAINT pk_task PRIMARY KEY (community_id, task_id),
        CONSTRAINT uq_task_key UNIQUE (community_id, asked_by, idem_key),
        CONSTRAINT fk_task_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT ck_task_state CHECK (state IN ('queued', 'running', 'done', 'failed')),
        CONSTRAINT ck_task_counts CHECK (done >= 0 AND total >= 0 AND attempts >= 0),
        CONSTRAINT ck_task_lease CHECK ((state = 'running') = (leased_until IS NOT NULL)),
        CONSTRAINT ck_task_finished CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL)),
        CONSTRAINT ck_task_failure CHECK ((state = 'failed') = (failure IS NOT NULL)),
        CONSTRAINT ck_task_sizes CHECK (length(upload) <= 8388608 AND length(result) <= 33554432 AND length(file) <= 33554432)
      )`);
    await queryRunner.query(
      `CREATE INDEX ix_task_open ON task (community_id, asked_at) WHERE state IN ('queued', 'running')`,
    );
    await queryRunner.query(`CREATE INDEX ix_task_asked ON task (community_id, asked_by, task_id)`);
    await queryRunner.query(`CREATE INDEX ix_audit_record_actor ON audit_record (community_id, actor_id, at)`);
    // The id alone says which thing it is; its kind before it kept the index from being used without one.
    await queryRunner.query(`CREATE INDEX ix_audit_record_subject_id ON audit_record (community_id, subject_id, at)`);
    await queryRunner.query(`DROP INDEX ix_audit_record_subject`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(
      `CREATE INDEX ix_audit_record_subject ON audit_record (community_id, subject_kind, subject_id)`,
    );
    await queryRunner.query(`DROP INDEX ix_audit_record_subject_id`);
    await queryRunner.query(`DROP INDEX ix_audit_record_actor`);
    await queryRunner.query(`DROP TABLE task`);
  }
}
