import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distributedPlaceholders } from './distributed-placeholders.js';

/**
 * The rotating codes of cards that a desk has taken, so that none is taken twice (S-10). The step stands before the card in
 * the key, because the old steps of a community are removed together.
 */
export class CardCodes1763769600011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE card_code_use (
        community_id bigint NOT NULL,
        step bigint NOT NULL,
        card_id uuid NOT NULL,
        CONSTRAINT pk_card_code_use PRIMARY KEY (community_id, step, card_id),
        CONSTRAINT fk_card_code_use_card FOREIGN KEY (community_id, card_id) REFERENCES card (community_id, card_id)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`DROP TABLE card_code_use`);
  }
}
