import type { ClientBase } from 'pg';
import type { Findings } from './findings.js';
import type { Invariant } from './invariants.js';

/**
 * An invariant as a question to the rows of one community. The query has one row for each thing that is counted, with a
 * `subject` that names it and a `fault`, null where all is well. `$1` is the community. Whatever should stand on both sides
 * of a pair is joined by FULL JOIN, so that it is missed on either side.
 */
export interface RowCheck {
  readonly invariant: Invariant;
  /** What is counted, in the plural. */
  readonly noun: string;
  readonly sql: string;
}

/** @param communityId null for the checks of the catalogue, which belong to no community */
export async function runRowCheck(
  client: ClientBase,
  check: RowCheck,
  communityId: number | null,
  findings: Findings,
): Promise<void> {
  const { rows } = await client.query<{ counted: number; wrong: number; first: string | null }>(
    `SELECT count(*) AS counted, count(fault) AS wrong, min(subject || ': ' || fault) FILTER (WHERE fault IS NOT NULL) AS first
     FROM (${check.sql}) AS checked`,
    communityId === null ? [] : [communityId],
  );
  for (const { counted, wrong, first } of rows) {
    const where = communityId === null ? '' : `community ${communityId} `;
    findings.count(check.invariant, check.noun, counted);
    if (wrong > 0) findings.wrong(check.invariant, `${where}${first}`, wrong);
  }
}
