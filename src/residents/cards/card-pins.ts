import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { Passwords, requireStrongPin, SignInThrottle, SYSTEM } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, SecretBox } from '../../platform/index.js';
import {
  CardNotActiveError,
  CardNotFoundError,
  PinLockedError,
  PinNotSetError,
  PinWrongError,
} from '../residents.errors.js';
import type { CardStatus } from './card-state.rules.js';
import { CardsRepository, PIN_TRIES_MAX } from './cards.repository.js';

interface PinTry {
  readonly pinHash: string;
  readonly failures: number;
}

/** Sets the PIN of a card and compares it, five wrong tries at most (S-9). */
@Injectable()
export class CardPins {
  /** The last try in line for each card that is being tried at this moment. */
  private readonly lines = new Map<string, Promise<unknown>>();

  constructor(
    private readonly database: Database,
    private readonly cards: CardsRepository,
    private readonly passwords: Passwords,
    private readonly secrets: SecretBox,
    private readonly throttle: SignInThrottle,
    private readonly audit: Audit,
  ) {}

  /**
   * Sets it, or sets it anew, for a person who stands at the counter; a lock is lifted.
   * @throws WeakPinError, CardNotFoundError, CardNotActiveError
   */
  async set(actor: Actor, cardId: string, pin: string): Promise<void> {
    requireStrongPin(pin);
    const pinHash = await this.passwords.hash(this.peppered(actor.communityId, cardId, pin));
    const number = await this.database.transaction(async (tx) => {
      const card = await this.cards.lock(tx, actor.communityId, cardId);
      if (card.status !== 'active') throw new CardNotActiveError({ status: card.status });
      await this.cards.setPin(tx, actor.communityId, cardId, pinHash);
      await this.cards.recordEvent(tx, actor.communityId, cardId, card.status, 'pin-set', actor.id);
      await this.audit.record(tx, actor, { action: 'residents.set-pin', subjectKind: 'card', subjectId: cardId });
      return card.number;
    });
    await this.throttle.forgive(pinSubject(number));
  }

  /**
   * Compares a PIN. A try is counted as a failure before the PIN is looked at and taken back when it was right: however
   * many tries come at the same instant, here or in another process, no more than five wrong ones are ever looked at.
   * Tries of one card wait for each other here, so that those with the right PIN do not lock one another out.
   * @param actor who asks, for the audit record of a wrong try
   * @throws CardNotFoundError, CardNotActiveError, PinNotSetError, PinWrongError with `triesLeft`, PinLockedError
   */
  async verify(communityId: number, cardId: string, pin: string, actor: Actor = SYSTEM): Promise<void> {
    const line = `${communityId}/${cardId}`;
    const before = this.lines.get(line) ?? Promise.resolve();
    const turn = before.then(
      () => this.tryOnce(communityId, cardId, pin, actor),
      () => this.tryOnce(communityId, cardId, pin, actor),
    );
    this.lines.set(line, turn);
    try {
      await turn;
    } finally {
      if (this.lines.get(line) === turn) this.lines.delete(line);
    }
  }

  private async tryOnce(communityId: number, cardId: string, pin: string, actor: Actor): Promise<void> {
    const counted = await this.countTry(communityId, cardId);
    if (await this.passwords.verify(counted.pinHash, this.peppered(communityId, cardId, pin))) {
      await this.takeBack(communityId, cardId, counted.pinHash);
      return;
    }
    const triesLeft = PIN_TRIES_MAX - counted.failures;
    await this.audit.recordAlone(
      { ...actor, communityId },
      { action: 'residents.try-pin', subjectKind: 'card', subjectId: cardId, result: 'failed', detail: { triesLeft } },
    );
    throw new PinWrongError({ triesLeft });
  }

  private async countTry(communityId: number, cardId: string): Promise<PinTry> {
    const [counted] = await this.database.read<PinTry>(
      'residents.pin-try',
      `UPDATE card SET pin_failures = pin_failures + 1
       WHERE community_id = $1 AND card_id = $2 AND status = 'active' AND pin_hash IS NOT NULL AND pin_failures < $3
       RETURNING pin_hash AS "pinHash", pin_failures AS failures`,
      [communityId, cardId, PIN_TRIES_MAX],
    );
    if (counted !== undefined) return counted;
    const [card] = await this.database.read<{ status: CardStatus; hasPin: boolean }>(
      'residents.pin-state',
      `SELECT status, pin_hash IS NOT NULL AS "hasPin" FROM card WHERE community_id = $1 AND card_id = $2`,
      [communityId, cardId],
    );
    if (card === undefined) throw new CardNotFoundError();
    if (card.status !== 'active') throw new CardNotActiveError({ status: card.status });
    if (!card.hasPin) throw new PinNotSetError();
    throw new PinLockedError();
  }

  /** Unless the PIN was set anew meanwhile. */
  private async takeBack(communityId: number, cardId: string, pinHash: string): Promise<void> {
    await this.database.read(
      'residents.pin-right',
      `UPDATE card SET pin_failures = 0 WHERE community_id = $1 AND card_id = $2 AND pin_hash = $3 RETURNING card_id`,
      [communityId, cardId, pinHash],
    );
  }

  /**
   * Keyed with a secret that the database does not know before it is hashed: a million PINs could be tried against a
   * stolen argon2id hash within a day. The card's id makes the text of two cards with one PIN differ.
   */
  private peppered(communityId: number, cardId: string, pin: string): string {
    return this.secrets.lookupHash('card.pin', `${communityId}/${cardId}/${pin}`).toString('base64url');
  }
}

/** Under what name sign-ins with this card are counted (S-7). */
export function pinSubject(cardNumber: string): string {
  return `card:${cardNumber}`;
}
