import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Database, type Tx } from '../../platform/index.js';
import { CardNotFoundError } from '../residents.errors.js';
import { CardChanges } from './card-changes.js';
import type { CardEvent } from './card-event.entity.js';
import { CardIssuer, type IssuedCard } from './card-issuer.js';
import { CardPins } from './card-pins.js';
import type { CardStep } from './card-state.rules.js';
import { type CardRow, CardsRepository } from './cards.repository.js';

/** The cards of a household: over time it has several, and everybody in it may have one. */
@Injectable()
export class Cards {
  constructor(
    private readonly database: Database,
    private readonly cards: CardsRepository,
    private readonly issuer: CardIssuer,
    private readonly changes: CardChanges,
    private readonly pins: CardPins,
  ) {}

  /**
   * A new card, without a PIN. Its token is in the answer and nowhere else.
   * @throws HouseholdNotFoundError, HouseholdClosedError, MemberNotFoundError
   */
  async issue(actor: Actor, householdId: string, memberId: string | null): Promise<IssuedCard> {
    return this.database.transaction(async (tx) => {
      await this.changes.lockHolder(tx, actor.communityId, householdId, memberId);
      return this.issueIn(tx, actor, householdId, memberId);
    });
  }

  /** Lays a card aside. @throws CardNotFoundError, CardNotActiveError */
  async freeze(actor: Actor, cardId: string, reason: string): Promise<void> {
    await this.step(actor, cardId, 'freeze', reason);
  }

  /** @throws CardNotFoundError, CardNotActiveError where it is not frozen; a lost card is replaced, never revived */
  async unfreeze(actor: Actor, cardId: string, reason: string): Promise<void> {
    await this.step(actor, cardId, 'unfreeze', reason);
  }

  /**
   * From this instant on the card opens nothing (S-10). All sessions of the household end but the one that reports it.
   * @param householdId of a resident, who reports his own cards only
   * @throws CardNotFoundError, CardNotActiveError
   */
  async reportLost(actor: Actor, cardId: string, reason: string, householdId?: string): Promise<void> {
    await this.step(actor, cardId, 'report-lost', reason, householdId);
  }

  /**
   * A new card for an old one that is worn, frozen or lost. The PIN does not pass over: it is set anew in person.
   * @throws CardNotFoundError, CardNotActiveError where it was replaced already, HouseholdClosedError
   */
  async replace(actor: Actor, cardId: string, reason: string): Promise<IssuedCard> {
    return this.database.transaction(async (tx) => {
      const card = await this.changes.lock(tx, actor.communityId, cardId);
      const issued = await this.issueIn(tx, actor, card.householdId, card.memberId);
      await this.changes.take(tx, actor, card, 'replace', reason, issued.cardId);
      return issued;
    });
  }

  /** Newest first. */
  async listOf(communityId: number, householdId: string): Promise<CardRow[]> {
    return this.cards.listOf(communityId, householdId);
  }

  /** What happened to a card, oldest first. @throws CardNotFoundError */
  async history(communityId: number, cardId: string): Promise<CardEvent[]> {
    const events = await this.cards.events(communityId, cardId);
    if (events.length === 0) throw new CardNotFoundError();
    return events;
  }

  /** @throws WeakPinError, CardNotFoundError, CardNotActiveError */
  async setPin(actor: Actor, cardId: string, pin: string): Promise<void> {
    await this.pins.set(actor, cardId, pin);
  }

  /**
   * @param actor who asks, for the audit record of a wrong try
   * @throws CardNotFoundError, CardNotActiveError, PinNotSetError, PinWrongError with `triesLeft`, PinLockedError
   */
  async verifyPin(communityId: number, cardId: string, pin: string, actor?: Actor): Promise<void> {
    await this.pins.verify(communityId, cardId, pin, actor);
  }

  /** Within the transaction that opens the household. */
  async issueIn(tx: Tx, actor: Actor, householdId: string, memberId: string | null): Promise<IssuedCard> {
    const wanted = [{ householdId, memberId, number: null }];
    const [issued] = await this.issuer.issue(tx, actor.communityId, actor.id, wanted);
    if (issued === undefined) throw new Error('no card was made');
    await this.changes.recordIssue(tx, actor, issued.cardId, householdId);
    return issued;
  }

  /** Lays every card of a household aside that is in use, within the transaction that closes it. */
  async freezeAllOf(tx: Tx, actor: Actor, householdId: string, reason: string): Promise<void> {
    for (const card of await this.cards.lockActiveOf(tx, actor.communityId, householdId)) {
      await this.changes.take(tx, actor, card, 'freeze', reason);
    }
  }

  private async step(
    actor: Actor,
    cardId: string,
    step: CardStep,
    reason: string,
    householdId?: string,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const card = await this.changes.lock(tx, actor.communityId, cardId, householdId);
      await this.changes.take(tx, actor, card, step, reason);
    });
  }
}
