import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DIRECTORY_KEYS, distributionOrder } from '../../src/platform/distribute.js';
import { TABLES } from '../../src/platform/table-classes.js';
import { readCatalogue } from '../support/catalogue.js';
import { catalogueFaults, type TableClasses } from '../support/catalogue-rules.js';
import { createMigratedDatabase } from '../support/database.js';

describe('the catalogue of a migrated database', () => {
  let client: pg.Client;

  beforeAll(async () => {
    client = new pg.Client({ connectionString: await createMigratedDatabase() });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
  });

  it('keeps every rule', async () => {
    expect(catalogueFaults(await readCatalogue(client), TABLES)).toEqual([]);
  });

  it('lets itself be distributed: what a table points to is distributed before it', async () => {
    const order: readonly string[] = distributionOrder();
    const { tables } = await readCatalogue(client);
    const late = tables.flatMap((table) =>
      table.constraints
        .filter(({ foreignTable }) => foreignTable !== null && foreignTable !== table.name)
        .filter(({ foreignTable }) => order.indexOf(foreignTable ?? '') > order.indexOf(table.name))
        .map(({ name }) => name),
    );
    expect(late).toEqual([]);
  });

  it('keys every directory by the value it is distributed by', async () => {
    const { tables } = await readCatalogue(client);
    for (const [directory, key] of Object.entries(DIRECTORY_KEYS)) {
      const primaryKey = tables
        .find(({ name }) => name === directory)
        ?.constraints.find(({ kind }) => kind === 'primary key');
      expect(primaryKey?.columns[0]).toBe(key);
    }
  });

  describe('is refused', () => {
    const probe = (kind: 'tenant' | 'reference' | 'directory' | 'local'): TableClasses => ({
      ...TABLES,
      probe: { kind },
    });
    const tenantProbe = (columns: string): string =>
      `CREATE TABLE probe (community_id bigint NOT NULL, probe_id uuid NOT NULL, ${columns}
        CONSTRAINT pk_probe PRIMARY KEY (community_id, probe_id))`;

    const cases: [rule: string, classes: TableClasses, sabotage: string, fault: RegExp][] = [
      ['a table that is not in the list', TABLES, tenantProbe(''), /^probe: not in table-classes/],
      ['a listed table that is not there', probe('tenant'), 'SELECT 1', /^probe: in table-classes\.ts, but/],
      [
        'a table without a primary key',
        probe('local'),
        'CREATE TABLE probe (probe_id uuid NOT NULL)',
        /^probe: no primary key/,
      ],
      [
        'a tenant table with a community_id that is too small',
        probe('tenant'),
        `CREATE TABLE probe (community_id integer NOT NULL, CONSTRAINT pk_probe PRIMARY KEY (community_id))`,
        /^probe: no community_id bigint NOT NULL/,
      ],
      [
        'a primary key that starts with something else',
        probe('tenant'),
        `CREATE TABLE probe (community_id bigint NOT NULL, probe_id uuid NOT NULL,
          CONSTRAINT pk_probe PRIMARY KEY (probe_id, community_id))`,
        /^probe: pk_probe does not start with community_id/,
      ],
      [
        'a unique constraint over all communities',
        TABLES,
        'ALTER TABLE goods ADD CONSTRAINT uq_goods_photo UNIQUE (photo_id)',
        /^goods: uq_goods_photo does not start with community_id/,
      ],
      [
        'an index over all communities',
        TABLES,
        'CREATE INDEX ix_goods_unit ON goods (unit)',
        /^goods: index ix_goods_unit does not start with community_id/,
      ],
      [
        'an index on an expression of the community',
        TABLES,
        'CREATE INDEX ix_goods_unit ON goods ((community_id + 0), unit)',
        /^goods: index ix_goods_unit does not start with community_id/,
      ],
      [
        'a foreign key that pairs the community with something else',
        probe('tenant'),
        `${tenantProbe('other bigint NOT NULL,')};
         ALTER TABLE probe ADD CONSTRAINT fk_probe_goods FOREIGN KEY (other, probe_id)
           REFERENCES goods (community_id, goods_id)`,
        /^probe: fk_probe_goods does not pair community_id/,
      ],
      [
        'a foreign key from a reference table to a tenant table',
        TABLES,
        `ALTER TABLE role_grant ADD CONSTRAINT fk_role_grant_site FOREIGN KEY (community_id, site_id) REFERENCES site`,
        /^role_grant: fk_role_grant_site points from reference to tenant/,
      ],
      [
        'a foreign key from a directory to a tenant table',
        TABLES,
        `ALTER TABLE card_directory ADD CONSTRAINT fk_card_directory_card FOREIGN KEY (community_id, card_id) REFERENCES card`,
        /^card_directory: fk_card_directory_card points from directory to tenant/,
      ],
      [
        'a foreign key to the ledger',
        TABLES,
        `ALTER TABLE redemption ADD CONSTRAINT fk_redemption_entry FOREIGN KEY (community_id, entry_id) REFERENCES ledger_entry`,
        /^redemption: fk_redemption_entry points to the ledger/,
      ],
      [
        'an identity column',
        probe('tenant'),
        tenantProbe('no bigint GENERATED ALWAYS AS IDENTITY,'),
        /^probe\.no: identity/,
      ],
      [
        'a serial column',
        probe('tenant'),
        tenantProbe('no bigserial,'),
        /^probe\.no: default nextval\('probe_no_seq'::regclass\) is computed/,
      ],
      ['a sequence', TABLES, 'CREATE SEQUENCE ticket', /^ticket: a sequence/],
      [
        'a default that reads the clock',
        TABLES,
        'ALTER TABLE goods ALTER created_at SET DEFAULT now()',
        /^goods\.created_at: default now\(\) is computed/,
      ],
      [
        'points as floating point numbers',
        probe('tenant'),
        tenantProbe('points double precision NOT NULL,'),
        /^probe\.points: double precision is not an exact type/,
      ],
      [
        'money as numeric',
        probe('tenant'),
        tenantProbe('yuan numeric(12,2) NOT NULL,'),
        /^probe\.yuan: numeric\(12,2\) is not an exact type/,
      ],
      [
        'an instant without a time zone',
        probe('tenant'),
        tenantProbe('at timestamp NOT NULL,'),
        /^probe\.at: timestamp without time zone is not/,
      ],
      [
        'a constraint that PostgreSQL named',
        TABLES,
        'ALTER TABLE goods ADD CHECK (limit_quantity < 9)',
        /^goods: goods_limit_quantity_check is not named ck_goods_/,
      ],
      [
        'a constraint that ends like the number of a shard',
        TABLES,
        'ALTER TABLE goods ADD CONSTRAINT ck_goods_limit_2 CHECK (limit_quantity < 9)',
        /^goods: ck_goods_limit_2 is not named ck_goods_/,
      ],
      [
        'an index under the prefix of another kind',
        TABLES,
        'CREATE UNIQUE INDEX ix_goods_unit ON goods (community_id, unit)',
        /^goods: ix_goods_unit is not named uq_goods_/,
      ],
      [
        'a trigger nobody listed',
        TABLES,
        'CREATE TRIGGER tr_goods_guard BEFORE UPDATE ON goods FOR EACH ROW EXECUTE FUNCTION refuse_change()',
        /^goods\.tr_goods_guard: a trigger that is not on the list/,
      ],
      [
        'history without its guard',
        TABLES,
        'DROP TRIGGER tr_ledger_entry_append_only ON ledger_entry',
        /^ledger_entry\.tr_ledger_entry_append_only: the trigger is missing/,
      ],
      [
        'history whose guard is switched off',
        TABLES,
        'ALTER TABLE ledger_entry DISABLE TRIGGER tr_ledger_entry_no_truncate',
        /^ledger_entry\.tr_ledger_entry_no_truncate: is switched off/,
      ],
      [
        'personal data in the ledger',
        TABLES,
        'ALTER TABLE ledger_entry ADD COLUMN member_name text',
        /^ledger_entry\.member_name: personal data where history is kept/,
      ],
      [
        'personal data we have no use for',
        TABLES,
        'ALTER TABLE member ADD COLUMN id_card_number text',
        /^member\.id_card_number: personal data that is not on the list/,
      ],
      [
        'a list of personal data that is out of date',
        TABLES,
        'ALTER TABLE member RENAME COLUMN pinyin TO spoken',
        /^member\.pinyin: on the list, but no such column/,
      ],
    ];

    it.each(cases)('%s', async (_rule, classes, sabotage, fault) => {
      await client.query('BEGIN');
      try {
        await client.query(sabotage);
        const faults = catalogueFaults(await readCatalogue(client), classes);
        expect(faults).toContainEqual(expect.stringMatching(fault));
      } finally {
        await client.query('ROLLBACK');
      }
    });
  });
});
