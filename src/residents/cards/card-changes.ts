import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { Sessions } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import type { Tx } from '../../platform/index.js';
import { HouseholdsRepository } from '../households/households.repository.js';
import { MembersRepository } from '../households/members.repository.js';
import { CardNotActiveError, CardNotFoundError } from '../residents.errors.js';
import { type CardStep, cardStatusAfter } from './card-state.rules.js';
import { CardsRepository, type LockedCard } from './cards.repository.js';

/** How a card gets from one state to the next inside a transaction: locked, with an event, an audit row and its effect. */
@Injectable()
export class CardChanges {
  constructor(
    private readonly cards: CardsRepository,
    private readonly households: HouseholdsRepository,
    private readonly members: MembersRepository,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  /**
   * Locks who is to get a card.
   * @throws HouseholdNotFoundError, HouseholdClosedError, MemberNotFoundError
   */
  async lockHolder(tx: Tx, communityId: number, householdId: string, memberId: string | null): Promise<void> {
    await this.households.lockOpen(tx, communityId, householdId);
    if (memberId !== null) await this.members.lockCurrent(tx, communityId, householdId, memberId);
  }

  /**
   * Locks the household before the card, as a merge does.
   * @param householdId of a resident, for whom other cards do not exist
   * @throws CardNotFoundError, HouseholdClosedError
   */
  async lock(tx: Tx, communityId: number, cardId: string, householdId?: string): Promise<LockedCard> {
    const owner = await this.cards.householdOf(tx, communityId, cardId);
    if (owner === undefined || (householdId !== undefined && owner !== householdId)) throw new CardNotFoundError();
    await this.households.lockOpen(tx, communityId, owner);
    return this.cards.lock(tx, communityId, cardId);
  }

  /**
   * Takes the step. Whoever signed in with what the household had before is signed out, but for who takes the step.
   * @param newCardId the card that takes its place, where it is replaced
   * @throws CardNotActiveError where the step cannot be taken from where the card is
   */
  async take(
    tx: Tx,
    actor: Actor,
    card: LockedCard,
    step: CardStep,
    reason: string,
    newCardId?: string,
  ): Promise<void> {
    const { cardId, householdId, status: from } = card;
    const to = cardStatusAfter(from, step);
    if (to === null) throw new CardNotActiveError({ status: from });
    await this.cards.setStatus(tx, actor.communityId, cardId, to, newCardId ?? null);
    await this.cards.recordEvent(tx, actor.communityId, cardId, to, reason, actor.id);
    if (step !== 'unfreeze') await this.sessions.endAllOf(tx, householdId, actor.sessionId);
    await this.audit.record(tx, actor, {
      action: `residents.${step}-card`,
      subjectKind: 'card',
      subjectId: cardId,
      detail: { from, to, ...(newCardId === undefined ? {} : { newCardId }) },
    });
  }

  async recordIssue(tx: Tx, actor: Actor, cardId: string, householdId: string): Promise<void> {
    const subject = { subjectKind: 'card', subjectId: cardId };
    await this.audit.record(tx, actor, { action: 'residents.issue-card', ...subject, detail: { householdId } });
  }
}
