import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** Households, members, cards, consent. A household's points account carries the household's own id. */
export class Residents1763769600006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE household (
        community_id bigint NOT NULL,
        household_id uuid NOT NULL,
        door text NOT NULL,
        area_id uuid,
        status text NOT NULL,
        merged_into uuid,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_household PRIMARY KEY (community_id, household_id),
        CONSTRAINT fk_household_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT fk_household_area FOREIGN KEY (community_id, area_id) REFERENCES area (community_id, area_id),
        CONSTRAINT fk_household_merged FOREIGN KEY (community_id, merged_into)
          REFERENCES household (community_id, household_id),
        CONSTRAINT fk_household_account FOREIGN KEY (community_id, household_id)
          REFERENCES ledger_account (community_id, account_id),
        CONSTRAINT ck_household_status CHECK (status IN ('active', 'frozen', 'merged', 'closed')),
        CONSTRAINT ck_household_merged CHECK ((status = 'merged') = (merged_into IS NOT NULL)),
        CONSTRAINT ck_household_door CHECK (length(door) BETWEEN 1 AND 60)
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX uq_household_door ON household (community_id, area_id, door) NULLS NOT DISTINCT
      WHERE status IN ('active', 'frozen')`);
    await queryRunner.query(`CREATE INDEX ix_household_door ON household (community_id, door text_pattern_ops)`);
    await queryRunner.query(`CREATE INDEX ix_household_area ON household (community_id, area_id)`);
    await queryRunner.query(`
      CREATE TABLE member (
        community_id bigint NOT NULL,
        member_id uuid NOT NULL,
        household_id uuid NOT NULL,
        name text NOT NULL,
        pinyin text NOT NULL,
        initials text NOT NULL,
        is_head boolean NOT NULL,
        phone_sealed bytea,
        phone_hash bytea,
        phone_tail_hash bytea,
        left_at timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_member PRIMARY KEY (community_id, member_id),
        CONSTRAINT fk_member_household FOREIGN KEY (community_id, household_id)
          REFERENCES household (community_id, household_id),
        CONSTRAINT ck_member_phone CHECK (
          (phone_sealed IS NULL) = (phone_hash IS NULL) AND (phone_hash IS NULL) = (phone_tail_hash IS NULL)),
        CONSTRAINT ck_member_name CHECK (length(name) BETWEEN 1 AND 40)
      )`);
    await queryRunner.query(
      `CREATE UNIQUE INDEX uq_member_head ON member (community_id, household_id) WHERE is_head AND left_at IS NULL`,
    );
    await queryRunner.query(`CREATE INDEX ix_member_household ON member (community_id, household_id)`);
    await queryRunner.query(`CREATE INDEX ix_member_name ON member (community_id, name text_pattern_ops)`);
    await queryRunner.query(`CREATE INDEX ix_member_pinyin ON member (community_id, pinyin text_pattern_ops)`);
    await queryRunner.query(`CREATE INDEX ix_member_initials ON member (community_id, initials text_pattern_ops)`);
    await queryRunner.query(`CREATE INDEX ix_member_phone ON member (community_id, phone_hash)`);
    await queryRunner.query(`CREATE INDEX ix_member_phone_tail ON member (community_id, phone_tail_hash)`);
    await queryRunner.query(`
      CREATE TABLE card (
        community_id bigint NOT NULL,
        card_id uuid NOT NULL,
        household_id uuid NOT NULL,
        member_id uuid,
        number text NOT NULL,
        token_hash bytea NOT NULL,
        status text NOT NULL,
        replaced_by uuid,
        pin_hash text,
        pin_failures smallint NOT NULL,
        issued_at timestamptz NOT NULL,
        CONSTRAINT pk_card PRIMARY KEY (community_id, card_id),
        CONSTRAINT uq_card_number UNIQUE (community_id, number),
        CONSTRAINT uq_card_token UNIQUE (community_id, token_hash),
        CONSTRAINT fk_card_household FOREIGN KEY (community_id, household_id)
          REFERENCES household (community_id, household_id),
        CONSTRAINT fk_card_member FOREIGN KEY (community_id, member_id) REFERENCES member (community_id, member_id),
        CONSTRAINT fk_card_replaced FOREIGN KEY (community_id, replaced_by) REFERENCES card (community_id, card_id),
        CONSTRAINT ck_card_status CHECK (status IN ('active', 'frozen', 'lost', 'replaced')),
        CONSTRAINT ck_card_replaced CHECK (replaced_by IS NULL OR status = 'replaced'),
        CONSTRAINT ck_card_pin_failures CHECK (pin_failures BETWEEN 0 AND 5)
      )`);
    await queryRunner.query(`CREATE INDEX ix_card_household ON card (community_id, household_id)`);
    await queryRunner.query(`
      CREATE TABLE card_event (
        community_id bigint NOT NULL,
        event_id uuid NOT NULL,
        card_id uuid NOT NULL,
        status text NOT NULL,
        reason text NOT NULL,
        actor_id uuid NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT pk_card_event PRIMARY KEY (community_id, event_id),
        CONSTRAINT fk_card_event_card FOREIGN KEY (community_id, card_id) REFERENCES card (community_id, card_id)
      )`);
    await queryRunner.query(`CREATE INDEX ix_card_event_card ON card_event (community_id, card_id)`);
    await queryRunner.query(`
      CREATE TABLE card_directory (
        number text NOT NULL,
        community_id bigint NOT NULL,
        card_id uuid NOT NULL,
        CONSTRAINT pk_card_directory PRIMARY KEY (number)
      )`);
    await queryRunner.query(`
      CREATE TABLE phone_directory (
        phone_hash bytea NOT NULL,
        community_id bigint NOT NULL,
        household_id uuid NOT NULL,
        CONSTRAINT pk_phone_directory PRIMARY KEY (phone_hash, community_id, household_id)
      )`);
    await queryRunner.query(`
      CREATE TABLE consent (
        community_id bigint NOT NULL,
        consent_id uuid NOT NULL,
        household_id uuid NOT NULL,
        member_id uuid,
        purpose text NOT NULL,
        version text NOT NULL,
        channel text NOT NULL,
        given_at timestamptz NOT NULL,
        recorded_by uuid NOT NULL,
        withdrawn_at timestamptz,
        CONSTRAINT pk_consent PRIMARY KEY (community_id, consent_id),
        CONSTRAINT fk_consent_household FOREIGN KEY (community_id, household_id)
          REFERENCES household (community_id, household_id),
        CONSTRAINT fk_consent_member FOREIGN KEY (community_id, member_id) REFERENCES member (community_id, member_id),
        CONSTRAINT ck_consent_channel CHECK (channel IN ('paper', 'desk', 'phone')),
        CONSTRAINT ck_consent_purpose CHECK (purpose IN ('scheme', 'phone', 'minor'))
      )`);
    await queryRunner.query(`CREATE INDEX ix_consent_household ON consent (community_id, household_id)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`DROP TABLE consent, phone_directory, card_directory, card_event, card, member, household`);
  }
}
