import type { KeyObject } from 'node:crypto';
import type { ClientBase } from 'pg';
import { type CheckpointDocument, documentFault, documentHash, isSignedBy } from '../../ledger/rules.js';
import { inBatches } from './batches.js';
import type { Findings } from './findings.js';
import { checkSignedHeads } from './signed-heads.js';

interface CheckpointRow {
  readonly day: string;
  readonly document: string;
  readonly signature: Buffer;
}

const CHECKPOINTS_A_BATCH = 20;

/**
 * I-16: the checkpoints that the database keeps are signed, and each names the one before. The heads of the last one alone
 * are looked up in the ledger: every account only grew since the older ones, and a hash covers all before it.
 *
 * Whoever can write the database can delete checkpoints at the end of this chain; only a copy elsewhere shows that.
 * @param publicKey null where none is known here: then only what stands without it is checked
 */
export async function checkKeptCheckpoints(
  client: ClientBase,
  communityId: number,
  publicKey: KeyObject | null,
  findings: Findings,
): Promise<void> {
  const wrong = (day: string, what: string) =>
    findings.wrong('checkpoint', `community ${communityId} checkpoint ${day}: ${what}`);
  let last: { readonly document: CheckpointDocument; readonly text: string } | undefined;
  findings.count('checkpoint', 'checkpoints', 0);
  findings.count('checkpoint', 'signatures', 0);
  const fetch = async (after: string) => {
    const { rows } = await client.query<CheckpointRow>(
      `SELECT day, document, signature FROM ledger_checkpoint
       WHERE community_id = $1 AND day > $2::date ORDER BY day LIMIT ${CHECKPOINTS_A_BATCH}`,
      [communityId, after],
    );
    return rows;
  };
  const batches = inBatches(fetch, { first: '0001-01-01', size: CHECKPOINTS_A_BATCH, keyOf: (row) => row.day });
  for await (const rows of batches) {
    findings.count('checkpoint', 'checkpoints', rows.length);
    findings.count('checkpoint', 'signatures', publicKey === null ? 0 : rows.length);
    for (const { day, document: text, signature } of rows) {
      if (publicKey !== null && !isSignedBy(text, signature, publicKey))
        wrong(day, 'the signature is not one of our key');
      const document = parse(text);
      if (document === undefined) {
        wrong(day, 'is no checkpoint');
        continue;
      }
      if (document.communityId !== communityId || document.day !== day)
        wrong(day, 'is one of another community or day');
      const before = last === undefined ? null : documentHash(last.text);
      if (document.previous !== before) wrong(day, 'does not follow the checkpoint before it');
      last = { document, text };
    }
  }
  if (last === undefined) return;
  const fault = documentFault(last.document, last.text);
  if (fault !== null) wrong(last.document.day, fault);
  else await checkSignedHeads(client, last.document, findings);
}

function parse(text: string): CheckpointDocument | undefined {
  try {
    return JSON.parse(text) as CheckpointDocument;
  } catch {
    return undefined;
  }
}
