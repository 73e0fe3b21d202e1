import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, type Tx } from '../../platform/index.js';
import { HeadNeededError, TooManyMembersError } from '../residents.errors.js';
import type { GivenConsent } from './consents.repository.js';
import { Consents } from './consents.service.js';
import { HouseholdFollowers } from './household-followers.js';
import { HouseholdsRepository } from './households.repository.js';
import { type LockedMember, MembersRepository } from './members.repository.js';
import { PhoneDirectory } from './phone-directory.js';

/** The most people of one household, the head included. */
export const HOUSEHOLD_MEMBERS_MAX = 21;

/** What stands in place of the name of somebody who was erased (T-11). */
export const ERASED_NAME = '已注销';

export interface NewPerson {
  readonly name: string;
  readonly phone: string | null;
  /** Given in the same request. */
  readonly consent: GivenConsent | null;
}

export interface MemberChanges {
  readonly name?: string;
  readonly becomesHead?: boolean;
}

/** The people of a household: they come, change their name, become its head, leave, and may be forgotten. */
@Injectable()
export class Members {
  constructor(
    private readonly database: Database,
    private readonly households: HouseholdsRepository,
    private readonly members: MembersRepository,
    private readonly directory: PhoneDirectory,
    private readonly consents: Consents,
    private readonly followers: HouseholdFollowers,
    private readonly audit: Audit,
  ) {}

  /**
   * @returns the new member's id
   * @throws HouseholdNotFoundError, HouseholdClosedError, TooManyMembersError, ConsentMissingError
   */
  async add(actor: Actor, householdId: string, person: NewPerson): Promise<string> {
    const { communityId } = actor;
    return this.database.transaction(async (tx) => {
      await this.households.lockOpen(tx, communityId, householdId);
      if ((await this.members.countCurrent(tx, communityId, householdId)) >= HOUSEHOLD_MEMBERS_MAX) {
        throw new TooManyMembersError({ membersMax: HOUSEHOLD_MEMBERS_MAX });
      }
      if (person.phone !== null) await this.consents.requirePhone(tx, actor, householdId, person.consent);
      const member = this.members.make(communityId, householdId, { ...person, isHead: false });
      await this.members.insert(tx, [member]);
      await this.record(tx, actor, 'residents.add-member', member.memberId, { householdId });
      return member.memberId;
    });
  }

  /** @throws MemberNotFoundError, HouseholdClosedError */
  async change(actor: Actor, memberId: string, changes: MemberChanges): Promise<void> {
    await this.withMember(actor, memberId, async (tx, member) => {
      if (changes.name !== undefined) await this.members.rename(tx, actor.communityId, memberId, changes.name);
      if (changes.becomesHead === true && !member.isHead) {
        await this.members.makeHead(tx, actor.communityId, member.householdId, memberId);
      }
      await this.record(tx, actor, 'residents.change-member', memberId, {
        isRenamed: changes.name !== undefined,
        becomesHead: changes.becomesHead === true,
      });
    });
  }

  /**
   * Moved away, married, died. The phone number is forgotten.
   * @throws MemberNotFoundError, HouseholdClosedError, HeadNeededError for the head
   */
  async leave(actor: Actor, memberId: string, reason: string): Promise<void> {
    await this.withMember(actor, memberId, async (tx, member) => {
      if (member.isHead) throw new HeadNeededError();
      await this.directory.following(tx, actor.communityId, member.householdId, () =>
        this.members.leave(tx, actor.communityId, memberId),
      );
      await this.record(tx, actor, 'residents.leave', memberId, { reason });
    });
  }

  /**
   * Forgets who it was (个人信息保护法 art. 47): name, pinyin and phone go, consents are withdrawn. Points, statement and
   * hashes stay as they are, for they never held a name (I-23); rooms that keep words of the household forget them. Those who left and those of closed households can be
   * erased, too.
   * @throws MemberNotFoundError
   */
  async erase(actor: Actor, memberId: string, reason: string): Promise<void> {
    const { communityId } = actor;
    await this.database.transaction(async (tx) => {
      const householdId = await this.members.householdOf(tx, communityId, memberId);
      await this.households.lock(tx, communityId, householdId);
      await this.directory.following(tx, communityId, householdId, () =>
        this.members.anonymize(tx, communityId, memberId, ERASED_NAME),
      );
      await this.consents.withdrawOfMember(tx, communityId, householdId, memberId);
      await this.followers.erased(tx, communityId, householdId);
      await this.record(tx, actor, 'residents.erase-member', memberId, { reason });
    });
  }

  private async withMember(
    actor: Actor,
    memberId: string,
    work: (tx: Tx, member: LockedMember) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const householdId = await this.members.householdOf(tx, actor.communityId, memberId);
      await this.households.lockOpen(tx, actor.communityId, householdId);
      await work(tx, await this.members.lockCurrent(tx, actor.communityId, householdId, memberId));
    });
  }

  private async record(
    tx: Tx,
    actor: Actor,
    action: string,
    memberId: string,
    detail: Readonly<Record<string, string | boolean>>,
  ): Promise<void> {
    await this.audit.record(tx, actor, { action, subjectKind: 'member', subjectId: memberId, detail });
  }
}
