import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../identity/index.js';
import { type Actor, holds } from '../kernel/actor.js';
import { ApiCommand, type Command, CurrentCommand, IdsQuery, PathId, type StoredReply } from '../platform/index.js';
import { CancellationDto, GoodsOutQuery, RedemptionDto, RedemptionsQuery, ReturnDto } from './redemptions.dto.js';
import { RedemptionNotFoundError, ShopNotFoundError } from './redemptions.errors.js';
import { Redemptions } from './redemptions.service.js';
import { GoodsOutView, RedemptionReplyView, RedemptionView, ReturnReplyView } from './redemptions.view.js';

const COUNTER = ['cashier', 'manager'] as const;
const READERS = ['cashier', 'manager', 'admin', 'supervisor'] as const;

@ApiTags('redemptions')
@Controller('api/communities/:communityId/redemptions')
export class RedemptionsController {
  constructor(private readonly redemptions: Redemptions) {}

  @Allow(...COUNTER)
  @ApiCommand()
  @ApiCreatedResponse({ type: RedemptionReplyView })
  @Post()
  async redeem(@CurrentCommand() command: Command, @Body() body: RedemptionDto): Promise<StoredReply> {
    if (!holds(command.actor, COUNTER, body.siteId)) throw new ShopNotFoundError();
    return this.redemptions.redeem(command, body, {
      cardId: body.cardId ?? null,
      pin: body.pin ?? null,
      isCheckedByEye: body.isCheckedByEye,
    });
  }

  @Allow(...READERS)
  @ApiOkResponse({ type: [RedemptionView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: RedemptionsQuery): Promise<RedemptionView[]> {
    const filter = { day: query.day ?? null, householdId: query.householdId ?? null, siteId: query.siteId ?? null };
    const rows = await this.redemptions.list(actor.communityId, filter, query.after ?? null, query.limit);
    return rows.map((row) => new RedemptionView(row));
  }

  /** What went out on a day, by good. */
  @Allow(...READERS)
  @ApiOkResponse({ type: [GoodsOutView] })
  @Get('goods-out')
  async goodsOut(@CurrentActor() actor: Actor, @Query() query: GoodsOutQuery): Promise<GoodsOutView[]> {
    return this.redemptions.goodsOut(actor.communityId, query.day, query.siteId ?? null);
  }

  @Allow(...READERS)
  @ApiOkResponse({ type: RedemptionView })
  @Get(':redemptionId')
  async get(
    @CurrentActor() actor: Actor,
    @Param('redemptionId', PathId) redemptionId: string,
  ): Promise<RedemptionView> {
    return new RedemptionView(await this.redemptions.get(actor.communityId, redemptionId));
  }

  /** The whole of it, on its own day. */
  @Allow(...COUNTER)
  @ApiCommand()
  @ApiCreatedResponse({ type: ReturnReplyView })
  @Post(':redemptionId/cancellation')
  async cancel(
    @CurrentCommand() command: Command,
    @Param('redemptionId', PathId) redemptionId: string,
    @Body() body: CancellationDto,
  ): Promise<StoredReply> {
    await this.requireShopOf(command.actor, redemptionId);
    return this.redemptions.cancel(command, redemptionId, body.reason);
  }

  /** Some pieces, any day. */
  @Allow(...COUNTER)
  @ApiCommand()
  @ApiCreatedResponse({ type: ReturnReplyView })
  @Post(':redemptionId/returns')
  async return(
    @CurrentCommand() command: Command,
    @Param('redemptionId', PathId) redemptionId: string,
    @Body() body: ReturnDto,
  ): Promise<StoredReply> {
    await this.requireShopOf(command.actor, redemptionId);
    return this.redemptions.return(command, redemptionId, body.lines, body.reason);
  }

  private async requireShopOf(actor: Actor, redemptionId: string): Promise<void> {
    const { siteId } = await this.redemptions.get(actor.communityId, redemptionId);
    if (!holds(actor, COUNTER, siteId)) throw new RedemptionNotFoundError();
  }
}

@ApiTags('redemptions')
@Controller('api/me/redemptions')
export class OwnRedemptionsController {
  constructor(private readonly redemptions: Redemptions) {}

  /** Those that stand behind lines of the statement. An id of anybody else's is passed over. */
  @Allow('resident')
  @ApiOkResponse({ type: [RedemptionView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: IdsQuery): Promise<RedemptionView[]> {
    const rows = await this.redemptions.ofHousehold(actor.communityId, actor.id, query.list());
    return rows.map((row) => new RedemptionView(row));
  }

  @Allow('resident')
  @ApiOkResponse({ type: RedemptionView })
  @Get(':redemptionId')
  async get(
    @CurrentActor() actor: Actor,
    @Param('redemptionId', PathId) redemptionId: string,
  ): Promise<RedemptionView> {
    const redemption = await this.redemptions.get(actor.communityId, redemptionId);
    if (redemption.householdId !== actor.householdId) throw new RedemptionNotFoundError();
    return new RedemptionView(redemption);
  }
}
