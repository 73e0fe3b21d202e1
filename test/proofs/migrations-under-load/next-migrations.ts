import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distributedPlaceholders } from '../../../migrations/distributed-placeholders.js';

/**
 * How a migration that comes after the first ones has to be written, in three steps, and how it must not. Nothing of this
 * belongs to the product: the proof runs it on a database of its own, under load.
 */

/** Rows of ledger_account are few here; so long does each take where the table is to seem large, in seconds. */
const SECONDS_A_ROW = 0.015;

/**
 * Step one changes the catalogue alone, and gives up where it would have to stand in the queue: behind an ALTER TABLE that
 * waits for a long report, every posting waits as well.
 */
export class AddNote1893456000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`SET LOCAL lock_timeout = '200ms'`);
    await queryRunner.query(`ALTER TABLE weigh_in ADD COLUMN note text`);
    await queryRunner.query(
      `ALTER TABLE weigh_in ADD CONSTRAINT ck_weigh_in_note CHECK (length(note) <= 200) NOT VALID`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`ALTER TABLE weigh_in DROP COLUMN note`);
  }
}

/** Step two reads every row, in a transaction that has not locked the table against writing. */
export class ValidateNote1893456000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`ALTER TABLE weigh_in VALIDATE CONSTRAINT ck_weigh_in_note`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
  }
}

/** Step three, outside of a transaction. */
export class IndexNote1893456000003 implements MigrationInterface {
  readonly transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_weigh_in_note ON weigh_in (community_id, note)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX CONCURRENTLY IF EXISTS ix_weigh_in_note`);
  }
}

export const WELL_WRITTEN = [AddNote1893456000001, ValidateNote1893456000002, IndexNote1893456000003];

/** Writes a whole table anew, and nobody may so much as read it meanwhile. */
export class RewriteAccounts1893456000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(
      `ALTER TABLE ledger_account ALTER COLUMN head_hash TYPE bytea
       USING CASE WHEN pg_sleep(${SECONDS_A_ROW})::text = 'never' THEN NULL ELSE head_hash END`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
  }
}

/** Step one without its lock_timeout: harmless on its own, and a standstill behind whoever reads the table for long. */
export class AddNoteAtAnyPrice1893456000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`ALTER TABLE weigh_in ADD COLUMN note text`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`ALTER TABLE weigh_in DROP COLUMN note`);
  }
}
