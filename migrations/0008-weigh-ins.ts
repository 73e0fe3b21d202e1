import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly } from './append-only.js';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** Visits to a drop-off point, their lines, and their reversals. All append-only. */
export class WeighIns1763769600008 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE weigh_in (
        community_id bigint NOT NULL,
        weigh_in_id uuid NOT NULL,
        household_id uuid NOT NULL,
        household_seq bigint NOT NULL,
        site_id uuid NOT NULL,
        card_id uuid,
        device_id uuid,
        device_seq bigint,
        occurred_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL,
        business_date date NOT NULL GENERATED ALWAYS AS ((occurred_at AT TIME ZONE 'Asia/Shanghai')::date) STORED,
        is_late boolean NOT NULL,
        tariff_version_id uuid NOT NULL,
        centipoints bigint NOT NULL,
        credit jsonb NOT NULL,
        corrects uuid,
        actor_id uuid NOT NULL,
        CONSTRAINT pk_weigh_in PRIMARY KEY (community_id, weigh_in_id),
        CONSTRAINT uq_weigh_in_household_seq UNIQUE (community_id, household_id, household_seq),
        CONSTRAINT fk_weigh_in_household FOREIGN KEY (community_id, household_id)
          REFERENCES household (community_id, household_id),
        CONSTRAINT fk_weigh_in_site FOREIGN KEY (community_id, site_id) REFERENCES site (community_id, site_id),
        CONSTRAINT fk_weigh_in_card FOREIGN KEY (community_id, card_id) REFERENCES card (community_id, card_id),
        CONSTRAINT fk_weigh_in_tariff FOREIGN KEY (community_id, tariff_version_id)
          REFERENCES tariff_version (community_id, version_id),
        CONSTRAINT fk_weigh_in_corrects FOREIGN KEY (community_id, corrects)
          REFERENCES weigh_in (community_id, weigh_in_id),
        CONSTRAINT ck_weigh_in_centipoints CHECK (centipoints BETWEEN 0 AND 1000000000),
        CONSTRAINT ck_weigh_in_device CHECK ((device_id IS NULL) = (device_seq IS NULL))
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_weigh_in_device ON weigh_in (community_id, device_id, device_seq)
      WHERE device_id IS NOT NULL`);
    await queryRunner.query(
      `CREATE INDEX ix_weigh_in_household_day ON weigh_in (community_id, household_id, business_date)`,
    );
    await queryRunner.query(`CREATE INDEX ix_weigh_in_day ON weigh_in (community_id, business_date)`);
    await queryRunner.query(`
      CREATE TABLE weigh_in_line (
        community_id bigint NOT NULL,
        weigh_in_id uuid NOT NULL,
        line_no smallint NOT NULL,
        item_id uuid NOT NULL,
        gross_grams integer,
        tare_grams integer,
        net_grams integer,
        pieces integer,
        drops integer,
        quality text NOT NULL,
        weight_source text NOT NULL,
        raw_frame text,
        credited_as text,
        centipoints bigint NOT NULL,
        CONSTRAINT pk_weigh_in_line PRIMARY KEY (community_id, weigh_in_id, line_no),
        CONSTRAINT fk_weigh_in_line_weigh_in FOREIGN KEY (community_id, weigh_in_id)
          REFERENCES weigh_in (community_id, weigh_in_id),
        CONSTRAINT fk_weigh_in_line_item FOREIGN KEY (community_id, item_id) REFERENCES waste_item (community_id, item_id),
        CONSTRAINT ck_weigh_in_line_measure CHECK (num_nonnulls(net_grams, pieces, drops) >= 1),
        CONSTRAINT ck_weigh_in_line_bounds CHECK (
          (net_grams IS NULL OR net_grams BETWEEN 1 AND 2000000) AND (pieces IS NULL OR pieces BETWEEN 1 AND 100000)
          AND (drops IS NULL OR drops BETWEEN 1 AND 100)),
        CONSTRAINT ck_weigh_in_line_tare CHECK (
          gross_grams IS NULL OR (tare_grams IS NOT NULL AND net_grams = gross_grams - tare_grams)),
        CONSTRAINT ck_weigh_in_line_source CHECK (weight_source IN ('typed', 'scale')),
        CONSTRAINT ck_weigh_in_line_centipoints CHECK (centipoints >= 0)
      )`);
    await queryRunner.query(`
      CREATE TABLE weigh_in_reversal (
        community_id bigint NOT NULL,
        weigh_in_id uuid NOT NULL,
        reversal_id uuid NOT NULL,
        reason text NOT NULL,
        debt_centipoints bigint NOT NULL,
        approval_id uuid,
        correction_id uuid,
        actor_id uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT pk_weigh_in_reversal PRIMARY KEY (community_id, weigh_in_id),
        CONSTRAINT uq_weigh_in_reversal_id UNIQUE (community_id, reversal_id),
        CONSTRAINT fk_weigh_in_reversal_weigh_in FOREIGN KEY (community_id, weigh_in_id)
          REFERENCES weigh_in (community_id, weigh_in_id),
        CONSTRAINT fk_weigh_in_reversal_correction FOREIGN KEY (community_id, correction_id)
          REFERENCES weigh_in (community_id, weigh_in_id),
        CONSTRAINT fk_weigh_in_reversal_approval FOREIGN KEY (community_id, approval_id)
          REFERENCES approval (community_id, approval_id),
        CONSTRAINT ck_weigh_in_reversal_debt CHECK (
          debt_centipoints >= 0 AND (debt_centipoints = 0 OR approval_id IS NOT NULL))
      )`);
    for (const table of ['weigh_in', 'weigh_in_line', 'weigh_in_reversal']) {
      await appendOnly(queryRunner, table);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`DROP TABLE weigh_in_reversal, weigh_in_line, weigh_in`);
  }
}
