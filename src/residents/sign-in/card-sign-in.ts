import { Injectable } from '@nestjs/common';
import { ANONYMOUS, Passwords } from '../../identity/index.js';
import { isCardNumber, normalizeCardNumber } from '../card-number.rules.js';
import type { CardDirectoryEntry } from '../cards/card-directory.entity.js';
import { CardPins, pinSubject } from '../cards/card-pins.js';
import { CardsRepository } from '../cards/cards.repository.js';
import {
  CardNotActiveError,
  CardNotFoundError,
  PinLockedError,
  PinNotSetError,
  PinWrongError,
} from '../residents.errors.js';
import { type HouseholdToEnter, ResidentSessions, type SignedInHousehold } from './resident-sessions.js';

/** Signing in with the number printed on a card and its PIN. */
@Injectable()
export class CardSignIn {
  constructor(
    private readonly cards: CardsRepository,
    private readonly pins: CardPins,
    private readonly passwords: Passwords,
    private readonly sessions: ResidentSessions,
  ) {}

  /**
   * The same answer for a number that nobody has, a card that is frozen, lost, locked or without a PIN, and a wrong PIN:
   * whoever guesses learns nothing. Wrong PINs here and at a counter are counted together (S-9).
   * @throws SignInFailedError, SignInLockedError
   */
  async signIn(typedNumber: string, pin: string, address: string): Promise<SignedInHousehold> {
    const number = normalizeCardNumber(typedNumber);
    const owner = isCardNumber(number) ? await this.cards.owner(number) : undefined;
    const caller = {
      throttleSubject: pinSubject(number),
      communityId: owner?.communityId ?? 0,
      subjectKind: 'card',
      subjectId: owner?.cardId ?? 'unknown',
      address,
    } as const;
    const household = await this.sessions.attempt(caller, () => this.householdBehind(owner, pin));
    return this.sessions.open(household, 'card', address);
  }

  private async householdBehind(
    owner: CardDirectoryEntry | undefined,
    pin: string,
  ): Promise<HouseholdToEnter | undefined> {
    if (owner === undefined) {
      await this.passwords.verifyNothing(pin);
      return undefined;
    }
    if (!(await this.isRightPin(owner, pin))) return undefined;
    const card = await this.cards.byNumber(owner.communityId, owner.number);
    return card === undefined ? undefined : this.sessions.enterable(owner.communityId, card.householdId);
  }

  private async isRightPin({ communityId, cardId }: CardDirectoryEntry, pin: string): Promise<boolean> {
    try {
      await this.pins.verify(communityId, cardId, pin, ANONYMOUS);
      return true;
    } catch (error) {
      if (error instanceof PinWrongError) return false;
      if (isWithoutPin(error)) {
        await this.passwords.verifyNothing(pin);
        return false;
      }
      throw error;
    }
  }
}

/** Refused before the PIN was looked at, and so faster than a wrong one. */
function isWithoutPin(error: unknown): boolean {
  return (
    error instanceof CardNotFoundError ||
    error instanceof CardNotActiveError ||
    error instanceof PinNotSetError ||
    error instanceof PinLockedError
  );
}
