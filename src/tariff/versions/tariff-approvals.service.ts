import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Approval, Approvals } from '../../approvals/index.js';
import { Audit } from '../../audit/index.js';
import { type Command, Commands, type StoredReply } from '../../platform/index.js';
import { REVIEWERS, TariffAuthority } from '../tariff-authority.service.js';
import { TariffVersionsRepository } from './tariff-versions.repository.js';
import { VERSION_APPROVAL, type VersionPayload } from './version-payload.js';

/** Puts a submitted version into force when a second person approves it. From then on it never changes. */
@Injectable()
export class TariffApprovals implements OnModuleInit {
  constructor(
    private readonly approvals: Approvals,
    private readonly commands: Commands,
    private readonly versions: TariffVersionsRepository,
    private readonly authority: TariffAuthority,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.approvals.handle(VERSION_APPROVAL, (command, approval) => this.carryOut(command, approval));
  }

  /** @throws ScopeTooNarrowError; Refusal with the codes of the approvals room, tariff.not-submitted, tariff.instant-taken */
  private async carryOut(command: Command, { approvalId, payload }: Approval): Promise<StoredReply> {
    const { versionId, documentHash, effectiveFrom: wishedFor } = JSON.parse(payload) as VersionPayload;
    await this.authority.require(command.actor, REVIEWERS, 'tariff.approve-version');
    return this.commands.runInTransaction(command, async (tx) => {
      await this.approvals.take(tx, command.actor, approvalId);
      const submitted = { approvalId, documentHash: Buffer.from(documentHash, 'hex'), wishedFor };
      const effectiveFrom = await this.versions.approve(tx, command.communityId, versionId, submitted);
      const event = {
        action: 'tariff.approve-version',
        subjectKind: 'tariff-version',
        subjectId: versionId,
        after: { versionId, documentHash, effectiveFrom },
        detail: { approvalId, effectiveFrom: effectiveFrom.toISOString() },
      };
      await this.audit.record(tx, command.actor, event, command.requestId);
      return { approvalId, versionId, status: 'approved', effectiveFrom };
    });
  }
}
