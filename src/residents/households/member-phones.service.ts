import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database } from '../../platform/index.js';
import { NoPhoneError } from '../residents.errors.js';
import type { GivenConsent } from './consents.repository.js';
import { Consents } from './consents.service.js';
import { HouseholdsRepository } from './households.repository.js';
import { MembersRepository } from './members.repository.js';
import { PhoneDirectory } from './phone-directory.js';

/** The phone numbers of members: kept sealed, with consent, and shown whole only to who gives a reason (S-25, S-26). */
@Injectable()
export class MemberPhones {
  constructor(
    private readonly database: Database,
    private readonly households: HouseholdsRepository,
    private readonly members: MembersRepository,
    private readonly directory: PhoneDirectory,
    private readonly consents: Consents,
    private readonly audit: Audit,
  ) {}

  /**
   * @param phone eleven digits; it takes the place of the one that is kept
   * @param given a consent that came with the request
   * @throws MemberNotFoundError, HouseholdClosedError, ConsentMissingError
   */
  async set(actor: Actor, memberId: string, phone: string, given: GivenConsent | null): Promise<void> {
    await this.keep(actor, memberId, phone, given);
  }

  /** @throws MemberNotFoundError, HouseholdClosedError */
  async remove(actor: Actor, memberId: string): Promise<void> {
    await this.keep(actor, memberId, null, null);
  }

  /**
   * The whole number. Who looked at whose, and why, is recorded before it is shown.
   * @throws MemberNotFoundError, NoPhoneError
   */
  async reveal(actor: Actor, memberId: string, reason: string): Promise<string> {
    const phone = await this.members.phoneOf(actor.communityId, memberId);
    if (phone === null) throw new NoPhoneError();
    const subject = { subjectKind: 'member', subjectId: memberId };
    await this.audit.recordAlone(actor, { action: 'residents.reveal-phone', ...subject, detail: { reason } });
    return phone;
  }

  private async keep(actor: Actor, memberId: string, phone: string | null, given: GivenConsent | null): Promise<void> {
    const { communityId } = actor;
    await this.database.transaction(async (tx) => {
      const householdId = await this.members.householdOf(tx, communityId, memberId);
      await this.households.lockOpen(tx, communityId, householdId);
      await this.members.lockCurrent(tx, communityId, householdId, memberId);
      if (phone !== null) await this.consents.requirePhone(tx, actor, householdId, given);
      await this.directory.following(tx, communityId, householdId, () =>
        this.members.keepPhone(tx, communityId, memberId, phone),
      );
      const action = phone === null ? 'residents.remove-phone' : 'residents.set-phone';
      await this.audit.record(tx, actor, { action, subjectKind: 'member', subjectId: memberId });
    });
  }
}
