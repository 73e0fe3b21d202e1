import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** People who sign in, their roles in places, their sessions, and the counters that slow guessing down. */
export class Identity1763769600003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE person (
        person_id uuid NOT NULL,
        login text NOT NULL,
        display_name text NOT NULL,
        password_hash text NOT NULL,
        must_change_password boolean NOT NULL,
        password_changed_at timestamptz NOT NULL,
        password_expires_at timestamptz,
        disabled_at timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_person PRIMARY KEY (person_id),
        CONSTRAINT uq_person_login UNIQUE (login),
        CONSTRAINT ck_person_login CHECK (login ~ '^[a-z0-9][a-z0-9._-]{1,39}$'),
        CONSTRAINT ck_person_name CHECK (length(display_name) BETWEEN 1 AND 40)
      )`);
    await queryRunner.query(`
      CREATE TABLE role_grant (
        grant_id uuid NOT NULL,
        person_id uuid NOT NULL,
        role text NOT NULL,
        region_id uuid,
        community_id bigint,
        site_id uuid,
        granted_by uuid NOT NULL,
        granted_at timestamptz NOT NULL,
        CONSTRAINT pk_role_grant PRIMARY KEY (grant_id),
        CONSTRAINT uq_role_grant UNIQUE NULLS NOT DISTINCT (person_id, role, region_id, community_id, site_id),
        CONSTRAINT fk_role_grant_person FOREIGN KEY (person_id) REFERENCES person (person_id),
        CONSTRAINT fk_role_grant_region FOREIGN KEY (region_id) REFERENCES region (region_id),
        CONSTRAINT ck_role_grant_role CHECK (
          role IN ('admin', 'manager', 'collector', 'cashier', 'stock-keeper', 'supervisor')),
        CONSTRAINT ck_role_grant_scope CHECK (
          (region_id IS NULL OR community_id IS NULL) AND (site_id IS NULL OR community_id IS NOT NULL))
      )`);
    await queryRunner.query(`CREATE INDEX ix_role_grant_community ON role_grant (community_id)`);
    await queryRunner.query(`
      CREATE TABLE staff_household (
        community_id bigint NOT NULL,
        household_id uuid NOT NULL,
        person_id uuid NOT NULL,
        relation text NOT NULL,
        declared_at timestamptz NOT NULL,
        CONSTRAINT pk_staff_household PRIMARY KEY (community_id, household_id, person_id),
        CONSTRAINT fk_staff_household_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT ck_staff_household_relation CHECK (relation IN ('own', 'kin'))
      )`);
    await queryRunner.query(`
      CREATE TABLE session (
        token_hash bytea NOT NULL,
        session_id uuid NOT NULL,
        kind text NOT NULL,
        actor_id uuid NOT NULL,
        community_id bigint,
        origin text NOT NULL,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        idle_seconds integer NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_session PRIMARY KEY (token_hash),
        CONSTRAINT ck_session_token_hash CHECK (length(token_hash) = 32),
        CONSTRAINT ck_session_kind CHECK ((kind = 'staff') = (community_id IS NULL) AND kind IN ('staff', 'resident'))
      ) WITH (fillfactor = 80)`);
    await queryRunner.query(`CREATE INDEX ix_session_actor ON session (actor_id)`);
    await queryRunner.query(`CREATE INDEX ix_session_expires ON session (expires_at)`);
    await queryRunner.query(`
      CREATE TABLE sign_in_throttle (
        subject text NOT NULL,
        failures integer NOT NULL,
        window_started_at timestamptz NOT NULL,
        lock_level integer NOT NULL,
        locked_until timestamptz,
        CONSTRAINT pk_sign_in_throttle PRIMARY KEY (subject)
      )`);
    await queryRunner.query(`
      CREATE TABLE one_time_code (
        phone_hash bytea NOT NULL,
        code_hash bytea NOT NULL,
        attempts smallint NOT NULL,
        sent_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_one_time_code PRIMARY KEY (phone_hash)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`DROP TABLE one_time_code, sign_in_throttle, session, staff_household, role_grant, person`);
  }
}
