import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '../../dist/src/platform/commands.js';
import { PUCHENG_TARIFF, QIANKOU_TARIFF } from '../../dist/src/tariff/rules.js';

/** The published tariffs of both villages. They have no caps, so that nothing has to be added up for a weigh-in. */
export const TARIFF = { rules: [...QIANKOU_TARIFF.rules, ...PUCHENG_TARIFF.rules] };

/**
 * The same with caps over a day and a year, too wide to ever cut: what a household was credited this year has to be added
 * up for every visit.
 */
export const CAPPED_TARIFF = {
  ...TARIFF,
  caps: [
    { per: 'day', of: 'all', centipointsMax: 10_000_000 },
    { per: 'year', of: { item: 'plastic-bag' }, centipointsMax: 10_000_000 },
  ],
};

/**
 * Writes an approved version with its approval, as a submission and a second person's decision leave them.
 * @param {import('pg').Client} owner the owner's connection
 * @param {{versionId: string, document: object, staff: readonly string[], at: Date, effectiveFrom: Date}} given
 * `at`: when it was approved, before it took effect
 */
export async function approveTariff(owner, communityId, { versionId, document, staff, at, effectiveFrom }) {
  const approvalId = randomUUID();
  const text = canonicalJson(document);
  const hash = sha256(text);
  const payload = canonicalJson({ versionId, documentHash: hash.toString('hex'), effectiveFrom });
  await owner.query(
    `INSERT INTO approval (community_id, approval_id, kind, payload, payload_hash, summary, reason, maker_id, submitted_at,
       expires_at, status, decided_by, decided_at)
     VALUES ($1, $2, 'tariff.version', $3, $4, '{}', '量测', $5, $6, $6::timestamptz + interval '1 day', 'approved', $7, $6)`,
    [communityId, approvalId, payload, sha256(payload), staff[0], at, staff[1]],
  );
  await owner.query(
    `INSERT INTO tariff_version (community_id, version_id, name, status, document, document_hash, effective_from,
       approval_id, made_by, created_at, updated_at)
     VALUES ($1, $2, '量测', 'approved', $3, $4, $5, $6, $7, $8, $8)`,
    [communityId, versionId, text, hash, effectiveFrom, approvalId, staff[0], at],
  );
}

/** Puts a tariff in force, as a new version, where another one is. It is an hour old, older than any visit of the load. */
export async function bringIntoForce(owner, document) {
  const { rows } = await owner.query(
    `SELECT community_id AS "communityId", document, greatest(effective_from, now() - interval '1 hour') AS latest
     FROM tariff_version WHERE status = 'approved' ORDER BY effective_from DESC LIMIT 1`,
  );
  const [{ communityId, document: inForce, latest }] = rows;
  if (inForce === canonicalJson(document)) return;
  const { rows: people } = await owner.query(
    `SELECT person_id AS id FROM person WHERE login LIKE 'bench-%' ORDER BY login`,
  );
  await approveTariff(owner, communityId, {
    versionId: randomUUID(),
    document,
    staff: people.map(({ id }) => id),
    at: new Date(latest.getTime() + 1000),
    effectiveFrom: new Date(latest.getTime() + 2000),
  });
}

const sha256 = (text) => createHash('sha256').update(text).digest();
