import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { Config } from './config.js';
import { DatabaseAwayError } from './platform.errors.js';

/** A transaction. Only {@link Database.transaction} makes one, so a write outside of a transaction does not compile. */
export type Tx = EntityManager & { readonly __tx: unique symbol };

const INT8 = 20;
const DATE = 1082;

/** int8 arrives as text; everything we keep fits into 2^53 − 1 (I-21), and what does not must not be rounded silently. */
pg.types.setTypeParser(INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('int8 beyond 2^53 - 1');
  return value;
});
/** A calendar day has no time zone: it stays text. */
pg.types.setTypeParser(DATE, (text) => text);

/** Failures after which the same call may be sent again: serialization, deadlock, a server or a socket that went away. */
const TRANSIENT = /^(40001|40P01|57P0[123]|08\w{3}|53300)$/;
const CONNECTION_LOST =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not currently accepting connections/;
const ATTEMPTS = 3;

export function sqlState(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/**
 * The name of the violated constraint. A distributed PostgreSQL leaves the field empty and names a shard's constraint in
 * the message instead, with the shard's number behind it (scale.md F6).
 */
export function violatedConstraint(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('constraint' in error && typeof error.constraint === 'string') return error.constraint;
  return /constraint "([a-z_]+?)(_\d+)?"/.exec(messageOf(error))?.[1];
}

export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined && TRANSIENT.test(state)) return true;
  return CONNECTION_LOST.test(`${state ?? ''} ${messageOf(error)}`);
}

/** Asks for no class: errors of node's own modules are not instances of `Error` inside a test's sandbox. */
function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
}

/** The application's one pool of connections, as the application role. */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly texts = new Map<string, string>();

  constructor(readonly dataSource: DataSource) {}

  static async connect(url: string, config: Config, entities: EntityTarget<ObjectLiteral>[]): Promise<Database> {
    const dataSource = new DataSource({
      type: 'postgres',
      url,
      entities: entities as never[],
      poolSize: config.DATABASE_POOL_MAX,
      connectTimeoutMS: 3000,
      applicationName: 'ecomart',
      extra: {
        // The order of the limits: a waiting row lock gives up first, so that a reply goes out before the client's own.
        options:
          '-c lock_timeout=2000 -c statement_timeout=10000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC',
        // Plans made while the tables were small are left behind with their connection.
        maxLifetimeSeconds: 900,
      },
      poolErrorHandler: () => undefined,
    });
    return new Database(await dataSource.initialize());
  }

  private get pool(): pg.Pool {
    return (this.dataSource.driver as unknown as { master: pg.Pool }).master;
  }

  /** One reading statement, prepared under its name. Retried when the server went away. */
  async read<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    return this.withRetry(async () => (await this.pool.query<Row>({ name, text, values: values.map(toSql) })).rows);
  }

  /**
   * One call of one commit function, as one statement of its own. Retried as it is when the outcome is unknown: the
   * idempotency key inside makes the second call find the first one's answer.
   * @param args named as the function's parameters, without `p_`, in camel case
   */
  async call<Row extends object>(name: string, args: Readonly<Record<string, unknown>>): Promise<Row> {
    const text = this.callText(name, Object.keys(args));
    const values = Object.values(args).map(toSql);
    const rows = await this.withRetry(async () => (await this.pool.query<Row>({ name, text, values })).rows);
    return rows[0] as Row;
  }

  /** A commit function inside a transaction. */
  async callIn<Row extends object>(tx: Tx, name: string, args: Readonly<Record<string, unknown>>): Promise<Row> {
    const rows: Row[] = await tx.query(this.callText(name, Object.keys(args)), Object.values(args).map(toSql));
    return rows[0] as Row;
  }

  /** READ COMMITTED; started again, three times at most, on deadlock, serialization failure or a lost connection. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.withRetry(() => this.dataSource.transaction('READ COMMITTED', (manager) => work(manager as Tx)));
  }

  /** The instant it is, by the one clock of the system. */
  async now(): Promise<Date> {
    const [row] = await this.read<{ now: Date }>('now', 'SELECT app_now() AS now', []);
    return (row as { now: Date }).now;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }

  private callText(name: string, parameters: readonly string[]): string {
    const known = this.texts.get(name);
    if (known !== undefined) return known;
    const named = parameters.map(
      (parameter, index) => `p_${parameter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} => $${index + 1}`,
    );
    const text = `SELECT * FROM ${name}(${named.join(', ')})`;
    this.texts.set(name, text);
    return text;
  }

  private async withRetry<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (attempt === ATTEMPTS) throw new DatabaseAwayError({}, { cause: error });
        await sleep(50 * attempt * (1 + Math.random()));
      }
    }
  }
}

/** Objects and arrays travel as JSON; instants, bytes, numbers and text as they are. */
function toSql(value: unknown): unknown {
  if (value === undefined) return null;
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value)
    ? JSON.stringify(value)
    : value;
}
