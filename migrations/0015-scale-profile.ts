import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** In which layout the scale's bytes were read, kept beside them; null for a typed weight and for older records. */
export class ScaleProfile1763769600015 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`ALTER TABLE weigh_in_line ADD COLUMN scale_profile text`);
    await queryRunner.query(`
      ALTER TABLE weigh_in_line ADD CONSTRAINT ck_weigh_in_line_scale_profile
      CHECK (scale_profile IN ('Y1', 'Y3', 'Y4', 'Y5', 'Y6', 'T1', 'C1', 'A1', 'G1'))`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`ALTER TABLE weigh_in_line DROP COLUMN scale_profile`);
  }
}
