import { TABLES } from '../../src/platform/table-classes.js';
import { communityFaults, tablesOf } from './query-lint.js';
import { bareSql, plpgsqlStatements } from './sql-text.js';

/** A file of `src/<room>/sql/`. */
export interface SqlFunction {
  /** The file's name without `.sql`. */
  readonly name: string;
  readonly text: string;
}

interface ParsedFunction {
  readonly name: string;
  readonly parameters: string;
  /** Everything between the parameters and the body. */
  readonly header: string;
  readonly body: string;
  readonly isTrigger: boolean;
  readonly isSql: boolean;
  readonly isImmutable: boolean;
}

/** What no function may do (scale.md F2), and why. */
const FORBIDDEN: readonly (readonly [words: RegExp, why: string])[] = [
  [/\b(notify|listen|unlisten|pg_notify)\b/, 'NOTIFY reaches only who listens on the same node'],
  [/\bpg_(try_)?advisory\w*\b/, 'an advisory lock holds on one node only'],
  [/\b(nextval|setval|currval|lastval)\b/, 'ids are UUIDv7; a sequence belongs to one node'],
  [/\bmerge\b/, 'MERGE from values is refused by a distributed PostgreSQL'],
  [/\bexecute\b/, 'SQL made of text is neither checked nor planned ahead'],
  [
    /\bwith\b[^;]*\b(insert|update|delete)\b/,
    'a writing CTE is the slowest form of a write on a distributed PostgreSQL',
  ],
  [/\binsert\s+into\b[^;]*\)\s*select\b/, 'INSERT … SELECT may be moved through another node'],
  [/\bunnest\b/, 'lines are written one by one in a loop'],
  [/\bfor\s+update\b/, 'rows are locked FOR NO KEY UPDATE: FOR UPDATE deadlocks with foreign keys'],
  [/\block\s+table\b/, 'only rows are locked'],
  [/\b(commit|rollback)\b/, 'the caller ends the transaction'],
  [/\b(set_config|set\s+(local|session))\b/, 'settings do not reach other nodes'],
];

/** The clock is read by app_now() alone, which tests move; new_id() needs no more of it than order. */
const CLOCK =
  /\bnow\s*\(|\b((clock|statement|transaction)_timestamp|current_(timestamp|date|time)|localtime(stamp)?)\b/;
const READS_THE_CLOCK = ['app_now', 'new_id'];

/** Every fault of the functions; empty if there is none. */
export function functionFaults(sources: readonly SqlFunction[]): string[] {
  const faults: string[] = [];
  const parsed: ParsedFunction[] = [];
  for (const source of sources) {
    const found = parse(source.text);
    if (found?.name !== source.name) faults.push(`${source.name}.sql: does not hold CREATE FUNCTION ${source.name}`);
    else if (source.text.split(/\bCREATE\b/).length > 2)
      faults.push(`${source.name}.sql: holds more than the function`);
    else parsed.push(found);
  }
  const changing = parsed.filter(({ isImmutable }) => !isImmutable).map(({ name }) => name);
  for (const found of parsed) {
    const own = [
      ...headerFaults(found),
      ...wordFaults(found),
      ...statementsOf(found).flatMap((statement) => statementFaults(statement, changing)),
    ];
    faults.push(...[...new Set(own)].map((fault) => `${found.name}: ${fault}`));
  }
  return faults;
}

function parse(text: string): ParsedFunction | undefined {
  const found = /\bCREATE FUNCTION (\w+)\(([^;]*?)\)\s*((?:RETURNS|LANGUAGE)\b.*?)\bAS \$\$(.*)\$\$;?\s*$/s.exec(text);
  if (found === null) return undefined;
  const [, name = '', parameters = '', header = '', body = ''] = found;
  return {
    name,
    parameters: parameters.replaceAll(/\s+/g, ' ').trim(),
    header,
    body,
    isTrigger: /RETURNS trigger/.test(header),
    isSql: /LANGUAGE sql/.test(header),
    isImmutable: /\bIMMUTABLE\b/.test(header),
  };
}

function headerFaults(found: ParsedFunction): string[] {
  const isCommit = found.name.startsWith('commit_');
  const isDefiner = /SECURITY DEFINER/.test(found.header);
  const isFixed = /SECURITY DEFINER SET search_path = public, pg_temp\s*$/.test(found.header);
  const touchesTenants = statementsOf(found).some((statement) => tablesOf(statement).some((table) => isTenant(table)));
  const isOfCommunity = /^p_community bigint(,|$)/.test(found.parameters);
  return [
    ...((isCommit || touchesTenants) && !found.isTrigger && !isOfCommunity
      ? ['its first parameter is not p_community bigint']
      : []),
    ...(isCommit && !isFixed ? ['is not SECURITY DEFINER SET search_path = public, pg_temp'] : []),
    ...(!isCommit && isDefiner ? ['is SECURITY DEFINER, though no commit function'] : []),
  ];
}

function wordFaults(found: ParsedFunction): string[] {
  const bare = bareSql(found.body);
  return [
    ...FORBIDDEN.filter(([words]) => words.test(bare)).map(([, why]) => why),
    ...(CLOCK.test(bare) && !READS_THE_CLOCK.includes(found.name) ? ['time is app_now()'] : []),
  ];
}

function statementFaults(statement: string, changing: readonly string[]): string[] {
  const tables = tablesOf(statement);
  const called = changing.filter((name) => new RegExp(`\\b${name} \\(`).test(statement));
  const isInsertOfValues = /^insert\b.*\bvalues\b/.test(statement);
  return [
    ...communityFaults(statement),
    ...tables.filter((table) => isElsewhere(table)).map((table) => `${table} lives on another node`),
    ...(tables.length > 0 && !isInsertOfValues
      ? called.map((name) => `calls ${name}() in a statement on ${tables[0]}: a distributed PostgreSQL refuses that`)
      : []),
  ];
}

function statementsOf(found: ParsedFunction): string[] {
  return found.isSql ? [bareSql(found.body)] : plpgsqlStatements(found.body);
}

function isTenant(table: string): boolean {
  return kindOf(table) === 'tenant';
}

function isElsewhere(table: string): boolean {
  return kindOf(table) === 'directory' || kindOf(table) === 'local';
}

function kindOf(table: string): string | undefined {
  return (TABLES as Readonly<Record<string, { kind: string }>>)[table]?.kind;
}
