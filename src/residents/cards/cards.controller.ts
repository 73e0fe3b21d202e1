import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PathId } from '../../platform/index.js';
import { ReasonDto } from '../households/household.dto.js';
import { HouseholdReader } from '../households/household-reader.js';
import { HouseholdLineView } from '../households/household.view.js';
import { CardCodeDto, IssueCardDto, SetPinDto } from './card.dto.js';
import { CardEventView, CardView, IssuedCardView } from './card.view.js';
import { CardCodes } from './card-codes.service.js';
import { Cards } from './cards.service.js';

@ApiTags('residents')
@Controller('api/communities/:communityId')
export class CardsController {
  constructor(
    private readonly cards: Cards,
    private readonly codes: CardCodes,
    private readonly reader: HouseholdReader,
  ) {}

  /** All of a household, newest first. */
  @Allow('admin', 'manager', 'collector', 'cashier', 'supervisor')
  @ApiOkResponse({ type: [CardView] })
  @Get('households/:householdId/cards')
  async list(@CurrentActor() actor: Actor, @Param('householdId', PathId) householdId: string): Promise<CardView[]> {
    await this.reader.forDesk(actor.communityId, householdId);
    const cards = await this.cards.listOf(actor.communityId, householdId);
    return cards.map((card) => new CardView(card));
  }

  /** A new card, to be printed now. */
  @Allow('admin', 'manager')
  @ApiCreatedResponse({ type: IssuedCardView })
  @Post('households/:householdId/cards')
  async issue(
    @CurrentActor() actor: Actor,
    @Param('householdId', PathId) householdId: string,
    @Body() body: IssueCardDto,
  ): Promise<IssuedCardView> {
    return new IssuedCardView(await this.cards.issue(actor, householdId, body.memberId ?? null));
  }

  /** Who comes with the code on a phone, which is used up by it; the search takes no codes. */
  @Allow('admin', 'manager', 'collector', 'cashier')
  @HttpCode(200)
  @ApiOkResponse({ type: HouseholdLineView })
  @Post('cards/code')
  async identify(@CurrentActor() actor: Actor, @Body() body: CardCodeDto): Promise<HouseholdLineView> {
    return new HouseholdLineView(await this.codes.identify(actor.communityId, body.text));
  }

  @Allow('admin', 'manager')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Post('cards/:cardId/freeze')
  async freeze(
    @CurrentActor() actor: Actor,
    @Param('cardId', PathId) cardId: string,
    @Body() body: ReasonDto,
  ): Promise<void> {
    await this.cards.freeze(actor, cardId, body.reason);
  }

  @Allow('admin', 'manager')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Post('cards/:cardId/unfreeze')
  async unfreeze(
    @CurrentActor() actor: Actor,
    @Param('cardId', PathId) cardId: string,
    @Body() body: ReasonDto,
  ): Promise<void> {
    await this.cards.unfreeze(actor, cardId, body.reason);
  }

  /** Dead at once, for good. */
  @Allow('admin', 'manager')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Post('cards/:cardId/report-lost')
  async reportLost(
    @CurrentActor() actor: Actor,
    @Param('cardId', PathId) cardId: string,
    @Body() body: ReasonDto,
  ): Promise<void> {
    await this.cards.reportLost(actor, cardId, body.reason);
  }

  /** A new card in its place, to be printed now; its PIN is set anew. */
  @Allow('admin', 'manager')
  @ApiCreatedResponse({ type: IssuedCardView })
  @Post('cards/:cardId/replace')
  async replace(
    @CurrentActor() actor: Actor,
    @Param('cardId', PathId) cardId: string,
    @Body() body: ReasonDto,
  ): Promise<IssuedCardView> {
    return new IssuedCardView(await this.cards.replace(actor, cardId, body.reason));
  }

  /** What happened to the card, oldest first. */
  @Allow('admin', 'manager', 'supervisor')
  @ApiOkResponse({ type: [CardEventView] })
  @Get('cards/:cardId/events')
  async events(@CurrentActor() actor: Actor, @Param('cardId', PathId) cardId: string): Promise<CardEventView[]> {
    const events = await this.cards.history(actor.communityId, cardId);
    return events.map((event) => new CardEventView(event));
  }

  /** Typed by the holder, who stands at the counter. A lock after five wrong tries is lifted. */
  @Allow('admin', 'manager', 'cashier')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Put('cards/:cardId/pin')
  async setPin(
    @CurrentActor() actor: Actor,
    @Param('cardId', PathId) cardId: string,
    @Body() body: SetPinDto,
  ): Promise<void> {
    await this.cards.setPin(actor, cardId, body.pin);
  }
}
