import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly } from './append-only.js';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** Goods taken home for points: at the counter, by reservation, and their returns. All append-only. */
export class Redemptions1763769600010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE reservation (
        community_id bigint NOT NULL,
        reservation_id uuid NOT NULL,
        household_id uuid NOT NULL,
        site_id uuid NOT NULL,
        hold_id uuid NOT NULL,
        code text NOT NULL,
        total_centipoints bigint NOT NULL,
        placed_at timestamptz NOT NULL,
        last_day date NOT NULL,
        expires_at timestamptz NOT NULL,
        actor_id uuid NOT NULL,
        CONSTRAINT pk_reservation PRIMARY KEY (community_id, reservation_id),
        CONSTRAINT uq_reservation_hold UNIQUE (community_id, hold_id),
        CONSTRAINT uq_reservation_code UNIQUE (community_id, code),
        CONSTRAINT fk_reservation_household FOREIGN KEY (community_id, household_id)
          REFERENCES household (community_id, household_id),
        CONSTRAINT fk_reservation_site FOREIGN KEY (community_id, site_id) REFERENCES site (community_id, site_id),
        CONSTRAINT fk_reservation_hold FOREIGN KEY (community_id, hold_id) REFERENCES ledger_hold (community_id, hold_id),
        CONSTRAINT ck_reservation_code CHECK (code ~ '^[0-9]{8}$'),
        CONSTRAINT ck_reservation_total CHECK (total_centipoints > 0)
      )`);
    await queryRunner.query(
      `CREATE INDEX ix_reservation_household ON reservation (community_id, household_id, placed_at)`,
    );
    await queryRunner.query(`CREATE INDEX ix_reservation_expires ON reservation (community_id, expires_at)`);
    await queryRunner.query(`
      CREATE TABLE reservation_line (
        community_id bigint NOT NULL,
        reservation_id uuid NOT NULL,
        goods_id uuid NOT NULL,
        quantity integer NOT NULL,
        unit_centipoints bigint NOT NULL,
        CONSTRAINT pk_reservation_line PRIMARY KEY (community_id, reservation_id, goods_id),
        CONSTRAINT fk_reservation_line_reservation FOREIGN KEY (community_id, reservation_id)
          REFERENCES reservation (community_id, reservation_id),
        CONSTRAINT fk_reservation_line_goods FOREIGN KEY (community_id, goods_id)
          REFERENCES goods (community_id, goods_id),
        CONSTRAINT ck_reservation_line_quantity CHECK (quantity BETWEEN 1 AND 10000)
      )`);
    await queryRunner.query(`
      CREATE TABLE reservation_end (
        community_id bigint NOT NULL,
        reservation_id uuid NOT NULL,
        outcome text NOT NULL,
        actor_id uuid NOT NULL,
        ended_at timestamptz NOT NULL,
        CONSTRAINT pk_reservation_end PRIMARY KEY (community_id, reservation_id),
        CONSTRAINT fk_reservation_end_reservation FOREIGN KEY (community_id, reservation_id)
          REFERENCES reservation (community_id, reservation_id),
        CONSTRAINT ck_reservation_end_outcome CHECK (outcome IN ('confirmed', 'cancelled', 'expired'))
      )`);
    await queryRunner.query(`
      CREATE TABLE redemption (
        community_id bigint NOT NULL,
        redemption_id uuid NOT NULL,
        household_id uuid NOT NULL,
        site_id uuid NOT NULL,
        card_id uuid,
        reservation_id uuid,
        total_centipoints bigint NOT NULL,
        entry_id uuid NOT NULL,
        checked_by text NOT NULL,
        actor_id uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        business_date date NOT NULL GENERATED ALWAYS AS ((recorded_at AT TIME ZONE 'Asia/Shanghai')::date) STORED,
        CONSTRAINT pk_redemption PRIMARY KEY (community_id, redemption_id),
        CONSTRAINT uq_redemption_entry UNIQUE (community_id, entry_id),
        CONSTRAINT uq_redemption_reservation UNIQUE (community_id, reservation_id),
        CONSTRAINT fk_redemption_household FOREIGN KEY (community_id, household_id)
          REFERENCES household (community_id, household_id),
        CONSTRAINT fk_redemption_site FOREIGN KEY (community_id, site_id) REFERENCES site (community_id, site_id),
        CONSTRAINT fk_redemption_card FOREIGN KEY (community_id, card_id) REFERENCES card (community_id, card_id),
        CONSTRAINT fk_redemption_reservation FOREIGN KEY (community_id, reservation_id)
          REFERENCES reservation (community_id, reservation_id),
        CONSTRAINT ck_redemption_total CHECK (total_centipoints > 0),
        CONSTRAINT ck_redemption_checked CHECK (checked_by IN ('none', 'pin', 'eye', 'code'))
      )`);
    await queryRunner.query(
      `CREATE INDEX ix_redemption_household ON redemption (community_id, household_id, recorded_at)`,
    );
    await queryRunner.query(`CREATE INDEX ix_redemption_day ON redemption (community_id, business_date)`);
    await queryRunner.query(`
      CREATE TABLE redemption_line (
        community_id bigint NOT NULL,
        line_id uuid NOT NULL,
        redemption_id uuid NOT NULL,
        household_id uuid NOT NULL,
        goods_id uuid NOT NULL,
        quantity integer NOT NULL,
        unit_centipoints bigint NOT NULL,
        movement_id uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT pk_redemption_line PRIMARY KEY (community_id, line_id),
        CONSTRAINT uq_redemption_line_goods UNIQUE (community_id, redemption_id, goods_id),
        CONSTRAINT uq_redemption_line_movement UNIQUE (community_id, movement_id),
        CONSTRAINT uq_redemption_line_quantity UNIQUE (community_id, line_id, quantity),
        CONSTRAINT fk_redemption_line_redemption FOREIGN KEY (community_id, redemption_id)
          REFERENCES redemption (community_id, redemption_id),
        CONSTRAINT fk_redemption_line_movement FOREIGN KEY (community_id, movement_id)
          REFERENCES stock_movement (community_id, movement_id),
        CONSTRAINT ck_redemption_line_quantity CHECK (quantity BETWEEN 1 AND 10000),
        CONSTRAINT ck_redemption_line_price CHECK (unit_centipoints > 0)
      )`);
    await queryRunner.query(`
      CREATE INDEX ix_redemption_line_household ON redemption_line (community_id, household_id, goods_id, recorded_at)`);
    await queryRunner.query(`
      CREATE TABLE redemption_return (
        community_id bigint NOT NULL,
        return_id uuid NOT NULL,
        redemption_id uuid NOT NULL,
        is_cancellation boolean NOT NULL,
        total_centipoints bigint NOT NULL,
        entry_id uuid NOT NULL,
        reason text NOT NULL,
        actor_id uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT pk_redemption_return PRIMARY KEY (community_id, return_id),
        CONSTRAINT uq_redemption_return_entry UNIQUE (community_id, entry_id),
        CONSTRAINT fk_redemption_return_redemption FOREIGN KEY (community_id, redemption_id)
          REFERENCES redemption (community_id, redemption_id),
        CONSTRAINT ck_redemption_return_total CHECK (total_centipoints > 0)
      )`);
    await queryRunner.query(
      `CREATE INDEX ix_redemption_return_redemption ON redemption_return (community_id, redemption_id)`,
    );
    await queryRunner.query(`
      CREATE TABLE redemption_return_line (
        community_id bigint NOT NULL,
        return_id uuid NOT NULL,
        line_id uuid NOT NULL,
        line_quantity integer NOT NULL,
        quantity integer NOT NULL,
        returned_after integer NOT NULL,
        movement_id uuid NOT NULL,
        CONSTRAINT pk_redemption_return_line PRIMARY KEY (community_id, return_id, line_id),
        CONSTRAINT uq_redemption_return_line_after UNIQUE (community_id, line_id, returned_after),
        CONSTRAINT fk_redemption_return_line_return FOREIGN KEY (community_id, return_id)
          REFERENCES redemption_return (community_id, return_id),
        CONSTRAINT fk_redemption_return_line_line FOREIGN KEY (community_id, line_id, line_quantity)
          REFERENCES redemption_line (community_id, line_id, quantity),
        CONSTRAINT fk_redemption_return_line_movement FOREIGN KEY (community_id, movement_id)
          REFERENCES stock_movement (community_id, movement_id),
        CONSTRAINT ck_redemption_return_line_quantity CHECK (
          quantity > 0 AND returned_after >= quantity AND returned_after <= line_quantity)
      )`);
    for (const table of [
      'reservation',
      'reservation_line',
      'reservation_end',
      'redemption',
      'redemption_line',
      'redemption_return',
      'redemption_return_line',
    ]) {
      await appendOnly(queryRunner, table);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(
      `DROP TABLE redemption_return_line, redemption_return, redemption_line, redemption, reservation_end,
        reservation_line, reservation`,
    );
  }
}
