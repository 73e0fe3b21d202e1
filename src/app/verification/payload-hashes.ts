import { hash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { FIRST_UUID, inBatches } from './batches.js';
import type { Findings } from './findings.js';

interface ApprovalRow {
  readonly approvalId: string;
  readonly payload: string;
  readonly payloadHash: Buffer;
}

const APPROVALS_A_BATCH = 500;

/** I-13: what was submitted for approval is, to the byte, what it was when it was submitted. */
export async function checkPayloadHashes(client: ClientBase, communityId: number, findings: Findings): Promise<void> {
  const fetch = async (after: string) => {
    const { rows } = await client.query<ApprovalRow>(
      `SELECT approval_id AS "approvalId", payload, payload_hash AS "payloadHash" FROM approval
       WHERE community_id = $1 AND approval_id > $2 ORDER BY approval_id LIMIT ${APPROVALS_A_BATCH}`,
      [communityId, after],
    );
    return rows;
  };
  const batches = inBatches(fetch, { first: FIRST_UUID, size: APPROVALS_A_BATCH, keyOf: (row) => row.approvalId });
  for await (const rows of batches) {
    findings.count('approval', 'payloads', rows.length);
    for (const { approvalId, payload, payloadHash } of rows) {
      if (hash('sha256', payload, 'buffer').equals(payloadHash)) continue;
      findings.wrong('approval', `community ${communityId} approval ${approvalId}: its payload was changed`);
    }
  }
}
