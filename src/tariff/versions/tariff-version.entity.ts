import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One version of the community's earning rules. Approved or refused, it never changes again; a trigger sees to it. */
@Entity('tariff_version')
export class TariffVersion {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'version_id' })
  readonly versionId: string;

  @Column('text', { name: 'name' })
  readonly name: string;

  /** As it was last written; what it amounts to today is `VersionRow.status`. */
  @Column('text', { name: 'status' })
  readonly status: string;

  /** A `TariffDocument` as canonical JSON. */
  @Column('text', { name: 'document' })
  readonly document: string;

  /** SHA-256 of the document's text. */
  @Column('bytea', { name: 'document_hash' })
  readonly documentHash: Buffer;

  /** From this instant on it credits: wished for while submitted, settled when approved. */
  @Column('timestamptz', { name: 'effective_from', nullable: true })
  readonly effectiveFrom: Date | null;

  @Column('uuid', { name: 'approval_id', nullable: true })
  readonly approvalId: string | null;

  @Column('uuid', { name: 'made_by' })
  readonly madeBy: string;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  readonly updatedAt: Date;
}
