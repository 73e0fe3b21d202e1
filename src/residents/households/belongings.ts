import { Injectable } from '@nestjs/common';
import { Sessions } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { OwnHouseholdError } from '../../ledger/index.js';
import type { Tx } from '../../platform/index.js';
import { Cards } from '../cards/cards.service.js';
import { CardsRepository } from '../cards/cards.repository.js';
import { ConsentsRepository } from './consents.repository.js';
import { HouseholdFollowers } from './household-followers.js';
import { MembersRepository } from './members.repository.js';
import { PhoneDirectory } from './phone-directory.js';

/** All that hangs on a household besides its points: what becomes of it when the household ends. */
@Injectable()
export class Belongings {
  constructor(
    private readonly members: MembersRepository,
    private readonly consents: ConsentsRepository,
    private readonly directory: PhoneDirectory,
    private readonly cards: Cards,
    private readonly cardRows: CardsRepository,
    private readonly sessions: Sessions,
    private readonly followers: HouseholdFollowers,
  ) {}

  /** Stays where it is and opens nothing any more. */
  async layAside(tx: Tx, actor: Actor, householdId: string, reason: string): Promise<void> {
    await this.cards.freezeAllOf(tx, actor, householdId, reason);
    await this.directory.leaveAll(tx, actor.communityId, householdId);
    await this.sessions.endAllOf(tx, householdId);
  }

  /** Everything to another household. Both are locked. */
  async move(tx: Tx, communityId: number, from: string, into: string): Promise<void> {
    await this.directory.leaveAll(tx, communityId, from);
    await this.directory.following(tx, communityId, into, () => this.members.moveAll(tx, communityId, from, into));
    await this.cardRows.moveAll(tx, communityId, from, into);
    await this.consents.moveAll(tx, communityId, from, into);
    await this.declareKin(tx, communityId, from, into);
    await this.followers.moved(tx, communityId, from, into);
    await this.sessions.endAllOf(tx, from);
  }

  /** @throws OwnHouseholdError where one of them is the operator's own or his kin's (I-15) */
  async refuseOwn(tx: Tx, actor: Actor, householdIds: readonly string[]): Promise<void> {
    const own = (await tx.query(
      `SELECT 1 FROM staff_household
       WHERE community_id = $1 AND household_id = ANY($2::uuid[]) AND person_id = $3 LIMIT 1`,
      [actor.communityId, householdIds, actor.id],
    )) as unknown[];
    if (own.length > 0) throw new OwnHouseholdError();
  }

  /** Whoever could not post to the one (I-15) cannot post to the other from now on. */
  private async declareKin(tx: Tx, communityId: number, from: string, into: string): Promise<void> {
    await tx.query(
      `INSERT INTO staff_household (community_id, household_id, person_id, relation, declared_at)
       SELECT community_id, $3, person_id, relation, app_now() FROM staff_household
       WHERE community_id = $1 AND household_id = $2
       ON CONFLICT (community_id, household_id, person_id) DO NOTHING`,
      [communityId, from, into],
    );
  }
}
