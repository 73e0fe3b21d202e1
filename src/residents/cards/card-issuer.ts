import { randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../platform/index.js';
import { CARD_TOKEN_BYTES, cardNumberFrom, cardTokenText } from '../card-number.rules.js';
import { CardNumberTakenError } from '../residents.errors.js';
import { CardsRepository, cardTokenHash, type NewCard } from './cards.repository.js';

/** Who gets a card; `number` where it is printed already. */
export interface CardToIssue {
  readonly householdId: string;
  readonly memberId: string | null;
  readonly number: string | null;
}

/** A card fresh from the press. The token text goes into its QR code and is known here only, once (S-10). */
export interface IssuedCard {
  readonly cardId: string;
  readonly householdId: string;
  readonly number: string;
  readonly tokenText: string;
}

/** Of a thousand million numbers some will be taken; that so many draws in a row are not free does not happen. */
const DRAWS_MAX = 20;

/** Makes cards: random tokens, random free numbers. */
@Injectable()
export class CardIssuer {
  constructor(private readonly cards: CardsRepository) {}

  /**
   * In the order asked for. Nobody has a PIN yet: it is set in person.
   * @throws CardNumberTakenError where a given number is taken
   */
  async issue(tx: Tx, communityId: number, actorId: string, wanted: readonly CardToIssue[]): Promise<IssuedCard[]> {
    const given = wanted.map((card) => ({ ...card, communityId, cardId: uuidv7() }));
    const printed = given.flatMap((card) => (card.number === null ? [] : [{ ...card, number: card.number }]));
    const claimed = await this.cards.claimNumbers(tx, printed.map(directoryEntry));
    const taken = printed.filter((card) => !claimed.has(card.number)).map((card) => card.number);
    if (taken.length > 0) throw new CardNumberTakenError({ number: taken[0] ?? '' });
    const drawn = await this.draw(
      tx,
      communityId,
      given.filter((card) => card.number === null).map((card) => card.cardId),
    );

    const rows: NewCard[] = [];
    const issued: IssuedCard[] = [];
    for (const { cardId, householdId, memberId, number: printedNumber } of given) {
      const number = printedNumber ?? drawn.get(cardId);
      if (number === undefined) throw new Error('a card was left without a number');
      const token = randomBytes(CARD_TOKEN_BYTES);
      rows.push({ communityId, cardId, householdId, memberId, number, tokenHash: cardTokenHash(token) });
      issued.push({ cardId, householdId, number, tokenText: cardTokenText(token) });
    }
    await this.cards.insert(tx, rows, actorId);
    return issued;
  }

  /** A free random number for each card. */
  private async draw(tx: Tx, communityId: number, cardIds: readonly string[]): Promise<Map<string, string>> {
    const numbers = new Map<string, string>();
    let left = [...cardIds];
    for (let draw = 0; left.length > 0 && draw < DRAWS_MAX; draw += 1) {
      const drawn = left.map((cardId) => ({ number: randomNumber(), communityId, cardId }));
      // Two cards of one draw may have the same number; the directory lets the first one have it.
      const distinct = [...new Map(drawn.map((card) => [card.number, card])).values()];
      const claimed = await this.cards.claimNumbers(tx, distinct);
      for (const card of distinct) if (claimed.has(card.number)) numbers.set(card.cardId, card.number);
      left = left.filter((cardId) => !numbers.has(cardId));
    }
    return numbers;
  }
}

function directoryEntry({ number, communityId, cardId }: { number: string; communityId: number; cardId: string }) {
  return { number, communityId, cardId };
}

function randomNumber(): string {
  return cardNumberFrom(String(randomInt(1_000_000_000)).padStart(9, '0'));
}
