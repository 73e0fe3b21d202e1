import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bareSql } from './sql-text.js';

/** A migration as TypeORM takes it. */
export interface MigrationClass {
  readonly name: string;
  new (): MigrationInterface;
}

const PLACEHOLDER = /^set local citus\.enable_local_reference_table_foreign_keys = off$/;
const SEQUENTIAL = /^set local citus\.multi_shard_modify_mode = ''$/;
const ADDS_FOREIGN_KEY_OR_MOVES_DATA = /\b(references|foreign key)\b|^(insert|update|delete)\b/;
const CONSTRAINT = /\b(primary key|unique|check|references|foreign key|exclude)\b/;
const NAMED_CONSTRAINT = /\bconstraint \w+ (primary key|unique|check|references|foreign key|exclude)\b/g;

/** What is wrong with a migration (scale.md M1, M2), going by the statements it sends in both directions. */
export async function migrationFaults(migration: MigrationClass): Promise<string[]> {
  const faults: string[] = [];
  for (const direction of ['up', 'down'] as const) {
    const statements = await statementsOf(new migration(), direction);
    const isConcurrent = new migration().transaction === false;
    const found = isConcurrent ? concurrentFaults(statements) : transactionalFaults(statements);
    faults.push(...found.map((fault) => `${migration.name} ${direction}: ${fault}`));
  }
  return faults;
}

/** Runs the migration against nothing, and writes down what it sends. */
async function statementsOf(migration: MigrationInterface, direction: 'up' | 'down'): Promise<string[]> {
  const sent: string[] = [];
  const recorder = {
    query: async (text: string) => {
      sent.push(text);
      return [];
    },
  };
  await migration[direction](recorder as unknown as QueryRunner);
  return sent.map((text) => bareSql(text).replaceAll(/\s+/g, ' ').trim());
}

function transactionalFaults(statements: readonly string[]): string[] {
  const needsSequence = statements.some((statement) => ADDS_FOREIGN_KEY_OR_MOVES_DATA.test(statement));
  return [
    ...(PLACEHOLDER.test(statements[0] ?? '') ? [] : ['does not begin with the placeholders']),
    ...(needsSequence && !SEQUENTIAL.test(statements[1] ?? '')
      ? ['adds a foreign key without the second placeholder']
      : []),
    ...statements.flatMap((statement) => statementFaults(statement)),
    ...statements
      .filter((statement) => /\bconcurrently\b/.test(statement))
      .map(() => 'CONCURRENTLY cannot run in a transaction; give it a migration of its own with transaction = false'),
  ];
}

/** Outside of a transaction a failure half way stays: only what can be repeated may stand there. */
function concurrentFaults(statements: readonly string[]): string[] {
  return statements
    .filter((statement) => !/^(create (unique )?index|drop index) concurrently if (not )?exists /.test(statement))
    .map((statement) => `without a transaction: ${statement.slice(0, 60)}`);
}

function statementFaults(statement: string): string[] {
  const faults: string[] = [];
  if (/\b(drop|create) (schema|database)\b/.test(statement)) faults.push('makes or drops a schema or a database');
  if (/^create (unique )?index (concurrently )?on\b/.test(statement)) faults.push(`unnamed index: ${statement}`);
  if (/^create (temp |unlogged )?table\b/.test(statement)) faults.push(...unnamedIn(afterParenthesis(statement)));
  if (/^alter table\b/.test(statement)) faults.push(...alterFaults(statement));
  return faults;
}

function alterFaults(statement: string): string[] {
  const actions = splitList(statement.replace(/^alter table (if exists )?(only )?\S+ /, ''));
  const isNewColumn = (action: string): boolean =>
    /^add (?!constraint\b|primary|unique|check|foreign|exclude)/.test(action);
  const faults = actions
    .filter((action) => isNewColumn(action) && CONSTRAINT.test(action))
    .map((action) => `a constraint inside of ADD COLUMN: ${action}`);
  faults.push(
    ...unnamedIn(actions.filter((action) => !isNewColumn(action)).map((action) => action.replace(/^add /, ''))),
  );
  if (actions.length > 1 && actions.some(isNewColumn) && actions.some((action) => /^add constraint\b/.test(action))) {
    faults.push('ADD COLUMN and its constraint in one statement');
  }
  return faults;
}

/** Columns and constraints of a table whose constraints PostgreSQL would have to name. */
function unnamedIn(definitions: readonly string[]): string[] {
  return definitions
    .filter((definition) => !/^constraint \w+ /.test(definition))
    .filter((definition) => CONSTRAINT.test(definition.replaceAll(NAMED_CONSTRAINT, '')))
    .map((definition) => `unnamed constraint: ${definition}`);
}

function afterParenthesis(statement: string): string[] {
  const open = statement.indexOf('(');
  return splitList(statement.slice(open + 1, statement.lastIndexOf(')')));
}

/** Cuts at commas outside of parentheses. */
function splitList(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
