import pg from 'pg';
import { TABLES } from '../../src/platform/table-classes.js';
import { bareSql, sqlTokens } from './sql-text.js';

/** A table that a statement reads or writes, under the name the statement gives it. */
interface TableUse {
  readonly table: string;
  readonly alias: string;
  readonly isInsert: boolean;
  /** Where its name stands among the tokens. */
  readonly at: number;
}

/** Words that may follow a table without being its alias. */
const NOT_AN_ALIAS =
  /^(where|set|join|left|right|inner|outer|full|cross|natural|lateral|on|using|group|order|having|limit|offset|for|union|except|intersect|returning|values|default|select|window|fetch|tablesample|overriding|when|do)$/;

/**
 * What is wrong with a statement of the application or of a function of ours: every table of {@link TABLES} that belongs
 * to communities needs a condition on its own community_id, every INSERT names the column, and no UPDATE changes it.
 * A statement without one would read or lock the rows of all communities, and be sent to every node of a distributed
 * PostgreSQL. Empty if nothing is wrong.
 */
export function communityFaults(sql: string): string[] {
  const tokens = sqlTokens(bareSql(sql));
  const allUses = tableUses(tokens);
  const uses = allUses.filter(({ table }) => isTenant(table));
  const conditions = conditionsOn(
    tokens,
    allUses.map(({ alias }) => alias),
  );
  const named = new Set(conditions.map(({ qualifier }) => qualifier));
  let bareConditions = conditions.filter(({ qualifier }) => qualifier === '').length;
  const faults = setsCommunity(tokens) && uses.length > 0 ? ['community_id of a row is changed'] : [];
  for (const use of uses) {
    if (use.isInsert) {
      if (!columnList(tokens, use.at).includes('community_id'))
        faults.push(`${use.table}: INSERT without community_id`);
    } else if (!named.has(use.alias) && !named.has(use.table)) {
      if (bareConditions === 0) faults.push(`${use.table}: no condition on community_id`);
      else bareConditions -= 1;
    }
  }
  const reads = uses.filter((use) => !use.isInsert);
  if (faults.length === 0 && reads.length > 0 && conditions.every(({ isJoin }) => isJoin)) {
    faults.push(`${reads[0]?.table}: joined by community_id, but of every community`);
  }
  return faults;
}

/** Names of all tables of {@link TABLES} that a statement reads or writes. */
export function tablesOf(sql: string): string[] {
  return tableUses(sqlTokens(bareSql(sql))).map(({ table }) => table);
}

function isTenant(table: string): boolean {
  return (TABLES as Readonly<Record<string, { kind: string }>>)[table]?.kind === 'tenant';
}

function tableUses(tokens: readonly string[]): TableUse[] {
  const uses: TableUse[] = [];
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const isInsert = token === 'into' && before === 'insert';
    const isUpdate = token === 'update' && !['for', 'key', 'do', 'on', 'before', 'after', 'or'].includes(before ?? '');
    if (token === 'from' || token === 'using') uses.push(...listedTables(tokens, index + 1));
    else if (isInsert || isUpdate || token === 'join') uses.push(...tableAt(tokens, index + 1, isInsert).uses);
    else if (token === 'truncate') uses.push(...tableAt(tokens, index + (tokens[index + 1] === 'table' ? 2 : 1)).uses);
  }
  return uses;
}

/** The tables of a FROM list, up to where it ends or goes on with a join. */
function listedTables(tokens: readonly string[], start: number): TableUse[] {
  const uses: TableUse[] = [];
  for (let index = start; ; index += 1) {
    const found = tableAt(tokens, index);
    uses.push(...found.uses);
    if (tokens[found.next] !== ',') return uses;
    index = found.next;
  }
}

function tableAt(tokens: readonly string[], start: number, isInsert = false): { uses: TableUse[]; next: number } {
  let index = start;
  while (['only', 'lateral'].includes(tokens[index] ?? '')) index += 1;
  if (tokens[index + 1] === '.') index += 2;
  const at = index;
  const table = tokens[at] ?? '';
  const isWord = /^[a-z_]/.test(table);
  if (isWord) index += 1;
  const isCall = isWord && tokens[index] === '(' && !isInsert;
  if (isCall || !isWord) index = afterParentheses(tokens, index);
  if (tokens[index] === 'as') index += 1;
  const alias = tokens[index] ?? '';
  const hasAlias = /^[a-z_]/.test(alias) && !NOT_AN_ALIAS.test(alias);
  if (hasAlias) index += 1;
  const isKnown = isWord && !isCall && table in TABLES;
  return { uses: isKnown ? [{ table, alias: hasAlias ? alias : table, isInsert, at }] : [], next: index };
}

function afterParentheses(tokens: readonly string[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index += 1) {
    if (tokens[index] === '(') depth += 1;
    if (tokens[index] === ')') depth -= 1;
    if (depth <= 0) return index + 1;
  }
  return tokens.length;
}

/** The columns an INSERT names, in the parentheses behind its table. */
function columnList(tokens: readonly string[], table: number): readonly string[] {
  const start = tokens[table + 1] === 'as' ? table + 3 : table + 1;
  return tokens[start] === '(' ? tokens.slice(start, afterParentheses(tokens, start)) : [];
}

interface Condition {
  /** `x` of `x.community_id = …`; empty where there is none. */
  readonly qualifier: string;
  /** Compares two tables, and so says of no community that it is meant. */
  readonly isJoin: boolean;
}

/** Every `x.community_id = …`, `… = x.community_id`, `x.community_id IN …`, `BETWEEN`, and `USING (community_id)`. */
function conditionsOn(tokens: readonly string[], aliases: readonly string[]): Condition[] {
  const found: Condition[] = [];
  let isInSet = false;
  for (const [index, token] of tokens.entries()) {
    if (token === 'set') isInSet = true;
    if (['where', 'from', 'returning'].includes(token)) isInSet = false;
    if (token !== 'community_id' || isInSet) continue;
    const isQualified = tokens[index - 1] === '.';
    const start = isQualified ? index - 2 : index;
    const isLeft = ['=', 'in', 'between'].includes(tokens[index + 1] ?? '');
    const isRight = tokens[start - 1] === '=';
    const isList = isUsingList(tokens, index);
    if (!isLeft && !isRight && !isList) continue;
    const [alias = '', dot, column] = tokens.slice(isLeft ? index + 2 : start - 4);
    const isJoin = isList || (dot === '.' && column === 'community_id' && aliases.includes(alias));
    found.push({ qualifier: isQualified ? (tokens[start] ?? '') : '', isJoin });
  }
  return found;
}

function isUsingList(tokens: readonly string[], index: number): boolean {
  const open = tokens.lastIndexOf('(', index);
  return open > 0 && tokens[open - 1] === 'using' && !tokens.slice(open, index).includes(')');
}

function setsCommunity(tokens: readonly string[]): boolean {
  let isInSet = false;
  return tokens.some((token, index) => {
    if (token === 'set') isInSet = true;
    if (['where', 'from', 'returning'].includes(token)) isInSet = false;
    const isFirst = ['set', ',', '('].includes(tokens[index - 1] ?? '');
    return isInSet && token === 'community_id' && isFirst && tokens[index + 1] === '=';
  });
}

/**
 * Statements that are meant to reach several communities (scale.md F5, F8), by the name they are prepared under or, where
 * they have none, by how they read: jobs that look for work, and who may see and do what in a region.
 */
export const CROSS_COMMUNITY: readonly (string | RegExp)[] = [
  'identity.people',
  'identity.places',
  'jobs.communities',
  'jobs.due-expiry',
  'places.communities',
  'places.public-communities',
  'reservations.overdue',
  'tasks.due',
  'tasks.purge',
  // Whether a role of the one reaches the places of the other's roles.
  /^DELETE FROM role_grant AS place /,
  / AS "isAdminOfAll", count\(\*\) AS grants/,
  / AS "hasOtherGrants" FROM person AS p WHERE p\.person_id = \$2/,
  // No two communities of a town have one name.
  /FROM "community" "Community" WHERE \(\("Community"\."town_id" = \$1\) AND/,
];

type Query = (this: pg.Client, ...parameters: unknown[]) => unknown;

/**
 * Listens to what one database role sends while tests run, over every connection of this process, and collects the
 * statements with {@link communityFaults}. Statements of other roles, such as a test's own look into the tables as the
 * owner, are none of its business.
 */
export class QueryLint {
  private readonly seen = new Map<string, string[]>();

  private constructor(
    private readonly role: string,
    private readonly crossCommunity: readonly (string | RegExp)[],
    private readonly original: Query,
  ) {}

  static watch(role: string, crossCommunity = CROSS_COMMUNITY): QueryLint {
    const original = pg.Client.prototype['query'] as unknown as Query;
    const lint = new QueryLint(role, crossCommunity, original);
    const watched: Query = function (this: pg.Client, ...parameters) {
      lint.look(this.user, parameters[0]);
      return Reflect.apply(original, this, parameters);
    };
    Object.assign(pg.Client.prototype, { query: watched });
    return lint;
  }

  /** One line for each different statement with a fault. */
  faults(): string[] {
    return [...this.seen].map(([text, faults]) => `${faults.join('; ')} in: ${text}`);
  }

  /** Listens no longer. @throws Error with the faults, where there are any */
  stop(): void {
    Object.assign(pg.Client.prototype, { query: this.original });
    const faults = this.faults();
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  private look(user: string | undefined, query: unknown): void {
    if (user !== this.role) return;
    const { text: sent = '', name } = asQuery(query);
    const text = sent.replaceAll(/\s+/g, ' ').trim();
    if (this.seen.has(text) || this.isMeant(text, name)) return;
    const faults = communityFaults(text);
    if (faults.length > 0) this.seen.set(text, faults);
  }

  private isMeant(text: string, name: string | undefined): boolean {
    return this.crossCommunity.some((known) => (typeof known === 'string' ? known === name : known.test(text)));
  }
}

function asQuery(query: unknown): { text?: string; name?: string } {
  if (typeof query === 'string') return { text: query };
  if (typeof query !== 'object' || query === null) return {};
  return {
    ...('text' in query && typeof query.text === 'string' ? { text: query.text } : {}),
    ...('name' in query && typeof query.name === 'string' ? { name: query.name } : {}),
  };
}
