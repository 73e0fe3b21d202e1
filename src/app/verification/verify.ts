import type { KeyObject } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { CheckpointDocument } from '../../ledger/rules.js';
// Sets how whole numbers and days come back from pg, for every client of the process.
import '../../platform/index.js';
import { checkAccountChains } from './account-chains.js';
import { APPROVAL_CHECKS } from './approval.checks.js';
import { AUDIT_CHECKS } from './audit.checks.js';
import { CATALOGUE_CHECKS } from './catalogue.checks.js';
import { checkCredits } from './credit-recomputation.js';
import { type Finding, Findings } from './findings.js';
import { HOUSEHOLD_CHECKS } from './household.checks.js';
import { checkKeptCheckpoints } from './kept-checkpoints.js';
import { LEDGER_CHECKS } from './ledger.checks.js';
import { checkPayloadHashes } from './payload-hashes.js';
import { REDEMPTION_CHECKS } from './redemption.checks.js';
import { runRowCheck } from './row-check.js';
import { checkSignedHeads } from './signed-heads.js';
import { inSnapshot } from './snapshot.js';
import { STOCK_CHECKS } from './stock.checks.js';
import { WEIGH_IN_CHECKS } from './weigh-in.checks.js';

export interface VerifyOptions {
  /** One community instead of all. */
  readonly communityId?: number;
  /** What kept checkpoints must be signed with; null or absent: their signatures are not checked. */
  readonly publicKey?: KeyObject | null;
  /** A checkpoint from elsewhere whose signature was checked already. */
  readonly checkpoint?: CheckpointDocument;
}

/** The database has no schema, or not the community that was asked for. */
export class NothingToVerifyError extends Error {
  override readonly name = 'NothingToVerifyError';
}

const COMMUNITY_CHECKS = [
  ...LEDGER_CHECKS,
  ...REDEMPTION_CHECKS,
  ...STOCK_CHECKS,
  ...WEIGH_IN_CHECKS,
  ...APPROVAL_CHECKS,
  ...AUDIT_CHECKS,
  ...HOUSEHOLD_CHECKS,
];

/**
 * Checks every invariant of `INVARIANTS` on one snapshot, without asking any function that wrote the rows. Reads only, with
 * SELECT on all tables; memory does not grow with the ledger.
 * @param client connected, outside a transaction
 * @returns one finding an invariant
 * @throws NothingToVerifyError, and what pg throws where the database is away
 */
export async function verify(client: ClientBase, options: VerifyOptions = {}): Promise<Finding[]> {
  return inSnapshot(client, () => verifySnapshot(client, options));
}

/** The same inside a snapshot that is open already. */
export async function verifySnapshot(client: ClientBase, options: VerifyOptions): Promise<Finding[]> {
  await requireSchema(client);
  const findings = new Findings();
  for (const check of CATALOGUE_CHECKS) await runRowCheck(client, check, null, findings);
  for (const communityId of await communitiesOf(client, options.communityId)) {
    await checkAccountChains(client, communityId, findings);
    for (const check of COMMUNITY_CHECKS) await runRowCheck(client, check, communityId, findings);
    await checkCredits(client, communityId, findings);
    await checkPayloadHashes(client, communityId, findings);
    await checkKeptCheckpoints(client, communityId, options.publicKey ?? null, findings);
  }
  if (options.checkpoint !== undefined) await checkSignedHeads(client, options.checkpoint, findings);
  return findings.list();
}

async function requireSchema(client: ClientBase): Promise<void> {
  const { rows } = await client.query(`SELECT 1 WHERE to_regclass('public.redemption_return_line') IS NULL`);
  if (rows.length > 0) throw new NothingToVerifyError('this database has no shop in it: npm start or npm run migrate');
}

/** All of them, or the one that is asked for. @throws NothingToVerifyError */
export async function communitiesOf(client: ClientBase, only?: number): Promise<number[]> {
  const { rows } = await client.query<{ communityId: number }>(
    `SELECT community_id AS "communityId" FROM community
     WHERE $1::bigint IS NULL OR community_id = $1 ORDER BY community_id`,
    [only ?? null],
  );
  if (only !== undefined && rows.length === 0) {
    throw new NothingToVerifyError(`there is no community ${only} in this database`);
  }
  return rows.map(({ communityId }) => communityId);
}
