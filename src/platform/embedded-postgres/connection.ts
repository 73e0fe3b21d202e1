import { realpath } from 'node:fs/promises';
import { Client } from 'pg';
import { OWNER_ROLE } from './cluster.js';
import { EmbeddedPostgresError, systemCode } from './error.js';

/** What it takes to sign in as the owner role and to know that the server is the one of this directory. */
export interface Access {
  readonly pgDir: string;
  readonly password: string;
}

const CONNECT_TIMEOUT_MS = 5000;

/** The owner's URL of a database on this machine. The password is hex and the name an identifier: nothing to escape. */
export const ownerUrl = (port: number, database: string, { password }: Access): string =>
  `postgresql://${OWNER_ROLE}:${password}@127.0.0.1:${port}/${database}`;

/**
 * True if the server of this very data directory answers on the port; false if nobody does, or it is still starting or
 * already stopping.
 *
 * @throws EmbeddedPostgresError `foreign-data` if it does not know the password
 */
export async function answers(port: number, access: Access): Promise<boolean> {
  try {
    const [found] = await asOwner(port, access, (client) =>
      client.query<{ path: string }>(`SELECT current_setting('data_directory') AS path`).then(({ rows }) => rows),
    );
    return found !== undefined && (await realpath(found.path)) === access.pgDir;
  } catch (error) {
    // Class 28 of SQLSTATE: invalid authorization.
    if (systemCode(error)?.startsWith('28') === true) throw wrongPassword(access.pgDir, error);
    return false;
  }
}

/** Creates the application's database unless it exists. */
export async function ensureDatabase(port: number, access: Access, database: string): Promise<void> {
  await asOwner(port, access, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  });
}

async function asOwner<Result>(
  port: number,
  access: Access,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({
    connectionString: ownerUrl(port, 'postgres', access),
    ssl: false,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'ecomart launcher',
  });
  // A server that dies under the connection is reported here as well as by the query; unheard, it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function wrongPassword(pgDir: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'foreign-data',
    `密码文件与数据库不符（${pgDir} 旁的 pg-password），请恢复原来的文件。`,
    `The database does not know the password in pg-password beside ${pgDir}: restore the file that belongs to it.`,
    { cause },
  );
}
