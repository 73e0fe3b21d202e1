import { Injectable } from '@nestjs/common';
import { Database, NotFoundError, type Tx, violatedConstraint } from '../../platform/index.js';
import { InstantTakenError, NotADraftError, NotSubmittedError } from '../tariff.errors.js';
import { TariffVersion } from './tariff-version.entity.js';

export const VERSION_STATUSES = ['draft', 'submitted', 'approved', 'refused'] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];

/** A version without its document. */
export interface VersionRow {
  readonly versionId: string;
  readonly name: string;
  /** That of its approval: refused with it, and a draft again where it was withdrawn or its seven days went by. */
  readonly status: VersionStatus;
  /** Wished for while submitted, settled when approved; null for a draft, and where it is to be the moment of approval. */
  readonly effectiveFrom: Date | null;
  readonly approvalId: string | null;
  readonly isInForce: boolean;
  readonly madeBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The document as it is kept: canonical JSON and its SHA-256. */
export interface DocumentText {
  readonly document: string;
  readonly documentHash: Buffer;
}

export type DraftRow = Pick<TariffVersion, 'versionId' | 'name' | 'document' | 'documentHash'>;

export interface NewVersion extends DraftRow {
  readonly madeBy: string;
}

/** An approved version that is, was or will be in force. */
export interface ApprovedRow {
  readonly versionId: string;
  readonly name: string;
  readonly effectiveFrom: Date;
}

@Injectable()
export class TariffVersionsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first; `after` is the last version of the page before. */
  async page(communityId: number, after: string | null, limit: number): Promise<VersionRow[]> {
    return this.database.read<VersionRow>(
      'tariff.versions',
      `SELECT ${VERSION_COLUMNS} ${FROM_VERSIONS} AND ($2::uuid IS NULL OR v.version_id < $2)
       ORDER BY v.version_id DESC LIMIT $3`,
      [communityId, after, limit],
    );
  }

  /** @throws NotFoundError */
  async get(communityId: number, versionId: string): Promise<VersionRow & DocumentText> {
    const [version] = await this.database.read<VersionRow & DocumentText>(
      'tariff.version',
      `SELECT ${VERSION_COLUMNS}, v.document, v.document_hash AS "documentHash" ${FROM_VERSIONS} AND v.version_id = $2`,
      [communityId, versionId],
    );
    if (version === undefined) throw new NotFoundError();
    return version;
  }

  /** The version in force at an instant; now, when it is null. */
  async inForce(communityId: number, at: Date | null): Promise<ApprovedRow | undefined> {
    const rows = await this.database.read<ApprovedRow>(
      'tariff.in-force',
      `SELECT version_id AS "versionId", name, effective_from AS "effectiveFrom" FROM tariff_version
       WHERE community_id = $1 AND status = 'approved'
         AND effective_from <= (SELECT coalesce($2::timestamptz, app_now()))
       ORDER BY effective_from DESC LIMIT 1`,
      [communityId, at],
    );
    return rows[0];
  }

  /** The version that is announced to take effect next. */
  async announced(communityId: number): Promise<ApprovedRow | undefined> {
    const rows = await this.database.read<ApprovedRow>(
      'tariff.announced',
      `SELECT version_id AS "versionId", name, effective_from AS "effectiveFrom" FROM tariff_version
       WHERE community_id = $1 AND status = 'approved' AND effective_from > (SELECT app_now())
       ORDER BY effective_from LIMIT 1`,
      [communityId],
    );
    return rows[0];
  }

  /** An approved version's document: it never changes. @throws NotFoundError */
  async approved(communityId: number, versionId: string): Promise<ApprovedRow & DocumentText> {
    const [version] = await this.database.read<ApprovedRow & DocumentText>(
      'tariff.approved',
      `SELECT version_id AS "versionId", name, effective_from AS "effectiveFrom", document,
         document_hash AS "documentHash"
       FROM tariff_version WHERE community_id = $1 AND version_id = $2 AND status = 'approved'`,
      [communityId, versionId],
    );
    if (version === undefined) throw new NotFoundError();
    return version;
  }

  async insert(tx: Tx, communityId: number, version: NewVersion): Promise<void> {
    const now = () => 'app_now()';
    await tx.insert(TariffVersion, { ...version, communityId, status: 'draft', createdAt: now, updatedAt: now });
  }

  /**
   * A draft under lock. One that was submitted and came back (withdrawn, or never decided) is made a draft again first.
   * @throws NotFoundError, NotADraftError
   */
  async lockDraft(tx: Tx, communityId: number, versionId: string): Promise<DraftRow> {
    const [version] = (await tx.query(
      `SELECT v.version_id AS "versionId", v.name, v.document, v.document_hash AS "documentHash", ${STATUS} AS status
       ${FROM_VERSIONS} AND v.version_id = $2 FOR NO KEY UPDATE OF v`,
      [communityId, versionId],
    )) as (DraftRow & { status: VersionStatus })[];
    if (version === undefined) throw new NotFoundError();
    const { status, ...draft } = version;
    if (status !== 'draft') throw new NotADraftError({ status });
    const back = { status: 'draft', approvalId: null, effectiveFrom: null };
    await tx.update(TariffVersion, { communityId, versionId, status: 'submitted' }, back);
    return draft;
  }

  async edit(tx: Tx, communityId: number, { versionId, ...change }: DraftRow): Promise<void> {
    await tx.update(TariffVersion, { communityId, versionId }, { ...change, updatedAt: () => 'app_now()' });
  }

  /** Whether an instant is still to come, and whether an approved version takes effect at it. */
  async instant(tx: Tx, communityId: number, at: Date): Promise<{ isPast: boolean; isTaken: boolean }> {
    const [instant] = (await tx.query(
      `SELECT $2::timestamptz <= app_now() AS "isPast", EXISTS (SELECT 1 FROM tariff_version AS v
         WHERE v.community_id = $1 AND v.status = 'approved' AND v.effective_from = $2) AS "isTaken"`,
      [communityId, at],
    )) as [{ isPast: boolean; isTaken: boolean }];
    return instant;
  }

  async submit(
    tx: Tx,
    communityId: number,
    versionId: string,
    submitted: { approvalId: string; effectiveFrom: Date | null },
  ): Promise<void> {
    const change = { ...submitted, status: 'submitted', updatedAt: () => 'app_now()' };
    await tx.update(TariffVersion, { communityId, versionId }, change);
  }

  /**
   * Settles a submitted version: it takes effect at the instant wished for, or at once where that has passed meanwhile.
   * "At once" is the next whole millisecond, because that is all of an instant that JSON shows: a version must never
   * seem to have been in force before it was approved.
   * @returns the instant from which on it is in force
   * @throws NotSubmittedError where it is not the document that was submitted; InstantTakenError
   */
  async approve(
    tx: Tx,
    communityId: number,
    versionId: string,
    submitted: { approvalId: string; documentHash: Buffer; wishedFor: string | null },
  ): Promise<Date> {
    try {
      const [rows] = (await tx.query(
        `UPDATE tariff_version SET status = 'approved', updated_at = app_now(),
           effective_from =
             greatest($5::timestamptz, date_trunc('milliseconds', app_now()) + interval '1 millisecond')
         WHERE community_id = $1 AND version_id = $2 AND status = 'submitted' AND approval_id = $3 AND document_hash = $4
         RETURNING effective_from AS "effectiveFrom"`,
        [communityId, versionId, submitted.approvalId, submitted.documentHash, submitted.wishedFor],
      )) as [{ effectiveFrom: Date }[], number];
      if (rows[0] === undefined) throw new NotSubmittedError();
      return rows[0].effectiveFrom;
    } catch (error) {
      if (violatedConstraint(error) === 'uq_tariff_version_effective') throw new InstantTakenError();
      throw error;
    }
  }
}

/**
 * What a submitted version amounts to is read off its approval, which another room decides on and which may also simply
 * run out: there is no event to wait for, and no second copy of the decision that could differ.
 */
const STATUS = `CASE WHEN v.status <> 'submitted' THEN v.status WHEN a.status = 'refused' THEN 'refused'
  WHEN a.status = 'pending' AND a.expires_at > app_now() THEN 'submitted' ELSE 'draft' END`;

const VERSION_COLUMNS = `v.version_id AS "versionId", v.name, ${STATUS} AS status,
  CASE WHEN ${STATUS} <> 'draft' THEN v.effective_from END AS "effectiveFrom",
  CASE WHEN ${STATUS} <> 'draft' THEN v.approval_id END AS "approvalId",
  v.version_id IS NOT DISTINCT FROM (SELECT f.version_id FROM tariff_version AS f
    WHERE f.community_id = $1 AND f.status = 'approved' AND f.effective_from <= (SELECT app_now())
    ORDER BY f.effective_from DESC LIMIT 1) AS "isInForce",
  v.made_by AS "madeBy", v.created_at AS "createdAt", v.updated_at AS "updatedAt"`;

const FROM_VERSIONS = `FROM tariff_version AS v
  LEFT JOIN approval AS a ON a.community_id = $1 AND a.approval_id = v.approval_id WHERE v.community_id = $1`;
