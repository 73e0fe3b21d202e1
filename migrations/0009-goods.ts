import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly } from './append-only.js';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** The catalogue with dated prices, shelves, batches, and the append-only stock ledger. */
export class Goods1763769600009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE goods (
        community_id bigint NOT NULL,
        goods_id uuid NOT NULL,
        name text NOT NULL,
        unit text NOT NULL,
        category text NOT NULL,
        barcode text,
        photo_id uuid,
        limit_quantity integer,
        limit_period text,
        season_from text,
        season_to text,
        is_listed boolean NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_goods PRIMARY KEY (community_id, goods_id),
        CONSTRAINT uq_goods_name UNIQUE (community_id, name),
        CONSTRAINT fk_goods_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT ck_goods_name CHECK (length(name) BETWEEN 1 AND 60),
        CONSTRAINT ck_goods_limit CHECK (
          (limit_quantity IS NULL) = (limit_period IS NULL) AND (limit_quantity IS NULL OR limit_quantity BETWEEN 1 AND 10000)
          AND (limit_period IS NULL OR limit_period IN ('day', 'week', 'month', 'year'))),
        CONSTRAINT ck_goods_season CHECK (
          (season_from IS NULL) = (season_to IS NULL) AND (season_from IS NULL OR season_from ~ '^[01][0-9]-[0-3][0-9]$')
          AND (season_to IS NULL OR season_to ~ '^[01][0-9]-[0-3][0-9]$'))
      )`);
    await queryRunner.query(
      `CREATE UNIQUE INDEX uq_goods_barcode ON goods (community_id, barcode) WHERE barcode IS NOT NULL`,
    );
    await queryRunner.query(`
      CREATE TABLE goods_photo (
        community_id bigint NOT NULL,
        photo_id uuid NOT NULL,
        media_type text NOT NULL,
        bytes bytea NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_goods_photo PRIMARY KEY (community_id, photo_id),
        CONSTRAINT ck_goods_photo_size CHECK (length(bytes) <= 5242880),
        CONSTRAINT fk_goods_photo_community FOREIGN KEY (community_id) REFERENCES community (community_id)
      )`);
    await queryRunner.query(`
      CREATE TABLE goods_price (
        community_id bigint NOT NULL,
        price_id uuid NOT NULL,
        goods_id uuid NOT NULL,
        centipoints bigint NOT NULL,
        effective_from timestamptz NOT NULL,
        set_by uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT pk_goods_price PRIMARY KEY (community_id, price_id),
        CONSTRAINT uq_goods_price_effective UNIQUE (community_id, goods_id, effective_from),
        CONSTRAINT fk_goods_price_goods FOREIGN KEY (community_id, goods_id) REFERENCES goods (community_id, goods_id),
        CONSTRAINT ck_goods_price_centipoints CHECK (centipoints BETWEEN 1 AND 100000000),
        CONSTRAINT ck_goods_price_not_retroactive CHECK (effective_from >= recorded_at)
      )`);
    await queryRunner.query(`
      CREATE TABLE shelf (
        community_id bigint NOT NULL,
        site_id uuid NOT NULL,
        goods_id uuid NOT NULL,
        on_hand integer NOT NULL,
        reserved integer NOT NULL,
        low_stock_at integer NOT NULL,
        CONSTRAINT pk_shelf PRIMARY KEY (community_id, site_id, goods_id),
        CONSTRAINT fk_shelf_site FOREIGN KEY (community_id, site_id) REFERENCES site (community_id, site_id),
        CONSTRAINT fk_shelf_goods FOREIGN KEY (community_id, goods_id) REFERENCES goods (community_id, goods_id),
        CONSTRAINT ck_shelf_on_hand CHECK (on_hand >= 0),
        CONSTRAINT ck_shelf_reserved CHECK (reserved >= 0 AND reserved <= on_hand),
        CONSTRAINT ck_shelf_low_stock CHECK (low_stock_at >= 0)
      ) WITH (fillfactor = 75)`);
    await queryRunner.query(`
      CREATE TABLE stock_batch (
        community_id bigint NOT NULL,
        batch_id uuid NOT NULL,
        site_id uuid NOT NULL,
        goods_id uuid NOT NULL,
        expires_on date,
        origin text NOT NULL,
        supplier text NOT NULL,
        unit_cost_fen bigint NOT NULL,
        remaining integer NOT NULL,
        received_at timestamptz NOT NULL,
        CONSTRAINT pk_stock_batch PRIMARY KEY (community_id, batch_id),
        CONSTRAINT fk_stock_batch_shelf FOREIGN KEY (community_id, site_id, goods_id)
          REFERENCES shelf (community_id, site_id, goods_id),
        CONSTRAINT ck_stock_batch_origin CHECK (origin IN ('bought', 'donated')),
        CONSTRAINT ck_stock_batch_remaining CHECK (remaining >= 0),
        CONSTRAINT ck_stock_batch_cost CHECK (unit_cost_fen BETWEEN 0 AND 100000000)
      ) WITH (fillfactor = 75)`);
    await queryRunner.query(
      `CREATE INDEX ix_stock_batch_shelf ON stock_batch (community_id, site_id, goods_id, expires_on)`,
    );
    await queryRunner.query(`
      CREATE TABLE stock_movement (
        community_id bigint NOT NULL,
        movement_id uuid NOT NULL,
        site_id uuid NOT NULL,
        goods_id uuid NOT NULL,
        delta integer NOT NULL,
        on_hand_after integer NOT NULL,
        kind text NOT NULL,
        source_id uuid NOT NULL,
        redemption_line_id uuid,
        approval_id uuid,
        reason text,
        actor_id uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        business_date date NOT NULL GENERATED ALWAYS AS ((recorded_at AT TIME ZONE 'Asia/Shanghai')::date) STORED,
        CONSTRAINT pk_stock_movement PRIMARY KEY (community_id, movement_id),
        CONSTRAINT fk_stock_movement_shelf FOREIGN KEY (community_id, site_id, goods_id)
          REFERENCES shelf (community_id, site_id, goods_id),
        CONSTRAINT fk_stock_movement_approval FOREIGN KEY (community_id, approval_id)
          REFERENCES approval (community_id, approval_id),
        CONSTRAINT ck_stock_movement_delta CHECK (delta <> 0),
        CONSTRAINT ck_stock_movement_on_hand CHECK (on_hand_after >= 0),
        CONSTRAINT ck_stock_movement_kind CHECK (kind IN (
          'receipt', 'write-off', 'transfer-out', 'transfer-in', 'stocktake', 'redemption', 'return')),
        CONSTRAINT ck_stock_movement_sign CHECK (CASE
          WHEN kind IN ('receipt', 'transfer-in', 'return') THEN delta > 0
          WHEN kind IN ('write-off', 'transfer-out', 'redemption') THEN delta < 0
          ELSE true END),
        CONSTRAINT ck_stock_movement_line CHECK ((kind IN ('redemption', 'return')) = (redemption_line_id IS NOT NULL))
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_stock_movement_line ON stock_movement (community_id, redemption_line_id)
      WHERE kind = 'redemption'`);
    await queryRunner.query(
      `CREATE UNIQUE INDEX uq_stock_movement_source ON stock_movement (community_id, source_id, site_id, goods_id, kind)`,
    );
    await queryRunner.query(
      `CREATE INDEX ix_stock_movement_shelf ON stock_movement (community_id, site_id, goods_id, recorded_at)`,
    );
    await queryRunner.query(`
      CREATE TABLE batch_draw (
        community_id bigint NOT NULL,
        movement_id uuid NOT NULL,
        batch_id uuid NOT NULL,
        delta integer NOT NULL,
        redemption_line_id uuid,
        CONSTRAINT pk_batch_draw PRIMARY KEY (community_id, movement_id, batch_id),
        CONSTRAINT fk_batch_draw_movement FOREIGN KEY (community_id, movement_id)
          REFERENCES stock_movement (community_id, movement_id),
        CONSTRAINT fk_batch_draw_batch FOREIGN KEY (community_id, batch_id)
          REFERENCES stock_batch (community_id, batch_id),
        CONSTRAINT ck_batch_draw_delta CHECK (delta <> 0)
      )`);
    await queryRunner.query(`CREATE INDEX ix_batch_draw_batch ON batch_draw (community_id, batch_id)`);
    await queryRunner.query(`
      CREATE INDEX ix_batch_draw_line ON batch_draw (community_id, redemption_line_id)
      WHERE redemption_line_id IS NOT NULL`);
    await queryRunner.query(`
      CREATE TABLE stock_transfer (
        community_id bigint NOT NULL,
        transfer_id uuid NOT NULL,
        from_site_id uuid NOT NULL,
        to_site_id uuid NOT NULL,
        goods_id uuid NOT NULL,
        quantity_sent integer NOT NULL,
        quantity_received integer,
        sent_by uuid NOT NULL,
        sent_at timestamptz NOT NULL,
        received_by uuid,
        received_at timestamptz,
        difference_reason text,
        CONSTRAINT pk_stock_transfer PRIMARY KEY (community_id, transfer_id),
        CONSTRAINT fk_stock_transfer_from FOREIGN KEY (community_id, from_site_id, goods_id)
          REFERENCES shelf (community_id, site_id, goods_id),
        CONSTRAINT fk_stock_transfer_to FOREIGN KEY (community_id, to_site_id, goods_id)
          REFERENCES shelf (community_id, site_id, goods_id),
        CONSTRAINT ck_stock_transfer_sites CHECK (from_site_id <> to_site_id),
        CONSTRAINT ck_stock_transfer_quantity CHECK (
          quantity_sent > 0 AND (quantity_received IS NULL OR quantity_received BETWEEN 0 AND quantity_sent)),
        CONSTRAINT ck_stock_transfer_received CHECK (
          (quantity_received IS NULL) = (received_at IS NULL) AND (received_at IS NULL) = (received_by IS NULL)),
        CONSTRAINT ck_stock_transfer_difference CHECK (
          quantity_received IS NULL OR quantity_received = quantity_sent OR difference_reason IS NOT NULL)
      )`);
    await queryRunner.query(`
      CREATE TABLE stocktake (
        community_id bigint NOT NULL,
        stocktake_id uuid NOT NULL,
        site_id uuid NOT NULL,
        status text NOT NULL,
        started_by uuid NOT NULL,
        started_at timestamptz NOT NULL,
        submitted_by uuid,
        submitted_at timestamptz,
        approval_id uuid,
        CONSTRAINT pk_stocktake PRIMARY KEY (community_id, stocktake_id),
        CONSTRAINT fk_stocktake_site FOREIGN KEY (community_id, site_id) REFERENCES site (community_id, site_id),
        CONSTRAINT fk_stocktake_approval FOREIGN KEY (community_id, approval_id)
          REFERENCES approval (community_id, approval_id),
        CONSTRAINT ck_stocktake_status CHECK (status IN ('counting', 'submitted', 'posted', 'cancelled'))
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_stocktake_open ON stocktake (community_id, site_id) WHERE status IN ('counting', 'submitted')`);
    await queryRunner.query(`
      CREATE TABLE stocktake_line (
        community_id bigint NOT NULL,
        stocktake_id uuid NOT NULL,
        goods_id uuid NOT NULL,
        counted integer NOT NULL,
        expected integer NOT NULL,
        counted_by uuid NOT NULL,
        counted_at timestamptz NOT NULL,
        CONSTRAINT pk_stocktake_line PRIMARY KEY (community_id, stocktake_id, goods_id),
        CONSTRAINT fk_stocktake_line_stocktake FOREIGN KEY (community_id, stocktake_id)
          REFERENCES stocktake (community_id, stocktake_id),
        CONSTRAINT fk_stocktake_line_goods FOREIGN KEY (community_id, goods_id)
          REFERENCES goods (community_id, goods_id),
        CONSTRAINT ck_stocktake_line_counted CHECK (counted BETWEEN 0 AND 1000000)
      )`);
    for (const table of ['goods_price', 'stock_movement', 'batch_draw']) {
      await appendOnly(queryRunner, table);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(
      `DROP TABLE stocktake_line, stocktake, stock_transfer, batch_draw, stock_movement, stock_batch, shelf, goods_price,
        goods_photo, goods`,
    );
  }
}
