import pg from 'pg';
import { TABLES } from './table-classes.js';

type TableName = keyof typeof TABLES;
type DirectoryName = {
  [Name in TableName]: (typeof TABLES)[Name]['kind'] extends 'directory' ? Name : never;
}[TableName];

/** The globally unique value by which a directory is spread: the first column of its primary key. */
export const DIRECTORY_KEYS = {
  session: 'token_hash',
  sign_in_throttle: 'subject',
  one_time_code: 'phone_hash',
  card_directory: 'number',
  phone_directory: 'phone_hash',
} as const satisfies Record<DirectoryName, string>;

/** What a distributed PostgreSQL holds of ours, and what of it is distributed already. */
export interface Present {
  /** Tables that are distributed or replicated. */
  readonly tables: ReadonlySet<string>;
  /** Every function of ours, by its signature such as `new_id()`. */
  readonly functions: readonly PresentFunction[];
}

export interface PresentFunction {
  readonly name: string;
  readonly signature: string;
  readonly isTrigger: boolean;
  /** Known on every node. */
  readonly isSpread: boolean;
  /** Sent whole to the node that holds the community of its first argument. */
  readonly isDelegated: boolean;
}

/** Settings of the session that distributes; all but the third are needed to distribute tables that hold rows already. */
const SETTINGS = [
  `SET citus.enable_local_reference_table_foreign_keys = off`,
  `SET citus.multi_shard_modify_mode = 'sequential'`,
  // The guards of append-only tables are triggers, which the extension distributes only when asked to.
  `SET citus.enable_unsafe_triggers = on`,
];

/** Tables in the order in which they can be distributed: what others point to stands before them. */
export function distributionOrder(): TableName[] {
  const names = Object.keys(TABLES) as TableName[];
  const ofKind = (kind: string): TableName[] => names.filter((name) => TABLES[name].kind === kind);
  const tenants = ofKind('tenant').filter((name) => name !== 'community');
  return [...ofKind('reference'), 'community', ...tenants, ...ofKind('directory')];
}

/**
 * The statements that distribute what is not distributed yet; none where all is done. Reference tables go to every node,
 * tenant tables live together by community, directories by their own value, local tables stay where they are.
 */
export function distributionStatements(present: Present): string[] {
  const tables = distributionOrder()
    .filter((name) => !present.tables.has(name))
    .map((name) => tableStatement(name));
  const internal = present.functions
    .filter((known) => !isCommit(known) && !known.isTrigger && !known.isSpread)
    .map(({ signature }) => `SELECT create_distributed_function('${signature}')`);
  const commits = present.functions
    .filter((known) => isCommit(known) && !known.isDelegated)
    .map(
      ({ signature }) =>
        `SELECT create_distributed_function('${signature}', 'p_community', colocate_with => 'community', force_delegation => true)`,
    );
  return [...tables, ...internal, ...commits];
}

function tableStatement(name: TableName): string {
  const { kind } = TABLES[name];
  if (kind === 'reference') return `SELECT create_reference_table('${name}')`;
  if (name === 'community')
    return `SELECT create_distributed_table('community', 'community_id', colocate_with => 'none')`;
  if (kind === 'tenant')
    return `SELECT create_distributed_table('${name}', 'community_id', colocate_with => 'community')`;
  return `SELECT create_distributed_table('${name}', '${DIRECTORY_KEYS[name as DirectoryName]}', colocate_with => 'none')`;
}

function isCommit({ name }: PresentFunction): boolean {
  return name.startsWith('commit_');
}

/** One connection, as the owner. */
export interface DistributionClient {
  query(text: string): Promise<{ readonly rows: readonly unknown[] }>;
}

/**
 * Distributes the schema where the database is a distributed one. Each statement is a transaction of its own, because
 * moving the rows of all tables in one would hold every lock to the end; stopped half way, it goes on when run again.
 * @returns how many statements were carried out; null where the database is a plain PostgreSQL and nothing is to do
 */
export async function distribute(client: DistributionClient, log: (line: string) => void): Promise<number | null> {
  const extension = await client.query(`SELECT 1 FROM pg_extension WHERE extname = 'citus'`);
  if (extension.rows.length === 0) return null;
  for (const setting of SETTINGS) await client.query(setting);
  const statements = distributionStatements(await readPresent(client));
  for (const statement of statements) {
    log(statement);
    await client.query(statement);
  }
  return statements.length;
}

async function readPresent(client: DistributionClient): Promise<Present> {
  const tables = await client.query(`SELECT logicalrelid::regclass::text AS name FROM pg_dist_partition`);
  const functions = await client.query(`
    SELECT p.proname AS name, p.oid::regprocedure::text AS signature, p.prorettype = 'trigger'::regtype AS "isTrigger",
      d.objid IS NOT NULL AS "isSpread", d.distribution_argument_index IS NOT NULL AS "isDelegated"
    FROM function_source AS s
    JOIN pg_proc AS p ON p.proname = s.name AND p.pronamespace = 'public'::regnamespace
    LEFT JOIN pg_dist_object AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
    ORDER BY p.proname`);
  return {
    tables: new Set((tables.rows as readonly { name: string }[]).map(({ name }) => name)),
    functions: functions.rows as readonly PresentFunction[],
  };
}

/** {@link distribute} over a connection of its own. */
export async function distributeAt(ownerUrl: string, log: (line: string) => void): Promise<number | null> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await distribute(client, log);
  } finally {
    await client.end();
  }
}
