import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, type Tx } from '../../platform/index.js';
import type { IssuedCard } from '../cards/card-issuer.js';
import { Cards } from '../cards/cards.service.js';
import { ConsentMissingError, HouseholdFrozenError, HouseholdNotFrozenError } from '../residents.errors.js';
import type { ConsentPurpose } from './consents.repository.js';
import { refusingViolations } from './household-violations.js';
import { HouseholdsRepository } from './households.repository.js';
import { type EnteredHousehold, type HouseholdDraft, NewHouseholds } from './new-households.js';

export interface HouseholdToOpen extends HouseholdDraft {
  readonly withCard: boolean;
}

export interface OpenedHousehold extends EnteredHousehold {
  /** With its token, which nobody can read again; null where none was wanted. */
  readonly card: IssuedCard | null;
}

/** What may be changed of a household itself; absent: stays as it is. */
export interface HouseholdChanges {
  readonly door?: string;
  /** Null: in no grid. */
  readonly areaId?: string | null;
}

/** Opens households, moves them within the community, freezes and unfreezes them. */
@Injectable()
export class Households {
  constructor(
    private readonly database: Database,
    private readonly households: HouseholdsRepository,
    private readonly newHouseholds: NewHouseholds,
    private readonly cards: Cards,
    private readonly audit: Audit,
  ) {}

  /**
   * With its points account, its members and, if wanted, its first card.
   * @throws ConsentMissingError, DoorTakenError, UnknownAreaError
   */
  async open(actor: Actor, household: HouseholdToOpen): Promise<OpenedHousehold> {
    return refusingViolations(() => this.database.transaction((tx) => this.openIn(tx, actor, household)));
  }

  /** The same within a transaction of the installation's own set-up. */
  async openIn(tx: Tx, actor: Actor, household: HouseholdToOpen): Promise<OpenedHousehold> {
    requireConsents(household);
    const { communityId } = actor;
    const [entered] = await this.newHouseholds.enter(tx, communityId, actor.id, [household]);
    if (entered === undefined) throw new Error('no household was entered');
    const { householdId, headId } = entered;
    await this.record(tx, actor, 'residents.open-household', householdId, undefined, {
      door: household.door,
      areaId: household.areaId,
      members: household.people.length,
    });
    const card = household.withCard ? await this.cards.issueIn(tx, actor, householdId, headId) : null;
    return { householdId, headId, card };
  }

  /**
   * Corrects the door, or moves the household within the community. Where it was before is in the audit record.
   * @throws HouseholdNotFoundError, HouseholdClosedError, DoorTakenError, UnknownAreaError
   */
  async change(actor: Actor, householdId: string, changes: HouseholdChanges): Promise<void> {
    await refusingViolations(() =>
      this.database.transaction(async (tx) => {
        const { door, areaId } = await this.households.lockOpen(tx, actor.communityId, householdId);
        const after = { door: changes.door ?? door, areaId: changes.areaId === undefined ? areaId : changes.areaId };
        await this.households.change(tx, actor.communityId, householdId, after);
        await this.record(tx, actor, 'residents.change-household', householdId, { door, areaId }, after);
      }),
    );
  }

  /**
   * Stops everything that is redeemed. What it brings is still credited, so that a record made offline is never dropped.
   * @throws HouseholdNotFoundError, HouseholdClosedError, HouseholdFrozenError where it is frozen already
   */
  async freeze(actor: Actor, householdId: string, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { status } = await this.households.lockOpen(tx, actor.communityId, householdId);
      if (status === 'frozen') throw new HouseholdFrozenError();
      await this.households.change(tx, actor.communityId, householdId, { status: 'frozen' });
      await this.record(tx, actor, 'residents.freeze-household', householdId, { status }, { status: 'frozen' }, reason);
    });
  }

  /** @throws HouseholdNotFoundError, HouseholdClosedError, HouseholdNotFrozenError */
  async unfreeze(actor: Actor, householdId: string, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { status } = await this.households.lockOpen(tx, actor.communityId, householdId);
      if (status !== 'frozen') throw new HouseholdNotFrozenError();
      await this.households.change(tx, actor.communityId, householdId, { status: 'active' });
      await this.record(
        tx,
        actor,
        'residents.unfreeze-household',
        householdId,
        { status },
        { status: 'active' },
        reason,
      );
    });
  }

  private async record(
    tx: Tx,
    actor: Actor,
    action: string,
    householdId: string,
    before: unknown,
    after: unknown,
    reason?: string,
  ): Promise<void> {
    const subject = { subjectKind: 'household', subjectId: householdId };
    const detail = reason === undefined ? {} : { reason };
    await this.audit.record(tx, actor, { action, ...subject, before, after, detail });
  }
}

/** Nobody is entered who has not agreed to take part, and no phone is kept without a consent of its own (S-25). */
function requireConsents({ people, consents }: HouseholdDraft): void {
  const given = new Set(consents.map((consent) => consent.purpose));
  const needed: ConsentPurpose[] = people.some((person) => person.phone !== null) ? ['scheme', 'phone'] : ['scheme'];
  for (const purpose of needed) if (!given.has(purpose)) throw new ConsentMissingError({ purpose });
}
