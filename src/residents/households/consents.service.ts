import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, type Tx } from '../../platform/index.js';
import { ConsentMissingError, ConsentNotFoundError } from '../residents.errors.js';
import type { Consent } from './consent.entity.js';
import { ConsentsRepository, type GivenConsent } from './consents.repository.js';
import { HouseholdsRepository } from './households.repository.js';
import { MembersRepository } from './members.repository.js';
import { PhoneDirectory } from './phone-directory.js';

/** What a household agreed to, and took back (S-25). */
@Injectable()
export class Consents {
  constructor(
    private readonly database: Database,
    private readonly households: HouseholdsRepository,
    private readonly members: MembersRepository,
    private readonly directory: PhoneDirectory,
    private readonly consents: ConsentsRepository,
    private readonly audit: Audit,
  ) {}

  /** Newest first, withdrawn ones too. */
  async listOf(communityId: number, householdId: string): Promise<Consent[]> {
    return this.consents.listOf(communityId, householdId);
  }

  /**
   * @param memberId of whom it is; null: of the household
   * @returns its id
   * @throws HouseholdNotFoundError, HouseholdClosedError, MemberNotFoundError
   */
  async give(actor: Actor, householdId: string, memberId: string | null, given: GivenConsent): Promise<string> {
    return this.database.transaction(async (tx) => {
      await this.households.lockOpen(tx, actor.communityId, householdId);
      if (memberId !== null) await this.members.lockCurrent(tx, actor.communityId, householdId, memberId);
      return this.giveIn(tx, actor, householdId, memberId, given);
    });
  }

  /**
   * With the last consent to keep a phone number the numbers go, too.
   * @throws HouseholdNotFoundError, ConsentNotFoundError
   */
  async withdraw(actor: Actor, householdId: string, consentId: string): Promise<void> {
    const { communityId } = actor;
    await this.database.transaction(async (tx) => {
      await this.households.lock(tx, communityId, householdId);
      const purpose = await this.consents.withdraw(tx, communityId, householdId, consentId);
      if (purpose === undefined) throw new ConsentNotFoundError();
      await this.audit.record(tx, actor, {
        action: 'residents.withdraw-consent',
        subjectKind: 'consent',
        subjectId: consentId,
        detail: { householdId, purpose },
      });
      if (purpose !== 'phone' || (await this.consents.isOpen(tx, communityId, householdId, 'phone'))) return;
      await this.directory.following(tx, communityId, householdId, () =>
        this.members.dropPhonesOf(tx, communityId, householdId),
      );
    });
  }

  /**
   * Records the consent that came with the request, if one did, and makes sure that there is one to keep a phone number.
   * The household is locked.
   * @throws ConsentMissingError
   */
  async requirePhone(tx: Tx, actor: Actor, householdId: string, given: GivenConsent | null): Promise<void> {
    if (given !== null) await this.giveIn(tx, actor, householdId, null, given);
    if (given?.purpose === 'phone') return;
    if (!(await this.consents.isOpen(tx, actor.communityId, householdId, 'phone'))) {
      throw new ConsentMissingError({ purpose: 'phone' });
    }
  }

  /** Those of a member who is erased. */
  async withdrawOfMember(tx: Tx, communityId: number, householdId: string, memberId: string): Promise<void> {
    await this.consents.withdrawOfMember(tx, communityId, memberId, householdId);
  }

  private async giveIn(
    tx: Tx,
    actor: Actor,
    householdId: string,
    memberId: string | null,
    given: GivenConsent,
  ): Promise<string> {
    const consent = this.consents.make(actor.communityId, householdId, memberId, given, actor.id);
    await this.consents.insert(tx, [consent]);
    await this.audit.record(tx, actor, {
      action: 'residents.give-consent',
      subjectKind: 'consent',
      subjectId: consent.consentId,
      detail: { householdId, ...given },
    });
    return consent.consentId;
  }
}
