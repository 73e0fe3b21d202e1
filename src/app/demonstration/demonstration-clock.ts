import pg from 'pg';
import { readFunctionSources } from '../../platform/schema.js';

/**
 * Moves the clock of a database that nobody uses yet, so that a month of history is recorded by the real use cases at the
 * instants at which it would have happened. Put back before the database gets its name.
 */
export class DemonstrationClock {
  private constructor(private readonly owner: pg.Client) {}

  static async of(ownerUrl: string): Promise<DemonstrationClock> {
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    return new DemonstrationClock(owner);
  }

  /** From now on it is this instant, and time goes on from there. */
  async moveTo(instant: Date): Promise<void> {
    const seconds = (instant.getTime() - Date.now()) / 1000;
    await this.owner.query(
      `CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = public, pg_temp
       AS $$ SELECT clock_timestamp() + make_interval(secs => ${seconds}) $$`,
    );
  }

  async putBack(): Promise<void> {
    const source = readFunctionSources().find((one) => one.name === 'app_now');
    if (source === undefined) throw new Error('app_now.sql is missing');
    await this.owner.query(source.text.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'));
    await this.owner.end();
  }
}
