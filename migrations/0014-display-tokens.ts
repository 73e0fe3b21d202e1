import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** Wall displays: what lets one read a community's board, and nothing else, until it is revoked. */
export class DisplayTokens1763769600014 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE display_token (
        community_id bigint NOT NULL,
        token_id uuid NOT NULL,
        name text NOT NULL,
        site_id uuid,
        token_hash bytea NOT NULL,
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz,
        last_seen_at timestamptz,
        CONSTRAINT pk_display_token PRIMARY KEY (community_id, token_id),
        CONSTRAINT uq_display_token_hash UNIQUE (community_id, token_hash),
        CONSTRAINT fk_display_token_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT fk_display_token_site FOREIGN KEY (community_id, site_id) REFERENCES site (community_id, site_id),
        CONSTRAINT ck_display_token_name CHECK (length(name) BETWEEN 1 AND 60),
        CONSTRAINT ck_display_token_hash CHECK (length(token_hash) = 32)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`DROP TABLE display_token`);
  }
}
