import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** What every room stands on: idempotent requests, function sources, leases of jobs, the installation itself. */
export class Platform1763769600001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE installation (
        installation_id smallint NOT NULL,
        community_id_first bigint NOT NULL,
        community_id_last bigint NOT NULL,
        is_demonstration boolean NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_installation PRIMARY KEY (installation_id),
        CONSTRAINT ck_installation_single CHECK (installation_id = 1),
        CONSTRAINT ck_installation_range CHECK (community_id_first > 0 AND community_id_last >= community_id_first)
      )`);
    await queryRunner.query(`
      CREATE TABLE job_lease (
        job_name text NOT NULL,
        holder text NOT NULL,
        leased_until timestamptz NOT NULL,
        last_finished_at timestamptz,
        last_outcome text,
        CONSTRAINT pk_job_lease PRIMARY KEY (job_name)
      )`);
    await queryRunner.query(`
      CREATE TABLE request (
        community_id bigint NOT NULL,
        actor_id uuid NOT NULL,
        idem_key uuid NOT NULL,
        route text NOT NULL,
        body_hash bytea NOT NULL,
        is_refused boolean,
        reply text,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT pk_request PRIMARY KEY (community_id, actor_id, idem_key),
        CONSTRAINT ck_request_body_hash CHECK (length(body_hash) = 32)
      ) WITH (fillfactor = 70)`);
    await queryRunner.query(`CREATE INDEX ix_request_recorded ON request (community_id, recorded_at)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`DROP TABLE request, job_lease, installation`);
  }
}
