import { describe, expect, it } from '@jest/globals';
import { distribute, distributionOrder, distributionStatements, type PresentFunction } from './distribute.js';
import { TABLES } from './table-classes.js';

const INTERNAL = 'new_id()';
const TRIGGER = 'refuse_change()';
const COMMIT = 'commit_floor(bigint,bigint)';

/** A distributed PostgreSQL that remembers what it was asked to distribute. */
class FakeCluster {
  readonly statements: string[] = [];
  private readonly tables = new Set<string>();
  private readonly spread = new Set([TRIGGER]);
  private readonly delegated = new Set<string>();

  constructor(private readonly failsAt?: string) {}

  async query(text: string): Promise<{ rows: unknown[] }> {
    if (text.includes('pg_extension')) return { rows: [{}] };
    if (text.includes('pg_dist_partition')) return { rows: [...this.tables].map((name) => ({ name })) };
    if (text.includes('pg_dist_object')) return { rows: this.functions() };
    this.statements.push(text);
    if (this.failsAt !== undefined && text.includes(`'${this.failsAt}'`)) throw new Error('node is down');
    const table = /create_(?:reference|distributed)_table\('(\w+)'/.exec(text)?.[1];
    if (table !== undefined) this.tables.add(table);
    const called = /create_distributed_function\('([^']+)'/.exec(text)?.[1];
    if (called !== undefined) this.spread.add(called);
    if (called !== undefined && text.includes('force_delegation => true')) this.delegated.add(called);
    return { rows: [] };
  }

  private functions(): PresentFunction[] {
    return [INTERNAL, TRIGGER, COMMIT].map((signature) => ({
      name: signature.replace(/\(.*/, ''),
      signature,
      isTrigger: signature === TRIGGER,
      isSpread: this.spread.has(signature),
      isDelegated: this.delegated.has(signature),
    }));
  }
}

const silent = (): void => undefined;

describe('distributionStatements', () => {
  const all = distributionStatements({ tables: new Set(), functions: [] });

  it('distributes every table but the local ones, once', () => {
    const named = all.map((statement) => /'(\w+)'/.exec(statement)?.[1] ?? '');
    const wanted = Object.entries(TABLES).filter(([, table]) => table.kind !== 'local');
    expect(named.toSorted()).toEqual(wanted.map(([name]) => name).toSorted());
  });

  it('replicates reference tables first, then communities, then what lives beside them', () => {
    const first = all.findIndex((statement) => !statement.includes('create_reference_table'));
    expect(all[first]).toBe(`SELECT create_distributed_table('community', 'community_id', colocate_with => 'none')`);
    expect(all.slice(0, first)).toContain(`SELECT create_reference_table('region')`);
    expect(all[first + 1]).toMatch(/'community_id', colocate_with => 'community'\)$/);
  });

  it('keeps directories by their own value, apart from the communities', () => {
    expect(all).toContain(`SELECT create_distributed_table('card_directory', 'number', colocate_with => 'none')`);
  });

  it('sends commit functions to the node of their community', () => {
    const functions = [
      { name: 'commit_floor', signature: COMMIT, isTrigger: false, isSpread: true, isDelegated: false },
      { name: 'new_id', signature: INTERNAL, isTrigger: false, isSpread: false, isDelegated: false },
      { name: 'refuse_change', signature: TRIGGER, isTrigger: true, isSpread: false, isDelegated: false },
    ];
    expect(distributionStatements({ tables: new Set(distributionOrder()), functions })).toEqual([
      `SELECT create_distributed_function('new_id()')`,
      `SELECT create_distributed_function('commit_floor(bigint,bigint)', 'p_community', colocate_with => 'community', force_delegation => true)`,
    ]);
  });
});

describe('distribute', () => {
  it('has nothing to do on a plain PostgreSQL, and says so before it changes a setting', async () => {
    const asked: string[] = [];
    const plain = {
      query: async (text: string) => {
        asked.push(text);
        return { rows: [] };
      },
    };
    expect(await distribute(plain, silent)).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it('has nothing to do the second time', async () => {
    const cluster = new FakeCluster();
    const count = await distribute(cluster, silent);
    expect(count).toBe(distributionOrder().length + 2);
    expect(await distribute(cluster, silent)).toBe(0);
  });

  it('goes on where it stopped', async () => {
    const whole = new FakeCluster();
    await distribute(whole, silent);
    const broken = new FakeCluster('household');
    await expect(distribute(broken, silent)).rejects.toThrow('node is down');
    const mended = new FakeCluster();
    for (const statement of broken.statements.slice(0, -1)) await mended.query(statement);
    mended.statements.length = 0;
    await distribute(mended, silent);
    const done = broken.statements.slice(0, -1).filter((statement) => statement.startsWith('SELECT'));
    const rest = mended.statements.filter((statement) => statement.startsWith('SELECT'));
    expect([...done, ...rest]).toEqual(whole.statements.filter((statement) => statement.startsWith('SELECT')));
  });

  it('switches triggers on before it distributes the tables they guard', async () => {
    const cluster = new FakeCluster();
    await distribute(cluster, silent);
    const setting = cluster.statements.indexOf('SET citus.enable_unsafe_triggers = on');
    const table = cluster.statements.findIndex((statement) => statement.includes('create_distributed_table'));
    expect(setting).toBeGreaterThanOrEqual(0);
    expect(setting).toBeLessThan(table);
  });
});
