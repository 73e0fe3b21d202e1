import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Ledger } from '../../ledger/index.js';
import { type Command, Commands, Database, type StoredReply, type Tx } from '../../platform/index.js';
import {
  BalanceNotZeroError,
  DebtOpenError,
  HouseholdClosedError,
  MergeIntoItselfError,
  PointsHeldError,
} from '../residents.errors.js';
import { Belongings } from './belongings.js';
import { HouseholdsRepository } from './households.repository.js';

/** How a household ends: closed with nothing left, or merged into another one with everything it has. */
@Injectable()
export class HouseholdEnds {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly households: HouseholdsRepository,
    private readonly belongings: Belongings,
    private readonly ledger: Ledger,
    private readonly audit: Audit,
  ) {}

  /**
   * Its cards are laid aside, its door is free for another household, nobody signs in to it any more.
   * @throws HouseholdNotFoundError, HouseholdClosedError, BalanceNotZeroError, PointsHeldError, DebtOpenError
   */
  async close(actor: Actor, householdId: string, reason: string): Promise<void> {
    const { communityId } = actor;
    await this.database.transaction(async (tx) => {
      const { status } = await this.households.lockOpen(tx, communityId, householdId);
      const outcome = await this.ledger.closeAccount(tx, communityId, householdId);
      if (outcome === 'balance') throw new BalanceNotZeroError();
      if (outcome === 'held') throw new PointsHeldError();
      if (outcome === 'debt') throw new DebtOpenError();
      await this.belongings.layAside(tx, actor, householdId, reason);
      await this.households.change(tx, communityId, householdId, { status: 'closed' });
      await this.audit.record(tx, actor, {
        action: 'residents.close-household',
        subjectKind: 'household',
        subjectId: householdId,
        before: { status },
        after: { status: 'closed' },
        detail: { reason },
      });
    });
  }

  /**
   * Points and debt move by postings (never by editing), members, cards and consents by name.
   * @throws MergeIntoItselfError, HouseholdNotFoundError, HouseholdClosedError for either one, PointsHeldError for an open
   *   reservation of the one that ends, OwnHouseholdError for a household of the operator's own or his kin's
   */
  async merge(command: Command, from: string, into: string, reason: string): Promise<StoredReply> {
    const { actor, communityId } = command;
    return this.commands.runInTransaction(command, async (tx) => {
      if (from === into) throw new MergeIntoItselfError();
      for (const householdId of [from, into].toSorted()) await this.households.lockOpen(tx, communityId, householdId);
      await this.belongings.refuseOwn(tx, actor, [from, into]);
      await this.mergeAccounts(tx, command, from, into);
      await this.belongings.move(tx, communityId, from, into);
      await this.households.change(tx, communityId, from, { status: 'merged', mergedInto: into });
      await this.audit.record(
        tx,
        actor,
        {
          action: 'residents.merge-household',
          subjectKind: 'household',
          subjectId: from,
          after: { status: 'merged', mergedInto: into },
          detail: { into, reason },
        },
        command.requestId,
      );
      return { householdId: from, status: 'merged', mergedInto: into };
    });
  }

  private async mergeAccounts(tx: Tx, command: Command, from: string, into: string): Promise<void> {
    const outcome = await this.ledger.mergeAccounts(tx, command, from, into, command.key);
    if (outcome === 'held') throw new PointsHeldError();
    if (outcome === 'closed') throw new HouseholdClosedError({ status: 'closed' });
  }
}
