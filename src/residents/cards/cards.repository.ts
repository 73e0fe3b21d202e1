import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database, type Tx } from '../../platform/index.js';
import { type BatchTable, insertInBatches } from '../households/batches.js';
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
    const claimed = (await insertInBatches(tx, DIRECTORY, cards)) as { number: string }[];
    return new Set(claimed.map((card) => card.number));
  }

  /** Each card with the first event of its life. */
  async insert(tx: Tx, cards: readonly NewCard[], actorId: string): Promise<void> {
    await insertInBatches(tx, CARDS, cards);
    const events = cards.map(({ communityId, cardId }) => newEvent(communityId, cardId, 'active', 'issued', actorId));
    await insertInBatches(tx, EVENTS, events);
  }

  async recordEvent(
    tx: Tx,
    communityId: number,
    cardId: string,
    status: CardStatus,
    reason: string,
    actorId: string,
  ): Promise<void> {
    await insertInBatches(tx, EVENTS, [newEvent(communityId, cardId, status, reason, actorId)]);
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
}

type NewEvent = Omit<CardEvent, 'at'>;

function newEvent(communityId: number, cardId: string, status: CardStatus, reason: string, actorId: string): NewEvent {
  return { communityId, eventId: uuidv7(), cardId, status, reason, actorId };
}

const CARDS: BatchTable<NewCard> = {
  table: 'card',
  columns: {
    communityId: ['community_id', 'bigint'],
    cardId: ['card_id', 'uuid'],
    householdId: ['household_id', 'uuid'],
    memberId: ['member_id', 'uuid'],
    number: ['number', 'text'],
    tokenHash: ['token_hash', 'bytea'],
  },
  constants: { status: `'active'`, pin_failures: '0', issued_at: '(SELECT app_now())' },
};

const EVENTS: BatchTable<NewEvent> = {
  table: 'card_event',
  columns: {
    communityId: ['community_id', 'bigint'],
    eventId: ['event_id', 'uuid'],
    cardId: ['card_id', 'uuid'],
    status: ['status', 'text'],
    reason: ['reason', 'text'],
    actorId: ['actor_id', 'uuid'],
  },
  constants: { at: '(SELECT app_now())' },
};

const DIRECTORY: BatchTable<CardDirectoryEntry> = {
  table: 'card_directory',
  columns: { number: ['number', 'text'], communityId: ['community_id', 'bigint'], cardId: ['card_id', 'uuid'] },
  constants: {},
  tail: 'ON CONFLICT (number) DO NOTHING RETURNING number',
};
