import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** County, town, community, grid, building, entrance; drop-off points and shops with their opening calendar. */
export class Places1763769600002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE region (
        region_id uuid NOT NULL,
        parent_id uuid,
        kind text NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_region PRIMARY KEY (region_id),
        CONSTRAINT fk_region_parent FOREIGN KEY (parent_id) REFERENCES region (region_id),
        CONSTRAINT ck_region_kind CHECK ((kind = 'county' AND parent_id IS NULL) OR (kind = 'town' AND parent_id IS NOT NULL)),
        CONSTRAINT ck_region_name CHECK (length(name) BETWEEN 1 AND 60)
      )`);
    await queryRunner.query(`CREATE INDEX ix_region_parent ON region (parent_id)`);
    await queryRunner.query(`
      CREATE TABLE region_code (
        region_id uuid NOT NULL,
        valid_from date NOT NULL,
        valid_to date,
        code text NOT NULL,
        CONSTRAINT pk_region_code PRIMARY KEY (region_id, valid_from),
        CONSTRAINT fk_region_code_region FOREIGN KEY (region_id) REFERENCES region (region_id),
        CONSTRAINT ck_region_code_code CHECK (code ~ '^[0-9]{12}$'),
        CONSTRAINT ck_region_code_dates CHECK (valid_to IS NULL OR valid_to > valid_from)
      )`);
    await queryRunner.query(`
      CREATE TABLE community (
        community_id bigint NOT NULL,
        town_id uuid NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_community PRIMARY KEY (community_id),
        CONSTRAINT fk_community_town FOREIGN KEY (town_id) REFERENCES region (region_id),
        CONSTRAINT ck_community_id CHECK (community_id > 0),
        CONSTRAINT ck_community_name CHECK (length(name) BETWEEN 1 AND 60)
      )`);
    await queryRunner.query(`CREATE INDEX ix_community_town ON community (community_id, town_id)`);
    await queryRunner.query(`
      CREATE TABLE community_code (
        community_id bigint NOT NULL,
        valid_from date NOT NULL,
        valid_to date,
        code text NOT NULL,
        CONSTRAINT pk_community_code PRIMARY KEY (community_id, valid_from),
        CONSTRAINT fk_community_code_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT ck_community_code_code CHECK (code ~ '^[0-9]{12}$'),
        CONSTRAINT ck_community_code_dates CHECK (valid_to IS NULL OR valid_to > valid_from)
      )`);
    await queryRunner.query(`
      CREATE TABLE community_settings (
        community_id bigint NOT NULL,
        version integer NOT NULL,
        points_decimals smallint NOT NULL,
        point_value_fen integer NOT NULL,
        visit_grams_max integer NOT NULL,
        visit_centipoints_max bigint NOT NULL,
        day_redemption_centipoints_max bigint,
        pin_limit_centipoints bigint NOT NULL,
        undo_seconds integer NOT NULL,
        late_entry_hours integer NOT NULL,
        reservation_days integer NOT NULL,
        overdraft_floor_centipoints bigint NOT NULL,
        receipt_approval_fen bigint NOT NULL,
        expiry_months integer,
        near_expiry_days integer NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_community_settings PRIMARY KEY (community_id),
        CONSTRAINT fk_community_settings_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT ck_community_settings_decimals CHECK (points_decimals BETWEEN 0 AND 2),
        CONSTRAINT ck_community_settings_value CHECK (point_value_fen BETWEEN 1 AND 100000),
        CONSTRAINT ck_community_settings_floor CHECK (overdraft_floor_centipoints BETWEEN -1000000 AND 0),
        CONSTRAINT ck_community_settings_positive CHECK (
          visit_grams_max > 0 AND visit_centipoints_max > 0 AND pin_limit_centipoints >= 0 AND receipt_approval_fen >= 0
          AND (day_redemption_centipoints_max IS NULL OR day_redemption_centipoints_max > 0)),
        CONSTRAINT ck_community_settings_times CHECK (
          undo_seconds BETWEEN 0 AND 3600 AND late_entry_hours BETWEEN 0 AND 72 AND reservation_days BETWEEN 1 AND 60
          AND near_expiry_days BETWEEN 1 AND 365 AND (expiry_months IS NULL OR expiry_months BETWEEN 1 AND 120))
      )`);
    await queryRunner.query(`
      CREATE TABLE area (
        community_id bigint NOT NULL,
        area_id uuid NOT NULL,
        parent_id uuid,
        kind text NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_area PRIMARY KEY (community_id, area_id),
        CONSTRAINT uq_area_name UNIQUE NULLS NOT DISTINCT (community_id, parent_id, name),
        CONSTRAINT fk_area_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT fk_area_parent FOREIGN KEY (community_id, parent_id) REFERENCES area (community_id, area_id),
        CONSTRAINT ck_area_kind CHECK (kind IN ('grid', 'building', 'entrance')),
        CONSTRAINT ck_area_parent CHECK ((kind = 'grid') = (parent_id IS NULL)),
        CONSTRAINT ck_area_name CHECK (length(name) BETWEEN 1 AND 60)
      )`);
    await queryRunner.query(`
      CREATE TABLE site (
        community_id bigint NOT NULL,
        site_id uuid NOT NULL,
        kind text NOT NULL,
        name text NOT NULL,
        area_id uuid,
        closed_at timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_site PRIMARY KEY (community_id, site_id),
        CONSTRAINT uq_site_name UNIQUE (community_id, name),
        CONSTRAINT fk_site_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT fk_site_area FOREIGN KEY (community_id, area_id) REFERENCES area (community_id, area_id),
        CONSTRAINT ck_site_kind CHECK (kind IN ('drop-off-point', 'shop')),
        CONSTRAINT ck_site_name CHECK (length(name) BETWEEN 1 AND 60)
      )`);
    await queryRunner.query(`
      CREATE TABLE opening_rule (
        community_id bigint NOT NULL,
        rule_id uuid NOT NULL,
        site_id uuid NOT NULL,
        kind text NOT NULL,
        day smallint,
        on_date date,
        opens_minute smallint,
        closes_minute smallint,
        CONSTRAINT pk_opening_rule PRIMARY KEY (community_id, rule_id),
        CONSTRAINT fk_opening_rule_site FOREIGN KEY (community_id, site_id) REFERENCES site (community_id, site_id),
        CONSTRAINT ck_opening_rule_kind CHECK (
          (kind = 'weekday' AND day BETWEEN 1 AND 7 AND on_date IS NULL)
          OR (kind = 'month-day' AND day BETWEEN 1 AND 31 AND on_date IS NULL)
          OR (kind IN ('open-date', 'closed-date') AND day IS NULL AND on_date IS NOT NULL)),
        CONSTRAINT ck_opening_rule_hours CHECK (
          (kind = 'closed-date' AND opens_minute IS NULL AND closes_minute IS NULL)
          OR (kind <> 'closed-date' AND opens_minute BETWEEN 0 AND 1439 AND closes_minute BETWEEN 1 AND 1440
              AND closes_minute > opens_minute))
      )`);
    await queryRunner.query(`CREATE INDEX ix_opening_rule_site ON opening_rule (community_id, site_id)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(
      `DROP TABLE opening_rule, site, area, community_settings, community_code, community, region_code, region`,
    );
  }
}
