import type { ClientBase } from 'pg';
import type { CheckpointDocument } from '../../ledger/rules.js';
import type { Findings } from './findings.js';

interface FoundHead {
  readonly accountId: string;
  readonly seq: number;
  readonly signed: string;
  readonly found: string | null;
  readonly entryCount: number;
}

const HEADS_A_BATCH = 2000;

/**
 * I-16: every entry that a checkpoint was signed over is where it was, with the hash it had. Since each hash covers the one
 * before, that holds the whole account up to there: an altered amount, a deleted and renumbered row, newest rows that were
 * cut and an old copy of the database all show here, even where everything after was hashed anew.
 */
export async function checkSignedHeads(
  client: ClientBase,
  document: CheckpointDocument,
  findings: Findings,
): Promise<void> {
  const { communityId, day, heads } = document;
  findings.count('signedHead', 'heads', heads.length);
  for (let at = 0; at < heads.length; at += HEADS_A_BATCH) {
    const batch = heads.slice(at, at + HEADS_A_BATCH);
    const { rows } = await client.query<FoundHead>(
      `SELECT h.account_id AS "accountId", h.seq, h.signed, encode(e.hash, 'hex') AS found,
         (SELECT count(*) FROM ledger_entry AS n
          WHERE n.community_id = $1 AND n.account_id = h.account_id AND e.hash IS NULL) AS "entryCount"
       FROM unnest($2::uuid[], $3::bigint[], $4::text[]) AS h (account_id, seq, signed)
       LEFT JOIN ledger_entry AS e ON e.community_id = $1 AND e.account_id = h.account_id AND e.seq = h.seq
       WHERE encode(e.hash, 'hex') IS DISTINCT FROM h.signed
       ORDER BY h.account_id`,
      [communityId, batch.map(([id]) => id), batch.map(([, seq]) => seq), batch.map(([, , signed]) => signed)],
    );
    for (const { accountId, seq, found, entryCount } of rows) {
      const what =
        found === null
          ? `was signed on ${day}, but is gone: the account has ${entryCount} entries`
          : `is not the entry that was signed on ${day}`;
      findings.wrong('signedHead', `community ${communityId} account ${accountId} seq ${seq}: ${what}`);
    }
  }
}
