import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/index.js';
import { normalizeCardNumber, parseCardToken } from '../card-number.rules.js';
import { type CardAtDesk, CardsRepository, cardTokenHash, type CardRow } from '../cards/cards.repository.js';
import { CardNotFoundError, HouseholdNotFoundError } from '../residents.errors.js';
import type { Consent } from './consent.entity.js';
import { ConsentsRepository } from './consents.repository.js';
import type { HouseholdStatus } from './household-status.js';
import { type HouseholdDetail, HouseholdsRepository } from './households.repository.js';
import type { Member } from './member.entity.js';
import { MembersRepository } from './members.repository.js';

/** What a desk needs to know before it credits or redeems anything. */
export interface HouseholdAtDesk {
  readonly householdId: string;
  readonly status: HouseholdStatus;
  readonly door: string;
  readonly headName: string;
}

/** What stands on a card, as a scanner or a keyboard gave it: the QR text, or the printed number. */
export type CardText = { readonly token: string } | { readonly number: string };

export interface WholeHousehold {
  readonly household: HouseholdDetail;
  readonly members: readonly Member[];
  readonly cards: readonly CardRow[];
  readonly consents: readonly Consent[];
}

/** What is read of households and cards, by this room and the rooms below it. */
@Injectable()
export class HouseholdReader {
  constructor(
    private readonly database: Database,
    private readonly households: HouseholdsRepository,
    private readonly members: MembersRepository,
    private readonly consents: ConsentsRepository,
    private readonly cards: CardsRepository,
  ) {}

  /** One look-up by key. Says what the status is; who wants an active household asks for it. @throws HouseholdNotFoundError */
  async forDesk(communityId: number, householdId: string): Promise<HouseholdAtDesk> {
    const [household] = await this.database.read<HouseholdAtDesk>(
      'residents.for-desk',
      `SELECT h.household_id AS "householdId", h.status, h.door,
         coalesce((SELECT m.name FROM member AS m
           WHERE m.community_id = $1 AND m.household_id = $2 AND m.is_head AND m.left_at IS NULL), '') AS "headName"
       FROM household AS h WHERE h.community_id = $1 AND h.household_id = $2`,
      [communityId, householdId],
    );
    if (household === undefined) throw new HouseholdNotFoundError();
    return household;
  }

  /** In whatever state it is. @throws CardNotFoundError, also for a text that no card of ours has */
  async findCard(communityId: number, text: CardText): Promise<CardAtDesk> {
    const card =
      'token' in text ? await this.byToken(communityId, text.token) : await this.byNumber(communityId, text.number);
    if (card === undefined) throw new CardNotFoundError();
    return card;
  }

  /** With its current members, all its cards and consents. @throws HouseholdNotFoundError */
  async whole(communityId: number, householdId: string): Promise<WholeHousehold> {
    const household = await this.households.detail(communityId, householdId);
    if (household === undefined) throw new HouseholdNotFoundError();
    const [members, cards, consents] = await Promise.all([
      this.members.currentOf(communityId, householdId),
      this.cards.listOf(communityId, householdId),
      this.consents.listOf(communityId, householdId),
    ]);
    return { household, members, cards, consents };
  }

  private async byToken(communityId: number, text: string): Promise<CardAtDesk | undefined> {
    const token = parseCardToken(text);
    return token === null ? undefined : this.cards.byToken(communityId, cardTokenHash(token));
  }

  private async byNumber(communityId: number, text: string): Promise<CardAtDesk | undefined> {
    return this.cards.byNumber(communityId, normalizeCardNumber(text));
  }
}
