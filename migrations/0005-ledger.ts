import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly } from './append-only.js';
import { distributedPlaceholders } from './distributed-placeholders.js';

/** The points ledger: accounts, entries, holds, expiry, checkpoints. */
export class Ledger1763769600005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(`
      CREATE TABLE ledger_account (
        community_id bigint NOT NULL,
        account_id uuid NOT NULL,
        kind text NOT NULL,
        owner_id uuid,
        floor bigint NOT NULL,
        balance bigint,
        held bigint,
        entry_count bigint,
        credited bigint,
        debited bigint,
        head_hash bytea,
        opened_at timestamptz NOT NULL,
        closed_at timestamptz,
        CONSTRAINT pk_ledger_account PRIMARY KEY (community_id, account_id),
        CONSTRAINT uq_ledger_account_owner UNIQUE NULLS NOT DISTINCT (community_id, owner_id, kind),
        CONSTRAINT fk_ledger_account_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT ck_ledger_account_kind CHECK (kind IN (
          'household', 'debt', 'issuance', 'redemption', 'adjustment', 'opening', 'expiry', 'donation', 'clearing')),
        CONSTRAINT ck_ledger_account_owner CHECK ((kind IN ('household', 'debt')) = (owner_id IS NOT NULL)),
        CONSTRAINT ck_ledger_account_running CHECK (
          (kind IN ('household', 'debt')) = (balance IS NOT NULL)
          AND (balance IS NULL) = (held IS NULL) AND (balance IS NULL) = (entry_count IS NULL)
          AND (balance IS NULL) = (credited IS NULL) AND (balance IS NULL) = (debited IS NULL)
          AND (balance IS NULL) = (head_hash IS NULL)),
        CONSTRAINT ck_ledger_account_held CHECK (held >= 0),
        CONSTRAINT ck_ledger_account_floor CHECK (kind <> 'household' OR balance - held >= floor),
        CONSTRAINT ck_ledger_account_debt CHECK (kind <> 'debt' OR (balance <= 0 AND held = 0)),
        CONSTRAINT ck_ledger_account_totals CHECK (balance = credited - debited),
        CONSTRAINT ck_ledger_account_closed CHECK (closed_at IS NULL OR (balance = 0 AND held = 0))
      ) WITH (fillfactor = 75)`);
    await queryRunner.query(`
      CREATE TABLE ledger_entry (
        community_id bigint NOT NULL,
        entry_id uuid NOT NULL,
        account_id uuid NOT NULL,
        seq bigint NOT NULL,
        amount bigint NOT NULL,
        balance_after bigint NOT NULL,
        credited_after bigint NOT NULL,
        debited_after bigint NOT NULL,
        counter_account_id uuid NOT NULL,
        kind smallint NOT NULL,
        source_id uuid NOT NULL,
        actor_id uuid NOT NULL,
        occurred_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL,
        business_date date NOT NULL GENERATED ALWAYS AS ((recorded_at AT TIME ZONE 'Asia/Shanghai')::date) STORED,
        reverses uuid,
        approval_id uuid,
        hash bytea NOT NULL,
        CONSTRAINT pk_ledger_entry PRIMARY KEY (community_id, entry_id),
        CONSTRAINT uq_ledger_entry_seq UNIQUE (community_id, account_id, seq),
        CONSTRAINT fk_ledger_entry_account FOREIGN KEY (community_id, account_id)
          REFERENCES ledger_account (community_id, account_id),
        CONSTRAINT fk_ledger_entry_counter FOREIGN KEY (community_id, counter_account_id)
          REFERENCES ledger_account (community_id, account_id),
        CONSTRAINT ck_ledger_entry_amount CHECK (amount <> 0 AND abs(amount) <= 1000000000),
        CONSTRAINT ck_ledger_entry_accounts CHECK (account_id <> counter_account_id),
        CONSTRAINT ck_ledger_entry_seq CHECK (seq > 0),
        CONSTRAINT ck_ledger_entry_totals CHECK (balance_after = credited_after - debited_after),
        CONSTRAINT ck_ledger_entry_kind CHECK (kind BETWEEN 1 AND 13),
        CONSTRAINT ck_ledger_entry_hash CHECK (length(hash) = 32)
      )`);
    await queryRunner.query(
      `CREATE UNIQUE INDEX uq_ledger_entry_source ON ledger_entry (community_id, source_id, account_id, kind)`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX uq_ledger_entry_reverses ON ledger_entry (community_id, reverses) WHERE reverses IS NOT NULL`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX uq_ledger_entry_approval ON ledger_entry (community_id, approval_id) WHERE approval_id IS NOT NULL`,
    );
    await queryRunner.query(`CREATE INDEX ix_ledger_entry_day ON ledger_entry (community_id, business_date)`);
    await queryRunner.query(`
      CREATE TRIGGER tr_ledger_entry_guard BEFORE INSERT ON ledger_entry
      FOR EACH ROW EXECUTE FUNCTION guard_entry()`);
    await queryRunner.query(`
      CREATE TABLE ledger_hold (
        community_id bigint NOT NULL,
        hold_id uuid NOT NULL,
        account_id uuid NOT NULL,
        amount bigint NOT NULL,
        source_id uuid NOT NULL,
        placed_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_ledger_hold PRIMARY KEY (community_id, hold_id),
        CONSTRAINT uq_ledger_hold_source UNIQUE (community_id, source_id),
        CONSTRAINT fk_ledger_hold_account FOREIGN KEY (community_id, account_id)
          REFERENCES ledger_account (community_id, account_id),
        CONSTRAINT ck_ledger_hold_amount CHECK (amount > 0 AND amount <= 1000000000)
      )`);
    await queryRunner.query(`CREATE INDEX ix_ledger_hold_account ON ledger_hold (community_id, account_id)`);
    await queryRunner.query(`
      CREATE TABLE ledger_hold_end (
        community_id bigint NOT NULL,
        hold_id uuid NOT NULL,
        outcome text NOT NULL,
        ended_at timestamptz NOT NULL,
        CONSTRAINT pk_ledger_hold_end PRIMARY KEY (community_id, hold_id),
        CONSTRAINT fk_ledger_hold_end_hold FOREIGN KEY (community_id, hold_id)
          REFERENCES ledger_hold (community_id, hold_id),
        CONSTRAINT ck_ledger_hold_end_outcome CHECK (outcome IN ('confirmed', 'cancelled', 'expired'))
      )`);
    await queryRunner.query(`
      CREATE TABLE ledger_expiry (
        community_id bigint NOT NULL,
        account_id uuid NOT NULL,
        cutoff timestamptz NOT NULL,
        amount bigint NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT pk_ledger_expiry PRIMARY KEY (community_id, account_id, cutoff),
        CONSTRAINT fk_ledger_expiry_account FOREIGN KEY (community_id, account_id)
          REFERENCES ledger_account (community_id, account_id),
        CONSTRAINT ck_ledger_expiry_amount CHECK (amount >= 0)
      )`);
    await queryRunner.query(`
      CREATE TABLE ledger_checkpoint (
        community_id bigint NOT NULL,
        day date NOT NULL,
        document text NOT NULL,
        signature bytea NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT pk_ledger_checkpoint PRIMARY KEY (community_id, day),
        CONSTRAINT fk_ledger_checkpoint_community FOREIGN KEY (community_id) REFERENCES community (community_id),
        CONSTRAINT ck_ledger_checkpoint_signature CHECK (length(signature) = 64)
      )`);
    for (const table of ['ledger_entry', 'ledger_hold', 'ledger_hold_end', 'ledger_expiry', 'ledger_checkpoint']) {
      await appendOnly(queryRunner, table);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await distributedPlaceholders(queryRunner);
    await queryRunner.query(
      `DROP TABLE ledger_checkpoint, ledger_expiry, ledger_hold_end, ledger_hold, ledger_entry, ledger_account`,
    );
  }
}
