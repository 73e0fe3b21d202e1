import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database, type Tx } from '../../platform/index.js';
import { inBatches } from '../households/batches.js';
import { CardNotFoundError } from '../residents.errors.js';
import { Card } from './card.entity.js';
import { CardDirectoryEntry } from './card-directory.entity.js';
import { CardEvent } from './card-event.entity.js';
import type { CardStatus } from './card-state.rules.js';

/** Wrong tries in a row after which a PIN is locked (S-9). */
export const PIN_TRIES_MAX = 5;

export type NewCard = Pick<Card, 'communityId' | 'cardId' | 'householdId' | 'memberId' | 'number' | 'tokenHash'>;

/** What a counter asks of a card. */
export interface CardAtDesk {
  readonly cardId: string;
  readonly householdId: string;
  readonly number: string;
  readonly status: CardStatus;
  readonly hasPin: boolean;
}

export interface CardRow extends CardAtDesk {
  readonly memberId: string | null;
  readonly replacedBy: string | null;
  readonly isPinLocked: boolean;
  readonly issuedAt: Date;
}

export type LockedCard = Pick<CardRow, 'cardId' | 'householdId' | 'memberId' | 'number' | 'status'>;

/** What is kept of a QR token: whoever reads the table cannot print a card. */
export function cardTokenHash(token: Uint8Array): Buffer {
  return createHash('sha256').update(token).digest();
}

@Injectable()
export class CardsRepository {
  constructor(private readonly database: Database) {}

  /** @returns the numbers that were still free and now are these cards' */
  async claimNumbers(tx: Tx, cards: readonly CardDirectoryEntry[]): Promise<Set<string>> {
    const claimed = new Set<string>();
    for (const batch of inBatches(cards)) {
      const values = batch.map((_, at) => `($${3 * at + 1}, $${3 * at + 2}, $${3 * at + 3})`).join(', ');
      const rows = (await tx.query(
        `INSERT INTO card_directory (number, community_id, card_id) VALUES ${values}
         ON CONFLICT (number) DO NOTHING RETURNING number`,
        batch.flatMap((card) => [card.number, card.communityId, card.cardId]),
      )) as { number: string }[];
      for (const row of rows) claimed.add(row.number);
    }
    return claimed;
  }

  /** In parts of 500 rows a statement, each card with the first event of its life. */
  async insert(tx: Tx, cards: readonly NewCard[], actorId: string): Promise<void> {
    for (const batch of inBatches(cards)) {
      await tx.insert(Card, batch.map(newCard));
      await tx.insert(
        CardEvent,
        batch.map(({ communityId, cardId }) => this.event(communityId, cardId, 'active', 'issued', actorId)),
      );
    }
  }

  async recordEvent(
    tx: Tx,
    communityId: number,
    cardId: string,
    status: CardStatus,
    reason: string,
    actorId: string,
  ): Promise<void> {
    await tx.insert(CardEvent, this.event(communityId, cardId, status, reason, actorId));
  }

  /** @throws CardNotFoundError */
  async lock(tx: Tx, communityId: number, cardId: string): Promise<LockedCard> {
    const [card] = (await tx.query(
      `SELECT card_id AS "cardId", household_id AS "householdId", member_id AS "memberId", number, status FROM card
       WHERE community_id = $1 AND card_id = $2 FOR NO KEY UPDATE`,
      [communityId, cardId],
    )) as LockedCard[];
    if (card === undefined) throw new CardNotFoundError();
    return card;
  }

  async setStatus(
    tx: Tx,
    communityId: number,
    cardId: string,
    status: CardStatus,
    replacedBy: string | null = null,
  ): Promise<void> {
    await tx.update(Card, { communityId, cardId }, { status, replacedBy });
  }

  async setPin(tx: Tx, communityId: number, cardId: string, pinHash: string): Promise<void> {
    await tx.update(Card, { communityId, cardId }, { pinHash, pinFailures: 0 });
  }

  /** Undefined where there is no such card. */
  async householdOf(tx: Tx, communityId: number, cardId: string): Promise<string | undefined> {
    const card = await tx.findOne(Card, { where: { communityId, cardId }, select: { householdId: true } });
    return card?.householdId;
  }

  async lockActiveOf(tx: Tx, communityId: number, householdId: string): Promise<LockedCard[]> {
    return (await tx.query(
      `SELECT card_id AS "cardId", household_id AS "householdId", member_id AS "memberId", number, status FROM card
       WHERE community_id = $1 AND household_id = $2 AND status = 'active' ORDER BY card_id
       FOR NO KEY UPDATE`,
      [communityId, householdId],
    )) as LockedCard[];
  }

  async moveAll(tx: Tx, communityId: number, from: string, to: string): Promise<void> {
    await tx.update(Card, { communityId, householdId: from }, { householdId: to });
  }

  /** Newest first. */
  async listOf(communityId: number, householdId: string): Promise<CardRow[]> {
    return this.database.read<CardRow>(
      'residents.cards',
      `SELECT card_id AS "cardId", household_id AS "householdId", member_id AS "memberId", number, status,
         replaced_by AS "replacedBy", pin_hash IS NOT NULL AS "hasPin", pin_failures >= $3 AS "isPinLocked",
         issued_at AS "issuedAt"
       FROM card WHERE community_id = $1 AND household_id = $2 ORDER BY card_id DESC LIMIT 100`,
      [communityId, householdId, PIN_TRIES_MAX],
    );
  }

  async byToken(communityId: number, tokenHash: Buffer): Promise<CardAtDesk | undefined> {
    const rows = await this.database.read<CardAtDesk>(
      'residents.card-by-token',
      `SELECT card_id AS "cardId", household_id AS "householdId", number, status, pin_hash IS NOT NULL AS "hasPin"
       FROM card WHERE community_id = $1 AND token_hash = $2`,
      [communityId, tokenHash],
    );
    return rows[0];
  }

  async byNumber(communityId: number, number: string): Promise<CardAtDesk | undefined> {
    const rows = await this.database.read<CardAtDesk>(
      'residents.card-by-number',
      `SELECT card_id AS "cardId", household_id AS "householdId", number, status, pin_hash IS NOT NULL AS "hasPin"
       FROM card WHERE community_id = $1 AND number = $2`,
      [communityId, number],
    );
    return rows[0];
  }

  /** Whose the number is, in the whole installation. */
  async owner(number: string): Promise<CardDirectoryEntry | undefined> {
    const rows = await this.database.read<CardDirectoryEntry>(
      'residents.card-directory',
      `SELECT number, community_id AS "communityId", card_id AS "cardId" FROM card_directory WHERE number = $1`,
      [number],
    );
    return rows[0];
  }

  /** Oldest first. */
  async events(communityId: number, cardId: string): Promise<CardEvent[]> {
    return this.database.read<CardEvent>(
      'residents.card-events',
      `SELECT community_id AS "communityId", event_id AS "eventId", card_id AS "cardId", status, reason,
         actor_id AS "actorId", at
       FROM card_event WHERE community_id = $1 AND card_id = $2 ORDER BY event_id LIMIT 100`,
      [communityId, cardId],
    );
  }

  private event(communityId: number, cardId: string, status: CardStatus, reason: string, actorId: string) {
    return { communityId, eventId: uuidv7(), cardId, status, reason, actorId, at: () => 'app_now()' };
  }
}

function newCard(card: NewCard) {
  const issuedAt = () => 'app_now()';
  return { ...card, status: 'active', replacedBy: null, pinHash: null, pinFailures: 0, issuedAt };
}
