import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** Waste items and the dated, immutable versions of the rules that turn them into points. */
export class Tariff1763769600007 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE waste_item (
        community_id bigint NOT NULL,
        item_id uuid NOT NULL,
        code text NOT NULL,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        waste_class text NOT NULL,
        sub_class text,
        unit text NOT NULL,
        is_listed boolean NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_waste_item PRIMARY KEY (community_id, item_id),
        CONSTRAINT uq_waste_item_code UNIQUE (community_id, code),
        CONSTRAINT fk_waste_item_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT ck_waste_item_class CHECK (waste_class IN ('recyclable', 'hazardous', 'kitchen', 'other')),
        CONSTRAINT ck_waste_item_unit CHECK (unit IN ('gram', 'piece', 'drop')),
        CONSTRAINT ck_waste_item_code CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,39}$')
      )`);
    await queryRunner.query(`
      CREATE TABLE tariff_version (
        community_id bigint NOT NULL,
        version_id uuid NOT NULL,
        name text NOT NULL,
        status text NOT NULL,
        document text NOT NULL,
        document_hash bytea NOT NULL,
        effective_from timestamptz,
        approval_id uuid,
        made_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_tariff_version PRIMARY KEY (community_id, version_id),
        CONSTRAINT fk_tariff_version_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT fk_tariff_version_approval FOREIGN KEY (community_id, approval_id)
          REFERENCES approval (community_id, approval_id),
        CONSTRAINT ck_tariff_version_status CHECK (status IN ('draft', 'submitted', 'approved', 'refused')),
        CONSTRAINT ck_tariff_version_approved CHECK (
          status <> 'approved' OR (effective_from IS NOT NULL AND approval_id IS NOT NULL))
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_tariff_version_effective ON tariff_version (community_id, effective_from)
      WHERE status = 'approved'`);
    await queryRunner.query(`
      CREATE TRIGGER tr_tariff_version_immutable BEFORE UPDATE OR DELETE ON tariff_version
      FOR EACH ROW EXECUTE FUNCTION guard_tariff_version()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`DROP TABLE tariff_version, waste_item`);
  }
}
