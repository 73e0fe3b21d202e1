import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../identity/index.js';
import { type Actor, holds } from '../kernel/actor.js';
import { ApiCommand, type Command, CurrentCommand, PathId, type StoredReply } from '../platform/index.js';
import { HouseholdOrderDto, OrderDto, PickUpDto, ReservationCodeQuery, ReservationsQuery } from './redemptions.dto.js';
import { ReservationNotFoundError, ShopNotFoundError } from './redemptions.errors.js';
import { ReservationEndReplyView, ReservationReplyView, ReservationView } from './redemptions.view.js';
import { Reservations } from './reservations.service.js';

const COUNTER = ['cashier', 'manager'] as const;

@ApiTags('redemptions')
@Controller('api/communities/:communityId/reservations')
export class ReservationsController {
  constructor(private readonly reservations: Reservations) {}

  /** For a household without a phone. */
  @Allow(...COUNTER)
  @ApiCommand()
  @ApiCreatedResponse({ type: ReservationReplyView })
  @Post()
  async place(@CurrentCommand() command: Command, @Body() body: HouseholdOrderDto): Promise<StoredReply> {
    if (!holds(command.actor, COUNTER, body.siteId)) throw new ShopNotFoundError();
    return this.reservations.place(command, body);
  }

  /** Of one household, the newest 50: what waits for whoever shows a card. */
  @Allow(...COUNTER)
  @ApiOkResponse({ type: [ReservationView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: ReservationsQuery): Promise<ReservationView[]> {
    const rows = await this.reservations.ofHousehold(actor.communityId, query.householdId);
    return rows.map((row) => new ReservationView(row));
  }

  /** By the code the resident shows. */
  @Allow(...COUNTER)
  @ApiOkResponse({ type: ReservationView })
  @Get('by-code')
  async getByCode(@CurrentActor() actor: Actor, @Query() query: ReservationCodeQuery): Promise<ReservationView> {
    return new ReservationView(await this.reservations.getByCode(actor.communityId, query.code));
  }

  @Allow(...COUNTER)
  @ApiCommand()
  @ApiCreatedResponse({ type: ReservationEndReplyView })
  @Post(':reservationId/pick-up')
  async pickUp(
    @CurrentCommand() command: Command,
    @Param('reservationId', PathId) reservationId: string,
    @Body() body: PickUpDto,
  ): Promise<StoredReply> {
    await this.requireShopOf(command.actor, reservationId);
    return this.reservations.pickUp(command, reservationId, {
      cardId: body.cardId ?? null,
      pin: body.pin ?? null,
      isCheckedByEye: body.isCheckedByEye,
    });
  }

  @Allow(...COUNTER)
  @ApiCommand()
  @ApiCreatedResponse({ type: ReservationEndReplyView })
  @Post(':reservationId/cancellation')
  async cancel(
    @CurrentCommand() command: Command,
    @Param('reservationId', PathId) reservationId: string,
  ): Promise<StoredReply> {
    await this.requireShopOf(command.actor, reservationId);
    return this.reservations.cancel(command, reservationId);
  }

  private async requireShopOf(actor: Actor, reservationId: string): Promise<void> {
    const { siteId } = await this.reservations.get(actor.communityId, reservationId);
    if (!holds(actor, COUNTER, siteId)) throw new ReservationNotFoundError();
  }
}

@ApiTags('redemptions')
@Controller('api/me/reservations')
export class OwnReservationsController {
  constructor(private readonly reservations: Reservations) {}

  @Allow('resident')
  @ApiOkResponse({ type: [ReservationView] })
  @Get()
  async list(@CurrentActor() actor: Actor): Promise<ReservationView[]> {
    const rows = await this.reservations.ofHousehold(actor.communityId, actor.id);
    return rows.map((row) => new ReservationView(row));
  }

  @Allow('resident')
  @ApiCommand()
  @ApiCreatedResponse({ type: ReservationReplyView })
  @Post()
  async place(@CurrentCommand() command: Command, @Body() body: OrderDto): Promise<StoredReply> {
    const { siteId, lines } = body;
    return this.reservations.place(command, { householdId: command.actor.id, siteId, lines });
  }

  @Allow('resident')
  @ApiCommand()
  @ApiCreatedResponse({ type: ReservationEndReplyView })
  @Post(':reservationId/cancellation')
  async cancel(
    @CurrentCommand() command: Command,
    @Param('reservationId', PathId) reservationId: string,
  ): Promise<StoredReply> {
    return this.reservations.cancel(command, reservationId);
  }
}
