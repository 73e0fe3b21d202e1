import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { canonicalJson, Database } from '../../platform/index.js';
import { itemNames, knownItems, WasteItems } from '../items/waste-items.service.js';
import { EDITORS, TariffAuthority } from '../tariff-authority.service.js';
import type { TariffFault } from '../tariff-fault.js';
import { type TariffSentence, tariffSentences } from '../tariff-sentence.rules.js';
import { validateTariff } from '../tariff-validation.rules.js';
import type { TariffDocument } from '../tariff.schema.js';
import { shapedDocument } from './document-faults.js';
import { type DocumentText, TariffVersionsRepository, type VersionRow } from './tariff-versions.repository.js';

/** A version with its document, in data and in words, and with what still keeps it from being submitted. */
export interface ReadVersion extends VersionRow {
  readonly document: TariffDocument;
  readonly documentHash: Buffer;
  readonly sentences: { readonly zh: readonly TariffSentence[]; readonly en: readonly TariffSentence[] };
  readonly faults: readonly TariffFault[];
}

/** Drafts of the tariff, and what has become of them. How one comes into force: TariffSubmissions, TariffApprovals. */
@Injectable()
export class TariffVersions {
  constructor(
    private readonly database: Database,
    private readonly versions: TariffVersionsRepository,
    private readonly items: WasteItems,
    private readonly authority: TariffAuthority,
    private readonly audit: Audit,
  ) {}

  async page(communityId: number, after: string | null, limit: number): Promise<VersionRow[]> {
    return this.versions.page(communityId, after, limit);
  }

  /** @throws NotFoundError */
  async get(communityId: number, versionId: string): Promise<ReadVersion> {
    const version = await this.versions.get(communityId, versionId);
    const document = JSON.parse(version.document) as TariffDocument;
    const items = await this.items.all(communityId);
    const names = itemNames(items);
    return {
      ...version,
      document,
      sentences: { zh: tariffSentences(document, names, 'zh'), en: tariffSentences(document, names, 'en') },
      faults: validateTariff(document, knownItems(items)),
    };
  }

  /**
   * A new draft. It has to have the form of a tariff; what else is wrong with it stands in its faults.
   * @returns its id
   * @throws ScopeTooNarrowError; FieldFaultsError below `/document`
   */
  async create(actor: Actor, name: string, document: unknown): Promise<string> {
    await this.authority.require(actor, EDITORS, 'tariff.create-draft');
    const draft = { versionId: uuidv7(), name, ...documentText(shapedDocument(document)) };
    await this.database.transaction(async (tx) => {
      await this.versions.insert(tx, actor.communityId, { ...draft, madeBy: actor.id });
      const subject = { subjectKind: 'tariff-version', subjectId: draft.versionId };
      await this.audit.record(tx, actor, { action: 'tariff.create-draft', ...subject, after: contentOf(draft) });
    });
    return draft.versionId;
  }

  /**
   * Replaces name and document of a draft.
   * @throws ScopeTooNarrowError, NotFoundError, NotADraftError; FieldFaultsError below `/document`
   */
  async edit(actor: Actor, versionId: string, name: string, document: unknown): Promise<void> {
    await this.authority.require(actor, EDITORS, 'tariff.edit-draft');
    const after = { versionId, name, ...documentText(shapedDocument(document)) };
    await this.database.transaction(async (tx) => {
      const before = await this.versions.lockDraft(tx, actor.communityId, versionId);
      await this.versions.edit(tx, actor.communityId, after);
      await this.audit.record(tx, actor, {
        action: 'tariff.edit-draft',
        subjectKind: 'tariff-version',
        subjectId: versionId,
        before: contentOf(before),
        after: contentOf(after),
      });
    });
  }
}

function documentText(document: TariffDocument): DocumentText {
  const text = canonicalJson(document);
  return { document: text, documentHash: createHash('sha256').update(text).digest() };
}

function contentOf({ name, document }: { readonly name: string; readonly document: string }) {
  return { name, document };
}
