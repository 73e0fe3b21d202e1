import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distributedPlaceholders } from './distributed-placeholders.js';

/**
 * What residents ask of their manager, with the day by which he answers. What was written may name people: it goes when one
 * of the household is erased, and is null then.
 */
export class Questions1763769600012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE question (
        community_id bigint NOT NULL,
        question_id uuid NOT NULL,
        household_id uuid NOT NULL,
        kind text NOT NULL,
        entry_id uuid,
        text text,
        asked_at timestamptz NOT NULL,
        due_on date NOT NULL,
        answer text,
        answered_at timestamptz,
        answered_by uuid,
        CONSTRAINT pk_question PRIMARY KEY (community_id, question_id),
        CONSTRAINT fk_question_household FOREIGN KEY (community_id, household_id)
          REFERENCES household (community_id, household_id),
        CONSTRAINT ck_question_kind CHECK (kind IN ('entry', 'other', 'erasure')),
        CONSTRAINT ck_question_entry CHECK ((kind = 'entry') = (entry_id IS NOT NULL)),
        CONSTRAINT ck_question_text CHECK (length(text) BETWEEN 2 AND 300),
        CONSTRAINT ck_question_answer CHECK (
          answer IS NULL OR (length(answer) BETWEEN 2 AND 300 AND answered_at IS NOT NULL)),
        CONSTRAINT ck_question_answered CHECK ((answered_at IS NULL) = (answered_by IS NULL))
      )`);
    await queryRunner.query(
      `CREATE INDEX ix_question_open ON question (community_id, due_on, question_id) WHERE answered_at IS NULL`,
    );
    await queryRunner.query(`CREATE INDEX ix_question_household ON question (community_id, household_id, question_id)`);
    await queryRunner.query(
      `CREATE UNIQUE INDEX uq_question_open_entry ON question (community_id, entry_id) WHERE answered_at IS NULL`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`DROP TABLE question`);
  }
}
