import { Injectable } from '@nestjs/common';
import { Approvals } from '../../approvals/index.js';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, type Tx } from '../../platform/index.js';
import { knownItems, WasteItems } from '../items/waste-items.service.js';
import { EDITORS, TariffAuthority } from '../tariff-authority.service.js';
import { InstantTakenError, RetroactiveError } from '../tariff.errors.js';
import type { TariffDocument } from '../tariff.schema.js';
import { refuseFaulty } from './document-faults.js';
import { TariffVersionsRepository } from './tariff-versions.repository.js';
import { VERSION_APPROVAL, type VersionPayload } from './version-payload.js';

/** How a draft is put before a second person (I-13). What he does with it: TariffApprovals. */
@Injectable()
export class TariffSubmissions {
  constructor(
    private readonly database: Database,
    private readonly versions: TariffVersionsRepository,
    private readonly items: WasteItems,
    private readonly approvals: Approvals,
    private readonly authority: TariffAuthority,
    private readonly audit: Audit,
  ) {}

  /**
   * Asks a second person to put a draft into force. Until he has decided, nobody edits it.
   * @param effectiveFrom in the future, or null for the moment of approval
   * @returns the id of the approval
   * @throws ScopeTooNarrowError, NotFoundError, NotADraftError, RetroactiveError, InstantTakenError; FieldFaultsError below
   * `/document` where the community could not credit by it
   */
  async submit(actor: Actor, versionId: string, effectiveFrom: Date | null, reason: string): Promise<string> {
    const { communityId } = actor;
    await this.authority.require(actor, EDITORS, 'tariff.submit-version');
    // Read before: an item, once there, keeps its code and class for good.
    const items = knownItems(await this.items.all(communityId));
    return this.database.transaction(async (tx) => {
      const draft = await this.versions.lockDraft(tx, communityId, versionId);
      refuseFaulty(JSON.parse(draft.document) as TariffDocument, items);
      if (effectiveFrom !== null) await this.refuseInstant(tx, communityId, effectiveFrom);
      const payload: VersionPayload = {
        versionId,
        documentHash: draft.documentHash.toString('hex'),
        effectiveFrom: effectiveFrom?.toISOString() ?? null,
      };
      const approvalId = await this.approvals.submit(tx, actor, {
        kind: VERSION_APPROVAL,
        payload,
        summary: { versionId, name: draft.name, effectiveFrom: payload.effectiveFrom },
        householdId: null,
        reason,
      });
      await this.versions.submit(tx, communityId, versionId, { approvalId, effectiveFrom });
      const subject = { subjectKind: 'tariff-version', subjectId: versionId };
      await this.audit.record(tx, actor, { action: 'tariff.submit-version', ...subject, detail: { approvalId } });
      return approvalId;
    });
  }

  private async refuseInstant(tx: Tx, communityId: number, effectiveFrom: Date): Promise<void> {
    const { isPast, isTaken } = await this.versions.instant(tx, communityId, effectiveFrom);
    if (isPast) throw new RetroactiveError();
    if (isTaken) throw new InstantTakenError();
  }
}
