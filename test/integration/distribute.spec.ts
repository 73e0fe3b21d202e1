import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { distribute, distributeAt, type DistributionClient, distributionOrder } from '../../src/platform/distribute.js';
import { createMigratedDatabase } from '../support/database.js';

/** Stands in for Citus: takes the same calls, and keeps the same books of what is distributed. */
const STAND_IN = `
  CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY, spread_by text, colocated_with text);
  CREATE TABLE pg_dist_object (classid oid, objid oid PRIMARY KEY, distribution_argument_index integer);
  CREATE FUNCTION create_reference_table(table_name regclass) RETURNS void LANGUAGE sql
    AS $$ INSERT INTO pg_dist_partition VALUES (table_name, NULL, NULL) $$;
  CREATE FUNCTION create_distributed_table(table_name regclass, distribution_column text, colocate_with text)
    RETURNS void LANGUAGE sql
    AS $$ INSERT INTO pg_dist_partition VALUES (table_name, distribution_column, colocate_with) $$;
  CREATE FUNCTION create_distributed_function(function_name regprocedure, distribution_arg_name text DEFAULT NULL,
    colocate_with text DEFAULT 'default', force_delegation boolean DEFAULT NULL) RETURNS void LANGUAGE sql
    AS $$ INSERT INTO pg_dist_object
      SELECT 'pg_proc'::regclass, oid, array_position(proargnames, distribution_arg_name) - 1 FROM pg_proc
      WHERE oid = function_name
      ON CONFLICT (objid) DO UPDATE SET distribution_argument_index = excluded.distribution_argument_index $$`;

describe('distribute', () => {
  let url: string;
  let client: pg.Client;

  beforeAll(async () => {
    url = await createMigratedDatabase();
    client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(STAND_IN);
  });

  afterAll(async () => {
    await client.end();
  });

  it('has nothing to do on a plain PostgreSQL', async () => {
    expect(await distributeAt(url, () => undefined)).toBeNull();
  });

  const standIn: DistributionClient = {
    query: async (text) => (text.includes('pg_extension') ? { rows: [{}] } : client.query<object>(text)),
  };

  it('distributes a migrated schema on a stand-in for Citus, and nothing of it twice', async () => {
    expect(await distribute(standIn, () => undefined)).toBeGreaterThan(distributionOrder().length);
    expect(await distribute(standIn, () => undefined)).toBe(0);

    const household = await client.query(`SELECT * FROM pg_dist_partition WHERE logicalrelid = 'household'::regclass`);
    expect(household.rows).toEqual([
      { logicalrelid: 'household', spread_by: 'community_id', colocated_with: 'community' },
    ]);
    const commits = await client.query(`
      SELECT p.proname FROM pg_proc AS p LEFT JOIN pg_dist_object AS d ON d.objid = p.oid
      WHERE p.proname LIKE 'commit\\_%' AND d.distribution_argument_index IS DISTINCT FROM 0`);
    expect(commits.rows).toEqual([]);
  });

  it('registers a commit function again after a migration has replaced it', async () => {
    await distribute(standIn, () => undefined);
    const { rows } = await client.query<{ text: string }>(
      `SELECT pg_get_functiondef('commit_floor(bigint,bigint)'::regprocedure) AS text`,
    );
    await client.query('DROP FUNCTION commit_floor');
    await client.query(rows[0]?.text ?? '');
    const said: string[] = [];
    await distribute(standIn, (line) => said.push(line));
    expect(said).toEqual([expect.stringContaining(`create_distributed_function('commit_floor(bigint,bigint)'`)]);
  });
});
