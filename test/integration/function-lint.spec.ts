import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { readFunctionSources } from '../../src/platform/schema.js';
import { createMigratedDatabase } from '../support/database.js';
import { functionFaults } from '../support/function-rules.js';

const commit = (body: string, parameters = 'p_community bigint, p_site uuid'): string => `
  CREATE FUNCTION commit_probe(${parameters}) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
  DECLARE
    v_on_hand integer;
  BEGIN
    ${body}
  END
  $$;`;

function faultsOf(text: string, name = 'commit_probe'): string[] {
  return functionFaults([{ name, text }]);
}

describe('the SQL functions', () => {
  const sources = readFunctionSources();

  it('keep every rule', () => {
    expect(functionFaults(sources)).toEqual([]);
  });

  describe('in a migrated database', () => {
    let client: pg.Client;

    beforeAll(async () => {
      client = new pg.Client({ connectionString: await createMigratedDatabase() });
      await client.connect();
    });

    afterAll(async () => {
      await client.end();
    });

    // The migration runner makes them before the tables are there, and PostgreSQL checks no body then.
    it.each(sources.map(({ name, text }) => [name, text] as const))(
      '%s has a body that PostgreSQL accepts',
      async (_, text) => {
        await client.query('BEGIN');
        try {
          await client.query('SET LOCAL check_function_bodies = on');
          await expect(
            client.query(text.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION')),
          ).resolves.toBeDefined();
        } finally {
          await client.query('ROLLBACK');
        }
      },
    );
  });

  it('may do what the ones we have do', () => {
    const text = commit(`
      FOR v_on_hand IN SELECT on_hand FROM shelf WHERE community_id = p_community AND site_id = p_site LOOP
        UPDATE shelf SET on_hand = CASE WHEN on_hand > 0 THEN 0 ELSE 1 END
        WHERE community_id = p_community AND site_id = p_site;
      END LOOP;
      PERFORM 1 FROM shelf WHERE community_id = p_community FOR NO KEY UPDATE;
      IF NOT FOUND THEN
        INSERT INTO shelf (community_id, site_id, goods_id) VALUES (p_community, p_site, new_id());
      ELSE
        DELETE FROM shelf WHERE community_id = p_community AND site_id = p_site;
      END IF;`);
    expect(faultsOf(text)).toEqual([]);
  });

  it('may speak of forbidden things in comments and in texts', () => {
    expect(faultsOf(commit(`-- NOTIFY and nextval are for others.\n RAISE EXCEPTION 'no MERGE, no now()';`))).toEqual(
      [],
    );
  });

  describe('are refused', () => {
    const cases: [rule: string, body: string, fault: RegExp][] = [
      ['NOTIFY', 'NOTIFY shelves;', /NOTIFY reaches/],
      ['NOTIFY as a function', `PERFORM pg_notify('shelves', '');`, /NOTIFY reaches/],
      ['advisory locks', 'PERFORM pg_advisory_xact_lock(1);', /advisory lock/],
      ['sequences', `v_on_hand := nextval('no');`, /a sequence belongs/],
      ['MERGE', 'MERGE INTO shelf USING x ON true WHEN MATCHED THEN DO NOTHING;', /^commit_probe: MERGE/],
      ['SQL made of text', `EXECUTE 'SELECT 1';`, /SQL made of text/],
      [
        'a writing CTE',
        'WITH x AS (DELETE FROM shelf WHERE community_id = p_community RETURNING 1) SELECT 1 INTO v_on_hand FROM x;',
        /writing CTE/,
      ],
      [
        'INSERT … SELECT',
        'INSERT INTO shelf (community_id, site_id) SELECT community_id, site_id FROM site WHERE community_id = p_community;',
        /INSERT … SELECT/,
      ],
      ['FOR UPDATE', 'PERFORM 1 FROM shelf WHERE community_id = p_community FOR UPDATE;', /FOR NO KEY UPDATE/],
      ['another clock', 'UPDATE shelf SET at = now() WHERE community_id = p_community;', /time is app_now/],
      ['a transaction of its own', 'COMMIT;', /the caller ends/],
      [
        'a read of every community',
        'PERFORM 1 FROM shelf WHERE site_id = p_site;',
        /shelf: no condition on community_id/,
      ],
      [
        'a join with every community',
        'PERFORM 1 FROM shelf AS s JOIN site AS t ON t.site_id = s.site_id WHERE s.community_id = p_community;',
        /site: no condition on community_id/,
      ],
      [
        'an UPDATE of every community in a branch',
        `IF p_site IS NULL THEN UPDATE shelf SET on_hand = 0; ELSE
         PERFORM 1 FROM site WHERE community_id = p_community; END IF;`,
        /shelf: no condition on community_id/,
      ],
      [
        'an INSERT without its columns',
        'INSERT INTO shelf VALUES (p_community);',
        /shelf: INSERT without community_id/,
      ],
      [
        'a change of the community',
        'UPDATE shelf SET community_id = 2 WHERE community_id = p_community;',
        /community_id of a row is changed/,
      ],
      [
        'a table of another node',
        'PERFORM 1 FROM card_directory WHERE number = $1;',
        /card_directory lives on another/,
      ],
    ];

    it.each(cases)('%s', (_rule, body, fault) => {
      expect(faultsOf(commit(body))).toContainEqual(expect.stringMatching(fault));
    });

    it('a commit function that does not begin with its community', () => {
      expect(faultsOf(commit('NULL;', 'p_site uuid, p_community bigint'))).toEqual([
        'commit_probe: its first parameter is not p_community bigint',
      ]);
    });

    it('a commit function that runs under a search path of its caller', () => {
      const text = commit('NULL;').replace(' SET search_path = public, pg_temp', '');
      expect(faultsOf(text)).toEqual(['commit_probe: is not SECURITY DEFINER SET search_path = public, pg_temp']);
    });

    it('an internal function with the rights of its owner', () => {
      const text = commit('NULL;').replace('commit_probe', 'probe');
      expect(faultsOf(text, 'probe')).toEqual(['probe: is SECURITY DEFINER, though no commit function']);
    });

    it('a file that holds another function than its name says', () => {
      expect(faultsOf(commit('NULL;'), 'commit_other')).toEqual([
        'commit_other.sql: does not hold CREATE FUNCTION commit_other',
      ]);
    });

    it('a function of ours, which may read other rows, inside of a statement on a table', () => {
      const inner = `CREATE FUNCTION probe(p_community bigint) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;`;
      const outer = commit('UPDATE shelf SET on_hand = probe(p_community) WHERE community_id = p_community;');
      expect(
        functionFaults([
          { name: 'probe', text: inner },
          { name: 'commit_probe', text: outer },
        ]),
      ).toEqual(['commit_probe: calls probe() in a statement on shelf: a distributed PostgreSQL refuses that']);
    });
  });
});
