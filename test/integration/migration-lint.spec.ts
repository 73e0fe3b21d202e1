import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { type MigrationClass, migrationFaults } from '../support/migration-rules.js';

const PLACEHOLDERS = [
  'SET LOCAL citus.enable_local_reference_table_foreign_keys = off',
  `SET LOCAL citus.multi_shard_modify_mode = 'sequential'`,
];

/** A migration that sends these statements; down sends nothing but the placeholders unless told otherwise. */
function migrationOf(
  up: readonly string[],
  options: { down?: readonly string[]; transaction?: boolean } = {},
): MigrationClass {
  return class Probe implements MigrationInterface {
    readonly transaction = options.transaction;

    async up(queryRunner: QueryRunner): Promise<void> {
      for (const statement of up) await queryRunner.query(statement);
    }

    async down(queryRunner: QueryRunner): Promise<void> {
      for (const statement of options.down ?? PLACEHOLDERS) await queryRunner.query(statement);
    }
  };
}

function faultsOf(...statements: string[]): Promise<string[]> {
  return migrationFaults(migrationOf([...PLACEHOLDERS, ...statements]));
}

describe('migrations', () => {
  it.each(MIGRATIONS.map((migration) => [migration.name, migration] as const))(
    '%s keeps every rule',
    async (_, migration) => {
      expect(await migrationFaults(migration)).toEqual([]);
    },
  );

  it('are all in the list, in the order of their numbers', () => {
    const files = readdirSync(join(import.meta.dirname, '../../migrations')).filter((file) => /^\d/.test(file));
    expect(files.toSorted().map((file) => file.slice(0, 4))).toEqual(
      MIGRATIONS.map((_, index) => String(index + 1).padStart(4, '0')),
    );
    const moments = MIGRATIONS.map(({ name }) => Number(/\d{13}$/.exec(name)?.[0]));
    expect(moments).toEqual(moments.toSorted((one, other) => one - other));
    expect(new Set(moments).size).toBe(MIGRATIONS.length);
  });

  it('may make tables, columns, constraints and indexes that are named', async () => {
    const faults = await faultsOf(
      `CREATE TABLE probe (
        community_id bigint NOT NULL,
        price numeric(12, 2) NOT NULL CONSTRAINT ck_probe_price CHECK (price > 0),
        day date NOT NULL GENERATED ALWAYS AS ((at AT TIME ZONE 'Asia/Shanghai')::date) STORED,
        CONSTRAINT pk_probe PRIMARY KEY (community_id),
        CONSTRAINT fk_probe_goods FOREIGN KEY (community_id) REFERENCES goods (community_id)
      ) WITH (fillfactor = 70)`,
      `ALTER TABLE probe ADD COLUMN note text, ADD COLUMN other text NOT NULL DEFAULT ''`,
      `ALTER TABLE probe ADD CONSTRAINT ck_probe_note CHECK (length(note) < 9)`,
      `ALTER TABLE probe DROP CONSTRAINT ck_probe_note`,
      `CREATE INDEX ix_probe_day ON probe (community_id, day)`,
    );
    expect(faults).toEqual([]);
  });

  it('may build an index without a lock, alone and repeatably', async () => {
    const statements = ['CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_goods_unit ON goods (community_id, unit)'];
    const down = ['DROP INDEX CONCURRENTLY IF EXISTS ix_goods_unit'];
    expect(await migrationFaults(migrationOf(statements, { down, transaction: false }))).toEqual([]);
  });

  describe('are refused', () => {
    const cases: [rule: string, statement: string, fault: RegExp][] = [
      [
        'a check inside of ADD COLUMN',
        'ALTER TABLE goods ADD COLUMN weight integer CHECK (weight > 0)',
        /^Probe up: a constraint inside of ADD COLUMN/,
      ],
      [
        'a named check inside of ADD COLUMN',
        'ALTER TABLE goods ADD weight integer CONSTRAINT ck_goods_weight CHECK (weight > 0)',
        /^Probe up: a constraint inside of ADD COLUMN/,
      ],
      [
        'a reference inside of ADD COLUMN',
        'ALTER TABLE goods ADD COLUMN IF NOT EXISTS photo uuid REFERENCES goods_photo',
        /^Probe up: a constraint inside of ADD COLUMN/,
      ],
      [
        'a column together with its constraint',
        'ALTER TABLE goods ADD COLUMN weight integer, ADD CONSTRAINT ck_goods_weight CHECK (weight > 0)',
        /^Probe up: ADD COLUMN and its constraint/,
      ],
      ['an unnamed constraint', 'ALTER TABLE goods ADD CHECK (unit <> name)', /^Probe up: unnamed constraint: check/],
      [
        'an unnamed primary key',
        'CREATE TABLE probe (community_id bigint PRIMARY KEY)',
        /^Probe up: unnamed constraint: community_id bigint primary key/,
      ],
      [
        'an unnamed constraint beside a named one',
        'CREATE TABLE probe (a bigint CONSTRAINT ck_probe_a CHECK (a > 0) UNIQUE, CONSTRAINT pk_probe PRIMARY KEY (a))',
        /^Probe up: unnamed constraint: a bigint/,
      ],
      ['an unnamed index', 'CREATE INDEX ON goods (community_id, unit)', /^Probe up: unnamed index/],
      [
        'CONCURRENTLY in a transaction',
        'CREATE INDEX CONCURRENTLY ix_goods_unit ON goods (community_id, unit)',
        /^Probe up: CONCURRENTLY cannot run/,
      ],
      ['a dropped schema', 'DROP SCHEMA public CASCADE', /^Probe up: makes or drops a schema/],
    ];

    it.each(cases)('%s', async (_rule, statement, fault) => {
      expect(await faultsOf(statement)).toEqual([expect.stringMatching(fault)]);
    });

    it('a beginning without the placeholders, either way', async () => {
      const drop = 'DROP TABLE probe';
      expect(await migrationFaults(migrationOf([drop]))).toEqual(['Probe up: does not begin with the placeholders']);
      expect(await migrationFaults(migrationOf(PLACEHOLDERS, { down: [drop, ...PLACEHOLDERS] }))).toEqual([
        'Probe down: does not begin with the placeholders',
      ]);
    });

    it('a foreign key or moved rows without the second placeholder', async () => {
      const statements = [PLACEHOLDERS[0] ?? '', `UPDATE goods SET unit = '个' WHERE unit = 'ge'`];
      expect(await migrationFaults(migrationOf(statements))).toEqual([
        'Probe up: adds a foreign key without the second placeholder',
      ]);
    });

    it('anything but repeatable index statements without a transaction', async () => {
      const statements = ['ALTER TABLE goods ADD COLUMN weight integer'];
      const down = ['DROP INDEX CONCURRENTLY ix_goods_unit'];
      expect(await migrationFaults(migrationOf(statements, { down, transaction: false }))).toEqual([
        'Probe up: without a transaction: alter table goods add column weight integer',
        'Probe down: without a transaction: drop index concurrently ix_goods_unit',
      ]);
    });
  });
});
