import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, SecretBox } from '../../platform/index.js';
import { CardCodeUsedError, CardCodeWrongError, CardNotActiveError, CardNotFoundError } from '../residents.errors.js';
import { type HouseholdLine, HouseholdSearch } from '../search/household-search.js';
import {
  acceptedSteps,
  type CardCode,
  cardCodeFrom,
  cardCodeMessage,
  cardCodeStep,
  cardCodeStepEnd,
  cardCodeText,
  parseCardCode,
} from './card-code.rules.js';
import type { CardStatus } from './card-state.rules.js';
import { CardsRepository } from './cards.repository.js';

/** A code as a phone shows it. */
export interface ShownCardCode {
  readonly text: string;
  readonly number: string;
  readonly validUntil: Date;
  readonly now: Date;
}

/** Uses that are kept beyond the steps that are still taken: an hour, in case the clock is set back. */
const STEPS_KEPT = 120;

/**
 * The code on a resident's phone that takes the place of the card: another one every 30 s, each good for one scan, so that a
 * picture of somebody's screen is worth nothing (S-10). It says who comes and gives no right, as the printed card does.
 *
 * Wrong codes are not counted as wrong PINs are. A code cannot be guessed within the requests that a session of the staff
 * has (S-15), and a queue of old screens at six in the morning must lock neither the desk nor anybody's card.
 */
@Injectable()
export class CardCodes {
  constructor(
    private readonly database: Database,
    private readonly cards: CardsRepository,
    private readonly search: HouseholdSearch,
    private readonly secrets: SecretBox,
  ) {}

  /**
   * The present code of a household's own card.
   * @throws CardNotFoundError, also for another household's card; CardNotActiveError
   */
  async show(communityId: number, householdId: string, cardId: string): Promise<ShownCardCode> {
    const [card] = await this.database.read<{ number: string; status: CardStatus; now: Date }>(
      'residents.card-code',
      `SELECT number, status, app_now() AS now FROM card
       WHERE community_id = $1 AND household_id = $2 AND card_id = $3`,
      [communityId, householdId, cardId],
    );
    if (card === undefined) throw new CardNotFoundError();
    if (card.status !== 'active') throw new CardNotActiveError({ status: card.status });
    const { number, now } = card;
    const step = cardCodeStep(now);
    const text = cardCodeText({ number, code: this.codeOf(communityId, cardId, step) });
    return { text, number, validUntil: cardCodeStepEnd(step), now };
  }

  /**
   * Who comes with this code; it is used up. Like the search it leaves no audit record.
   * @param text as a scanner typed it
   * @throws CardCodeWrongError for one that is forged, too old or none at all; CardNotFoundError for a card of nobody here;
   *   CardNotActiveError for a card that is frozen, lost or replaced; CardCodeUsedError
   */
  async identify(communityId: number, text: string): Promise<HouseholdLine> {
    const shown = parseCardCode(text);
    if (shown === null) throw new CardCodeWrongError();
    const card = await this.cards.byNumber(communityId, shown.number);
    if (card === undefined) throw new CardNotFoundError();
    const step = await this.stepOf(communityId, card.cardId, shown);
    if (card.status !== 'active') throw new CardNotActiveError({ status: card.status });
    await this.use(communityId, card.cardId, step);
    const [line] = await this.search.find(communityId, card.number, 'number');
    if (line === undefined) throw new CardNotFoundError();
    return line;
  }

  /** Forgets the uses of codes that nobody takes any more. @returns how many rows went */
  async purge(communityId: number): Promise<number> {
    const oldest = cardCodeStep(await this.database.now()) - STEPS_KEPT;
    const gone = await this.database.read(
      'residents.card-code-purge',
      `DELETE FROM card_code_use WHERE community_id = $1 AND step < $2 RETURNING step`,
      [communityId, oldest],
    );
    return gone.length;
  }

  /** @throws CardCodeWrongError */
  private async stepOf(communityId: number, cardId: string, { code }: CardCode): Promise<number> {
    const shown = Buffer.from(code);
    const present = cardCodeStep(await this.database.now());
    const step = acceptedSteps(present).find((accepted) =>
      timingSafeEqual(Buffer.from(this.codeOf(communityId, cardId, accepted)), shown),
    );
    if (step === undefined) throw new CardCodeWrongError();
    return step;
  }

  /** Of two desks that scan one code at the same instant, one finds the row not there yet. @throws CardCodeUsedError */
  private async use(communityId: number, cardId: string, step: number): Promise<void> {
    const used = await this.database.read(
      'residents.card-code-use',
      `INSERT INTO card_code_use (community_id, step, card_id) VALUES ($1, $2, $3)
       ON CONFLICT (community_id, step, card_id) DO NOTHING RETURNING step`,
      [communityId, step, cardId],
    );
    if (used.length === 0) throw new CardCodeUsedError();
  }

  /**
   * Each card's secret is derived from the installation's: nothing from which codes could be made lies in the database or
   * its backups, every card that was ever printed has a secret without being changed, and a card that takes the place of
   * another one has another id and so another secret.
   */
  private codeOf(communityId: number, cardId: string, step: number): string {
    const secret = this.secrets.lookupHash('card.code', `${communityId}/${cardId}`);
    return cardCodeFrom(createHmac('sha256', secret).update(cardCodeMessage(step)).digest());
  }
}
