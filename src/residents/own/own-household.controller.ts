import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PathId } from '../../platform/index.js';
import { CardCodes } from '../cards/card-codes.service.js';
import { CardCodeView, CardView } from '../cards/card.view.js';
import { Cards } from '../cards/cards.service.js';
import { Consents } from '../households/consents.service.js';
import { ConsentView, GivenConsentView } from '../households/consent.view.js';
import { PhoneSeals } from '../households/phone-seals.js';
import { OwnConsentDto } from './own.dto.js';
import { OwnDataView, OwnHouseholdView } from './own.view.js';
import { OwnHousehold, ownHouseholdId } from './own-household.service.js';

/** What a card's history says when its holder reported it himself. */
const REPORTED_BY_HOLDER = 'reported-by-household';

/** A resident's own household; there is no other one for him. */
@ApiTags('residents')
@Controller('api/me')
export class OwnHouseholdController {
  constructor(
    private readonly own: OwnHousehold,
    private readonly cards: Cards,
    private readonly codes: CardCodes,
    private readonly consents: Consents,
    private readonly seals: PhoneSeals,
  ) {}

  @Allow('resident')
  @ApiOkResponse({ type: OwnHouseholdView })
  @Get()
  async see(@CurrentActor() actor: Actor): Promise<OwnHouseholdView> {
    const whole = await this.own.see(actor);
    return new OwnHouseholdView(actor.communityId, whole, (sealed) => this.seals.masked(sealed));
  }

  @Allow('resident')
  @ApiOkResponse({ type: [CardView] })
  @Get('cards')
  async listCards(@CurrentActor() actor: Actor): Promise<CardView[]> {
    const cards = await this.cards.listOf(actor.communityId, ownHouseholdId(actor));
    return cards.map((card) => new CardView(card));
  }

  /** What the phone shows in place of the card; every 30 s another one, each good for one scan. */
  @Allow('resident')
  @ApiOkResponse({ type: CardCodeView })
  @Get('cards/:cardId/code')
  async showCode(@CurrentActor() actor: Actor, @Param('cardId', PathId) cardId: string): Promise<CardCodeView> {
    return new CardCodeView(await this.codes.show(actor.communityId, ownHouseholdId(actor), cardId));
  }

  /** Dead at once, for good. A new one is given out at the counter. */
  @Allow('resident')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Post('cards/:cardId/report-lost')
  async reportLost(@CurrentActor() actor: Actor, @Param('cardId', PathId) cardId: string): Promise<void> {
    await this.cards.reportLost(actor, cardId, REPORTED_BY_HOLDER, ownHouseholdId(actor));
  }

  @Allow('resident')
  @ApiOkResponse({ type: [ConsentView] })
  @Get('consents')
  async listConsents(@CurrentActor() actor: Actor): Promise<ConsentView[]> {
    const consents = await this.consents.listOf(actor.communityId, ownHouseholdId(actor));
    return consents.map((consent) => new ConsentView(consent));
  }

  @Allow('resident')
  @ApiCreatedResponse({ type: GivenConsentView })
  @Post('consents')
  async giveConsent(@CurrentActor() actor: Actor, @Body() body: OwnConsentDto): Promise<GivenConsentView> {
    const { purpose, version } = body;
    const given = { purpose, version, channel: 'phone' } as const;
    return new GivenConsentView(await this.consents.give(actor, ownHouseholdId(actor), null, given));
  }

  /** With the last consent to keep phone numbers the numbers go, too, and whoever signed in with them is signed out. */
  @Allow('resident')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Delete('consents/:consentId')
  async withdrawConsent(@CurrentActor() actor: Actor, @Param('consentId', PathId) consentId: string): Promise<void> {
    await this.consents.withdraw(actor, ownHouseholdId(actor), consentId);
  }

  /** A copy of all that is kept about the household. */
  @Allow('resident')
  @ApiOkResponse({ type: OwnDataView })
  @Get('export')
  async takeCopy(@CurrentActor() actor: Actor): Promise<OwnDataView> {
    return new OwnDataView(await this.own.takeCopy(actor));
  }
}
