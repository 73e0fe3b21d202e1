/** The kind under which an approval is submitted and carried out. */
export const VERSION_APPROVAL = 'tariff.version';

/** What is approved: this document, by its hash, from this instant on. */
export interface VersionPayload {
  readonly versionId: string;
  /** SHA-256 of the document, hexadecimal. */
  readonly documentHash: string;
  /** ISO 8601; null: from the moment of approval on. */
  readonly effectiveFrom: string | null;
}
